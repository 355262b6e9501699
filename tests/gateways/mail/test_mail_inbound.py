"""Mails of real programs, and of worse ones."""

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customer_thread.domain.errors import BadInput
from customer_thread.domain.inbound import InboundMail
from customer_thread.domain.times import DAY, MINUTE
from customer_thread.gateways.mail.inbound import parse

DATA = Path(__file__).parents[2] / "data" / "mail"
NOW = 1_790_000_000_000_000


def read(name: str, envelope_from: str | None = "sarah@lee.example") -> InboundMail:
	return parse((DATA / f"{name}.eml").read_bytes(), envelope_from, ["Office@MikesContracting.example"], NOW)


def mail(headers: str = "", body: str = "Hello", **options: Any) -> InboundMail:  # noqa: ANN401
	"""Return what becomes of a mail with these headers and this body."""
	lines = [line for line in headers.split("\n") if line]
	data = "\r\n".join([*lines, "", body]).encode("utf-8", "surrogateescape")
	envelope = {"envelope_from": "sarah@lee.example", "envelope_to": [], "now_us": NOW, **options}
	return parse(data, **envelope)


class TestPrograms:
	@pytest.mark.parametrize(
		("name", "text"),
		[
			("gmail_reply", "Looks great — paying today!\n\nCan you also look at the gate?"),
			("outlook_reply", "Thursday works. The café next door opens at 8."),
			("outlook_html_only", "Yes, please use Oak 17 (https://paint.example/oak-17)."),
			("apple_mail_reply", "It came out beautiful, see the picture."),
			(
				"german_reply",
				"Das Angebot nehmen wir gerne an, bitte legen Sie am Donnerstag los.\n\nViele Grüße\nJürgen",
			),
		],
	)
	def test_the_bubble_shows_only_the_new_words(self, name: str, text: str) -> None:
		found = read(name)
		assert (found.text, found.quoted) == (text, True)
		assert len(found.original) > len(found.text)
		assert text.split("\n")[0].split(" (")[0] in found.original

	@pytest.mark.parametrize(
		("name", "old"),
		[
			("gmail_reply", "here is invoice #2041"),
			("outlook_reply", "And an older answer."),
			("outlook_html_only", "Which stain would you like?"),
			("apple_mail_reply", "how did the deck come out?"),
			("german_reply", "Hauptstraße 1"),
		],
	)
	def test_the_whole_mail_stays_reachable(self, name: str, old: str) -> None:
		assert old in read(name).original

	@pytest.mark.parametrize("name", ["inline_answers", "inline_answers_html"])
	def test_answers_between_quoted_lines_are_kept_with_them(self, name: str) -> None:
		found = read(name)
		assert not found.quoted
		assert found.text == found.original
		for line in ("> Which stain would you like?", "Oak 17, please.", "Yes, any time before noon."):
			assert line in found.text

	def test_it_reads_who_and_what(self) -> None:
		found = read("gmail_reply")
		assert (found.from_name, found.from_address) == ("Sarah Lee", "sarah.lee@gmail.example")
		assert found.subject == "Re: Invoice #2041"
		assert found.message_id == "<CAKx1=abc_DEF-123@mail.gmail.example>"
		assert found.occurred_us == NOW
		assert not found.automatic
		assert found.bounce is None

	def test_it_reads_names_beyond_ascii(self) -> None:
		found = read("german_reply")
		assert found.from_name == "Jürgen Müller"
		assert found.subject == "AW: Angebot für die Terrasse"

	def test_every_address_it_was_sent_to_is_known(self) -> None:
		assert read("gmail_reply").recipients == (
			"office@mikescontracting.example",
			"reply+k3y9x2m4q8w1e5r7t6u0i2o4@reply.mikescontracting.example",
			"tom@lee.example",
		)

	def test_references_come_nearest_first(self) -> None:
		assert read("gmail_reply").references == (
			"<entry.812@reply.mikescontracting.example>",
			"<first.1@reply.mikescontracting.example>",
		)

	def test_html_alone_becomes_words_and_loads_nothing(self) -> None:
		found = read("html_only_tracking")
		assert found.text == (
			"Two boards are loose 😟.\n\nSee the album (https://photos.example/deck?id=7) or lee.example."
		)
		for hidden in ("track.example", "alert", "color", "Preheader", "Do not show", "secret", "Sign in"):
			assert hidden not in found.original

	def test_inline_pictures_are_files_and_pixels_are_not(self) -> None:
		found = read("html_only_tracking")
		assert [(item.name, item.content_type) for item in found.attachments] == [
			("loose board.png", "image/png")
		]
		assert found.attachments[0].data.startswith(b"\x89PNG")

	def test_apples_pictures_are_files(self) -> None:
		assert [item.name for item in read("apple_mail_reply").attachments] == ["IMG_0815.png"]

	def test_files_are_apart_from_the_words(self) -> None:
		found = read("files")
		assert found.text == "Here are the plans.\n\nAnd a last word below them."
		assert [(item.name, item.content_type) for item in found.attachments] == [
			("Pläne.pdf", "application/pdf"),
			("notes.txt", "text/plain"),
			("attachment-3.eml", "message/rfc822"),
		]
		assert found.attachments[0].data == b"%PDF-1.4 plans"
		assert b"The fence is yours." in found.attachments[2].data

	@pytest.mark.parametrize(
		("given", "kind"),
		[
			("application/vnd.ms-excel", "application/vnd.ms-excel"),
			("Image/SVG+XML", "image/svg+xml"),
			("x<svg/onload=alert(1)>", "application/octet-stream"),
			('image/png"', "application/octet-stream"),
			("image/p\u00e4ng", "application/octet-stream"),
			(f"image/{'x' * 101}", "application/octet-stream"),
		],
	)
	def test_a_kind_is_two_tokens_and_a_file_of_no_kind_is_kept(self, given: str, kind: str) -> None:
		found = mail(f"Content-Type: {given}\nContent-Transfer-Encoding: base64", "aGVsbG8=")

		assert [(item.content_type, item.data) for item in found.attachments] == [(kind, b"hello")]

	def test_the_sender_is_from_and_not_reply_to(self) -> None:
		found = read("spoofed")
		assert found.from_address == "sarah@lee.example"
		assert "attacker@evil.example" not in found.recipients

	@pytest.mark.parametrize(
		("name", "words"),
		[
			("charset_called_ascii", "Übermorgen passt es — schöne Grüße"),
			("charset_called_utf8", "Übermorgen passt es, schöne Grüße"),
		],
	)
	def test_a_wrong_charset_is_seen_through(self, name: str, words: str) -> None:
		found = read(name)
		assert found.text == words
		assert found.subject.startswith("Grüße")


