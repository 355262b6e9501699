"""Machines that write, bounces, and whose word a sender's name is."""

from pathlib import Path

import pytest

from customer_thread.domain.inbound import Bounce, InboundMail
from customer_thread.gateways.mail.inbound import parse

DATA = Path(__file__).parents[2] / "data" / "mail"
NOW = 1_790_000_000_000_000
OURS = "<entry.812@reply.mikescontracting.example>"


def read(name: str) -> InboundMail:
	return parse((DATA / f"{name}.eml").read_bytes(), None, [], NOW)


def mail(headers: str, envelope_from: str | None = "sarah@lee.example", body: str = "Hello") -> InboundMail:
	lines = ["From: sarah@lee.example", *headers.split("\n"), "", body]
	return parse("\r\n".join(lines).encode(), envelope_from, [], NOW)


class TestAutomatic:
	@pytest.mark.parametrize("name", ["auto_reply", "bounce_postfix", "bounce_exim", "bounce_delayed"])
	def test_machines_are_known(self, name: str) -> None:
		assert read(name).automatic

	@pytest.mark.parametrize(
		"name",
		["gmail_reply", "outlook_reply", "apple_mail_reply", "german_reply", "spoofed", "no_message_id"],
	)
	def test_people_are_not_taken_for_machines(self, name: str) -> None:
		assert not read(name).automatic

	@pytest.mark.parametrize(
		"header",
		[
			"Auto-Submitted: auto-replied",
			"auto-submitted: AUTO-GENERATED; owner-email=x",
			"Precedence: bulk",
			"Precedence: Junk",
			"Precedence: auto_reply",
			"Precedence: list",
			"List-Id: <news.example>",
			"X-Autoreply: yes",
			"X-Autorespond: Away",
			"Return-Path: <>",
			"Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
		],
	)
	def test_each_sign_is_enough(self, header: str) -> None:
		assert mail(header).automatic

	@pytest.mark.parametrize(
		"header", ["Auto-Submitted: no", "Precedence: first-class", "Return-Path: <a@b>", "X: y"]
	)
	def test_what_is_no_sign(self, header: str) -> None:
		assert not mail(header).automatic

	@pytest.mark.parametrize(
		("envelope", "automatic"), [("", True), ("<>", True), (None, False), ("a@b", False)]
	)
	def test_the_null_sender_is_a_machine_and_an_unknown_one_is_not(
		self, envelope: str | None, automatic: bool
	) -> None:
		assert mail("X: y", envelope).automatic is automatic

	def test_the_postmaster_is_a_machine(self) -> None:
		data = b"From: MAILER-DAEMON@relay.example\r\n\r\nHello"
		assert parse(data, "x@relay.example", [], NOW).automatic

	def test_an_answer_that_came_through_a_list_is_a_persons(self) -> None:
		through_group = "List-Id: <office.mikescontracting.example>\nPrecedence: list"
		assert not mail(f"{through_group}\nIn-Reply-To: {OURS}").automatic
		assert mail(f"{through_group}\nIn-Reply-To: {OURS}\nAuto-Submitted: auto-replied").automatic


class TestBounce:
	def test_it_reads_a_report(self) -> None:
		assert read("bounce_postfix").bounce == Bounce(
			message_id=OURS,
			status="5.1.1",
			diagnostic="550 5.1.1 <sara@lee.example>: Recipient address rejected: User unknown",
			addresses=("sara@lee.example",),
		)

	def test_it_reads_prose(self) -> None:
		assert read("bounce_exim").bounce == Bounce(
			OURS, "5.1.1", "550 5.1.1 User unknown", ("sara@lee.example",)
		)

	def test_a_mail_that_is_still_tried_has_not_failed(self) -> None:
		assert read("bounce_delayed").bounce is None

	def test_a_report_may_return_the_headers_alone(self) -> None:
		data = (DATA / "bounce_postfix.eml").read_bytes()
		data = data.replace(b"Content-Type: message/rfc822", b"Content-Type: text/rfc822-headers")
		found = parse(data, "", [], NOW).bounce
		assert found is not None
		assert found.message_id == OURS

	def test_a_report_may_answer_the_mail_and_leave_it_out(self) -> None:
		data = (DATA / "bounce_postfix.eml").read_bytes()
		data = data[: data.index(b"--ABCDEF.1/relay.example\nContent-Description: Undelivered")]
		found = parse(data, "", [], NOW).bounce
		assert found is not None
		assert (found.message_id, found.addresses) == ("", ("sara@lee.example",))
		found = parse(f"In-Reply-To: {OURS}\n".encode() + data, "", [], NOW).bounce
		assert found is not None
		assert found.message_id == OURS

	def test_a_report_without_a_status_is_a_failure_all_the_same(self) -> None:
		data = (DATA / "bounce_postfix.eml").read_bytes().replace(b"Status: 5.1.1", b"Status: unknown")
		found = parse(data, "", [], NOW).bounce
		assert found is not None
		assert found.status == "5.0.0"

	@pytest.mark.parametrize("name", ["gmail_reply", "auto_reply", "files"])
	def test_other_mails_are_no_bounces(self, name: str) -> None:
		assert read(name).bounce is None


