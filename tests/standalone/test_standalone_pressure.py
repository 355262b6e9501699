"""While another process holds the database, and while the disk is full: who reads is answered, nothing is half done."""

import resource
import sqlite3
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from email.message import EmailMessage
from typing import Any

import pytest
import requests
from support.host import CONTRACTOR, OFFICE, EmbeddedHost, new_email, new_phone, text_params
from support.mails import mail
from support.people import Browser, Staff
from support.waiting import wait_until


@contextmanager
def held(host: EmbeddedHost) -> Iterator[None]:
	"""Hold off every writer, as a backup in another process does."""
	connection = sqlite3.connect(
		host.folder / "thread.db", timeout=30, isolation_level=None, check_same_thread=False
	)
	connection.execute("BEGIN EXCLUSIVE")
	try:
		yield
	finally:
		connection.execute("ROLLBACK")
		connection.close()


@contextmanager
def full(host: EmbeddedHost) -> Iterator[None]:
	"""Let no file of the host grow any more."""
	_soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
	resource.prlimit(host.process, resource.RLIMIT_FSIZE, (1000, hard))
	try:
		yield
	finally:
		resource.prlimit(host.process, resource.RLIMIT_FSIZE, (hard, hard))


def write(browser: Browser, text: str) -> requests.Response:
	"""Post a reply."""
	return browser.post("reply", text=text, client_id=str(uuid.uuid4()))


def picture_mail(text: str) -> EmailMessage:
	"""Return a mail with a file."""
	message = mail("jo@x.example", OFFICE, text)
	message.add_attachment(
		b"\x89PNG\r\n\x1a\n" + b"x" * 50_000, maintype="image", subtype="png", filename="a.png"
	)
	return message


def unmatched(staff: Staff) -> int:
	return len(staff.get("threads", filter="unmatched").json()["message"]["threads"])


def test_readers_are_answered_and_writers_turned_away_while_the_database_is_held(
	own_host: EmbeddedHost,
) -> None:
	phone = new_phone()
	sarah = own_host.sign_in(own_host.add_customer("Sarah Lee", phone=phone))
	write(sarah, "before")
	staff = own_host.staff

	with held(own_host), ThreadPoolExecutor(60) as pool:
		writers = [pool.submit(write, sarah, f"meanwhile {number}") for number in range(24)]
		texts = [
			pool.submit(own_host.webhook, "twilio_message", text_params(phone, f"text {number}"))
			for number in range(24)
		]
		mailed = pool.submit(own_host.mail, picture_mail("mailed"), "jo@x.example", OFFICE)
		# as many as there are threads, so that not one of them may wait for the writers
		for _number in range(20):
			assert sarah.texts() == ["before"]
			assert sarah.open("/messages").status_code == 200
			assert staff.get("threads").status_code == 200
			assert requests.get(f"{own_host.url}/healthz", timeout=20).status_code == 200
		assert not any(writer.done() for writer in writers), "reading waited until the writers gave up"
		answers = [future.result() for future in [*writers, *texts]]
		assert {answer.status_code for answer in answers} == {503}
		assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)
		assert "try again" in answers[0].json()["message"]
		assert mailed.result()[0] == 451

	assert sarah.texts() == ["before"]
	assert write(sarah, "after").status_code == 200
	assert own_host.webhook("twilio_message", text_params(phone, "text after")).status_code == 200
	assert own_host.mail(picture_mail("mail after"), "jo@x.example", OFFICE)[0] == 250
	assert sarah.texts() == ["before", "after", "text after"]
	assert own_host.logged().count("\n") < 60


def test_it_writes_down_what_has_left_however_long_the_database_is_held(
	own_host: EmbeddedHost, monkeypatch: pytest.MonkeyPatch
) -> None:
	sarah = own_host.sign_in(own_host.add_customer("Sarah Lee", email=new_email()))
	takes = own_host.mailbox.handle_DATA
	with ExitStack() as stack:

		async def take_and_hold(*given: Any) -> str:  # noqa: ANN401 - of aiosmtpd
			if not own_host.mailbox.messages:
				stack.enter_context(held(own_host))
			return await takes(*given)

		monkeypatch.setattr(own_host.mailbox, "handle_DATA", take_and_hold)
		entry = sarah.reply("by mail")["id"]
		wait_until(lambda: "cannot write down what was sent" in own_host.logged())

	wait_until(lambda: own_host.staff.deliveries(sarah.customer, entry)[0]["state"] == "Sent")
	assert len(own_host.mails_to(CONTRACTOR, "by mail")) == 1


def test_it_keeps_nothing_of_what_finds_no_room_and_goes_on_when_there_is(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	sarah = own_host.sign_in(own_host.add_customer("Sarah Lee", phone=phone))
	files = own_host.folder / "files"

	with full(own_host):
		replies = [write(sarah, "x" * 3000) for _number in range(5)]
		texts = [own_host.webhook("twilio_message", text_params(phone, "hi")) for _number in range(3)]
		assert {answer.status_code for answer in [*replies, *texts]} == {503}
		assert own_host.mail(picture_mail("mailed"), "jo@x.example", OFFICE)[0] == 451
		assert sarah.texts() == []
		assert list(files.iterdir()) == []
		assert requests.get(f"{own_host.url}/healthz", timeout=20).status_code == 200

	assert write(sarah, "after").status_code == 200
	assert own_host.webhook("twilio_message", text_params(phone, "text after")).status_code == 200
	assert own_host.mail(picture_mail("mail after"), "jo@x.example", OFFICE)[0] == 250
	assert sarah.texts() == ["after", "text after"]
	assert len(list(files.iterdir())) == 1
	wait_until(lambda: unmatched(own_host.staff) == 1)
