"""Mails made to be slow: read within a budget, shown as far as that goes, and kept whole as a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from customer_thread.domain import limits
from customer_thread.domain.inbound import InboundMail
from customer_thread.gateways.mail.inbound import parse
from customer_thread.gateways.mail.structure import Part, dissect

NOW = 1_790_000_000_000_000
HEAD = b"From: eve@evil.example\r\nTo: office@mikes.example\r\nSubject: Deck\r\n"
MULTIPART = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"


def read(data: bytes) -> InboundMail:
	return parse(data, "eve@evil.example", ["office@mikes.example"], NOW)


def whole(mail: InboundMail) -> bytes:
	"""Return the file that has all of it."""
	assert mail.attachments[-1].name == "original.eml"
	assert mail.attachments[-1].content_type == "message/rfc822"
	return mail.attachments[-1].data


def nested(depth: int, lines: int) -> bytes:
	opened = b"".join(
		b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (level, level + 1)
		for level in range(depth)
	)
	head = HEAD + b"Content-Type: multipart/mixed; boundary=b0\r\n\r\n--b0\r\n\r\nThe head\r\n"
	return head + opened + b"--b%d\r\n\r\n" % depth + b"x\r\n" * lines


OVER = {
	"files": MULTIPART + b"--b\r\nContent-Type: image/png\r\n\r\npng\r\n" * 26,
	"parts": MULTIPART + b"--b\r\n\r\nThe head\r\n" + b"--b\r\n\r\na\r\n" * 50_000,
	"false boundaries": MULTIPART + b"--b\r\n\r\nThe head\r\n" + b"--bx\r\n" * 50_000 + b"--b\r\n\r\na\r\n",
	"depth": nested(450, 20_000),
	"text": HEAD + b"\r\nThe head\r\n" + b"a word\r\n" * 100_000,
	"one line": HEAD + b"\r\nThe head\r\n" + b"word " * 500_000,
	"soft lines": HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\nThe head\r\n" + b"x \r\n" * 300_000,
	"text in many parts": MULTIPART + b"--b\r\n\r\nThe head\r\n" + (b"--b\r\n\r\n" + b"word\r\n" * 4000) * 20,
	"tags": HEAD + b"Content-Type: text/html\r\n\r\nThe head" + b"<p>a" * 20_000,
	"base64": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"VGhlIGhlYWQK" * 100_000,
	"header fields": HEAD + b"X: y\r\n" * 200_000 + b"\r\nThe head",
	"one field": HEAD + b"Cc: " + b"a@b.example,\r\n " * 100_000 + b"\r\n\r\nThe head",
	"content type": HEAD + b"Content-Type: text/plain" + b";\r\n a=b" * 100_000 + b"\r\n\r\nThe head",
	"file name": HEAD
	+ b"Content-Type: text/plain"
	+ b"".join(b";\r\n x*%d=a" % number for number in range(50_000))
	+ b"\r\n\r\nThe head",
}


@pytest.mark.parametrize("name", OVER)
def test_what_is_over_the_budget_is_kept_as_a_file_and_its_head_is_shown(name: str) -> None:
	mail = read(OVER[name])

	assert mail.text.startswith("The head") or name == "files"
	assert len(mail.original) <= limits.MAIL_TEXT_BYTES
	assert mail.original.count("\n") <= limits.MAIL_TEXT_LINES
	assert whole(mail) == OVER[name]


def test_the_file_has_no_threads_secret_address() -> None:
	mail = read(b"To: Reply+0123456789abcdefghijklmnop@mikes.example\r\n" + OVER["text"])
	assert whole(mail).startswith(b"To: Reply@mikes.example\r\n")


@pytest.mark.parametrize(
	"data",
	[
		HEAD + b"\r\nHello",
		MULTIPART + b"--b\r\n\r\nHello\r\n" * 20 + b"--b--\r\n",
		HEAD + b"X-Spam-Report: " + b"x" * 30_000 + b"\r\n\r\nHello",
		HEAD + b"\r\n" + b"Hello\r\n" * 9_000,
		HEAD + b"\r\nHello" + b"\r\n" * 50_000,
		HEAD
		+ b'Content-Type: text/html\r\n\r\nHello <img src="data:image/png;base64,'
		+ b"QUFB" * 200_000
		+ b'">, and good-bye',
	],
)
def test_a_mail_within_the_budget_has_no_file_of_itself(data: bytes) -> None:
	assert read(data).attachments == ()


def test_of_many_receivers_only_the_first_are_looked_up_and_the_envelopes_before_all() -> None:
	fields = b"".join(b"Cc: r+%020d@m.example\r\n" % number for number in range(3000))
	mail = read(HEAD + fields + b"\r\nHello")

	assert mail.recipients[0] == "office@mikes.example"
	assert len(mail.recipients) <= limits.MAIL_RECIPIENTS


def test_of_many_references_only_the_nearest_are_looked_up() -> None:
	ids = b" ".join(b"<%d@x>" % number for number in range(1000))
	assert len(read(HEAD + b"References: " + ids + b"\r\n\r\nHello").references) == limits.MAIL_REFERENCES


def test_a_return_alone_begins_no_header() -> None:
	data = b"From: sarah@lee.example\r\nX: y\rAuthentication-Results: mx.x; dmarc=pass header.from=lee.example\r\n\r\nHello"
	mail = parse(data, "x@evil.example", [], NOW)

	assert (mail.from_address, mail.dmarc_passed_by, mail.text) == ("sarah@lee.example", (), "Hello")


def test_a_mail_whose_lines_end_with_returns_alone_is_read() -> None:
	mail = read(MULTIPART.replace(b"\r\n", b"\r") + b"--b\r\rHello\r--b--\r")
	assert (mail.subject, mail.text) == ("Deck", "Hello")


def test_an_attached_mail_is_kept_as_it_came() -> None:
	inner = b"From: Ray <ray@example.com>\r\nSubject: Boiler\x0bPrice: 2400\r\n\r\nAs agreed."
	mail = read(
		MULTIPART + b"--b\r\n\r\nHello\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--b--"
	)

	assert mail.text == "Hello"
	assert [(item.name, item.data) for item in mail.attachments] == [("attachment-1.eml", inner)]


class TestParts:
	def shape(self, part: Part) -> object:
		return [self.shape(child) for child in part.children] if part.children else part.data

	def test_parts_are_what_stands_between_their_boundaries(self) -> None:
		data = (
			MULTIPART + b"before\r\n--b\r\nContent-Type: multipart/alternative; boundary=bc\r\n\r\n"
			b"--bc\r\n\r\none\r\n\r\n--bc  \r\n\r\n--bd\r\ntwo\r\n--bc--\r\nignored\r\n--b\r\n\r\nthree\r\n--b--\r\nafter"
		)
		dissected = dissect(data)

		assert self.shape(dissected.mail) == [[b"one\r\n", b"--bd\r\ntwo"], b"three"]
		assert not dissected.is_over

	def test_an_inner_part_ends_with_the_outer_one(self) -> None:
		data = (
			MULTIPART + b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\none\r\n"
			b"--b\r\n\r\n--c\r\ntwo"
		)
		assert self.shape(dissect(data).mail) == [[b"one"], b"--c\r\ntwo"]


@contextmanager
def steps() -> Iterator[list[int]]:
	"""Count the lines of our own code that run, on which no other process has any influence."""
	count = [0]

	def trace(frame: object, event: str, arg: object) -> object:
		count[0] += 1
		return trace

	before = sys.gettrace()
	sys.settrace(trace)  # type: ignore[arg-type]
	try:
		yield count
	finally:
		sys.settrace(before)


@pytest.mark.parametrize("name", ["parts", "false boundaries", "depth", "header fields", "one field"])
def test_taking_a_mail_apart_costs_no_more_when_there_is_more_of_it(name: str) -> None:
	data = OVER[name]
	with steps() as all_of_it:
		dissect(data)
	with steps() as half:
		dissect(data[: len(data) // 2])

	assert all_of_it[0] <= half[0] * 1.1 + 1000
