"""`zulip-run-bot customer_thread.standalone.zulip_bot`: the bot of this host's data folder under Zulip's own runner.

Its configuration file has the section `customer_thread` with `data`, the folder. What the bot answers goes by the
runner; what customers write goes to Zulip by the host's own worker, as ever.
"""

from pathlib import Path
from typing import Any, ClassVar

from customer_thread.domain.inbound import TeamMessage
from customer_thread.gateways.zulip.runner import Reply, RunnersHandler, obey
from customer_thread.service.bot.by_team_chat import obey_team_message, team_usage
from customer_thread.service.bot.handle_message import usage
from customer_thread.standalone.data_folder import require_data
from customer_thread.standalone.wiring import Host

#: of the section in the configuration file
NAME = "customer_thread"


class ThreadBot:
	"""Obeys what the team writes to it."""

	META: ClassVar = {
		"name": "Customer threads",
		"description": "Brings what the team writes to it to their customers.",
	}

	def usage(self) -> str:
		"""Return what can be written to it."""
		return f"{team_usage(str)}\n{usage(str)}"

	def initialize(self, bot_handler: RunnersHandler) -> None:
		"""Open the data folder. Raise NotFound."""
		self._host = Host(require_data(Path(bot_handler.get_config_info(NAME).get("data", ""))))

	def handle_message(self, message: dict[str, Any], bot_handler: RunnersHandler) -> None:
		"""Obey one message, once."""
		obey(message, bot_handler, self._host.clock.now_us(), self._obey)

	def _obey(self, said: TeamMessage, reply: Reply) -> None:
		with self._host.database.transaction():
			obey_team_message(self._host.ports, said, reply)


handler_class = ThreadBot
