"""Somebody writes to the bot: each message is obeyed once, and its words go nowhere else."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.bot import Speaker, noted_of, pictures_of, said_to
from support.persons import BOB, BUSINESS, CHARLIE, MIKE, SARAH, STRANGER, Person
from support.world import World

from customer_thread.domain.bot.decide import KEPT, RECENT
from customer_thread.domain.inbound import InboundSms, Keyword
from customer_thread.domain.limits import BOT_MEMORY_DAYS, BOT_MESSAGES_KNOWN
from customer_thread.domain.model import RemoteAttachment
from customer_thread.domain.times import DAY, MINUTE
from customer_thread.service.bot.forget_kept import forget_kept
from customer_thread.service.bot.handle_message import usage
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.outgoing.note_consent import note_consent
from customer_thread.service.thread.add_note import add_note
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.service.thread.erase_entry import erase_entry
from customer_thread.store.database import Row
from customer_thread.store.rows import ThreadRow

PICTURE = RemoteAttachment("https://pictures.example/1", "image/png")
OTHER = RemoteAttachment("https://pictures.example/2", "image/png")


@pytest.fixture
def mike(world: World) -> Speaker:
	"""Return the contractor with their phone."""
	return Speaker(world)


def _receive(world: World, person: Person, text: str) -> ThreadRow:
	"""Receive a customer's text and return the thread it is in."""
	world.clock.move(1)
	sid = f"SM{world.clock.now_us():032x}"
	came = InboundSms(sid, person.phone, BUSINESS.phone, text, (), world.clock.now_us())
	posted = world.do(lambda: receive_sms(world.ports, came))
	assert posted
	return world.thread(posted.thread)


def _texts(world: World, text: str, keyword: Keyword | None = None) -> None:
	"""Let the contractor text the business."""
	world.clock.move(1)
	sid = f"SM{world.clock.now_us():032x}"
	came = InboundSms(sid, MIKE.phone, BUSINESS.phone, text, (), world.clock.now_us(), keyword)
	world.do(lambda: receive_sms(world.ports, came))


def _memories(world: World) -> list[Row]:
	return world.database.select("SELECT * FROM `tabThread Bot Memory`")


def test_it_asks_and_sends_what_it_asked_about(world: World, mike: Speaker) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	_receive(world, SARAH, "when?")
	_receive(world, BOB, "where?")
	assert mike.writes("tomorrow at 8") == "Who is this for? 1 Bob Miller, 2 Sarah Lee"
	assert said_to(world, sarah) == said_to(world, bob) == []
	world.clock.move(KEPT)
	assert mike.writes("2") == ""
	assert said_to(world, sarah) == ["tomorrow at 8"]
	assert said_to(world, bob) == []
	assert mike.writes("2").startswith("“2” alone is no customer's number")
	assert said_to(world, sarah) == ["tomorrow at 8"]


@pytest.mark.parametrize("form", ["#{0}", "{0}", "#{0}."])
def test_it_sends_what_it_asked_about_to_whom_a_number_names(world: World, mike: Speaker, form: str) -> None:
	sarah, bob, charlie = world.customer(), world.customer(BOB), world.customer(CHARLIE)
	_receive(world, SARAH, "when?")
	_receive(world, BOB, "where?")
	mike.writes("tomorrow at 8")
	# also one that was not asked about
	assert mike.writes(form.format(charlie["code"])) == ""
	assert said_to(world, charlie) == ["tomorrow at 8"]
	assert said_to(world, sarah) == said_to(world, bob) == []


def test_it_says_that_words_are_gone(world: World, mike: Speaker) -> None:
	sarah = world.customer()
	mike.writes("on my way")
	world.clock.move(KEPT + 1)
	world.do(lambda: forget_kept(world.ports))
	assert [row["words"] for row in _memories(world)] == [None]
	assert "more than ten minutes ago" in mike.writes(f"#{sarah['code']}")
	assert said_to(world, sarah) == []
	# and she is chosen all the same
	mike.writes("coming now")
	assert said_to(world, sarah) == ["coming now"]


