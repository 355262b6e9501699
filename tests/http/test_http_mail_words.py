"""What a mail says and carries: new words, files, and the contractor's own answers."""

import smtplib
import uuid
from html import unescape

import pytest
from support.host import (
	BUSINESS,
	CONTRACTOR,
	MOBILE,
	OFFICE,
	EmbeddedHost,
	new_email,
	reply_token,
)
from support.mails import mail, plain_text, proof
from support.people import Browser, Staff, message_of
from support.waiting import stays, wait_until

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10" + b"picture" * 20


def test_it_folds_what_was_quoted(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, charlie: Browser, address: str, token: str
) -> None:
	history = "\n".join(f"> line {number} of an old mail" for number in range(500))
	text = f"Yes, please.\n\nOn Tue, May 13, 2026 at 8:02 AM Mike <{OFFICE}> wrote:\n{history}\n"
	host.take(mail(address, token, text), token)

	entry = mailing_bob.entries()[-1]
	assert (entry["text"], entry["quoted"]) == ("Yes, please.", True)
	whole = mailing_bob.get("original", entry=entry["id"])
	assert "line 499 of an old mail" in whole.text
	assert "Yes, please." in whole.text
	assert whole.headers["Content-Type"].startswith("text/plain")
	rest = mailing_bob.get("original", entry=entry["id"], rest=1)
	assert "line 499 of an old mail" in rest.text
	assert "Yes, please." not in rest.text
	assert charlie.get("original", entry=entry["id"]).status_code == 404
	assert charlie.get("original", entry=entry["id"]).text == charlie.get("original", entry=10**9).text
	assert mailing_bob.entries(q="line 499 of an old mail") == []


