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
	"""How the bot answers a message that came by the runner."""

	def __init__(self, message: dict[str, Any], bot_handler: RunnersHandler) -> None:
		self._message, self._bot_handler = message, bot_handler

	def send_reply(self, text: str) -> None:
		"""Write where it was written."""
		self._bot_handler.send_reply(self._message, plain(text))


def obey(
	message: dict[str, Any],
	bot_handler: RunnersHandler,
	now_us: int,
	obey_team_message: Callable[[TeamMessage, Reply], None],
) -> None:
	"""Let the bot have a message that the runner hands in: without the mention, which stood at its beginning."""
	said = read_message(_as_posted(message, bot_handler), now_us)
	if said is not None:
		obey_team_message(said, Reply(message, bot_handler))


def _as_posted(message: Mapping[str, Any], bot_handler: RunnersHandler) -> Mapping[str, Any]:
	name = bot_handler.full_name
	content = f"@**{name}** {message['content']}"
	return {
		"trigger": "mention",
		"bot_email": bot_handler.email,
		"bot_full_name": name,
		"message": {**message, "content": content},
	}
