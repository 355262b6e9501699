"""The same bot under Zulip's own runner, `zulip-run-bot`, for a server that Zulip cannot reach.

https://zulip.com/api/writing-bots
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from customer_thread.domain.inbound import TeamMessage
from customer_thread.gateways.zulip.inbound import read_message
from customer_thread.gateways.zulip.markdown import plain


class RunnersHandler(Protocol):
	"""What Zulip's runner gives a bot, as far as this one needs it."""

	full_name: str
	email: str

	def send_reply(self, message: dict[str, Any], response: str) -> object:
		"""Answer where the message was written."""

	def get_config_info(self, bot_name: str, optional: bool = False) -> dict[str, str]:
		"""Return what stands in the bot's own configuration file."""


class Reply:
	"""What the bot answers to a message that came by the runner."""

	def __init__(self) -> None:
		self.text = ""

	def send_reply(self, text: str) -> None:
		"""Keep it until what it is about is kept, too."""
		self.text = text


def obey(
	message: dict[str, Any],
	bot_handler: RunnersHandler,
	now_us: int,
	obey_team_message: Callable[[TeamMessage, Reply], None],
) -> None:
	"""Let the bot have a message that the runner hands in: without the mention, which stood at its beginning.

	`obey_team_message` holds by itself; the answer leaves after it.
	"""
	said, reply = read_message(_as_posted(message, bot_handler), now_us), Reply()
	if said is not None:
		obey_team_message(said, reply)
	if reply.text:
		bot_handler.send_reply(message, plain(reply.text))


def _as_posted(message: Mapping[str, Any], bot_handler: RunnersHandler) -> Mapping[str, Any]:
	name = bot_handler.full_name
	content = f"@**{name}** {message['content']}"
	return {
		"trigger": "mention",
		"bot_email": bot_handler.email,
		"bot_full_name": name,
		"message": {**message, "content": content},
	}