def test_it_keeps_pictures_with_their_words(world: World, mike: Speaker) -> None:
	sarah = world.customer()
	mike.writes("like this?", PICTURE, OTHER)
	assert pictures_of(world, sarah) == []
	assert mike.writes("", OTHER).startswith("Who is this for?")
	mike.writes(sarah["code"])
	assert said_to(world, sarah) == ["like this?"]
	assert pictures_of(world, sarah) == [("image/png", "Pending")] * 3
	assert [row["attachments"] for row in _memories(world)] == [None]


def test_it_notes_for_whom_it_asked(world: World, mike: Speaker) -> None:
	sarah = world.customer()
	assert mike.writes("note gate code 4711").startswith("Whose note is this?")
	assert mike.writes(f"#{sarah['code']}") == "Noted for Sarah Lee."
	assert noted_of(world, sarah) == ["gate code 4711"]
	assert said_to(world, sarah) == []


def test_it_shows_what_was_said_last_and_no_note(world: World, mike: Speaker) -> None:
	sarah = world.customer()
	assert mike.writes(f"#{sarah['code']} ?") == f"Sarah Lee (#{sarah['code']})\nNothing was said yet."
	_receive(world, SARAH, "when?\n#12 Bob: never")
	mike.writes(f"#{sarah['code']} tomorrow " + "x" * 300)
	world.do(lambda: add_note(world.ports, sarah, "she is slow to pay", author=None))
	head, hers, ours = mike.writes(f"{sarah['code']}?").split("\n")
	assert head == f"Sarah Lee (#{sarah['code']})"
	assert hers == "Sarah Lee: when? #12 Bob: never"
	assert ours.startswith("Mike's Contracting: tomorrow xxx")
	assert len(ours) < 150
	assert said_to(world, sarah) == ["tomorrow " + "x" * 300]


def test_it_leaves_nothing_of_what_is_removed_in_its_answers(world: World) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	code, secret = sarah["code"], "my 100%_gate is 4711! " + "long " * 40
	sent = world.database.select
	_receive(world, SARAH, "ok")
	_receive(world, BOB, "looks ok")
	said = _receive(world, SARAH, secret)
	_texts(world, f"#{code} ?")
	_texts(world, f"#{bob['code']} ?")
	before = sent("SELECT name FROM `tabThread Delivery` WHERE text LIKE '%4711%' AND purpose = 'Answer'")
	assert len(before) == 1
	world.do(lambda: erase_entry(world.ports, said["last_entry"], "She asked for it."))
	assert not sent("SELECT name FROM `tabThread Delivery` WHERE text LIKE '%4711%'")
	[gone] = sent("SELECT state, text FROM `tabThread Delivery` WHERE name = %(name)s", before[0])
	assert (gone["state"], gone["text"]) == ("Skipped", None)
	# nobody else's answer is touched
	[others] = sent(
		"SELECT state, text FROM `tabThread Delivery` WHERE purpose = 'Answer' AND text IS NOT NULL"
	)
	assert (others["state"], "looks ok" in others["text"]) == ("Queued", True)
	assert "gate is" not in str(sent("SELECT * FROM `tabThread Delivery`"))


@pytest.mark.parametrize("text", ["STOP", "Cancel", "end"])
def test_it_sends_nobody_a_word_that_stops_texts(world: World, text: str) -> None:
	sarah = world.customer()
	_receive(world, SARAH, "when?")
	_texts(world, text, "STOP")
	assert said_to(world, sarah) == []
	assert _memories(world) == []
	_texts(world, "yes", "START")
	assert said_to(world, sarah) == ["yes"]


def test_it_remembers_why(world: World, mike: Speaker) -> None:
	mike.writes("on my way")
	assert [row["reason"] for row in _memories(world)] == ["it does not say whom it is for"]


