"""The contractor learns where they are of what did not arrive as they wrote it."""

import uuid

import pytest
from support.host import CONTRACTOR, EmbeddedHost, new_email, new_phone, reply_token
from support.mails import mail
from support.people import Browser, Staff
from support.waiting import stays, wait_until

#: a landline of London
LANDLINE = "+442079460018"


class Mike:
	"""The contractor with their phone."""

	def __init__(self, host: EmbeddedHost, number: str) -> None:
		self.host, self.number = host, number

	def texts(self, words: str) -> None:
		"""Text the business number."""
		self.host.text(self.number, words)

	def heard(self, holding: str = "") -> list[str]:
		"""Return what was texted to them."""
		return [text.body for text in self.host.texts_to(self.number, holding)]

	def hears(self, line: str) -> None:
		"""Wait for this line, which is all that is heard."""
		wait_until(lambda: line in self.heard(), what=line)
		stays(lambda: self.heard() == [line])


@pytest.fixture
def mike(host: EmbeddedHost) -> Mike:
	"""Return a contractor whose phone nobody has written to yet."""
	number = new_phone()
	host.set(contractor_mobile=number)
	return Mike(host, number)


def words() -> str:
	return f"words {uuid.uuid4()}"


def test_it_says_that_a_text_went_by_mail_instead(
	host: EmbeddedHost, staff: Staff, mike: Mike, sarah: Browser, phone: str, address: str
) -> None:
	host.twilio.landlines.add(phone)
	said = words()
	mike.texts(f"#{staff.code(sarah.customer)} {said}")

	wait_until(lambda: host.mails_to(address, said))
	mike.hears(
		"Sarah Lee did not get your text (their phone does not take texts); it went by e-mail instead."
	)
	assert sarah.texts() == [said]
	assert not host.texts_to(phone, "did not get")
	assert not host.mails_to(address, "did not get")


@pytest.mark.parametrize(
	("code", "line"),
	[
		(30003, "The phone could not be reached; it may be switched off. Send it again later."),
		(
			30034,
			"This number is not registered for business texting (A2P 10DLC) yet. Register it in the Twilio console.",
		),
	],
)
def test_it_says_what_to_do_where_there_is_no_other_way(
	host: EmbeddedHost, staff: Staff, mike: Mike, code: int, line: str
) -> None:
	phone = new_phone()
	browser = host.sign_in(host.add_customer("Bob Stone", phone=phone))
	host.twilio.doomed[phone] = code
	mike.texts(f"#{staff.code(browser.customer)} {words()}")

	mike.hears(f"Bob Stone did not get your text. {line}")
	assert len(browser.texts()) == 1


def test_it_names_an_error_where_the_number_is_not_to_blame(
	host: EmbeddedHost, staff: Staff, mike: Mike, sarah: Browser, phone: str
) -> None:
	host.twilio.doomed[phone] = 30007
	mike.texts(f"#{staff.code(sarah.customer)} {words()}")

	mike.hears("Sarah Lee did not get your text (error 30007); it went by e-mail instead.")


@pytest.mark.embedded("a site's Email Queue tries a refused mail again, and tells nobody in the end")
def test_it_says_so_once_more_where_the_other_way_fails_too(
	host: EmbeddedHost, staff: Staff, mike: Mike, sarah: Browser, phone: str
) -> None:
	host.twilio.landlines.add(phone)
	host.mailbox.refuse_next(550, "5.1.1 nobody here")
	mike.texts(f"#{staff.code(sarah.customer)} {words()}")

	wait_until(lambda: len(mike.heard()) == 2)
	stays(lambda: len(mike.heard()) == 2)
	first, second = mike.heard()
	assert "it went by e-mail instead" in first
	assert second.startswith("Sarah Lee did not get your e-mail. ")
	assert second.endswith("Ask them for another address, or call.")


def test_it_says_nothing_of_what_arrived_or_was_written_in_the_desk(
	host: EmbeddedHost, staff: Staff, mike: Mike, sarah: Browser, phone: str, address: str
) -> None:
	said = words()
	mike.texts(f"#{staff.code(sarah.customer)} {said}")
	wait_until(lambda: host.texts_to(phone, said))
	host.twilio.landlines.add(phone)
	staff.do("send", customer=sarah.customer, text=f"desk {said}")
	wait_until(lambda: host.mails_to(address, f"desk {said}"))

	stays(lambda: mike.heard() == [])


def test_it_says_by_mail_what_became_of_a_mail(host: EmbeddedHost, staff: Staff, mike: Mike) -> None:
	phone, asked = new_phone(), words()
	browser = host.sign_in(host.add_customer("Bob Stone", phone=phone))
	browser.reply(f"{asked} " + "long story " * 600)
	[letter] = wait_until(lambda: host.mails_to(CONTRACTOR, asked))
	host.twilio.doomed[phone] = 30003
	to = reply_token(letter)
	host.take(mail(CONTRACTOR, to, said := words()), to)

	line = "Bob Stone did not get your text. The phone could not be reached"
	wait_until(lambda: len(host.mails_to(CONTRACTOR, line)) == 1)
	assert said in browser.texts()
	assert not mike.heard("did not get")


def test_it_says_once_a_day_that_a_text_goes_by_mail_from_the_first(
	host: EmbeddedHost, staff: Staff, mike: Mike
) -> None:
	browser = host.sign_in(host.add_customer("Bob Stone", phone=LANDLINE, email=new_email()))
	for _ in range(2):
		mike.texts(f"#{staff.code(browser.customer)} {words()}")

	mike.hears("Bob Stone gets your text by e-mail (their phone does not take texts).")
	assert len(browser.texts()) == 2


def test_it_says_that_texts_were_turned_off(
	host: EmbeddedHost, mike: Mike, sarah: Browser, phone: str
) -> None:
	host.receive(phone, "STOP")
	host.receive(phone, "STOP")

	mike.hears("Sarah Lee has turned texts off (STOP). What you write goes by e-mail from now on.")
	assert not host.texts_to(phone)


def test_it_says_that_nothing_but_the_portal_is_left(host: EmbeddedHost, mike: Mike) -> None:
	phone = new_phone()
	host.sign_in(host.add_customer("Bob Stone", phone=phone))
	host.receive(phone, "STOP")

	mike.hears("Bob Stone has turned texts off (STOP). What you write stays in the portal from now on.")


def test_it_says_nothing_of_strangers(host: EmbeddedHost, staff: Staff, mike: Mike) -> None:
	stranger = new_phone()
	host.receive(stranger, "STOP")

	wait_until(lambda: staff.unmatched(stranger))
	stays(lambda: mike.heard() == [])
