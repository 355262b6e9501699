"""`zulip-run-bot` as docs/zulip.md has it, before a server that gives it one message."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.waiting import wait_until
from werkzeug import Request, Response

from customer_thread.domain.model import Party
from customer_thread.standalone.add_customer import add_customer
from customer_thread.standalone.demo.twilio_stand_in import serve
from customer_thread.standalone.wiring import Host
from customer_thread.store import threads

RUNNER = Path(sys.executable).with_name("zulip-run-bot")


class Zulip:
	"""What the runner asks of Zulip: https://zulip.com/api/real-time-events."""

	def __init__(self, topic: str) -> None:
		self.topic = topic
		self.sent: list[dict[str, str]] = []
		self.ended = threading.Event()
		self._was_given = False

	def __call__(self, environ: Any, start: Any) -> Any:  # noqa: ANN401 - WSGI
		request = Request(environ)
		found = {"result": "success", "msg": "", **self.answer(request)}
		return Response(json.dumps(found), content_type="application/json")(environ, start)

	def answer(self, request: Request) -> dict[str, Any]:
		"""Return what is answered."""
		match request.path.removeprefix("/api/v1/"):
			case "server_settings":
				return {"zulip_version": "9.0", "zulip_feature_level": 260}
			case "users/me":
				return {"user_id": 7, "full_name": "Thread Bot", "email": "thread-bot@zulip.example"}
			case "register":
				return {"queue_id": "q", "last_event_id": -1}
			case "messages":
				self.sent.append(dict(request.form))
				return {"id": 6}
		if self._was_given:
			self.ended.wait(30)
			return {"events": []}
		self._was_given = True
		message = {
			"id": 5,
			"type": "stream",
			"display_recipient": "customers",
			"subject": self.topic,
			"sender_id": 20,
			"sender_email": "kim@zulip.example",
			"sender_full_name": "Kim",
			"timestamp": 1_778_850_000,
			"content": "@**Thread Bot** note gate code 4711",
		}
		return {"events": [{"id": 1, "type": "message", "message": message, "flags": ["mentioned"]}]}


@pytest.fixture
def host(tmp_path: Path) -> Host:
	made = Host(tmp_path / "data")
	account = {"zulip_site": "http://127.0.0.1:9", "zulip_bot_email": "thread-bot@zulip.example"}
	made.settings_store.save({**account, "zulip_api_key": "key", "zulip_channel": "customers"})
	return made


@pytest.fixture
def zulip(host: Host, tmp_path: Path) -> Iterator[Zulip]:
	customer = add_customer(host, "Sarah Lee", phones=[], emails=[], timezone="", project="")
	thread = threads.require_of(host.database, Party("Customer", customer))
	stand_in = Zulip(f"Sarah Lee #{thread['code']}")
	server, url = serve(stand_in)
	(tmp_path / "zuliprc").write_text(f"[api]\nemail=thread-bot@zulip.example\nkey=key\nsite={url}\n")
	(tmp_path / "customer_thread.conf").write_text(f"[customer_thread]\ndata = {tmp_path / 'data'}\n")
	yield stand_in
	stand_in.ended.set()
	server.shutdown()
	server.server_close()


def test_it_runs_as_it_says(host: Host, zulip: Zulip, tmp_path: Path) -> None:
	files: list[str | Path] = [
		"--config-file",
		tmp_path / "zuliprc",
		"--bot-config-file",
		tmp_path / "customer_thread.conf",
	]
	runner = subprocess.Popen(
		[RUNNER, "customer_thread.standalone.zulip_bot", *files],
		env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
		stdout=subprocess.DEVNULL,
	)
	try:
		wait_until(lambda: zulip.sent or runner.poll() is not None)
	finally:
		runner.terminate()
		runner.wait(20)
	[answer] = zulip.sent
	assert answer["content"] == "Noted for Sarah Lee."
	assert answer["subject"] == zulip.topic
	[note] = host.database.select("SELECT text, author FROM `tabThread Note`")
	assert note == {"text": "gate code 4711", "author": "Kim"}
