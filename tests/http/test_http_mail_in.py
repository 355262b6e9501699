"""E-mail that comes in: in the right thread or in none, once, with its new words only."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.utils import format_datetime, localtime

import pytest
from support.host import (
	CONTRACTOR,
	DOMAIN,
	OFFICE,
	EmbeddedHost,
	new_email,
	new_phone,
)
from support.mails import mail, proof
from support.people import Browser, Staff
from support.persons import BOB
from support.waiting import stays, wait_until


def test_it_takes_an_answer_by_its_token(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	words = f"Looks good {uuid.uuid4()}"
	host.take(mail(address, token, words, subject="Re: Estimate"), token)

	entry = mailing_bob.entries()[-1]
	assert (entry["text"], entry["channel"], entry["author"]) == (words, "email", "customer")
	assert (entry["subject"], entry["quoted"]) == ("Re: Estimate", False)
	# and passes it on
	[letter] = wait_until(lambda: host.mails_to(CONTRACTOR, words))
	assert "Bob" in str(letter.message["From"])


def test_it_takes_a_token_from_any_address(
	host: EmbeddedHost, mailing_bob: Browser, charlie: Browser, token: str
) -> None:
	host.take(mail("bob.at.work@other.example", token, "from work"), token)
	# only in a header: the mail was fetched from a mailbox that takes everything
	host.take(mail("bob.at.work@other.example", f"Mike <{token.upper()}>", "by header"), OFFICE)

	assert mailing_bob.texts()[1:] == ["from work", "by header"]
	assert charlie.entries() == []


@pytest.mark.embedded("Frappe keeps no References, and In-Reply-To only to a Communication of its own")
@pytest.mark.parametrize("header", ["In_Reply_To", "References"])
def test_it_takes_an_answer_by_its_reference(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str, header: str
) -> None:
	ours = str(host.mails_to(address)[0].message["Message-ID"])
	value = ours if header == "In_Reply_To" else f"<unknown@x.example> {ours} <another@x.example>"
	host.take(mail(address, OFFICE, "by reference", **{header: value}), OFFICE)

	assert mailing_bob.texts()[-1] == "by reference"


def test_it_takes_an_answer_to_an_answer(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	first = mail(address, token, "first answer")
	host.take(first, token)
	second = mail(address, OFFICE, "second", In_Reply_To=str(first["Message-ID"]))
	host.take(second, OFFICE)

	assert mailing_bob.texts()[1:] == ["first answer", "second"]


def test_it_takes_no_other_customers_words_for_hers(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	first = mail(address, token, "first answer")
	host.take(first, token)
	other = new_email("ann")
	ann = host.sign_in(host.add_customer("Ann", email=other))
	# he has passed our mail on to her, and she answers all
	host.take(mail(other, OFFICE, "marry me", In_Reply_To=str(first["Message-ID"])), OFFICE)

	assert mailing_bob.texts()[1:] == ["first answer"]
	assert ann.entries() == []
	assert staff.unmatched(other)


@pytest.mark.embedded("Frappe keeps no word on DMARC")
def test_it_takes_a_proven_sender(host: EmbeddedHost, mailing_bob: Browser, address: str) -> None:
	host.take(mail(address, OFFICE, "it is me", **proof(address)), OFFICE)

	assert mailing_bob.texts() == ["it is me"]


@pytest.mark.parametrize(
	"headers",
	[
		{},
		proof("x@customers.example", "fail"),
		proof("x@customers.example", "none"),
		proof("x@customers.example", "pass", "mx.evil.example"),
		proof("x@evil.example"),
		{"Authentication_Results": "mx.mikescontracting.example; spf=pass smtp.mailfrom=customers.example"},
		{"Authentication_Results": "dmarc=pass header.from=customers.example"},
		pytest.param(
			{"Reply_To": BOB.email},
			marks=pytest.mark.embedded("Frappe takes Reply-To for the sender"),
		),
		{"In_Reply_To": "<made.up@reply.mikescontracting.example>"},
	],
)
def test_it_shows_no_spoofed_mail_as_the_customers(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, headers: dict[str, str]
) -> None:
	host.take(mail(address, OFFICE, "send the money to me", **headers), OFFICE)

	assert mailing_bob.entries() == []
	waiting = staff.unmatched(address)
	assert waiting
	assert [entry["text"] for entry in staff.thread(thread=waiting["thread"])["entries"]] == [
		"send the money to me"
	]


@pytest.mark.parametrize("to", [f"reply+{'0' * 40}@{DOMAIN}", f"reply+%27@{DOMAIN}", f"reply+@{DOMAIN}"])
def test_it_takes_no_token_that_is_none(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, to: str
) -> None:
	sender = new_email("stranger")
	host.take(mail(sender, to, "let me in"), to)

	assert mailing_bob.entries() == []
	assert staff.unmatched(sender)


def test_it_assigns_a_strangers_mails(host: EmbeddedHost, staff: Staff, mailing_bob: Browser) -> None:
	sender = new_email("bobs.wife")
	host.take(mail(sender, OFFICE, "we like it"), OFFICE)
	waiting = staff.unmatched(sender)
	assert waiting

	staff.do("assign", thread=waiting["thread"], customer=mailing_bob.customer)

	assert mailing_bob.texts() == ["we like it"]
	assert staff.unmatched(sender) is None


def test_it_takes_a_repeated_mail_once(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	words = f"only once {uuid.uuid4()}"
	message = mail(address, token, words)
	for _ in range(2):
		host.take(message, token)
	# also from a second mailbox, and at the same moment
	with ThreadPoolExecutor(4) as pool:
		list(pool.map(lambda to: host.take(message, to), [OFFICE, token, OFFICE, token]))

	assert mailing_bob.texts()[1:] == [words]
	wait_until(lambda: host.mails_to(CONTRACTOR, words))
	stays(lambda: len(host.mails_to(CONTRACTOR, words)) == 1)


@pytest.mark.embedded("Frappe takes a mail without Message-ID as often as it comes")
def test_it_takes_a_mail_without_message_id_once(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	message = mail(address, token, "no id")
	del message["Message-ID"]
	other = mail(address, token, "no id either")
	del other["Message-ID"]
	for one in (message, message, other):
		host.take(one, token)

	assert mailing_bob.texts()[1:] == ["no id", "no id either"]


def test_it_puts_a_late_mail_at_its_own_time(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	sent = localtime().replace(microsecond=0) - timedelta(days=2)
	message = mail(address, token, "sent two days ago")
	del message["Date"]
	message["Date"] = format_datetime(sent)
	host.take(message, token)

	first = mailing_bob.entries()[0]
	assert (first["text"], datetime.fromisoformat(first["at"].replace("Z", "+00:00"))) == (
		"sent two days ago",
		sent,
	)


@pytest.mark.parametrize(
	"date",
	[
		"Fri, 01 Jan 2100 00:00:00 +0000",
		"yesterday",
		"Thu, 01 Jan 1970 00:00:00 +0000",
		"Wed, 13 May 2026 16:12:00 -0400",
	],
)
def test_it_puts_a_mail_with_a_wrong_date_at_the_end(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str, date: str
) -> None:
	message = mail(address, token, "wrong clock")
	del message["Date"]
	message["Date"] = date
	host.take(message, token)

	assert mailing_bob.texts()[-1] == "wrong clock"


@pytest.mark.embedded("Frappe keeps no Auto-Submitted, and no mark of a list")
@pytest.mark.parametrize(
	"headers",
	[
		{"Auto_Submitted": "auto-replied"},
		{"Precedence": "bulk"},
		{"X_Autoreply": "yes"},
		{"Auto_Submitted": "auto-generated"},
	],
)
def test_it_shows_no_machines_answer(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str, headers: dict[str, str]
) -> None:
	words = f"I am away {uuid.uuid4()}"
	before = len(host.mailbox.messages)
	host.take(mail(address, token, words, subject="Out of office", **headers), token)
	host.take(mail(address, OFFICE, words, **headers), OFFICE)

	assert len(mailing_bob.entries()) == 1
	assert staff.unmatched(address) is None
	# nobody is answered, nothing is passed on
	stays(lambda: len(host.mailbox.messages) == before)


def test_it_ignores_its_own_mails(host: EmbeddedHost, mailing_bob: Browser, address: str, token: str) -> None:
	[letter] = host.mails_to(address)
	host.take(letter.message, token)

	assert mailing_bob.texts() == ["Here is your estimate."]


#: what a server writes above its report, for people: a site keeps nothing else of it
SUBJECTS = {
	"failed": "Undelivered Mail Returned to Sender",
	"delayed": "Delayed Mail (still being retried)",
	"delivered": "Successful Mail Delivery Report",
	"relayed": "Successful Mail Delivery Report",
}
PROSE = {
	"failed": "I'm sorry to have to inform you that your message could not be delivered.",
	"delayed": "Your message could not be delivered for more than 4 hours. It will be retried for 5 days.",
	"delivered": "Your message was successfully delivered to the destinations listed below.",
	"relayed": "Your message was relayed to servers that give no such reports.",
}


def bounce_of(message_id: str, to: str, action: str = "failed") -> bytes:
	"""Return what a mail server reports of a mail."""
	return f"""From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: {OFFICE}