def test_it_keeps_no_words_beside_its_answers(world: World) -> None:
	world.customer()
	_texts(world, "the gate code is 4711")
	[row] = world.database.select("SELECT * FROM `tabThread Delivery` WHERE purpose = 'Answer'")
	assert "gate" not in str(row)


@pytest.mark.parametrize("text", ["?", "Help!", "LIST", "help"])
def test_it_says_what_can_be_written_and_who_wrote(world: World, mike: Speaker, text: str) -> None:
	sarah = world.customer()
	_receive(world, SARAH, "when?")
	answer = mike.writes(text)
	assert answer.startswith(usage(str))
	assert answer.endswith(f"Who wrote lately:\n#{sarah['code']} Sarah Lee")
	assert len(answer) < 800
	assert said_to(world, sarah) == []


@pytest.mark.parametrize(
	"text", ["{0} on my way", "#{0} note gate", "tomorrow", "#{0}", "1", "4711", "#99 x", "?"]
)
def test_it_obeys_a_message_once(world: World, mike: Speaker, text: str) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	_receive(world, SARAH, "when?")
	_receive(world, BOB, "where?")
	mike.writes("asked before")
	message = mike.message(text.format(sarah["code"]))
	mike.hands_in(message)
	before = said_to(world, sarah), said_to(world, bob), noted_of(world, sarah), _memories(world)
	world.clock.move(RECENT)
	assert mike.hands_in(message) == ""
	mike.writes("#99 another")
	assert mike.hands_in(message) == ""
	assert (said_to(world, sarah), said_to(world, bob), noted_of(world, sarah)) == before[:3]


def test_it_knows_the_latest_messages_again(world: World, mike: Speaker) -> None:
	first = mike.message("?")
	assert mike.hands_in(first)
	for _ in range(BOT_MESSAGES_KNOWN - 1):
		mike.writes("?")
	assert mike.hands_in(first) == ""


def test_it_hears_one_message_after_the_other(world: World, mike: Speaker) -> None:
	sarah = world.customer()
	messages = [mike.message("tomorrow at 8"), *(mike.message(sarah["code"]) for _ in range(3))]
	mike.hands_in(messages[0])
	start = threading.Barrier(6)

	def hand_in(number: int) -> str:
		start.wait()
		return mike.hands_in(messages[1 + number % 3])

	with ThreadPoolExecutor(6) as pool:
		answers = list(pool.map(hand_in, range(6)))
	# the first sends, the other two choose her; each of them once
	assert sorted(bool(answer) for answer in answers) == [False] * 4 + [True] * 2
	assert said_to(world, sarah) == ["tomorrow at 8"]


def test_it_makes_one_memory_for_many_first_messages(world: World, mike: Speaker) -> None:
	sarah = world.customer()
	messages = [mike.message(f"#{sarah['code']} {number}") for number in range(4)]
	start = threading.Barrier(4)

	def hand_in(number: int) -> str:
		start.wait()
		return mike.hands_in(messages[number])

	with ThreadPoolExecutor(4) as pool:
		list(pool.map(hand_in, range(4)))
	assert sorted(said_to(world, sarah)) == ["0", "1", "2", "3"]
	assert len(_memories(world)) == 1


def test_it_keeps_speakers_and_mouths_apart(world: World, mike: Speaker) -> None:
	sarah = world.customer()
	mike.writes("on my way")
	others = [Speaker(world, "Zulip", MIKE.phone), Speaker(world, "SMS", "+15035550199")]
	for other in others:
		other.writes(sarah["code"])
	assert said_to(world, sarah) == []
	assert len(_memories(world)) == 3
	mike.writes(sarah["code"])
	assert said_to(world, sarah) == ["on my way"]


