"""E-mail out of a site."""

from collections.abc import Iterator
from email import message_from_string
from typing import Any

import pytest

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import OutboundMail

MAIL = OutboundMail(
	message_id="<own-id@mike.example>",
	to="sarah@test.example",
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
	assert [row.recipient for row in queued.recipients] == ["sarah@test.example"]
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