class TestDmarc:
	def result(self, *values: str, author: str = "From: Sarah <sarah@lee.example>") -> tuple[str, ...]:
		lines = [*(f"Authentication-Results: {value}" for value in values), author, "", "Hello"]
		return parse("\r\n".join(lines).encode(), "x@y", [], NOW).dmarc_passed_by

	def test_a_pass_names_the_server(self) -> None:
		assert read("gmail_reply").dmarc_passed_by == ("mx.mikescontracting.example",)

	def test_a_forged_pass_below_a_failure_counts_for_nothing(self) -> None:
		assert read("spoofed").dmarc_passed_by == ()

	@pytest.mark.parametrize(
		"value",
		[
			"mx.x; dmarc=pass header.from=lee.example",
			"MX.X 1; spf=fail; dmarc = pass (p=reject (really)) header.from=LEE.example",
			"mx.x;\r\n\tdmarc=pass\r\n\theader.from=lee.example",
			'mx.x; dmarc=pass header.from="lee.example"',
			"mx.x; dmarc=pass policy.dmarc=none header.from=lee.example; dkim=fail",
			"mx.x; spf=pass (a: b) client-ip=1.2.3.4; envelope-from=a@b; dmarc=pass header.from=lee.example",
			"mx.x; iprev=pass smtp.remote-ip=2001:db8::1; dmarc=pass (p=none) header.from=lee.example",
			'mx.x (a " b); dmarc=pass header.from=lee.example',
		],
	)
	def test_it_reads_a_pass(self, value: str) -> None:
		assert self.result(value) == ("mx.x",)

	@pytest.mark.parametrize(
		"value",
		[
			"mx.x; dmarc=fail header.from=lee.example",
			"mx.x; dmarc=pass header.from=evil.example",
			"mx.x; dmarc=pass header.from=lee.example.evil.example",
			"mx.x; dmarc=pass",
			"mx.x; spf=pass smtp.mailfrom=lee.example; dkim=pass header.d=lee.example",
			"mx.x; spf=fail (dmarc=pass header.from=lee.example)",
			"mx.x; spf=fail (x; dmarc=pass header.from=lee.example; y)",
			"spf=pass smtp.mailfrom=x; dmarc=pass header.from=lee.example",
			"mx.x; xdmarc=pass header.from=lee.example",
			"mx.x; dmarc=passable header.from=lee.example",
			"mx.x; dmarc=pass header.from=lee.example; dmarc=fail header.from=lee.example",
			"dmarc=pass header.from=lee.example",
			'mx.x; spf=pass smtp.mailfrom="x; dmarc=pass header.from=lee.example; y"@evil.example',
			'mx.x; spf=pass reason="\\"; dmarc=pass header.from=lee.example; y"',
			'mx.x; spf=pass smtp.mailfrom="x; dmarc=pass header.from=lee.example',
			'mx.x; dmarc=pass header.from=lee.example; y="; dmarc=fail',
			'mx.x; spf=fail (a " b; dmarc=pass header.from=lee.example; c " d)',
			"mx.x; spf=fail (a \\) b; dmarc=pass header.from=lee.example; c)",
			"mx.x; spf=fail (dmarc=pass header.from=lee.example",
			"mx.x; dmarc=pass header.from=lee.example header.from=evil.example",
			'mx.x; dmarc="pass" header.from=lee.example',
			"mx.x; dmarc=pass (header.from=lee.example)",
			"mx.x; dmarc=pass smtp.from=lee.example",
			"mx.x 2; dmarc=fail; dmarc=pass header.from=lee.example",
			"mx.x; dmarc=pass header.from=lee.example; x=" + "y" * 2000,
			"mx.x",
			"",
		],
	)
	def test_it_reads_no_pass(self, value: str) -> None:
		assert self.result(value) == ()

	def test_servers_are_named_topmost_first(self) -> None:
		passed = "dmarc=pass header.from=lee.example"
		assert self.result(f"b.x; {passed}", f"a.x; {passed}", f"b.x; {passed}") == ("b.x", "a.x")

	def test_a_header_that_is_silent_on_dmarc_does_not_decide(self) -> None:
		assert self.result("mx.x; dkim=pass", "mx.x; dmarc=pass header.from=lee.example") == ("mx.x",)

	@pytest.mark.parametrize(
		"other", ["mx.x; dmarc=fail header.from=lee.example", "mx.x; none", "mx.x; dmarc=("]
	)
	def test_all_headers_of_a_server_must_agree(self, other: str) -> None:
		good = "mx.x; dmarc=pass header.from=lee.example"
		assert self.result(good, other) == ()
		assert self.result(other, good) == ()
		assert self.result(good, good) == ("mx.x",)

	@pytest.mark.parametrize("name", ["ARC-Authentication-Results: i=1;", "X-Authentication-Results:"])
	def test_other_headers_prove_nothing(self, name: str) -> None:
		assert mail(f"{name} mx.x; dmarc=pass header.from=lee.example").dmarc_passed_by == ()

	@pytest.mark.parametrize(
		"author",
		[
			"From: sarah@lee.example\r\nFrom: sarah@evil.example",
			"From: sarah@lee.example, attacker@evil.example",
			"From: nobody",
			"From: sarah@lee.example\r\nFrom: nobody",
		],
	)
	def test_a_mail_of_several_authors_passes_for_none(self, author: str) -> None:
		assert self.result("mx.x; dmarc=pass header.from=lee.example", author=author) == ()
