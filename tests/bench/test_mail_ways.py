"""Mail on its way through a real site: by Frappe's own mailbox and queue, over real sockets."""

import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from support.persons import MIKE, SARAH
from support.site_clone import free_port
from support.site_mails import new_mail

from customer_thread.domain.model import Address

OFFICE = "office@mikes.test.example"
DOMAIN = "reply.test.example"


class _Sink:
	def __init__(self) -> None:
		self.port = free_port()
		self.mails: list[bytes] = []

	async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
		self.mails.append(envelope.content)
		return "250 OK"


def _let_in(*_login: object) -> AuthResult:
	return AuthResult(success=True)


@pytest.fixture
def sink() -> Iterator[Any]:
	"""Return a mail server that keeps what it is given."""
	handler = _Sink()
	controller = Controller(
		handler, hostname="127.0.0.1", port=handler.port, auth_require_tls=False, authenticator=_let_in
	)
	controller.start()
	yield handler
	controller.stop()


class _Pop3(socketserver.StreamRequestHandler):
	"""As much of POP3 (RFC 1939) as Frappe speaks."""

	def handle(self) -> None:
		mails: list[bytes] = self.server.mails  # type: ignore[attr-defined]
		self._say("+OK")
		for line in self.rfile:
			verb, *rest = line.decode().split()
			verb = verb.upper()
			if verb == "STAT":
				self._say(f"+OK {len(mails)} {sum(len(mail) for mail in mails)}")
			elif verb in ("LIST", "UIDL"):
				self._many(
					f"{number} id{number}" if verb == "UIDL" else f"{number} {len(mail)}"
					for number, mail in enumerate(mails, 1)
				)
			elif verb in ("RETR", "TOP"):
				self._many(mails[int(rest[0]) - 1].decode().splitlines())
			else:
				self._say("+OK")
			if verb == "QUIT":
				return

	def _say(self, line: str) -> None:
		self.wfile.write(f"{line}\r\n".encode())

	def _many(self, lines: Any) -> None:
		self._say("+OK")
		for line in lines:
			self._say(f".{line}" if line.startswith(".") else line)
		self._say(".")


class _Mailbox(socketserver.ThreadingTCPServer):
	allow_reuse_address = True
	daemon_threads = True


@pytest.fixture
def mailbox() -> Iterator[Any]:
	"""Return a POP3 server; what is put into its `mails` can be fetched."""
	with _Mailbox(("127.0.0.1", 0), _Pop3) as server:
		server.mails = []  # type: ignore[attr-defined]
		threading.Thread(target=server.serve_forever, daemon=True).start()
		yield server
		server.shutdown()