class TestIds:
	def test_a_mail_without_an_id_has_one_made_of_what_it_says(self) -> None:
		data = (DATA / "no_message_id.eml").read_bytes()
		made = read("no_message_id").message_id
		assert made.endswith("@no-message-id.invalid>")
		assert parse(b"Received: from x by y\r\n" + data, None, [], NOW).message_id == made
		assert parse(data + b".", None, [], NOW).message_id != made

	def test_a_mail_is_told_from_another_by_its_body(self) -> None:
		data = (DATA / "no_message_id.eml").read_bytes()
		assert (
			parse(b"Received: from x by y\r\n" + data, None, [], NOW).digest
			== parse(data, None, [], NOW).digest
		)
		assert parse(data + b".", None, [], NOW).digest != parse(data, None, [], NOW).digest

	@pytest.mark.parametrize(
		("given_id", "expected"),
		[
			("<a@b>", "<a@b>"),
			("a@b", "<a@b>"),
			("  <a@b> (comment)", "<a@b>"),
			("<a\n @b>", "<a@b>"),
			("<a@b", "<a@b>"),
		],
	)
	def test_an_id_always_has_its_brackets(self, given_id: str, expected: str) -> None:
		assert mail(f"Message-ID: {given_id}").message_id == expected

	def test_references_are_found_without_in_reply_to(self) -> None:
		assert mail("References: <a@x>\n\t<b@x>\n <c@x>").references == ("<c@x>", "<b@x>", "<a@x>")

	def test_a_reference_is_named_once(self) -> None:
		assert mail("In-Reply-To: <b@x>\nReferences: <a@x> <b@x>").references == ("<b@x>", "<a@x>")


