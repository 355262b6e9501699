"""A mail reaches whom it is for, once, and speaks for nobody but its author, however it is made up."""

import base64
import uuid
from email.message import EmailMessage

import pytest
from support.host import CONTRACTOR, OFFICE, EmbeddedHost, new_email
from support.mails import mail, proof
from support.people import Browser, Staff
from support.waiting import wait_until


def _secret(host: EmbeddedHost, address: str, token: str) -> str:
	"""Let the customer answer, and return the contractor's secret address."""
	words = f"an answer {uuid.uuid4()}"
	host.take(mail(address, token, words), token)
	[letter] = wait_until(lambda: host.mails_to(CONTRACTOR, words))
	return str(letter.message["Reply-To"].addresses[0].addr_spec)


@pytest.mark.embedded("Frappe keeps no word on DMARC")
def test_nobody_speaks_as_the_contractor_whom_our_server_found_to_be_another(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str, token: str
) -> None:
	secret = _secret(host, address, token)
	host.take(mail(CONTRACTOR, secret, "I promise a hot tub", **proof(CONTRACTOR, "fail")), secret)

	assert "I promise a hot tub" not in mailing_bob.texts()
	assert staff.unmatched(CONTRACTOR)


@pytest.mark.embedded("Frappe keeps no word on DMARC")
def test_a_forged_answer_makes_its_address_no_more_trusted(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	host.take(mail(address, token, "by the secret address", **proof(address, "fail")), token)
	host.take(mail(address, OFFICE, "fresh"), OFFICE)

	assert "fresh" not in mailing_bob.texts()


@pytest.mark.embedded("Frappe itself takes a known Message-ID for the same mail (frappe/email/receive.py)")
@pytest.mark.parametrize("first_to_office", [True, False])
def test_a_blind_copy_to_a_second_mailbox_is_the_same_mail(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str, first_to_office: bool
) -> None:
	message = mail(address, OFFICE, "both of you", **proof(address))
	for to in (OFFICE, token) if first_to_office else (token, OFFICE):
		host.take(message, to)

	assert mailing_bob.texts().count("both of you") == 1


@pytest.mark.embedded("Frappe itself takes a known Message-ID for the same mail (frappe/email/receive.py)")
def test_a_copy_without_the_secret_address_does_not_wait_beside_it(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, token: str
) -> None:
	work = new_email("work")
	message = mail(work, OFFICE, "from my desk")
	host.take(message, token)
	host.take(message, OFFICE)

	assert mailing_bob.texts()[-1] == "from my desk"
	assert staff.unmatched(work) is None


@pytest.mark.embedded("Frappe itself takes a known Message-ID for the same mail (frappe/email/receive.py)")
def test_a_customers_words_under_an_id_of_ours_are_not_lost(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	[ours] = host.mails_to(address)
	host.take(mail(address, token, "mine", message_id=str(ours.message["Message-ID"])), token)

	assert mailing_bob.texts()[-1] == "mine"


def test_a_mail_to_a_customer_never_goes_to_the_contractor_whose_words_she_was_given(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str
) -> None:
	host.take(mail(CONTRACTOR, OFFICE, "about nobody"), OFFICE)
	waiting = staff.unmatched(CONTRACTOR)
	assert waiting
	staff.do("assign", thread=waiting["thread"], customer=mailing_bob.customer)
	assert [row["address"] for row in staff.thread(mailing_bob.customer)["addresses"]] == [address]

	words = f"for Bob {uuid.uuid4()}"
	staff.do("send", customer=mailing_bob.customer, text=words)
	wait_until(lambda: host.mails_to(address, words))
	assert not host.mails_to(CONTRACTOR, words)


def test_a_mail_to_a_customer_does_not_go_to_another_whose_words_she_was_given(
	host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str
) -> None:
	others = new_email("other")
	host.add_customer("Ann", email=others)
	host.take(mail(others, OFFICE, "about Bob's fence"), OFFICE)
	waiting = staff.unmatched(others)
	assert waiting
	staff.do("assign", thread=waiting["thread"], customer=mailing_bob.customer)

	words = f"for Bob alone {uuid.uuid4()}"
	staff.do("send", customer=mailing_bob.customer, text=words)
	wait_until(lambda: host.mails_to(address, words))
	assert not host.mails_to(others, words)


def test_a_secret_address_in_an_encoded_file_reaches_nobody(
	host: EmbeddedHost, mailing_bob: Browser, address: str, token: str
) -> None:
	secret = _secret(host, address, token)
	digits = secret.partition("+")[2].partition("@")[0]
	words = f"see the files {uuid.uuid4()}"
	message = mail(CONTRACTOR, secret, words)
	old = EmailMessage()
	old.set_content(f"Grüße, you wrote to {secret} and more", cte="base64")
	message.add_attachment(old.as_bytes(), "application", "octet-stream", filename="old.eml")
	message.add_attachment(f"ask {secret}".encode("utf-16"), "text", "plain", filename="notes.txt")
	host.take(message, secret)

	[letter] = wait_until(lambda: host.mails_to(address, words))
	files = [
		data
		for part in letter.message.iter_attachments()
		if isinstance(data := part.get_payload(decode=True), bytes)
	]
	assert len(files) == 2
	assert OFFICE in base64.b64decode(files[0].partition(b"\n\n")[2]).decode()
	assert files[1].decode("utf-16") == f"ask {OFFICE}"
	assert not any(digits.encode() in data for data in files)
