"""The mails that leave the house."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Attachment
from customer_thread.domain.outbound import OutboundMail
from customer_thread.gateways.mail.gateway import build

DATE = datetime(2026, 5, 15, 10, 15, tzinfo=timezone(timedelta(hours=-4)))
MAIL = OutboundMail(
	message_id="<entry.812@reply.mikescontracting.example>",
	to="sarah@lee.example",
	from_name="Mike's Contracting",
	from_address="office@mikescontracting.example",
	reply_to="reply+k3y9@reply.mikescontracting.example",
	subject="Invoice #2041",
	text="Hi Sarah,\n\nhere is your invoice – $4,200.",
	html="<p>Hi Sarah, here is your invoice – $4,200.</p>",
)


def read(mail: OutboundMail) -> EmailMessage:
	"""Return the mail as the other side reads it, from its bytes."""
	return message_from_bytes(build(mail, DATE).as_bytes(), policy=policy.default)


def test_it_carries_both_forms_plain_first() -> None:
	message = read(MAIL)
	assert message.get_content_type() == "multipart/alternative"
	plain, html = message.iter_parts()
	assert isinstance(plain, EmailMessage)
	assert isinstance(html, EmailMessage)
	assert (plain.get_content_type(), plain.get_content().strip()) == (
		"text/plain",
		MAIL.text.replace("\n", "\r\n"),
	)
	assert (html.get_content_type(), html.get_content().strip()) == ("text/html", MAIL.html)


def test_it_says_who_writes_to_whom_and_when() -> None:
	message = read(MAIL)
	assert message["From"].addresses[0].display_name == "Mike's Contracting"
	assert message["From"].addresses[0].addr_spec == "office@mikescontracting.example"
	assert message["To"].addresses[0].addr_spec == "sarah@lee.example"
	assert message["Reply-To"].addresses[0].addr_spec == "reply+k3y9@reply.mikescontracting.example"
	assert message["Date"].datetime == DATE
	assert message["Subject"] == "Invoice #2041"
	assert message["Message-ID"] == MAIL.message_id


def test_it_is_threaded() -> None:
	message = read(replace(MAIL, in_reply_to="<b@x>", references=("<a@x>", "<b@x>")))
	assert message["In-Reply-To"] == "<b@x>"
	assert message["References"].split() == ["<a@x>", "<b@x>"]


def test_a_mail_that_answers_nothing_says_so_by_silence() -> None:
	message = read(replace(MAIL, reply_to=""))
	assert not {"in-reply-to", "references", "reply-to"} & {name.lower() for name in message}


def test_long_ids_stay_whole() -> None:
	ids = tuple(f"<{'x' * 200}{number}@outlook.example>" for number in range(5))
	data = build(replace(MAIL, message_id=ids[0], in_reply_to=ids[1], references=ids), DATE).as_bytes()
	assert b"=?" not in data
	assert message_from_bytes(data, policy=policy.default)["References"].split() == list(ids)


def test_only_the_nearest_references_are_kept() -> None:
	message = read(replace(MAIL, references=tuple(f"<{number}@x>" for number in range(50))))
	assert message["References"].split() == [f"<{number}@x>" for number in range(30, 50)]


def test_ids_of_strangers_cannot_break_out() -> None:
	message = read(
		replace(MAIL, in_reply_to="<a\r\nBcc: x@evil.example>", references=("no id", "<ü@x>", "<a@x>"))
	)
	assert message["In-Reply-To"] is None
	assert message["Bcc"] is None
	assert message["References"] == "<a@x>"


def test_a_machines_mail_says_so() -> None:
	message = read(replace(MAIL, automated=True))
	assert message["Auto-Submitted"] == "auto-generated"
	assert message["X-Auto-Response-Suppress"] == "All"
	assert read(MAIL)["Auto-Submitted"] is None


def test_it_carries_files() -> None:
	files = (
		Attachment("Pläne.pdf", "application/pdf", b"%PDF\0\xff"),
		Attachment("", "no kind", b"x"),
		Attachment("a\r\nb.eml", "message/rfc822", b"From: x\r\n\r\ny"),
	)
	message = read(replace(MAIL, attachments=files))
	assert message.get_content_type() == "multipart/mixed"
	found = [
		(part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
		for part in message.iter_attachments()
	]
	assert found == [
		("Pläne.pdf", "application/pdf", b"%PDF\0\xff"),
		("attachment", "application/octet-stream", b"x"),
		("a b.eml", "application/octet-stream", b"From: x\r\n\r\ny"),
	]


def test_it_goes_through_a_server_of_seven_bits() -> None:
	data = build(replace(MAIL, subject="Grüße", text="ü\n" + "ü" * 2000, html="<p>ü"), DATE).as_bytes()
	assert data.isascii()
	assert max(len(line) for line in data.split(b"\r\n")) <= 998


def test_a_domain_beyond_ascii_is_written_in_ascii() -> None:
	assert read(replace(MAIL, to="sarah@exämple.com"))["To"].addresses[0].domain == "xn--exmple-cua.com"


@pytest.mark.parametrize(
	"address",
	[
		"",
		"sarah",
		"@lee.example",
		"sarah@",
		"a@b\r\nBcc: c@d",
		"a@b, c@d",
		"a b@c.example",
		"<a@b>",
		"jörg@x.example",
	],
)
def test_an_address_that_is_none_is_permanent(address: str) -> None:
	for mail in (replace(MAIL, to=address), replace(MAIL, from_address=address)):
		with pytest.raises(GatewayError) as caught:
			build(mail, DATE)
		assert caught.value.permanent


WORDS = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(
	["a\r\nBcc: x@evil.example", "a\nBcc: x", "a\rBcc: x", "a\u2028Bcc: x", "a\x85Bcc: x", "\r\n\r\nbody"]
)


@given(subject=WORDS, name=WORDS, text=WORDS, html=WORDS, file=WORDS)
def test_no_words_add_a_header(subject: str, name: str, text: str, html: str, file: str) -> None:
	mail = replace(
		MAIL,
		subject=subject,
		from_name=name,
		text=text,
		html=html,
		attachments=(Attachment(file, file, b"x"),),
	)
	message = message_from_bytes(build(mail, DATE).as_bytes(), policy=policy.compat32)
	assert {key.lower() for key in message} == {
		"from",
		"to",
		"reply-to",
		"subject",
		"date",
		"message-id",
		"mime-version",
		"content-type",
	}