class TestAddresses:
	@pytest.mark.parametrize(
		("header", "name", "address"),
		[
			("Sarah Lee <Sarah@Lee.Example>", "Sarah Lee", "sarah@lee.example"),
			('"Lee, Sarah" <s@lee.example>', "Lee, Sarah", "s@lee.example"),
			("s@lee.example (Sarah)", "Sarah", "s@lee.example"),
			("=?utf-8?q?S=C3=A4rah?= <s@lee.example>", "Särah", "s@lee.example"),
			("=?utf-8?q?a=40evil.example?= <s@lee.example>", "a@evil.example", "s@lee.example"),
			("Särah <s@lee.example>", "Särah", "s@lee.example"),
			("s@lee.example", "", "s@lee.example"),
			("undisclosed", "", "sarah@lee.example"),
			("", "", "sarah@lee.example"),
		],
	)
	def test_it_reads_the_author(self, header: str, name: str, address: str) -> None:
		found = mail(f"From: {header}")
		assert (found.from_name, found.from_address) == (name, address)

	def test_every_header_of_receivers_counts_once(self) -> None:
		found = mail(
			"To: A <a@x.example>, b@x.example\nCc: C@x.example\nDelivered-To: d@x.example\n"
			"X-Original-To: e@x.example\nEnvelope-To: f@x.example, a@x.example\nBcc: g@x.example",
			envelope_to=["<E@x.example>", "z@x.example"],
		)
		assert found.recipients == tuple(f"{letter}@x.example" for letter in "ezabcdf")

	def test_nobody_knows_who_wrote(self) -> None:
		assert mail("Subject: x", envelope_from=None).from_address == ""


class TestDates:
	@pytest.mark.parametrize(
		("header", "expected"),
		[
			("Mon, 21 Sep 2026 10:13:20 -0400", NOW),
			("Sun, 20 Sep 2026 10:13:20 -0400", NOW - DAY),
			("20 Sep 2026 14:13:20 GMT", NOW - DAY),
			("Sun, 20 Sep 2026 14:13:20 -0000", NOW - DAY),
			("Wed, 16 Sep 2026 14:13:20 +0000", NOW - 5 * DAY),
			("Wed, 16 Sep 2026 14:13:19 +0000", NOW),
			("Mon, 21 Sep 2026 14:23:20 +0000", NOW + 10 * MINUTE),
			("Mon, 21 Sep 2026 14:23:21 +0000", NOW),
			("Fri, 15 May 2099 10:15:00 -0400", NOW),
			("Thu, 1 Jan 1970 00:00:00 +0000", NOW),
			("Fri, 31 Feb 1989 00:00:00 +0000", NOW),
			("yesterday", NOW),
			("", NOW),
			("Fri, 15 May 99999999 10:15:00 -0400", NOW),
			("Fri, 99 May 2026 99:99:99 +9999", NOW),
		],
	)
	def test_a_date_is_believed_from_five_days_before_the_mail_came_to_ten_minutes_after(
		self, header: str, expected: int
	) -> None:
		assert mail(f"Date: {header}").occurred_us == expected


class TestBodies:
	def test_html_is_read_when_the_plain_part_is_empty(self) -> None:
		body = "--b\r\nContent-Type: text/plain\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hi</p>\r\n--b--"
		assert mail("Content-Type: multipart/alternative; boundary=b", body).text == "Hi"

	def test_plain_words_are_preferred_wherever_they_stand(self) -> None:
		body = "--b\r\nContent-Type: text/html\r\n\r\n<p>Page</p>\r\n--b\r\n\r\nWords\r\n--b--"
		assert mail("Content-Type: multipart/alternative; boundary=b", body).text == "Words"

	def test_a_mail_of_files_alone_has_no_words(self) -> None:
		found = mail("Content-Type: application/pdf; name=plan.pdf", "%PDF")
		assert (found.text, [item.name for item in found.attachments]) == ("", ["plan.pdf"])

	def test_at_most_twenty_five_files_and_the_mail_that_has_them_all(self) -> None:
		part = "--b\r\nContent-Type: image/jpeg\r\n\r\njpeg\r\n"
		found = mail("Content-Type: multipart/mixed; boundary=b", part * 40 + "--b--")
		assert len(found.attachments) == 26
		assert found.attachments[24].name == "attachment-25.jpg"
		assert found.attachments[25].name == "original.eml"
		assert found.attachments[25].data.count(b"jpeg\r\n--b") == 40

	def test_flowed_lines_are_joined(self) -> None:
		body = "One \r\ntwo\r\n\r\n three \r\n-- \r\nSarah"
		found = mail("Content-Type: text/plain; format=flowed", body)
		assert found.text == "One two\n\nthree"

	def test_forty_kilobytes_of_history_are_cut(self) -> None:
		history = "".join(f"> line {number} of what was said before\r\n" for number in range(1200))
		found = mail(
			"", f"Yes!\r\n\r\nOn Tue, May 13, 2026 at 8:02 AM Mike <m@x.example> wrote:\r\n{history}"
		)
		assert len(found.original) > 40_000
		assert (found.text, found.quoted) == ("Yes!", True)

	def test_a_missing_end_loses_nothing(self) -> None:
		body = "--b\r\nContent-Type: text/plain\r\n\r\nHello"
		assert mail("Content-Type: multipart/mixed; boundary=b", body).text == "Hello"

	def test_a_multipart_without_parts_is_read_as_it_is(self) -> None:
		assert mail("Content-Type: multipart/mixed", "Hello").text == "Hello"

	def test_parts_in_parts_without_end_are_survived(self) -> None:
		nested = "".join(
			f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(3000)
		)
		assert (
			"sarah" in parse(f"From: sarah@x.example\r\n{nested}\r\nHi".encode(), None, [], NOW).from_address
		)

	@pytest.mark.parametrize(
		("header", "body"),
		[
			("Content-Type: multipart/mixed" + ";" * 500_000, ""),
			("Content-Disposition: attachment" + "; a=b" * 100_000, ""),
			("From: " + "a," * 300_000, ""),
			("Subject: " + "=?a?q?" * 50_000, ""),
			("X-Failed-Recipients: x", "\n" * 300_000),
			("Authentication-Results: " + "(" * 300_000, ""),
			("References: " + "<" * 300_000, ""),
		],
	)
	def test_no_mail_takes_long_to_read(self, header: str, body: str) -> None:
		began = time.process_time()
		mail(header, body)
		assert time.process_time() - began < 3

	def test_no_database_has_to_take_nul(self) -> None:
		found = mail("Subject: a\0b\nFrom: a\0b <c@d.example>", "x\0y")
		assert (found.subject, found.from_name, found.text) == ("ab", "ab", "xy")

	@pytest.mark.parametrize(
		"charset", ["idna", "punycode", "hex", "zlib", "undefined", "x-none", "\0", "utf-16"]
	)
	def test_no_charset_raises(self, charset: str) -> None:
		assert mail(f"Content-Type: text/plain; charset={charset}", "Hällo").text

	@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"\0\0", b"  \n"])
	def test_nothing_at_all_is_bad_input(self, data: bytes) -> None:
		with pytest.raises(BadInput):
			parse(data, None, [], NOW)


