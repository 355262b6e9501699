"""What mail servers and absent people's programs send, in the shapes that are about; and what people write about it."""

import pytest

from customer_thread.domain.inbound import InboundMail
from customer_thread.gateways.mail.inbound import parse
from customer_thread.gateways.mail.remains import is_automatic, undelivered

NOW = 1_790_000_000_000_000
OURS = "<entry.7@reply.mikes.example>"
RETURNED = f"Message-ID: {OURS}\nFrom: Mike <office@mikes.example>\nTo: sara@lee.example\nSubject: Deck\n"
#: who handed it in: the null sender, nobody known, the one it says, our own address
ENVELOPES = ["", None, "server@relay.example", "reply+0123456789abcdefghijklmnop@mikes.example"]


def read(head: str, text: str, envelope: str | None = None) -> InboundMail:
	return parse(f"{head}\n\n{text}".replace("\n", "\r\n").encode(), envelope, ["office@mikes.example"], NOW)


def parts(kind: str, *given: str) -> tuple[str, str]:
	return (
		f"Content-Type: {kind}; boundary=b",
		"".join(f"--b\n{part}\n" for part in given) + "--b--\n",
	)


def report(
	kind: str = "multipart/report; report-type=delivery-status", action: str = "failed", tail: str = ""
) -> tuple[str, str]:
	fields = f"Final-Recipient: rfc822; sara@lee.example\nAction: {action}\nStatus: 5.1.1\n"
	return parts(
		kind,
		"\nYour mail could not be delivered.",
		f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n{fields}\n{tail}",
	)


FLAT = "\n".join(report(tail=RETURNED)[1].split("\n"))
MIXED = parts(
	"multipart/mixed",
	"\nNo such person:\nsara@lee.example\nStatus: 5.1.1",
	f"Content-Type: message/rfc822\n\n{RETURNED}\nHello",
)
SERVER = "From: MAILER-DAEMON@relay.example\nSubject: Undelivered"
INNER = f"From: Mail Delivery Subsystem <MAILER-DAEMON@inner.example>\nMessage-ID: <report@inner.example>\n\n550 5.1.1 No such user\n\n{RETURNED}"
WRAPPED = parts(
	"multipart/mixed",
	"\nThe following addresses had permanent errors: sara@lee.example 5.1.1",
	f"Content-Type: message/rfc822\n\n{INNER}",
)
BOUNCES = {
	"qmail": (
		SERVER,
		f"<sara@lee.example>:\n192.0.2.1 said: 550 5.1.1 No such user\n\n--- Below:\n\n{RETURNED}",
	),
	"a name alone": (
		"From: MAILER-DAEMON <>\nSubject: Your mail",
		f"mx.lee.example answered 550 5.1.1 No such user\n\n{RETURNED}",
	),
	"a sender without a name": ("From: <>\nSubject: Deck", f"550 5.1.1 unknown user\n\n{RETURNED}"),
	"a display name": (
		"From: Mail Delivery Subsystem <x17@relay.example>\nSubject: Returned",
		f"<sara@lee.example>... 550 5.1.1 User unknown\n\n{RETURNED}",
	),
	"mixed parts": (f"{SERVER}\n{MIXED[0]}", MIXED[1]),
	"a flattened report": (SERVER, f"{FLAT}"),
	"the id among the fields": (f"{SERVER}\n{report()[0]}", report(tail=RETURNED)[1]),
	"quoted headers": (
		SERVER,
		"550 5.1.1 No such user\n" + "".join(f"> {line}\n" for line in RETURNED.splitlines()),
	),
	"a report in prose": (
		"From: postmaster@relay.example\nSubject: Your mail",
		f"Technical report:\n\nAction: failed\nFinal-Recipient: rfc822; sara@lee.example\nStatus: 5.1.1\n\n{RETURNED}",
	),
	"a report within a report": (
		f"{SERVER}\n{WRAPPED[0]}",
		WRAPPED[1],
	),
	"html alone": (
		f"{SERVER}\nContent-Type: text/html",
		f"<p>Host said: <b>550 5.1.1 No such user</b></p><pre>\n{RETURNED.replace('<', '&lt;').replace('>', '&gt;')}</pre>",
	),
}