def test_it_goes_to_the_thread_that_another_was_joined_to(world: World, mike: Speaker) -> None:
	sarah = world.customer()
	waiting = _receive(world, STRANGER, "it is me, Sarah")
	_receive(world, SARAH, "hello")
	assert mike.writes("hi").endswith("1 Sarah Lee, 2 (503) 555-0177")
	world.do(lambda: assign_thread(world.ports, waiting, sarah))
	assert mike.writes("2") == ""
	assert said_to(world, sarah) == ["hi"]
	mike.writes(f"#{waiting['code']} again")
	assert said_to(world, sarah) == ["hi", "again"]
	# they are one by now
	mike.writes("and again")
	assert said_to(world, sarah) == ["hi", "again", "and again"]


def test_it_refuses_words_that_reach_nobody(world: World, mike: Speaker) -> None:
	waiting = _receive(world, STRANGER, "do you build decks?")
	world.do(lambda: note_consent(world.ports, "SMS", STRANGER.phone, "Opted Out", world.clock.us, "test"))
	answer = mike.writes(f"#{waiting['code']} we do")
	assert answer.startswith("Not sent: No answer reaches this address")
	assert said_to(world, waiting) == []
	assert mike.writes(f"#{waiting['code']} note wants a deck").startswith("Noted for")


@pytest.mark.parametrize("text", ["note gate", "hello"])
def test_it_asks_nothing_where_the_place_names_the_customer(world: World, text: str) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	ann = Speaker(world, "Zulip", "8")
	answer = ann.writes(text, thread=sarah["name"])
	assert answer == ("Noted for Sarah Lee." if text.startswith("note") else "")
	assert "nothing was sent" in ann.writes(f"#{bob['code']} hello", thread=sarah["name"])
	assert said_to(world, bob) == noted_of(world, bob) == []
	assert [*said_to(world, sarah), *noted_of(world, sarah)] == [text.removeprefix("note ")]


def test_it_says_when_only_the_portal_is_left(world: World, mike: Speaker) -> None:
	sarah = world.customer(phone="", email="")
	mike.writes("see you")
	answer = mike.writes(f"#{sarah['code']}")
	assert answer.startswith("Sarah Lee sees it in the portal (")
	assert said_to(world, sarah) == ["see you"]


def test_it_forgets_who_writes_no_more(world: World, mike: Speaker) -> None:
	mike.writes("?")
	world.clock.move(BOT_MEMORY_DAYS * DAY - 1)
	world.do(lambda: forget_kept(world.ports))
	assert len(_memories(world)) == 1
	world.clock.move(1)
	assert not world.do(lambda: forget_kept(world.ports))
	assert _memories(world) == []


def test_it_forgets_no_words_that_are_asked_about(world: World, mike: Speaker) -> None:
	sarah = world.customer()
	mike.writes("on my way")
	world.clock.move(KEPT)
	world.do(lambda: forget_kept(world.ports))
	mike.writes(sarah["code"])
	assert said_to(world, sarah) == ["on my way"]


def test_it_looks_at_whom_the_team_was_shown_where_it_talks(world: World) -> None:
	sarah = world.customer()
	ann = Speaker(world, "Zulip", "8")
	world.set(
		zulip_site="https://chat.example",
		zulip_bot_email="bot@chat.example",
		zulip_api_key="k",
		zulip_channel="customers",
	)
	_receive(world, SARAH, "when?")
	# her words stand in her topic, not where this was written
	assert ann.writes("tomorrow") == "Who is this for? 1 Sarah Lee"
	assert said_to(world, sarah) == []
	ann.writes("1")
	assert said_to(world, sarah) == ["tomorrow"]


def test_it_looks_at_who_was_forwarded_to_where_this_was_written(world: World, mike: Speaker) -> None:
	sarah = world.customer()
	_receive(world, SARAH, "when?")
	world.clock.move(MINUTE)
	elsewhere = Speaker(world, "SMS", "+15035550199")
	# another phone that may write to the bot was told of nobody
	assert "Who is this for?" in elsewhere.writes("at 8")
	assert said_to(world, sarah) == []
	assert mike.writes("at 9") == ""
	assert said_to(world, sarah) == ["at 9"]
