"""A machine's mail without its headers: known by what no person writes, and by nothing else."""

import pytest

from customer_thread.gateways.mail.remains import Undelivered, is_automatic, undelivered

SERVER = "MAILER-DAEMON@relay.example"
POSTFIX = """<sara@lee.example>: host mx.lee.example[192.0.2.9] said: 550 5.1.1
    <sara@lee.example>: Recipient address rejected: User unknown
From: Mike's Contracting <office@mikes.example>"""
EXIM = """The following address(es) failed:
  sara@lee.example
    550 5.1.1 User unknown

Return-path: <office@mikes.example>
Message-ID: <entry.812@reply.mikes.example>
"""


@pytest.mark.parametrize(
	"subject",
	[
		"Automatic reply: Invoice #2041",
		"automatische Antwort: Rechnung",
		"Out of Office: Deck",
		"Auto-Reply: x",
		" Réponse automatique : Devis",
	],
)
def test_it_knows_an_answer_that_nobody_wrote(subject: str) -> None:
	assert is_automatic("sarah@lee.example", subject)


@pytest.mark.parametrize(
	"subject",
	[
		"Out of office next week, can you come on Tuesday?",
		"Re: Automatic reply",
		"Automatic reply button is broken",
		"",
		"Invoice",
		"Re: Out of Office: Deck",
	],
)
def test_it_takes_no_persons_mail_for_a_machines(subject: str) -> None:
	assert not is_automatic("sarah@lee.example", subject)


def test_it_finds_who_did_not_get_the_mail() -> None:
	assert undelivered(SERVER, "Undelivered Mail Returned to Sender", POSTFIX) == Undelivered(
		"",
		("sara@lee.example", "office@mikes.example"),
		"5.1.1",
		"<sara@lee.example>: host mx.lee.example[192.0.2.9] said: 550 5.1.1",
	)
	assert is_automatic(SERVER, "anything")


def test_it_finds_which_mail_it_was_where_that_is_quoted() -> None:
	report = undelivered("mailer-daemon@host.example", "Mail delivery failed", EXIM)
	assert report is not None
	assert (report.message_id, report.status, report.diagnostic) == (
		"<entry.812@reply.mikes.example>",
		"5.1.1",
		"550 5.1.1 User unknown",
	)


@pytest.mark.parametrize(
	("sender", "subject", "text"),
	[
		("sarah@lee.example", "Undelivered Mail", POSTFIX),
		(SERVER, "Delayed Mail (still being retried)", POSTFIX),
		(SERVER, "Undelivered", POSTFIX.replace("550 5.1.1", "451 4.7.1")),
		(SERVER, "Welcome", "You have a new mailbox."),
	],
)
def test_it_reports_nothing_that_may_still_arrive(sender: str, subject: str, text: str) -> None:
	assert undelivered(sender, subject, text) is None
