"""E-mail out of a site."""

from collections.abc import Iterator
from email import message_from_string
from typing import Any

import pytest
from support.persons import SARAH

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import OutboundMail

MAIL = OutboundMail(
	message_id="<own-id@mike.example>",
	to=SARAH.email,
	from_name="Mike's Contracting",
	from_address="office@mike.example",
	reply_to="reply+token@mike.example",
	subject="Your deck – estimate",
	text="Hello Sarah",
	html="<p>Hello Sarah</p>",
	in_reply_to="<before@mike.example>",
	references=("<first@mike.example>", "<before@mike.example>"),
	automated=True,
)


@pytest.fixture
def smtp_port() -> Iterator[int]:
	"""Return where a mail server listens: Frappe looks for it when an account is saved."""
	from customer_thread.standalone.demo.mailbox_stand_in import Mailbox

	mailbox = Mailbox()
	yield mailbox.start()
	mailbox.stop()


def test_it_queues_a_mail_with_its_own_headers(site: Any, smtp_port: int) -> None:
	from customer_thread.frappe_host.mail import QueuedMail

	# an account of the site's own would be saved anew, and its mail server asked
	site.db.set_value("Email Account", {"default_outgoing": 1}, "default_outgoing", 0)
	site.get_doc(
		{
			"doctype": "Email Account",
			"email_account_name": "TEST office",
			"email_id": "office@mike.example",
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"smtp_server": "127.0.0.1",
			"smtp_port": str(smtp_port),
			"no_smtp_authentication": 1,
		}
	).insert(ignore_permissions=True, ignore_links=True)
	QueuedMail().send(MAIL)

	queued = site.get_last_doc("Email Queue", filters={"message_id": "own-id@mike.example"})
	message = message_from_string(queued.message)
	assert [row.recipient for row in queued.recipients] == [SARAH.email]
	assert message["Message-ID"] == "<own-id@mike.example>"
	assert message["References"].split() == list(MAIL.references)
	assert "<reply+token@mike.example>" in message["Reply-To"]
	assert message["Auto-Submitted"] == "auto-generated"
	assert queued.status == "Not Sent"


def test_it_says_that_there_is_no_account(site: Any) -> None:
	from customer_thread.frappe_host.mail import QueuedMail

	for name in site.get_all("Email Account", filters={"default_outgoing": 1}, pluck="name"):
		site.db.set_value("Email Account", name, "default_outgoing", 0)
	with pytest.raises(GatewayError, match="Email Account"):
		QueuedMail().send(MAIL)


def test_it_learns_that_a_mail_was_given_up_once(site: Any, open_thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.domain.model import Address
	from customer_thread.frappe_host.wiring import site_ports

	thread = open_thread("Sarah Lee", Address("Email", SARAH.email))
	common = {
		"thread": thread["name"],
		"purpose": "Message",
		"channel": "Email",
		"state": "Sent",
		"due_us": 0,
	}
	common |= {"address": SARAH.email, "creation_us": site_ports().clock.now_us()}
	names = {
		mail: site_ports().database.insert(
			"Thread Delivery", {**common, "provider_id": f"<{mail}@test.example>"}
		)
		for mail in ("refused", "waiting", "again")
	}
	queue = {"doctype": "Email Queue", "sender": "office@mike.example", "message": "x", "priority": 1}
	for mail, status in (
		("refused", "Error"),
		("waiting", "Not Sent"),
		("again", "Error"),
		("again", "Sent"),
	):
		row = {
			**queue,
			"message_id": f"{mail}@test.example",
			"recipients": [{"recipient": SARAH.email}],
		}
		queued = site.get_doc(row).insert(ignore_permissions=True)
		error = "Traceback\nsmtplib.SMTPRecipientsRefused: 550 no such user\n"
		site.db.set_value("Email Queue", queued.name, {"status": status, "error": error})
	for _again in range(2):
		tasks.check_mails()
	states = {mail: site.db.get_value("Thread Delivery", name, "state") for mail, name in names.items()}
	assert states == {"refused": "Failed", "waiting": "Sent", "again": "Sent"}
	said = site.db.get_value("Thread Delivery", names["refused"], "error")
	assert "550 no such user" in said
