"""A fresh mail: whose it is depends on what is known of its address. Secret addresses are no passwords for ever."""

import uuid

import pytest
from support.host import CONTRACTOR, DOMAIN, OFFICE, EmbeddedHost, new_email
from support.mails import mail, proof
from support.people import Browser, Staff
from support.waiting import wait_until


def _contractors(host: EmbeddedHost, words: str) -> str:
	[letter] = wait_until(lambda: host.mails_to(CONTRACTOR, words))
	return str(letter.message["Reply-To"].addresses[0].addr_spec)


def _answered(host: EmbeddedHost, address: str, token: str) -> str:
	"""Let the customer answer, and return the contractor's secret address."""
	words = f"an answer {uuid.uuid4()}"
	host.take(mail(address, token, words), token)
	return _contractors(host, words)


def _on_file(staff: Staff, bob: Browser) -> dict[str, object]:
	[one] = staff.thread(bob.customer)["addresses"]
	return dict(one)


def test_a_fresh_mail_waits_until_its_address_has_answered(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	host.take(mail(address, OFFICE, "before"), OFFICE)
	waiting = staff.unmatched(address)
	assert waiting
	assert staff.thread(thread=waiting["thread"])["thread"]["reason"] == "the sender's address is not proven"
	assert not _on_file(staff, mailing_bob)["trusted"]

	_answered(host, address, token)
	host.take(mail(address, OFFICE, "fresh"), OFFICE)

	assert mailing_bob.texts()[-1] == "fresh"
	assert _on_file(staff, mailing_bob)["why"] == "a mail from it answered one of ours"


@pytest.mark.embedded("Frappe keeps no word on DMARC")
def test_what_our_mail_server_does_not_vouch_for_is_nobodys_whom_we_trust(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	_answered(host, address, token)
	host.take(mail(address, OFFICE, "forged", **proof(address, "fail")), OFFICE)

	assert "forged" not in mailing_bob.texts()


def test_trust_is_taken_back_for_good(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	_answered(host, address, token)
	thread = staff.thread(mailing_bob.customer)["thread"]["thread"]
	[left] = staff.do("trust", thread=thread, address=address, trusted=False)
	assert (left["trusted"], left["why"]) == (False, "one of us took that back")

	_answered(host, address, token)
	host.take(mail(address, OFFICE, "fresh"), OFFICE)
	assert "fresh" not in mailing_bob.texts()

	[back] = staff.do("trust", thread=thread, address=address, trusted=True)
	assert back["trusted"]
	host.take(mail(address, OFFICE, "again"), OFFICE)
	assert mailing_bob.texts()[-1] == "again"
	assert staff.post("trust", thread=thread, address=new_email("nobody"), trusted=True).status_code == 404


def test_the_form_names_who_has_the_address_and_one_call_gives_it_to_them(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str
) -> None:
	host.take(mail(address, OFFICE, "whose am I"), OFFICE)
	waiting = staff.unmatched(address)
	assert waiting
	one, *_others = staff.get("likely", thread=waiting["thread"]).json()["message"]["likely"]
	assert (one["party"], one["why"]) == (mailing_bob.customer, "on file with this address")

	staff.do("assign", thread=waiting["thread"], customer=one["party"])
	host.take(mail(address, OFFICE, "now it is clear"), OFFICE)

	assert mailing_bob.texts() == ["whose am I", "now it is clear"]
	assert _on_file(staff, mailing_bob)["why"] == "one of us said whose it is"


def test_the_contractors_address_is_taken_from_nobody_else(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	contractors = _answered(host, address, token)
	host.take(mail(address, contractors, "I promise a hot tub"), contractors)

	assert "I promise a hot tub" not in mailing_bob.texts()
	waiting = staff.unmatched(address)
	assert waiting
	assert "contractor's own address" in staff.thread(thread=waiting["thread"])["thread"]["reason"]


def test_a_mail_that_only_says_it_is_the_contractors_writes_no_note(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, token: str
) -> None:
	host.take(mail(f"Mike <{CONTRACTOR}>", token, "He has paid in cash."), token)

	assert "He has paid in cash." not in mailing_bob.texts()
	assert staff.thread(mailing_bob.customer)["notes"] == []
	assert staff.unmatched(CONTRACTOR)


def test_an_answer_by_somebody_not_on_file_is_not_the_customers(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	first = mail(address, token, "first answer")
	host.take(first, token)
	stranger = new_email("stranger")
	host.take(mail(stranger, OFFICE, "it is me", In_Reply_To=str(first["Message-ID"])), OFFICE)

	assert "it is me" not in mailing_bob.texts()
	assert staff.unmatched(stranger)


def test_a_quoted_secret_address_reaches_nobody(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	contractors = _answered(host, address, token)
	secret = contractors.partition("+")[2].partition("@")[0]
	words = f"See below.\n\n> You wrote to {contractors.upper()}\n> mailto:reply%2B{secret}%40{DOMAIN}\nYes, at 8."
	message = mail(CONTRACTOR, contractors, words, subject=f"Re: {contractors}")
	message.add_attachment(f"From: x@y.example\n\n{contractors}", filename="old.txt")
	host.take(message, contractors)

	letters = wait_until(lambda: host.mails_to(address, "Yes, at 8."))
	assert all(secret not in letter.message.as_string().lower() for letter in letters)
	assert all(secret not in str(entry).lower() for entry in mailing_bob.entries())
	assert "Yes, at 8." in mailing_bob.texts()[-1]
	assert secret not in str(staff.thread(mailing_bob.customer)).lower()


def test_renewed_addresses_open_nothing(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	contractors = _answered(host, address, token)
	staff.do("renew", thread=staff.thread(mailing_bob.customer)["thread"]["thread"])
	before = mailing_bob.texts()
	stranger = new_email("stranger")
	host.take(mail(stranger, token, "with the old password"), token)
	host.take(mail(CONTRACTOR, contractors, "with his old one"), contractors)

	assert mailing_bob.texts() == before
	waiting = staff.unmatched(stranger)
	assert waiting
	assert "renewed" in staff.thread(thread=waiting["thread"])["thread"]["reason"]
	staff.do("send", customer=mailing_bob.customer, text="What comes next")
	[letter] = wait_until(lambda: host.mails_to(address, "What comes next"))
	new = str(letter.message["Reply-To"].addresses[0].addr_spec)
	assert new != token
	host.take(mail(address, new, "works as ever"), new)
	assert mailing_bob.texts()[-1] == "works as ever"


@pytest.mark.embedded("Frappe itself takes a known Message-ID for the same mail (frappe/email/receive.py)")
def test_other_words_under_a_known_message_id_are_not_lost(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	same = f"<{uuid.uuid4()}@phone.example>"
	for words in ("one", "two", "one", "two"):
		host.take(mail(address, token, words, message_id=same), token)

	assert mailing_bob.texts()[1:] == ["one", "two"]


def test_mail_that_concerns_nobody_opens_no_thread(host: EmbeddedHost, staff: Staff) -> None:
	supplier = new_email("supplier")
	host.take(mail(supplier, "purchasing@mikescontracting.example", "Your cedar"), "purchasing@x.example")
	assert staff.unmatched(supplier) is None
	host.take(mail(supplier, OFFICE, "Your cedar"), OFFICE)
	assert staff.unmatched(supplier)


def test_what_lies_in_the_contractors_mailbox_is_not_mailed_there_again(
	host: EmbeddedHost, staff: Staff
) -> None:
	stranger = new_email("stranger")
	host.take(mail(stranger, CONTRACTOR, "straight to him"), CONTRACTOR)
	waiting = staff.unmatched(stranger)
	assert waiting
	[delivery] = staff.thread(thread=waiting["thread"])["deliveries"]
	assert (delivery["state"], delivery["reason"]) == (
		"Skipped",
		"it lies in the contractor's mailbox already",
	)


@pytest.mark.embedded("a command of its own")
def test_the_command_renews_them_too(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, token: str
) -> None:
	host.run("renew", "--customer", mailing_bob.customer)
	host.take(mail(new_email("stranger"), token, "with the old password"), token)

	assert "with the old password" not in mailing_bob.texts()
	[note] = staff.thread(mailing_bob.customer)["notes"]
	assert note["text"] == "The secret mail addresses of this conversation were renewed."
