"""The contractor's texts through Twilio's webhook: what the bot asks, keeps, sends and refuses."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.bot_phone import Phone
from support.host import EmbeddedHost, new_phone
from support.people import Browser, Staff
from support.waiting import stays, wait_until

from customer_thread.domain.model import Attachment
from customer_thread.standalone.demo.twilio_message import make_sid

PICTURE = Attachment("deck.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"x" * 100)


@pytest.fixture
def two(mike: Phone, sarah: Browser, charlie: Browser) -> tuple[Browser, Browser]:
	"""Return Sarah and Charlie, who have both just written; Charlie last."""
	sarah.reply("from Sarah")
	mike.hears("from Sarah")
	charlie.reply("from Charlie")
	mike.hears("from Charlie")
	return sarah, charlie


def words() -> str:
	return f"words {uuid.uuid4()}"


@pytest.mark.parametrize("answer", ["2", "#2", "2.", "#{0}", "{0}"])
def test_it_keeps_the_words_until_it_is_said_whom_they_are_for(
	host: EmbeddedHost, mike: Phone, two: tuple[Browser, Browser], staff: Staff, phone: str, answer: str
) -> None:
	sarah, charlie = two
	said = words()
	mike.texts(said)
	assert mike.hears("Who is this for?") == "Who is this for? 1 Charlie Day, 2 Sarah Lee"
	assert said not in sarah.texts() + charlie.texts()

	mike.texts(answer.format(staff.code(sarah.customer)))

	wait_until(lambda: host.texts_to(phone, said))
	assert sarah.texts() == ["from Sarah", said]
	assert charlie.texts() == ["from Charlie"]
	# and they are gone
	mike.texts("1")
	assert mike.hears("alone is no customer's number")
	assert charlie.texts() == ["from Charlie"]


def test_it_asks_about_new_words_instead(mike: Phone, two: tuple[Browser, Browser]) -> None:
	sarah, charlie = two
	mike.texts("tomorrow at 8")
	mike.hears("Who is this for?")
	mike.texts("or at 9")
	assert mike.hears("Not sent: “tomorrow at 8”.").endswith("Who is this for? 1 Charlie Day, 2 Sarah Lee")

	mike.texts("1")

	wait_until(lambda: charlie.texts() == ["from Charlie", "or at 9"])
	assert sarah.texts() == ["from Sarah"]


def test_it_lets_the_numbers_stand_when_somebody_else_writes(
	host: EmbeddedHost, mike: Phone, two: tuple[Browser, Browser]
) -> None:
	sarah, charlie = two
	bob = host.sign_in(host.add_customer("Bob Stone", phone=new_phone()))
	mike.texts("tomorrow at 8")
	mike.hears("Who is this for?")
	bob.reply("from Bob")
	mike.hears("from Bob")

	mike.texts("1")

	wait_until(lambda: charlie.texts() == ["from Charlie", "tomorrow at 8"])
	assert (sarah.texts(), bob.texts()) == (["from Sarah"], ["from Bob"])


def test_it_remembers_who_was_chosen(mike: Phone, two: tuple[Browser, Browser], staff: Staff) -> None:
	sarah, charlie = two
	mike.texts(f"#{staff.code(sarah.customer)}")
	assert mike.hears("in the next ten minutes goes to Sarah Lee")

	mike.texts("on my way")
	mike.texts("ten minutes")

	assert sarah.texts() == ["from Sarah", "on my way", "ten minutes"]
	charlie.reply("and me?")
	mike.hears("and me?")
	mike.texts("you too")
	assert mike.hears("Who is this for?")
	assert "you too" not in sarah.texts() + charlie.texts()


@pytest.mark.parametrize("form", ["#{0} ?", "{0} ?", "#{0} help", "#{0}?"])
def test_it_shows_what_was_said_last(mike: Phone, sarah: Browser, staff: Staff, form: str) -> None:
	code = staff.code(sarah.customer)
	mike.texts(f"#{code} note she is slow to pay")
	sarah.reply("when do you come?")
	mike.texts(f"#{code} at eight")
	before = sarah.texts()

	mike.texts(form.format(code))

	answer = mike.hears(f"Sarah Lee (#{code})\n")
	assert answer.split("\n")[1] == "Sarah Lee: when do you come?"
	assert answer.endswith(": at eight")
	assert "slow to pay" not in answer
	assert sarah.texts() == before


@pytest.mark.parametrize("text", ["help", "HELP!", "?", "??", "list", "“List”"])
def test_it_says_what_can_be_texted_and_to_nobody_else(
	mike: Phone, two: tuple[Browser, Browser], staff: Staff, text: str
) -> None:
	sarah, charlie = two
	mike.texts(text)

	answer = mike.hears("#174 and your words")
	assert f"#{staff.code(sarah.customer)} Sarah Lee" in answer
	assert len(answer) <= 1600
	assert (sarah.texts(), charlie.texts()) == (["from Sarah"], ["from Charlie"])


@pytest.mark.parametrize("text", ["958", "1", "4711", "7.", "5035550142"])
def test_it_never_sends_a_number_alone(mike: Phone, sarah: Browser, text: str) -> None:
	sarah.reply("what is the gate code?")
	mike.hears("what is the gate code?")

	mike.texts(text)

	assert mike.hears("was not sent")
	assert sarah.texts() == ["what is the gate code?"]


@pytest.mark.parametrize("form", ["{0} on my way", "#{0} on my way", "{0}: on my way"])
def test_it_asks_about_a_number_with_a_wrong_digit(
	mike: Phone, sarah: Browser, staff: Staff, form: str
) -> None:
	sarah.reply("when?")
	mike.hears("when?")
	code = staff.code(sarah.customer)
	wrong = code[:-1] + str((int(code[-1]) + 1) % 10)

	mike.texts(form.format(wrong))

	assert mike.hears("Who is this for?").endswith("1 Sarah Lee")
	assert sarah.texts() == ["when?"]


def test_it_reads_a_number_without_a_sign(
	mike: Phone, sarah: Browser, charlie: Browser, staff: Staff
) -> None:
	said = words()
	mike.texts(f"{staff.code(sarah.customer)} {said}")

	assert sarah.texts() == [said]
	assert charlie.texts() == []


@pytest.mark.parametrize("form", ["note {1}", "Note: {1}", "note #{0} {1}", "note {0} {1}"])
def test_it_sends_no_note(
	host: EmbeddedHost, mike: Phone, sarah: Browser, staff: Staff, phone: str, form: str
) -> None:
	sarah.reply("when?")
	mike.hears("when?")
	said = words()

	mike.texts(form.format(staff.code(sarah.customer), said))

	assert mike.hears("Noted for Sarah Lee.")
	assert [note["text"] for note in staff.thread(sarah.customer)["notes"]] == [said]
	assert sarah.texts() == ["when?"]
	assert host.texts_to(phone) == []


@pytest.mark.parametrize("form", ["{0} note {1}", "{0}: note {1}", "#{0} note {1}"])
def test_it_sends_no_note_whose_number_is_wrong(mike: Phone, sarah: Browser, staff: Staff, form: str) -> None:
	sarah.reply("when?")
	mike.hears("when?")
	code, said = staff.code(sarah.customer), words()
	wrong = code[:-1] + str((int(code[-1]) + 1) % 10)

	mike.texts(form.format(wrong, said))
	assert mike.hears("Whose note is this?") == f"There is no #{wrong}. Whose note is this? 1 Sarah Lee"
	mike.texts("1")

	assert mike.hears("Noted for Sarah Lee.")
	assert [note["text"] for note in staff.thread(sarah.customer)["notes"]] == [said]
	assert sarah.texts() == ["when?"]


@pytest.mark.parametrize("form", ["{0} for all of it", "Liked “Sarah Lee: when? (#{0})”", "on my way #{0}"])
def test_it_asks_where_a_number_may_mean_another(
	mike: Phone, sarah: Browser, charlie: Browser, staff: Staff, form: str
) -> None:
	charlie.reply("from Charlie")
	mike.hears("from Charlie")
	said = form.format(staff.code(sarah.customer))

	mike.texts(said)

	assert mike.hears("Who is this for?") == "Who is this for? 1 Charlie Day, 2 Sarah Lee"
	assert (sarah.texts(), charlie.texts()) == ([], ["from Charlie"])
	mike.texts("1")
	wait_until(lambda: charlie.texts() == ["from Charlie", said])
	assert sarah.texts() == []


def test_it_reads_a_number_behind_a_mark_that_is_not_seen(
	mike: Phone, sarah: Browser, charlie: Browser, staff: Staff
) -> None:
	charlie.reply("from Charlie")
	mike.hears("from Charlie")

	mike.texts(f"\u200f#\u2060{staff.code(sarah.customer)} on my way")

	assert (sarah.texts(), charlie.texts()) == (["on my way"], ["from Charlie"])


def test_it_keeps_a_picture_too(host: EmbeddedHost, mike: Phone, two: tuple[Browser, Browser]) -> None:
	sarah, charlie = two
	host.receive(mike.number, "", [PICTURE])
	mike.hears("Who is this for?")
	mike.texts("like this?")
	stays(lambda: not any("Not sent" in text for text in mike.heard()))

	mike.texts("2")

	wait_until(
		lambda: [file["state"] for entry in sarah.entries() for file in entry["attachments"]] == ["ready"]
	)
	assert sarah.texts() == ["from Sarah", "like this?"]
	assert charlie.texts() == ["from Charlie"]


def test_it_obeys_each_choice_once(mike: Phone, two: tuple[Browser, Browser]) -> None:
	_sarah, charlie = two
	mike.texts("tomorrow at 8")
	mike.hears("Who is this for?")
	sid = make_sid("SM")
	with ThreadPoolExecutor(5) as pool:
		list(pool.map(lambda _: mike.texts("1", sid), range(5)))
	mike.texts("or at 9")
	mike.texts("1", sid)

	assert charlie.texts() == ["from Charlie", "tomorrow at 8"]
	stays(lambda: not any("alone" in text for text in mike.heard()))


def test_it_is_kept_from_customers_and_agents(host: EmbeddedHost, mike: Phone, sarah: Browser) -> None:
	said = words()
	mike.texts(said)
	mike.hears("Who is this for?")

	assert said not in sarah.open().text
	assert said not in str(host.staff.get("threads").json())
