"""The bot under Zulip's own runner, and under the tests that Zulip has for bots."""

import sys
from pathlib import Path
from typing import Any

import pytest
from zulip_bots.test_lib import BotTestCase, DefaultTests

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.standalone import zulip_bot
from customer_thread.standalone.add_customer import add_customer
from customer_thread.standalone.wiring import Host
from customer_thread.store import entries, notes, threads
from customer_thread.store.rows import ThreadRow

#: where Zulip's library looks for a bot of this name
MODULE = "zulip_bots.bots.customer_thread.customer_thread"


class _Folder:
	"""The data folder of the test at hand."""

	host: Host
	thread: ThreadRow


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
	host = Host(tmp_path / "data")
	host.settings_store.save(
		{
			"zulip_site": "http://127.0.0.1:9",
			"zulip_bot_email": "test-bot@example.com",
			"zulip_api_key": "key",
			"zulip_channel": "customers",
		}
	)
	customer = add_customer(host, "Sarah Lee", phones=[], emails=[], timezone="", project="")
	_Folder.host, _Folder.thread = host, threads.require_of(host.database, Party("Customer", customer))
	monkeypatch.setitem(sys.modules, MODULE, zulip_bot)
	monkeypatch.setattr(
		"zulip_bots.test_lib.StubBotHandler.get_config_info",
		lambda _handler, _name, _optional=False: {"data": str(tmp_path / "data")},
	)


def _said() -> list[str]:
	found = entries.older(_Folder.host.database, _Folder.thread["name"], 10)
	return [row["text"] for row in reversed(found)]


class TestThreadBot(BotTestCase, DefaultTests):
	"""Zulip's own tests, and some in its manner."""

	bot_name = "customer_thread"
	topic: str | None = None
	_number = 0

	def make_request_message(self, content: str) -> dict[str, Any]:
		"""Return a message as the runner hands it in: to the bot alone, or in a topic."""
		TestThreadBot._number += 1
		message = super().make_request_message(content) | {
			"id": TestThreadBot._number,
			"timestamp": 1_778_850_000 + TestThreadBot._number,
			"type": "private",
			"display_recipient": [{"id": 123}, {"id": 0}],
			"subject": "",
		}
		if self.topic is not None:
			message |= {"type": "stream", "display_recipient": "customers", "subject": self.topic}
		return message

	def _answers(self, content: str) -> list[str]:
		bot, bot_handler = self._get_handlers()
		bot.handle_message(self.make_request_message(content), bot_handler)
		return [said["content"] for _how, said in bot_handler.transcript]

	def _is_of_the_team(self) -> None:
		"""Let the bot have heard the sender in the channel."""
		self.topic = f"Sarah Lee #{_Folder.thread['code']}"
		self._answers("note I am here")
		self.topic = None

	def test_it_says_what_can_be_written(self) -> None:
		self._is_of_the_team()
		assert "note" in self.get_reply_dict("help")["content"]

	def test_alone_with_the_bot_a_stranger_is_not_heard(self) -> None:
		answer = self.get_reply_dict(f"#{_Folder.thread['code']} On my way")["content"]
		assert answer == "Write to me in a customer's topic in &#35;customers first: nothing was sent."
		assert _said() == []

	def test_words_to_a_number_go_there(self) -> None:
		self._is_of_the_team()
		said = f"#{_Folder.thread['code']} On my way"
		self.verify_reply(
			said, "Sarah Lee sees it in the portal (portal only: texts are not set up, e-mail is not set up)."
		)
		assert _said() == ["On my way"]

	def test_words_are_kept_until_it_is_said_whom_they_are_for(self) -> None:
		self._is_of_the_team()
		code = _Folder.thread["code"]
		self.verify_dialog(
			[
				(
					"On my way",
					"Who is this for? Answer with &#35; and the customer's number, such as &#35;174.",
				),
				(
					f"#{code}",
					"Sarah Lee sees it in the portal (portal only: texts are not set up, e-mail is not set up).",
				),
			]
		)
		assert _said() == ["On my way"]

	def test_a_topic_says_whose_it_is(self) -> None:
		self.topic = f"Sarah Lee #{_Folder.thread['code']}"
		assert len(self._answers("On my way")) == 1
		assert _said() == ["On my way"]

	def test_a_note_stays(self) -> None:
		self.topic = f"Sarah Lee #{_Folder.thread['code']}"
		self.verify_reply("note gate code 4711", "Noted for Sarah Lee.")
		assert _said() == []
		with _Folder.host.database.transaction():
			assert notes.are_in(_Folder.host.database, _Folder.thread["name"])

	def test_a_topic_of_nobody_sends_nothing(self) -> None:
		self.topic = "lunch"
		assert "do not know whose topic" in self.get_reply_dict(f"#{_Folder.thread['code']} hi")["content"]
		assert _said() == []

	def test_another_channel_sends_nothing(self) -> None:
		bot, bot_handler = self._get_handlers()
		self.topic = f"Sarah Lee #{_Folder.thread['code']}"
		message = self.make_request_message("hi") | {"display_recipient": "builders"}
		bot.handle_message(message, bot_handler)
		assert "from &#35;customers only" in bot_handler.unique_reply()["content"]
		assert _said() == []

	def test_it_says_that_there_is_no_such_folder(self) -> None:
		with pytest.MonkeyPatch.context() as patch:
			patch.setattr(
				"zulip_bots.test_lib.StubBotHandler.get_config_info", lambda *_asked: {"data": "/nowhere"}
			)
			with pytest.raises(NotFound):
				self._get_handlers()
