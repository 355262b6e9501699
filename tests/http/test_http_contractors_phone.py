"""The contractor answers from their own phone: a command line to a small bot."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.bot_phone import Phone
from support.host import BUSINESS, NUMBER, EmbeddedHost, new_email, new_phone
from support.people import Browser, Staff
from support.waiting import stays, wait_until

from customer_thread.domain.model import Attachment
from customer_thread.domain.thread.thread_number import is_valid
from customer_thread.standalone.demo.twilio_message import make_sid


@pytest.fixture
def code(staff: Staff, sarah: Browser) -> str:
	return staff.code(sarah.customer)


def words() -> str:
	return f"words {uuid.uuid4()}"


@pytest.mark.parametrize("form", ["#{0} {1}", "#{0}: {1}", " #{0} - {1}", "# {0}, {1}", "#{0}\n{1}"])
def test_it_writes_to_the_customer_the_code_names(
	host: EmbeddedHost, mike: Phone, sarah: Browser, charlie: Browser, code: str, phone: str, form: str
) -> None:
	said = words()
	mike.texts(form.format(code, said))

	[entry] = sarah.entries()
	assert (entry["text"], entry["author"], entry["label"]) == (said, "contractor", BUSINESS)
	assert entry["channel"] == "sms"
	[text] = wait_until(lambda: host.texts_to(phone))
	assert (text.body, text.from_) == (said, NUMBER)
	assert charlie.entries() == []
	assert mike.heard() == []


def test_it_writes_a_repeated_command_once(
	host: EmbeddedHost, mike: Phone, sarah: Browser, code: str, phone: str
) -> None:
	sid = make_sid("SM")
	for _ in range(3):
		mike.texts(f"#{code} once", sid)
	with ThreadPoolExecutor(5) as pool:
		list(pool.map(lambda _: mike.texts(f"#{code} once", sid), range(5)))

	wait_until(lambda: host.texts_to(phone))
	stays(lambda: len(host.texts_to(phone)) == 1)
	assert sarah.texts() == ["once"]


def test_it_names_nobody_by_a_wrong_code(
	host: EmbeddedHost, mike: Phone, sarah: Browser, code: str, phone: str
) -> None:
	# one wrong digit
	wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
	assert not is_valid(wrong)
	for wanted in (wrong, "999999999", "00"):
		mike.texts(f"#{wanted} secret words")
		assert mike.hears(f"There is no #{wanted}")

	assert sarah.entries() == []
	assert host.texts_to(phone) == []


def test_it_takes_words_without_code_to_the_only_recent_conversation(
	host: EmbeddedHost, mike: Phone, sarah: Browser, phone: str
) -> None:
	sarah.reply("when?")
	mike.hears("when?")

	mike.texts("tomorrow at 8")

	assert sarah.texts() == ["when?", "tomorrow at 8"]
	wait_until(lambda: host.texts_to(phone, "tomorrow at 8"))


def test_it_asks_which_of_two_recent_conversations(
	host: EmbeddedHost, mike: Phone, sarah: Browser, charlie: Browser, staff: Staff, phone: str
) -> None:
	sarah.reply("from Sarah")
	charlie.reply("from Charlie")
	mike.hears("from Charlie")
	mike.hears("from Sarah")

	mike.texts("tomorrow at 8")

	assert mike.hears("Who is this for?") in (
		"Who is this for? 1 Charlie Day, 2 Sarah Lee",
		"Who is this for? 1 Sarah Lee, 2 Charlie Day",
	)
	assert sarah.texts() == ["from Sarah"]
	assert charlie.texts() == ["from Charlie"]
	assert host.texts_to(phone) == []


def test_it_answers_each_of_his_texts_once(mike: Phone) -> None:
	sid = make_sid("SM")
	for _ in range(3):
		mike.texts("hello?", sid)

	assert "Answer with #" in mike.hears("Who is this for?")
	stays(lambda: len(mike.heard()) == 1)


def test_it_obeys_a_repeat_as_it_did_the_first_time(mike: Phone, sarah: Browser, charlie: Browser) -> None:
	sarah.reply("from Sarah")
	mike.hears("from Sarah")
	sid = make_sid("SM")
	mike.texts("for Sarah only", sid)
	charlie.reply("from Charlie")
	mike.hears("from Charlie")

	# Twilio delivers it again, now that there are two
	mike.texts("for Sarah only", sid)

	assert sarah.texts() == ["from Sarah", "for Sarah only"]
	assert charlie.texts() == ["from Charlie"]
	stays(lambda: not any("Who is" in text for text in mike.heard()))


@pytest.mark.parametrize("form", ["#{0} note {1}", "#{0} Note: {1}", "#{0} NOTE - {1}"])
def test_it_keeps_a_note(
	host: EmbeddedHost, mike: Phone, sarah: Browser, staff: Staff, code: str, phone: str, form: str
) -> None:
	said = words()
	sid = make_sid("SM")
	for _ in range(2):
		mike.texts(form.format(code, said), sid)

	assert [note["text"] for note in staff.thread(sarah.customer)["notes"]] == [said]
	assert mike.hears("Noted for Sarah Lee.")
	assert sarah.entries() == []
	stays(lambda: not host.texts_to(phone) and len(mike.heard()) == 1)


@pytest.mark.parametrize(
	("text", "answer"),
	[
		("#{0}", "What you write in the next ten minutes goes to Sarah Lee"),
		("#{0}   ", "What you write in the next ten minutes goes to Sarah Lee"),
		("#{0} note", "What shall the note say?"),
	],
)
def test_it_asks_for_words(
	mike: Phone, sarah: Browser, staff: Staff, code: str, text: str, answer: str
) -> None:
	mike.texts(text.format(code))

	assert mike.hears(answer)
	assert sarah.entries() == []
	assert staff.thread(sarah.customer)["notes"] == []


@pytest.mark.parametrize("text", ["notebook is on the table", "noted", "#1 fan of decks"])
def test_it_takes_ordinary_words_for_words(
	mike: Phone, sarah: Browser, staff: Staff, code: str, text: str
) -> None:
	mike.texts(f"#{code} {text}")

	assert sarah.texts() == [text]
	assert staff.thread(sarah.customer)["notes"] == []


def test_it_is_never_shown_as_a_customers_words(host: EmbeddedHost, mike: Phone, staff: Staff) -> None:
	# also if the contractor's phone is on file as a customer's
	browser = host.sign_in(host.add_customer("Mike Himself", phone=mike.number))
	mike.texts("hello?")
	mike.hears("Who is this for?")

	assert browser.entries() == []
	assert staff.unmatched(mike.number) is None


def test_it_says_when_words_could_only_go_to_the_portal(
	host: EmbeddedHost, mike: Phone, staff: Staff
) -> None:
	browser = host.sign_in(host.add_customer("Bob Portal"))

	mike.texts(f"#{staff.code(browser.customer)} see you")

	assert browser.texts() == ["see you"]
	assert "Bob Portal sees it in the portal" in mike.hears("in the portal")


def test_it_mails_where_there_is_no_phone(host: EmbeddedHost, mike: Phone, staff: Staff) -> None:
	address = new_email()
	browser = host.sign_in(host.add_customer("Bob Mail", email=address))
	said = words()

	mike.texts(f"#{staff.code(browser.customer)} {said}")

	wait_until(lambda: host.mails_to(address, said))


def test_it_answers_an_unknown_number_by_its_code(host: EmbeddedHost, mike: Phone, staff: Staff) -> None:
	stranger = new_phone()
	host.text(stranger, "do you build decks?")
	waiting = staff.unmatched(stranger)
	assert waiting
	mike.hears(f"(#{waiting['code']})")

	mike.texts(f"#{waiting['code']} we do")

	wait_until(lambda: host.texts_to(stranger, "we do"))


def test_it_passes_a_picture_on(
	host: EmbeddedHost, mike: Phone, sarah: Browser, code: str, phone: str
) -> None:
	picture = Attachment("deck.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"x" * 100)
	host.receive(mike.number, f"#{code} like this?", [picture])

	wait_until(
		lambda: [file["state"] for entry in sarah.entries() for file in entry["attachments"]] == ["ready"]
	)
	[text] = wait_until(lambda: host.texts_to(phone))
	assert "[1 picture]" in text.body


def test_it_is_a_command_only_from_the_contractors_phone(
	host: EmbeddedHost, mike: Phone, sarah: Browser, charlie: Browser, code: str
) -> None:
	stranger = new_phone()

	host.text(stranger, f"#{code} I am Mike")

	assert sarah.entries() == []
	assert charlie.entries() == []
	waiting = host.staff.unmatched(stranger)
	assert waiting
	assert host.staff.thread(thread=waiting["thread"])["entries"][0]["text"] == f"#{code} I am Mike"


def test_it_gives_no_two_customers_one_code(host: EmbeddedHost, staff: Staff) -> None:
	codes = [staff.code(host.add_customer(f"Bob {number}")) for number in range(12)]

	assert len(set(codes)) == 12
	assert all(is_valid(code) for code in codes)