@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize("name", BOUNCES)
def test_a_mail_that_came_back_fails_whoever_handed_the_report_in(name: str, envelope: str | None) -> None:
	mail = read(*BOUNCES[name], envelope)

	assert mail.automatic
	assert mail.bounce is not None
	assert (mail.bounce.message_id, mail.bounce.status) == (OURS, "5.1.1")


@pytest.mark.parametrize(
	"subject",
	["Undelivered Mail Returned to Sender", "Delivery Status Notification (Failure)", "failure notice"],
)
def test_a_subject_that_only_the_end_has_is_enough(subject: str) -> None:
	text = "Technical report: 421 4.4.2 Connection timed out\n"
	found = read(f"From: MAILER-DAEMON@relay.example\nSubject: {subject}", text + RETURNED).bounce
	assert found is not None
	assert (found.message_id, found.status) == (OURS, "4.4.2")
	kept = undelivered("mailer-daemon@relay.example", subject, text + "sara@lee.example")
	assert kept is not None
	assert kept.addresses == ("sara@lee.example",)
	later = "From: MAILER-DAEMON@relay.example\nSubject: Warning: message delayed"
	assert read(later, text + RETURNED).bounce is None


def test_a_report_that_quotes_nothing_names_who_it_is_about() -> None:
	bounce = read(f"{SERVER}\n{report()[0]}", report()[1]).bounce
	assert bounce is not None
	assert (bounce.message_id, bounce.addresses) == ("", ("sara@lee.example",))


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_of_anything_else_fails_nothing_and_is_no_persons(action: str) -> None:
	mail = read(f"{SERVER}\n{report()[0]}", report(action=action, tail=RETURNED)[1])
	assert (mail.automatic, mail.bounce) == (True, None)


@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize(
	("head", "text"),
	[
		("From: post_master@carrier.example\nSubject: Re:Deck", "Error: no such number here."),
		("From: mdaemon@relay.example\nSubject: Hello", "550 5.1.1 nobody"),
		(
			"From: x@relay.example\nSubject: Delivery Status Notification (Failure)",
			"It could not be delivered.",
		),
		("From: no-reply@carrier.example\nSubject: Mail", "Could not be delivered to: <sara@lee.example>"),
		(
			"From: fbl@isp.example\nSubject: Deck",
			"This is an email abuse report for an email message from you.",
		),
		("From: sara@lee.example\nSubject: x\nX-Apple-Action: VACATION", "At the lake."),
		("From: sara@lee.example\nSubject: x\nX-FC-MachineGenerated: true", "Away."),
		(
			"From: sara@lee.example\nSubject: x\nX-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
			"Away.",
		),
		("From: sara@lee.example\nSubject: Automatic reply: Deck", "Away."),
		("From: sara@lee.example\nSubject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_Deck?=", "Absente."),
		(
			"From: sara@lee.example\nSubject: AUTO: Sara Lee is out of the office (returning 06/09/2026)",
			"Away.",
		),
		(
			"From: sara@lee.example\nSubject: Read: Deck\n"
			+ parts("multipart/report; report-type=disposition-notification")[0],
			"",
		),
	],
)
def test_no_machine_speaks_as_a_person(head: str, text: str, envelope: str | None) -> None:
	mail = read(head, text, envelope)
	assert (mail.automatic, mail.bounce) == (True, None)