PIECES = st.sampled_from(
	[
		b"From: Sarah <s@x.example>\r\n",
		b"From: \xff\xfe <@>\r\n",
		b"To: a@b, <c@d\r\n",
		b"Date: Fri, 15 May 2026 10:15:00 -0400\r\n",
		b"Subject: =?utf-8?b?!!!?= =?x?q?=?=\r\n",
		b"Message-ID: <\r\n",
		b"References: <a@b><c@d> <\r\n",
		b"Content-Type: multipart/mixed; boundary=b\r\n",
		b"Content-Type: multipart/alternative; boundary=b\r\n",
		b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
		b"Content-Type: message/rfc822\r\n",
		b"Content-Type: message/delivery-status\r\n",
		b"Content-Type: text/html; charset=utf-7\r\n",
		b"Content-Type: text/plain; charset*=x'y'%ff; format=flowed; delsp=yes\r\n",
		b"Content-Type: image/png; name*0*=a; name*2=b\r\n",
		b"Content-Disposition: attachment; filename*=utf-8''%ff%00\r\n",
		b"Content-Transfer-Encoding: base64\r\n",
		b"Content-Transfer-Encoding: quoted-printable\r\n",
		b"Content-Transfer-Encoding: x-uuencode\r\n",
		b"Authentication-Results: x; dmarc=pass header.from=x.example\r\n",
		b"X-Failed-Recipients: a@b\r\n",
		b"\r\n",
		b"--b\r\n",
		b"--b--\r\n",
		b"> quoted\r\n",
		b"On Tue, May 13, 2026 Mike wrote:\r\n",
		b"<div class=gmail_quote><blockquote type=cite>",
		b"<table><tr></div></table><!--",
		b"Action: failed\r\nStatus: x\r\n",
		b"begin 644 x\r\n",
		b"=\xe4=4",
		b"\x89PNG\r\n",
		b"GIF8",
		b"\0",
	]
)


@given(
	st.binary() | st.lists(PIECES | st.binary(max_size=8), max_size=40).map(b"".join), st.none() | st.text()
)
@example(b"From:", "")
@example(b":", None)
@example(b"x", "\0")
def test_nothing_but_bad_input_is_ever_raised(data: bytes, envelope_from: str | None) -> None:
	try:
		found = parse(data, envelope_from, ["x"], NOW)
	except BadInput:
		assert not data.strip(b"\0 \t\r\n")
		return
	assert found.message_id.startswith("<")
	assert found.message_id.endswith(">")
	assert NOW - 5 * DAY <= found.occurred_us <= NOW + 10 * MINUTE
	assert found.quoted is (found.text != found.original)
	assert found.text or not found.original
	for words in (found.text, found.original, found.subject, found.from_name, found.from_address):
		assert "\0" not in words
		words.encode()