Subject: {SUBJECTS[action]}
Message-ID: <{uuid.uuid4()}@mx.example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="BOUND"

--BOUND
Content-Type: text/plain

{PROSE[action]}

--BOUND
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {to}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{to}>: Recipient address rejected

--BOUND
Content-Type: message/rfc822

From: {OFFICE}
To: {to}
Subject: Estimate
Message-ID: {message_id}

Here is your estimate.
--BOUND--
""".replace("\n", "\r\n").encode()


@pytest.mark.embedded("Frappe keeps no delivery report")
def test_it_notes_a_bounce_and_tries_the_phone(host: EmbeddedHost, staff: Staff) -> None:
	phone, address = new_phone(), new_email("bounced")
	browser = host.sign_in(host.add_customer("Bob Bounced", phone=phone, email=address))
	words = f"estimate {uuid.uuid4()}"
	sent = staff.do("send", customer=browser.customer, text=words, channel="email")["entry"]["id"]
	[letter] = wait_until(lambda: host.mails_to(address, words))
	wait_until(lambda: staff.deliveries(browser.customer, sent)[0]["state"] == "Sent")

	report = bounce_of(str(letter.message["Message-ID"]), address)
	for _ in range(2):
		assert host.mail(report, "", OFFICE)[0] == 250

	failed, instead = staff.deliveries(browser.customer, sent)
	assert (failed["state"], failed["error_code"]) == ("Failed", "5.1.1")
	assert "Recipient address rejected" in failed["error"]
	assert instead["channel"] == "SMS"
	wait_until(lambda: host.texts_to(phone, words))
	stays(lambda: len(host.texts_to(phone, words)) == 1)
	assert browser.texts() == [words]


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_it_takes_no_other_report_for_a_failure(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str, action: str
) -> None:
	ours = str(host.mails_to(address)[0].message["Message-ID"])
	assert host.mail(bounce_of(ours, address, action), "", OFFICE)[0] == 250

	[delivery] = staff.deliveries(mailing_bob.customer)
	assert delivery["state"] == "Sent"
	assert len(mailing_bob.entries()) == 1


def test_it_believes_no_bounce_of_what_it_never_sent(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, token: str
) -> None:
	assert host.mail(bounce_of("<made.up@x.example>", "x@x.example"), "", OFFICE)[0] == 250

	assert [row["state"] for row in staff.deliveries(mailing_bob.customer)] == ["Sent"]
	assert len(mailing_bob.entries()) == 1