@pytest.fixture
def quiet(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	"""Let Frappe's own code end no transaction: everything is rolled back."""
	undo = site.db.rollback
	monkeypatch.setattr(site.db, "commit", lambda *_args, **_given: None)
	monkeypatch.setattr(site.db, "rollback", lambda **to: undo(**to) if to else None)
	monkeypatch.setattr(site.flags, "mute_emails", False)
	site.conf.mute_emails = 0


@pytest.fixture
def account(site: Any, sink: Any, mailbox: Any, quiet: None) -> Any:
	"""Return the site's one mailbox, which also sends."""
	document = site.new_doc("Email Account")
	document.update(
		{
			"email_account_name": "TEST Office",
			"email_id": OFFICE,
			"login_id_is_different": 0,
			"password": "secret",
			"enable_incoming": 1,
			"default_incoming": 1,
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"create_contact": 1,
			"email_server": "127.0.0.1",
			"incoming_port": mailbox.server_address[1],
			"use_ssl": 0,
			"smtp_server": "127.0.0.1",
			"smtp_port": sink.port,
			"use_tls": 0,
			"no_smtp_authentication": 1,
			"attachment_limit": 10,
		}
	)
	document.flags.ignore_validate = True
	document.insert(ignore_mandatory=True)
	settings = site.get_doc("Customer Thread Settings")
	settings.update({"reply_domain": DOMAIN, "mail_from": OFFICE, "contractor_email": MIKE.email})
	settings.save()
	return document


@pytest.fixture
def sarah(open_thread: Any, account: Any) -> Any:
	"""Return Sarah's thread."""
	return open_thread("Sarah Lee", Address("Email", SARAH.email))


def _received(site: Any, token: str, **values: Any) -> str:
	secret = f"reply+{token}@{DOMAIN}"
	given = {
		"sent_or_received": "Received",
		"delivery_status": "",
		"sender": SARAH.email,
		"recipients": f"Mike <{secret}>, {OFFICE}",
		"cc": f"<{secret}>",
		"content": f"<p>Yes, please.</p><blockquote type=cite>On Monday {secret} wrote: hello</blockquote>",
		"text_content": f"Yes, please.\n\n> {secret.upper()}",
	}
	return new_mail(site, **{**given, **values})


def _everywhere(site: Any, secret: str) -> list[str]:
	"""Return in which columns of Frappe's own tables a text stands."""
	found = []
	for table in (
		"Communication",
		"Communication Link",
		"Contact",
		"Contact Email",
		"Unhandled Email",
		"Email Queue",
	):
		for row in site.db.sql(f"SELECT * FROM `tab{table}`", as_dict=True):  # nosemgrep
			found += [f"{table}.{key}" for key, value in row.items() if secret in str(value).lower()]
	return found


def _texts(site: Any, thread: Any) -> list[str]:
	return list(site.get_all("Thread Entry", {"thread": thread["name"]}, pluck="text", order_by="name"))


def test_no_secret_address_stays_in_a_communication_and_the_mail_finds_its_thread(
	site: Any, sarah: Any, account: Any
) -> None:
	from customer_thread import tasks

	name = _received(site, sarah["reply_token"], email_account=account.name)
	assert _everywhere(site, sarah["reply_token"]) == []
	site.get_doc("Communication", name).save()
	for _again in range(2):
		tasks.receive_communication(name)
	assert _texts(site, sarah) == ["Yes, please."]


def test_no_secret_address_stays_in_a_mail_that_cannot_be_read(site: Any, sarah: Any) -> None:
	raw = f"To: reply+{sarah['reply_token']}@{DOMAIN}\n\nbroken"
	unhandled = {"doctype": "Unhandled Email", "raw": raw, "reason": "test", "uid": "1"}
	site.get_doc(unhandled).insert(ignore_permissions=True)
	assert _everywhere(site, sarah["reply_token"]) == []


def test_frappe_fetches_an_answer_that_finds_its_thread_and_leaves_no_secret(
	site: Any, sarah: Any, account: Any, mailbox: Any
) -> None:
	from frappe.email.doctype.email_account.email_account import pull_from_email_account

	from customer_thread import tasks

	secret = f"reply+{sarah['reply_token']}@{DOMAIN}"
	head = f"From: Sarah Lee <{SARAH.email}>\r\nTo: {secret}\r\nSubject: Re: Deck\r\nMessage-ID: <pop-1@x.example>\r\n"
	head += "Date: Wed, 25 Nov 2026 10:00:00 +0000\r\n"
	words = f"Friday is fine.\r\n\r\nOn Tue, 24 Nov 2026 Mike <{secret}> wrote:\r\n> When?\r\n"
	mailbox.mails.append(f"{head}\r\n{words}".encode())
	pull_from_email_account(account.name)
	[name] = site.get_all("Communication", {"message_id": "pop-1@x.example"}, pluck="name")
	assert _everywhere(site, sarah["reply_token"]) == []
	tasks.receive_communication(name)
	assert _texts(site, sarah) == ["Friday is fine."]


def test_a_mail_leaves_at_once_and_only_once(site: Any, sarah: Any, sink: Any) -> None:
	from frappe.email.queue import flush

	from customer_thread import tasks
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.outgoing.deliver import claim_delivery, due_deliveries
	from customer_thread.service.outgoing.send_message import send_message

	ports = site_ports()
	sent = send_message(ports, sarah, "The permit is here.", channel="email")
	for delivery in due_deliveries(ports):
		claimed = claim_delivery(ports, delivery)
		if claimed:
			tasks.send(claimed)
	[queued] = site.get_all("Email Queue", pluck="name")
	assert _everywhere(site, sarah["reply_token"]) == ["Email Queue.message"], "it says where to answer"
	tasks.send_mail(queued)
	tasks.send_mail(queued)
	flush()
	row = site.get_all("Email Queue", fields=["status", "error", "retry"])
	assert row == [{"status": "Sent", "error": None, "retry": 0}]
	[mail] = sink.mails
	assert f"reply+{sarah['reply_token']}@{DOMAIN}".encode() in mail
	assert site.db.get_value("Email Queue", queued, "status") == "Sent"
	assert _everywhere(site, sarah["reply_token"]) == []
	assert site.get_all("Thread Delivery", {"entry": sent.entry}, pluck="state") == ["Sent"]


def test_a_mail_that_frappes_flush_has_sent_keeps_no_secret_either(site: Any, sarah: Any) -> None:
	from customer_thread import tasks

	message = f"Reply-To: reply+{sarah['reply_token']}@{DOMAIN}\n\nhello"
	queued = {"doctype": "Email Queue", "message": message, "status": "Sent", "sender": OFFICE}
	site.get_doc({**queued, "recipients": [{"recipient": SARAH.email}]}).insert(ignore_permissions=True)
	tasks.check_mails()
	assert _everywhere(site, sarah["reply_token"]) == []


@pytest.mark.parametrize(
	("is_set", "waits", "expected"), [(1, False, 1), (0, False, 0), (1, True, 0)], ids=["set", "off", "waits"]
)
def test_the_accounts_in_use_are_fetched_every_minute_if_set(
	site: Any, account: Any, monkeypatch: pytest.MonkeyPatch, is_set: int, waits: bool, expected: int
) -> None:
	from customer_thread import hooks, tasks
	from customer_thread.frappe_host import mailbox as ours

	events: dict[str, Any] = {**hooks.scheduler_events}
	assert "customer_thread.tasks.pull_mails" in events["cron"]["* * * * *"]
	site.db.set_single_value("Customer Thread Settings", "fetch_every_minute", is_set)
	job = f"pull_from_email_account|{account.name}"
	monkeypatch.setattr(ours, "get_jobs", lambda **_given: {site.local.site: [job] if waits else []})
	queued: list[dict[str, Any]] = []
	monkeypatch.setattr(site, "enqueue", lambda method, **given: queued.append(given))
	tasks.pull_mails()
	assert [given["job_name"] for given in queued] == [job] * expected