def test_the_lines_that_were_sent_to_them_are_history_without_any_mark(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	ours = f"We bring the boards on Thursday, {uuid.uuid4()}"
	staff.do("send", customer=mailing_bob.customer, text=ours)
	[letter] = wait_until(lambda: host.mails_to(address, ours))
	history = plain_text(letter).replace("\r\n", "\n")
	assert history.startswith("##- Please answer above this line -##")
	for said, quoted in (("Yes to that.", history), ("And to this.", ours)):
		host.take(mail(address, token, f"{said}\n\nLe xx/yy Mike\n\n{quoted}"), token)

	texts = [entry["text"] for entry in mailing_bob.entries()[-2:]]
	assert all(ours not in text for text in texts)
	assert [text.split("\n")[0] for text in texts] == ["Yes to that.", "And to this."]


def test_a_forward_to_the_contractor_keeps_the_subject(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	words = f"Can you match this? {uuid.uuid4()}"
	host.take(mail(address, token, words, subject="Fwd: The boiler"), token)
	[forward] = wait_until(lambda: host.mails_to(CONTRACTOR, words))
	assert mailing_bob.entries()[-1]["subject"] == "Fwd: The boiler"
	assert forward.message["Subject"] == "Fwd: The boiler"


@pytest.mark.embedded("Frappe makes words of a script")
def test_it_shows_html_as_text_only(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	message = mail(address, token, "x")
	message.clear_content()
	message.set_content(
		"<html><head><style>p{color:red}</style></head><body><p>Yes&nbsp;&lt;3</p>"
		'<img src="https://tracker.example/pixel.gif"><script>alert(1)</script>'
		'<form action="https://evil.example"><input name=a></form></body></html>',
		subtype="html",
	)
	host.take(message, token)

	entry = mailing_bob.entries()[-1]
	assert entry["text"].replace("\xa0", " ").strip() == "Yes <3"
	page = mailing_bob.open().text
	assert "tracker.example" not in page
	assert "evil.example" not in page


@pytest.mark.embedded("Frappe takes no picture that is none")
def test_it_keeps_attachments_to_their_customer(
	host: EmbeddedHost, mailing_bob: Browser, charlie: Browser, address: str, token: str
) -> None:
	message = mail(address, token, "see the picture")
	message.add_attachment(PNG, maintype="image", subtype="png", filename='a"b/../../é.png')
	message.add_attachment(b"%PDF-1.4 <script>", maintype="application", subtype="pdf", filename="plan.pdf")
	host.take(message, token)

	entry = mailing_bob.entries()[-1]
	picture, plan = entry["attachments"]
	assert (picture["state"], plan["name"]) == ("ready", "plan.pdf")
	assert "/" not in picture["name"]
	shown = mailing_bob.http.get(mailing_bob.base + picture["url"], timeout=20)
	assert (shown.content, shown.headers["Content-Type"]) == (PNG, "image/png")
	saved = mailing_bob.http.get(mailing_bob.base + plan["url"], timeout=20)
	assert saved.headers["Content-Type"] == "application/octet-stream"
	assert saved.headers["Content-Disposition"].startswith("attachment")
	for url in (picture["url"], plan["url"]):
		theirs = charlie.http.get(mailing_bob.base + url, timeout=20)
		nobodys = charlie.get("attachment", entry=10**9, index=0)
		assert (
			(theirs.status_code, theirs.content)
			== (nobodys.status_code, nobodys.content)
			== (404, nobodys.content)
		)
	assert mailing_bob.get("attachment", entry=entry["id"], index=2).status_code == 404
	assert mailing_bob.get("attachment", entry=entry["id"], index=-1).status_code == 404
	# it travels on to the contractor
	[letter] = wait_until(lambda: host.mails_to(CONTRACTOR, "see the picture"))
	assert [part.get_filename() for part in letter.message.iter_attachments()][1] == "plan.pdf"


@pytest.mark.embedded("Frappe takes no picture that is none")
def test_it_links_to_a_picture_that_browsers_cannot_show(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	message = mail(address, token, "from my phone")
	message.add_attachment(b"ftypheic", maintype="image", subtype="heic", filename="IMG_0001.heic")
	message.add_attachment(PNG, maintype="image", subtype="png", filename="deck.png")
	host.take(message, token)

	photo, deck = mailing_bob.entries()[-1]["attachments"]
	page = unescape(mailing_bob.open().text)

	assert f'<img src="{deck["url"]}"' in page
	assert f'<img src="{photo["url"]}"' not in page
	assert f'<a href="{photo["url"]}" download="IMG_0001.heic"' in page


@pytest.mark.embedded("the site's own mail server refuses what is too large")
def test_it_refuses_a_mail_of_more_than_30_mb(host: EmbeddedHost, mailing_bob: Browser, token: str) -> None:
	line = b"x" * 76 + b"\r\n"
	huge = b"From: bob@x.example\r\nSubject: huge\r\n\r\n" + line * 400_000
	assert len(huge) > 31_000_000
	port = int(host.mail_url.rpartition(":")[2])
	with smtplib.SMTP("127.0.0.1", port, timeout=30) as server:
		server.ehlo()
		assert server.mail("bob@x.example", [f"size={len(huge)}"])[0] == 552
		# and from a client that does not say so before
		server.rset()
		server.mail("bob@x.example")
		server.rcpt(token)
		assert server.data(huge)[0] == 552
	assert len(mailing_bob.entries()) == 1
	assert host.mail(mail("bob@x.example", token, "smaller"), "bob@x.example", token)[0] == 250


@pytest.mark.embedded("Frappe has its own way with such a mail")
@pytest.mark.parametrize(
	("data", "code"),
	[
		(b"", 554),
		(b"\r\n\r\n", 554),
		(b"\0\0\0", 554),
		(b"no headers at all, only words\r\n", 250),
		(b"From: \xff\xfe\r\nSubject: =?utf-8?b?////?=\r\n\r\n\xff\xfe words", 250),
		(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x\r\n--x--", 250),
		(b"Content-Type: text/plain; charset=klingon\r\n\r\nqapla\r\n", 250),
	],
)
def test_it_survives_a_mail_that_is_hardly_one(host: EmbeddedHost, data: bytes, code: int) -> None:
	assert host.mail(data, new_email("odd"), OFFICE)[0] == code
	assert message_of(host.staff.get("threads", filter="unmatched"))["threads"] is not None


def test_it_takes_no_mails_that_are_not_wanted(own_host: EmbeddedHost) -> None:
	own_host.set(capture_emails=0)
	sender = new_email("stranger")

	assert own_host.mail(mail(sender, OFFICE, "hello"), sender, OFFICE)[0] == 250
	assert own_host.staff.unmatched(sender) is None


# The contractor answers by mail


def test_it_takes_the_contractors_answer(
	host: EmbeddedHost, mailing_bob: Browser, charlie: Browser, address: str
) -> None:
	words = f"when can you start? {uuid.uuid4()}"
	mailing_bob.reply(words)
	[forward] = wait_until(lambda: host.mails_to(CONTRACTOR, words))
	answer = f"On Monday {uuid.uuid4()}"
	history = f"{answer}\n\nOn Tue, May 13, 2026 Bob via the portal <{OFFICE}> wrote:\n> {words}\n"
	message = mail(CONTRACTOR, reply_token(forward), history, subject="Re: Messages from Bob")
	for _ in range(2):
		host.take(message, reply_token(forward))

	entry = mailing_bob.entries()[-1]
	assert (entry["author"], entry["label"], entry["text"]) == ("contractor", BUSINESS, answer)
	assert entry["quoted"] is False
	assert mailing_bob.get("original", entry=entry["id"]).status_code == 404
	[letter] = wait_until(lambda: host.mails_to(address, answer))
	assert plain_text(letter).startswith("##- Please answer above this line -##")
	assert answer in plain_text(letter)
	assert CONTRACTOR not in letter.data.decode()
	assert reply_token(forward) not in letter.data.decode()
	stays(lambda: len(host.mails_to(address, answer)) == 1)
	assert charlie.entries() == []


@pytest.mark.embedded("Frappe keeps no References, and In-Reply-To only to a Communication of its own")
def test_it_takes_the_contractors_answer_by_reference(host: EmbeddedHost, mailing_bob: Browser) -> None:
	mailing_bob.reply("by reference?")
	[forward] = wait_until(lambda: host.mails_to(CONTRACTOR, "by reference?"))[-1:]
	reference = str(forward.message["Message-ID"])
	host.take(mail(CONTRACTOR, OFFICE, "yes", In_Reply_To=reference), OFFICE)

	assert [(entry["author"], entry["text"]) for entry in mailing_bob.entries()][-1] == ("contractor", "yes")


@pytest.mark.embedded("Frappe keeps no References, and In-Reply-To only to a Communication of its own")
def test_it_lets_no_customer_speak_for_the_contractor(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	mails = len(host.mailbox.messages)
	# the customer's own token with the contractor's address in From
	first = mail(CONTRACTOR, token, "you owe me nothing")
	for _ in range(2):
		host.take(first, token)
	# a reference to a mail that the customer got as well
	ours = str(host.mails_to(address)[0].message["Message-ID"])
	host.take(mail(CONTRACTOR, OFFICE, "nothing at all", In_Reply_To=ours), OFFICE)

	assert mailing_bob.texts() == ["Here is your estimate."]
	# whoever it was: staff can read it, where it says nothing of the contractor
	assert staff.thread(mailing_bob.customer)["notes"] == []
	waiting = staff.unmatched(CONTRACTOR)
	assert waiting
	texts = [entry["text"] for entry in staff.thread(thread=waiting["thread"])["entries"]]
	assert texts[-2:] == ["you owe me nothing", "nothing at all"]
	stays(lambda: len(host.mailbox.messages) == mails)


@pytest.mark.embedded("Frappe keeps no word on DMARC")
def test_it_notes_a_copy_of_the_contractors_mail_once(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, token: str
) -> None:
	copy = mail(CONTRACTOR, token, "as I said on the phone", **proof(CONTRACTOR))
	for _ in range(2):
		host.take(copy, token)

	[note] = staff.thread(mailing_bob.customer)["notes"]
	assert note["text"] == "Deck\n\nas I said on the phone"
	assert mailing_bob.texts() == ["Here is your estimate."]


@pytest.mark.embedded("Frappe keeps no word on DMARC")
def test_a_note_of_the_contractors_copy_leaves_out_what_the_customer_wrote(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	theirs = f"Does the oak have to go, {uuid.uuid4()}?"
	host.take(mail(address, token, theirs), token)
	host.take(mail(CONTRACTOR, token, f"It may stay.\n\n{theirs}", **proof(CONTRACTOR)), token)

	[note] = staff.thread(mailing_bob.customer)["notes"]
	assert note["text"] == "Deck\n\nIt may stay."


def test_a_mail_that_waits_is_cut_where_our_name_begins_the_history(host: EmbeddedHost, staff: Staff) -> None:
	stranger = new_email("stranger")
	history = f"On Tuesday {BUSINESS} wrote:\n\nWe also build fences."
	host.take(mail(stranger, OFFICE, f"What is a fence?\n\n{history}"), OFFICE)

	waiting = staff.unmatched(stranger)
	assert waiting
	[entry] = staff.thread(thread=waiting["thread"])["entries"]
	assert (entry["text"], entry["quoted"]) == ("What is a fence?", True)


@pytest.mark.embedded("Frappe keeps no word on DMARC, and gives every mail a subject")
def test_it_notes_an_empty_mail_of_the_contractor(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, token: str
) -> None:
	host.take(mail(CONTRACTOR, token, "", subject="", **proof(CONTRACTOR)), token)
	assert [note["text"] for note in staff.thread(mailing_bob.customer)["notes"]] == ["(no words)"]


@pytest.mark.embedded("Frappe keeps no word on DMARC")
def test_it_texts_the_contractor_who_takes_no_mail(own_host: EmbeddedHost) -> None:
	own_host.set(contractor_email="")
	address = new_email()
	browser = own_host.sign_in(own_host.add_customer("Bob", email=address))
	own_host.take(mail(address, OFFICE, "by mail", **proof(address)), OFFICE)

	wait_until(lambda: own_host.texts_to(MOBILE, "Bob: by mail"))
	assert browser.texts() == ["by mail"]