@pytest.mark.parametrize(
	("head", "text"),
	[
		("Subject: Re: Automatic reply: Deck", "Thanks, enjoy the lake."),
		("Subject: Re: Undelivered Mail Returned to Sender", "Did you get this?\n\n> 550 5.1.1 No such user"),
		("Subject: Delivery failed", "The boards did not come. We are at 550 Main Street."),
		("Subject: Returned mail", "The letter you sent by post came back, shall I bring it?"),
		("Subject: Mike is out of the office?", "His phone says so."),
		("Subject: Your address", f"I tried the old one and got 550 5.1.1 No such user.\n\n{RETURNED}"),
		(
			"Subject: Fwd: Undelivered Mail Returned to Sender",
			"Mike, your address gives me this, what is wrong with it?\n\nFrom: MAILER-DAEMON@relay.example\n550 5.1.1 no",
		),
		("Subject: Deck\nX-Autoreply: no\nX-Auto-Response-Suppress: None", "Friday is good."),
		("Subject: Deck\nX-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply", "Friday is good."),
	],
)
def test_a_person_is_a_person(head: str, text: str) -> None:
	mail = read(f"From: Sara <sara@lee.example>\n{head}", text, "sara@lee.example")
	assert (mail.automatic, mail.bounce) == (False, None)
	subject = mail.subject
	assert not is_automatic("sara@lee.example", subject, "Sara", text)
	assert undelivered("sara@lee.example", subject, text, "Sara") is None


def test_an_out_of_office_note_from_550_main_street_is_no_bounce() -> None:
	head = f"From: sara@lee.example\nSubject: Away\nAuto-Submitted: auto-replied\nIn-Reply-To: {OURS}"
	mail = read(head, "Back on Monday.\n\nSara Lee\n550 Main Street", "")
	assert (mail.automatic, mail.bounce) == (True, None)


@pytest.mark.parametrize(
	("sender", "name", "subject", "text"),
	[
		("", "MAILER-DAEMON <>", "Mail", "It failed"),
		("", "", "Deck", "It failed"),
		("x@relay.example", "Mail Delivery System", "Deck", "It failed"),
		("post_master@carrier.example", "", "Re:Deck", ""),
		("x@relay.example", "", "Returned mail: see transcript for details", "550 5.1.1 User unknown"),
		("sara@lee.example", "Sara", "AutoRespond: Deck", "Away."),
		("sara@lee.example", "Sara", "Away until May 5", "I am currently away and read no mail."),
	],
)
def test_a_host_that_keeps_no_headers_knows_them_by_what_is_left(
	sender: str, name: str, subject: str, text: str
) -> None:
	assert is_automatic(sender, subject, name, text)


def test_a_server_is_also_known_by_its_name_there() -> None:
	found = undelivered(
		"x@relay.example", "Deck", f"550 5.1.1 No such user\n\n{RETURNED}", "Mail Delivery System"
	)
	assert found is not None
	assert (found.message_id, found.status) == (OURS, "5.1.1")


@pytest.mark.parametrize(
	"text",
	[
		"x\n" + " " * 200_000 + "x",
		"a" * 200_000,
		"<sara@" * 50_000,
		("could not be delivered " * 3 + "\n") * 20_000,
		"Message-ID:\n \t" * 50_000,
		"550 " * 50_000,
		"5.1." * 50_000,
	],
)
def test_no_report_takes_long_to_read(text: str) -> None:
	head = f"{SERVER}\nX-Failed-Recipients: {'a@b,' * 2000}"
	assert read(head, text).automatic


@pytest.mark.parametrize(
	"head",
	[
		f"{SERVER}\nX-Failed-Recipients: {'(' * 10_000}",
		f"From: MAILER-DAEMON {'(' * 10_000}\nSubject: Undelivered",
		f"{SERVER}\n{report()[0]}",
	],
)
def test_nobody_fills_the_log(head: str, caplog: pytest.LogCaptureFixture) -> None:
	fields = f"Final-Recipient: rfc822; {'(' * 10_000}\nAction: failed"
	body = parts("x", f"Content-Type: message/delivery-status\n\n{fields}\n")[1]

	assert read(head, body).automatic
	assert not caplog.records
