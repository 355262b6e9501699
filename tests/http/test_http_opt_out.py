"""STOP and START are Twilio's business: recorded, heeded, never answered by us."""

import uuid

import pytest
from support.host import MOBILE, NUMBER, EmbeddedHost, new_email, new_phone
from support.people import Browser, Staff
from support.waiting import stays, wait_until


def channel(staff: Staff, browser: Browser) -> str | None:
	"""Return how a message would reach the customer now."""
	sent = staff.do("send", customer=browser.customer, text=f"probe {uuid.uuid4()}")
	found: str | None = sent["deliveries"][0]["channel"]
	return found


@pytest.mark.parametrize(
	"word", ["STOP", "stop", " Stop\n", "UNSUBSCRIBE", "cancel", "QUIT", "END", "REVOKE", "OPTOUT"]
)
def test_it_heeds_stop(host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str, word: str) -> None:
	host.receive(phone, word)

	assert sarah.texts() == [word.strip()]
	assert channel(staff, sarah) == "Email"
	stays(lambda: not host.texts_to(phone), seconds=0.2)


@pytest.mark.parametrize(
	"words",
	[
		"Please stop by at 5",
		"stop!",
		"STOP IT",
		"don't stop",
		"cancel the visit",
		"end of the deck",
		"start at 8",
	],
)
def test_it_takes_other_words_for_words(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str, words: str
) -> None:
	host.receive(phone, words)

	assert sarah.texts() == [words]
	assert channel(staff, sarah) == "SMS"
	wait_until(lambda: host.texts_to(MOBILE, words))


@pytest.mark.parametrize("word", ["START", "yes", "UNSTOP"])
def test_it_heeds_start(host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str, word: str) -> None:
	host.receive(phone, "STOP")
	assert channel(staff, sarah) == "Email"

	host.receive(phone, word)

	assert channel(staff, sarah) == "SMS"


def test_it_never_answers_stop_and_passes_none_on(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str
) -> None:
	code = staff.code(sarah.customer)
	host.receive(phone, "STOP")

	assert sarah.texts() == ["STOP"]
	stays(lambda: not host.texts_to(phone) and not host.texts_to(MOBILE, f"(#{code})"))


def test_it_tells_the_contractor_of_a_cancel(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str
) -> None:
	code = staff.code(sarah.customer)
	host.receive(phone, "CANCEL")

	wait_until(lambda: host.texts_to(MOBILE, f"Sarah Lee: CANCEL (#{code})"))


def test_it_heeds_twilios_own_word_for_it(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str
) -> None:
	from support.host import text_params

	answer = host.webhook("twilio_message", text_params(phone, "ARRÊT", OptOutType="STOP"))

	assert answer.status_code == 200
	assert sarah.texts() == ["ARRÊT"]
	assert channel(staff, sarah) == "Email"


def test_it_stops_one_number_only(host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str) -> None:
	other = host.sign_in(host.add_customer("Bob", phone=new_phone(), email=new_email()))
	host.receive(phone, "STOP")

	assert channel(staff, sarah) == "Email"
	assert channel(staff, other) == "SMS"


def test_it_learns_from_twilio_that_somebody_opted_out(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str, address: str
) -> None:
	# at Twilio, while our webhook was unreachable
	host.twilio.opted_out.add((NUMBER, phone))
	words = f"by mail then {uuid.uuid4()}"

	staff.do("send", customer=sarah.customer, text=words)

	wait_until(lambda: len(host.mails_to(address, words)) == 1)
	assert channel(staff, sarah) == "Email"
	assert words in sarah.texts()


def test_it_takes_a_repeated_stop_that_comes_after_start_for_old(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str
) -> None:
	from customer_thread.standalone.demo.twilio_message import make_sid

	sid = make_sid("SM")
	host.text(phone, "STOP", sid=sid)
	host.text(phone, "START")

	# Twilio delivers the first one again
	host.text(phone, "STOP", sid=sid)

	assert sarah.texts() == ["STOP", "START"]
	assert channel(staff, sarah) == "SMS"


def test_it_sends_no_code_to_the_contractor_who_opted_out(
	host: EmbeddedHost, sarah: Browser, staff: Staff
) -> None:
	mobile = new_phone()
	host.set(contractor_mobile=mobile)
	host.receive(mobile, "STOP")
	try:
		entry = sarah.reply("can you hear me?")["id"]
		assert [row["channel"] for row in staff.deliveries(sarah.customer, entry)] == ["Email"]
	finally:
		host.set(contractor_mobile=MOBILE)
