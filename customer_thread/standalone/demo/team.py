"""The team's channel in Zulip: a view of what the stand-in has, as a page can show it."""

import html
from importlib.util import find_spec
from typing import Any

from customer_thread.domain.errors import BadInput
from customer_thread.domain.team_chat import code_in, topic_of
from customer_thread.domain.wording import Reader, time_of_day
from customer_thread.standalone.demo.cast import SARAH
from customer_thread.standalone.demo.clients import check_webhook
from customer_thread.standalone.demo.zulip_stand_in import User, ZulipMessage, ZulipStandIn

CHANNEL = "customers"
#: messages shown, counted from the newest
SHOWN = 100
KIM = User(20, "Kim Reyes", "kim@zulip.example")


def can_talk() -> bool:
	"""Return whether the library is there by which the host speaks to Zulip."""
	return find_spec("zulip") is not None


class Team:
	"""The people of the office, in Sarah's topic."""

	def __init__(self, zulip: ZulipStandIn) -> None:
		self._zulip = zulip

	@property
	def settings(self) -> dict[str, str]:
		"""Return what an admin enters."""
		return {
			"zulip_site": self._zulip.url,
			"zulip_bot_email": self._zulip.bot.email,
			"zulip_api_key": self._zulip.api_key,
			"zulip_webhook_token": self._zulip.token,
			"zulip_channel": CHANNEL,
		}

	@property
	def bot(self) -> str:
		"""Return the bot's name."""
		return self._zulip.bot.name

	def say(self, words: str, code: str) -> bool:
		"""Write in Sarah's topic, and return whether the bot heard of it. Raise BadInput or Refused."""
		words = words.strip()
		if not words:
			raise BadInput("Type something first.")
		# as Zulip writes a name that was chosen from its list
		words = words.replace(f"@{self.bot}", f"@**{self.bot}**")
		_message, answer = self._zulip.say(KIM, words, channel=CHANNEL, topic=self._topic(code))
		if answer is not None:
			check_webhook(answer)
		return answer is not None

	def conversation(self, reader: Reader) -> list[dict[str, Any]]:
		"""Return the messages, oldest first."""
		with self._zulip.lock:
			return [_shown(message, reader) for message in self._zulip.messages[-SHOWN:]]

	def _topic(self, code: str) -> str:
		found = [topic for topic in self._zulip.topics() if code_in(topic) == code]
		return found[-1] if found else topic_of(SARAH.name, code)


def _shown(message: ZulipMessage, reader: Reader) -> dict[str, Any]:
	return {
		"id": message.id,
		"who": message.sender.name,
		"bot": message.sender.is_bot,
		"topic": message.topic,
		"time": time_of_day(message.timestamp * 1_000_000, reader),
		"lines": [_line(line) for line in message.content.split("\n")],
	}


def _line(line: str) -> dict[str, str]:
	"""Return a line as Zulip would show it, as far as anybody here writes its marks."""
	kind, words = "", line
	if line.startswith(">"):
		kind, words = "quoted", line[1:].strip()
	elif line.startswith("**") and line.endswith("**"):
		kind, words = "head", line[2:-2]
	return {"kind": kind, "text": html.unescape(words.replace("@**", "@").replace("**", ""))}
