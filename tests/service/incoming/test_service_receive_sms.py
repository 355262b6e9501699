"""A text arrives: whose it is, once, and never a guess; the contractor's own are commands."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from support.persons import BOB, BUSINESS, MIKE, SARAH, STRANGER
from support.world import World

from customer_thread.domain.bot.decide import RECENT
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.model import Address
from customer_thread.domain.times import HOUR
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.thread.post_entry import Posted
from customer_thread.store import consents, contact_points, deliveries, entries, inbox, notes
from customer_thread.store.rows import ThreadRow

SID = "SM" + "a" * 31


def _text(world: World, sender: str, words: str, number: int = 0, keyword: str | None = None) -> InboundSms:
	at = world.clock.now_us()
	return InboundSms(f"{SID}{number}", sender, BUSINESS.phone, words, (), at, keyword)  # type: ignore[arg-type]


def _receive(world: World, *text: object, **more: object) -> Posted | None:
	came = _text(world, *text, **more)  # type: ignore[arg-type]
	return world.do(lambda: receive_sms(world.ports, came))


def _texts(world: World, thread: ThreadRow) -> list[str]:
	return [row["text"] for row in entries.older(world.database, thread["name"], 99)]


def _answers(world: World) -> list[str]:
	sql = "SELECT text FROM `tabThread Delivery` WHERE purpose = 'Answer' ORDER BY creation_us"
	return [row["text"] for row in world.database.select(sql)]


def _command(world: World, words: str, number: int = 0) -> list[str]:
	"""Text from the contractor's phone and return what was answered."""
	before = len(_answers(world))
	assert _receive(world, MIKE.phone, words, number) is None
	return _answers(world)[before:]


def test_it_puts_a_known_number_into_its_thread_and_passes_it_on(world: World) -> None:
	sarah = world.customer()
	posted = _receive(world, SARAH.phone, "CONFIRM")
	assert posted is not None
	assert (posted.thread, posted.is_new) == (sarah["name"], True)
	sent = deliveries.of_entry(world.database, posted.entry)
	assert [(row["purpose"], row["address"]) for row in sent] == [("Forward", MIKE.phone)]
	assert sent[0]["text"] == f"Sarah Lee: CONFIRM (#{sarah['code']})"


def test_it_takes_a_text_once_also_from_several_workers(world: World) -> None:
	sarah = world.customer()
	came = _text(world, SARAH.phone, "hello")
	start = threading.Barrier(4)

	def take(_number: int) -> Posted | None:
		start.wait()
		return world.do(lambda: receive_sms(world.ports, came))

	with ThreadPoolExecutor(4) as pool:
		posted = [item for item in pool.map(take, range(4)) if item]
	assert sorted(item.is_new for item in posted) == [False, False, False, True]
	assert _texts(world, sarah) == ["hello"]
	assert len(deliveries.of_entry(world.database, posted[0].entry)) == 1


def test_it_opens_one_waiting_thread_for_many_texts_of_a_stranger_at_once(world: World) -> None:
	start = threading.Barrier(4)

	def take(number: int) -> str:
		came = _text(world, STRANGER.phone, f"text {number}", number)
		start.wait()
		posted = world.do(lambda: receive_sms(world.ports, came))
		assert posted is not None
		return posted.thread

	with ThreadPoolExecutor(4) as pool:
		assert len(set(pool.map(take, range(4)))) == 1


def test_it_takes_texts_of_many_strangers_at_once(world: World) -> None:
	start = threading.Barrier(4)

	def take(number: int) -> str:
		came = _text(world, f"+1202555018{number}", "hello", number)
		start.wait()
		posted = world.do(lambda: receive_sms(world.ports, came))
		assert posted is not None
		return posted.thread

	with ThreadPoolExecutor(4) as pool:
		assert len(set(pool.map(take, range(4)))) == 4


def test_it_guesses_nobody_when_two_have_the_number(world: World) -> None:
	sarah, bob = world.customer(), world.customer(BOB, phone=SARAH.phone)
	posted = _receive(world, SARAH.phone, "hello")
	assert posted is not None
	assert posted.thread not in (sarah["name"], bob["name"])
	assert world.thread(posted.thread)["party"] is None
	assert _texts(world, sarah) == _texts(world, bob) == []


def test_it_answers_to_the_one_who_was_texted_last(world: World) -> None:
	sarah, bob = world.customer(), world.customer(BOB, phone=SARAH.phone)
	for thread in (bob, sarah):
		world.clock.move(1)
		world.do(partial(send_message, world.ports, thread, "Hi!"))
	posted = _receive(world, SARAH.phone, "hello")
	assert posted is not None
	assert posted.thread == sarah["name"]
	world.clock.move(1)
	world.do(lambda: send_message(world.ports, bob, "Hi again!"))
	posted = _receive(world, SARAH.phone, "hello", 1)
	assert posted is not None
	assert posted.thread == bob["name"]


def test_it_reads_a_number_as_a_whole(world: World) -> None:
	sarah = world.customer()
	posted = _receive(world, f"+44{SARAH.phone[2:]}", "hello")
	assert posted is not None
	assert posted.thread != sarah["name"]


@pytest.mark.parametrize("words", ["STOP", "stop "])
def test_it_records_a_stop_and_passes_it_on_to_nobody(world: World, words: str) -> None:
	sarah = world.customer()
	posted = _receive(world, SARAH.phone, words, keyword="STOP")
	assert posted is not None
	assert _texts(world, sarah) == [words.strip()]
	assert deliveries.of_entry(world.database, posted.entry) == []
	assert consents.among(world.database, [SARAH.phone], BUSINESS.phone) == {SARAH.phone: "Opted Out"}
	world.clock.move(1)
	_receive(world, SARAH.phone, "START", 1, keyword="START")
	assert consents.among(world.database, [SARAH.phone], BUSINESS.phone) == {SARAH.phone: "Allowed"}
	_receive(world, SARAH.phone, words, keyword="STOP")
	assert consents.among(world.database, [SARAH.phone], BUSINESS.phone) == {SARAH.phone: "Allowed"}


def test_it_passes_a_wish_to_cancel_on(world: World) -> None:
	world.customer()
	posted = _receive(world, SARAH.phone, "CANCEL", keyword="STOP")
	assert posted is not None
	assert len(deliveries.of_entry(world.database, posted.entry)) == 1


def test_it_sends_the_contractors_words_to_the_customer_he_names(world: World) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	assert _command(world, f"#{bob['code']} on my way") == []
	assert _texts(world, bob) == ["on my way"]
	assert _texts(world, sarah) == []
	row = entries.older(world.database, bob["name"], 1)[0]
	assert (row["author"], row["channel"]) == ("Contractor", "SMS")
	sent = deliveries.of_entry(world.database, row["name"])
	assert [(item["purpose"], item["address"]) for item in sent] == [("Message", BOB.phone)]


def test_it_obeys_a_command_once(world: World) -> None:
	sarah = world.customer()
	for _ in range(3):
		_command(world, f"#{sarah['code']} on my way")
		_command(world, f"#{sarah['code']} note gate code 17", 1)
		_command(world, "who?", 2)
	assert _texts(world, sarah) == ["on my way"]
	assert len(notes.of_thread(world.database, sarah["name"])) == 1
	assert len(_answers(world)) == 2


def test_it_keeps_a_note_from_the_customer(world: World) -> None:
	sarah = world.customer()
	assert _command(world, f"#{sarah['code']} note gate code 17") == ["Noted for Sarah Lee."]
	assert _texts(world, sarah) == []
	assert [row["text"] for row in notes.of_thread(world.database, sarah["name"])] == ["gate code 17"]


@pytest.mark.parametrize("words", ["#{wrong} on my way", "on my way", "#{right}", "#{right} "])
def test_it_asks_back_rather_than_send_to_the_wrong_one(world: World, words: str) -> None:
	sarah = world.customer()
	wrong = str((int(sarah["code"]) + 1) % 1000)
	answers = _command(world, words.format(wrong=wrong, right=sarah["code"]))
	assert len(answers) == 1
	assert _texts(world, sarah) == []


def test_it_takes_words_without_a_code_for_the_only_recent_conversation(world: World) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	_receive(world, SARAH.phone, "when?", 1)
	world.clock.move(RECENT - 1)
	assert _command(world, "at 5", 2) == []
	assert _texts(world, sarah)[0] == "at 5"
	# on the edge of the twelve hours still, and then no more
	world.clock.move(1)
	assert _command(world, "or 6", 3) == []
	world.clock.move(1)
	assert len(_command(world, "or 7", 4)) == 1
	assert "or 7" not in _texts(world, sarah)
	assert _texts(world, bob) == []


def test_it_offers_the_choices_when_two_conversations_are_recent(world: World) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	_receive(world, SARAH.phone, "when?", 1)
	world.clock.move(HOUR)
	_receive(world, BOB.phone, "where?", 2)
	assert _command(world, "at 5", 3) == ["Who is this for? 1 Bob Miller, 2 Sarah Lee"]
	assert "at 5" not in _texts(world, sarah) + _texts(world, bob)


def test_it_judges_recent_by_when_the_contractor_wrote(world: World) -> None:
	sarah = world.customer()
	early = replace(_text(world, MIKE.phone, "at 5", 9), occurred_us=world.clock.us - 1)
	_receive(world, SARAH.phone, "when?", 1)
	world.do(lambda: receive_sms(world.ports, early))
	assert len(_answers(world)) == 1
	assert _texts(world, sarah) == ["when?"]


def test_it_tells_the_contractor_when_only_the_portal_is_left(world: World) -> None:
	sarah = world.customer(phone="", email="")
	answers = _command(world, f"#{sarah['code']} on my way")
	assert len(answers) == 1
	assert "portal" in answers[0]
	assert _texts(world, sarah) == ["on my way"]


def test_it_never_shows_the_contractors_texts_as_a_customers(world: World) -> None:
	world.customer()
	for number, words in enumerate(("hello", "#999 x", "STOP", "note x", "#")):
		assert len(_command(world, words, number)) == 1
	sql = "SELECT COUNT(*) AS n FROM `tabThread Entry` WHERE author = 'Customer'"
	assert world.database.select(sql)[0]["n"] == 0
	assert contact_points.threads_of(world.database, Address("Phone", MIKE.phone)) == []
	assert inbox.listing(world.database, which="unmatched", words="", before=None, limit=9) == []
