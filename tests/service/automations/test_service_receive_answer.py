"""What customers answer to a message that asked: a yes marks that one appointment, once, and nothing else."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from support.asked import (
	FRIDAY,
	HERE,
	SATURDAY,
	Asked,
	asked,
	confirmed_cards,
	lines,
	says,
	sent_of,
	timeline,
	truths,
)
from support.databases import AnyDatabase
from support.persons import BOB
from support.world import World

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.model import Channel, Party
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY, HOUR
from customer_thread.service.automations.receive_answer import receive_answer
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.store import scheduled_messages
from customer_thread.store.rows import ThreadRow

CONFIRMED = "Sarah Lee confirmed Fri May 16, 10:00am"
CARD = "Appointment confirmed — Fri May 16, 10:00am"


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	return world.customer()


@pytest.fixture
def visit(world: World, sarah: ThreadRow) -> Asked:
	return asked(world, sarah)


@pytest.mark.parametrize("channel", ["SMS", "Email", "Portal"])
@pytest.mark.parametrize("text", ["Yes.", "CONFIRM please", "ok 👍", "Confirmed, thanks", "sí"])
def test_a_yes_marks_the_appointment(
	world: World, sarah: ThreadRow, visit: Asked, text: str, channel: Channel
) -> None:
	says(world, sarah, text, channel)

	assert world.documents.confirmed == [(visit.reference, world.clock.now_us())]
	[row] = scheduled_messages.questions(world.database, sarah["name"], 9)
	assert row["confirmed_us"] == world.clock.now_us()
	assert confirmed_cards(world, sarah) == [CARD]
	assert lines(world) == [CONFIRMED]
	assert truths(world, sarah) == []


def test_the_card_leads_to_the_appointment_and_tells_nobody_again(
	world: World, sarah: ThreadRow, visit: Asked
) -> None:
	says(world, sarah, "yes")

	[entry] = [one for one in timeline(world, sarah) if one["card"] and one["card"]["title"] == CARD]
	assert entry["card"]
	assert entry["card"]["url"] == "/messages/appointments/APP-1"
	assert not [row for row in sent_of(world, entry["id"]) if row["state"] != "Skipped"]


def test_a_search_finds_the_card(world: World, sarah: ThreadRow, visit: Asked) -> None:
	says(world, sarah, "yes")
	found = read_timeline(world.ports, sarah["name"], Query(q="confirmed may 16"))["entries"]
	assert [entry["card"]["title"] for entry in found if entry["card"]] == [CARD]


def test_a_mail_may_end_in_its_senders_name(world: World, sarah: ThreadRow, visit: Asked) -> None:
	says(world, sarah, "Confirmed, thank you!\n\nSarah", "Email")
	assert visit.is_confirmed


def test_a_reply_from_the_page_is_an_answer(world: World, sarah: ThreadRow, visit: Asked) -> None:
	client_id = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
	world.do(lambda: reply(world.ports, sarah["name"], "Yes!", client_id))
	world.do(lambda: reply(world.ports, sarah["name"], "Yes!", client_id))

	assert len(world.documents.confirmed) == 1
	assert truths(world, sarah) == []


@pytest.mark.parametrize(
	"text",
	["yes but later?", "no", "what time?", "yes but can you come later?", "yes?", "thanks", "STOP", "👎"],
)
def test_a_message_like_any_other_marks_nothing(
	world: World, sarah: ThreadRow, visit: Asked, text: str
) -> None:
	says(world, sarah, text)

	assert not visit.is_confirmed
	assert confirmed_cards(world, sarah) == []
	assert lines(world) == []


def test_a_yes_where_nothing_was_asked_is_a_message_like_any_other(world: World, sarah: ThreadRow) -> None:
	says(world, sarah, "yes")
	assert lines(world) == []
	assert len(timeline(world, sarah)) == 1


def test_a_yes_in_anothers_thread_marks_nothing(world: World, visit: Asked) -> None:
	says(world, world.customer(BOB), "CONFIRM")
	assert not visit.is_confirmed


def test_a_message_that_waited_for_its_time_has_asked_nothing(world: World, sarah: ThreadRow) -> None:
	waiting = {"thread": sarah["name"], "expects": "Confirmation", "source_key": "waits"}
	world.do(lambda: scheduled_messages.add(world.database, waiting))
	says(world, sarah, "confirm")
	assert lines(world) == []


def test_what_history_brings_in_is_no_answer(world: World, sarah: ThreadRow, visit: Asked) -> None:
	entry = NewEntry("Message", "Customer", "SMS", "yes", world.clock.now_us(), "text:old", from_history=True)
	world.do(lambda: post_entry(world.ports, sarah["name"], entry))
	assert not visit.is_confirmed


def test_the_same_text_delivered_twice_is_one_answer(world: World, sarah: ThreadRow, visit: Asked) -> None:
	entry = NewEntry("Message", "Customer", "SMS", "yes", world.clock.now_us(), "text:sm1")
	for _time in range(2):
		world.do(lambda: post_entry(world.ports, sarah["name"], entry))
	assert lines(world) == [CONFIRMED]
	assert truths(world, sarah) == []


def test_a_second_yes_is_answered_once(world: World, sarah: ThreadRow, visit: Asked) -> None:
	for _time in range(3):
		says(world, sarah, "yes")

	assert len(world.documents.confirmed) == 1
	assert confirmed_cards(world, sarah) == [CARD]
	assert truths(world, sarah) == ["You have confirmed already. See you Friday, May 16 at 10:00am!"]
	assert lines(world) == [
		CONFIRMED,
		"Sarah Lee wrote “yes” about Fri May 16, 10:00am again. It is confirmed already.",
	]


def test_a_yes_to_what_was_moved_is_asked_anew(world: World, sarah: ThreadRow, visit: Asked) -> None:
	visit.plan(SATURDAY)
	said = says(world, sarah, "yes")

	assert not visit.is_confirmed
	assert confirmed_cards(world, sarah) == []
	assert truths(world, sarah) == [
		"That visit was moved. It is now Saturday, May 17 at 2:00pm. Reply YES to confirm."
	]
	assert lines(world) == [
		"Sarah Lee wrote “yes” about Fri May 16, 10:00am. It was moved to Sat May 17, 2:00pm since, "
		"so nothing was confirmed."
	]
	[answer] = [entry for entry in timeline(world, sarah) if entry["id"] > said.entry]
	assert answer["channel"] == "sms"
	assert [row["text"] for row in sent_of(world, answer["id"])] == [answer["text"]]

	says(world, sarah, "Yes")
	assert visit.is_confirmed
	assert confirmed_cards(world, sarah) == ["Appointment confirmed — Sat May 17, 2:00pm"]
	assert len(truths(world, sarah)) == 1


@pytest.mark.parametrize(("channel", "goes"), [("SMS", "sms"), ("Email", "email"), ("Portal", "portal")])
def test_the_truth_goes_the_way_she_wrote(
	world: World, sarah: ThreadRow, visit: Asked, channel: Channel, goes: str
) -> None:
	visit.plan(status="Cancelled")
	says(world, sarah, "yes", channel)

	[truth] = [entry for entry in timeline(world, sarah) if entry["text"] == "That visit was cancelled."]
	assert truth["channel"] == goes
	assert truth["author"] == "automated"


def test_the_truth_is_told_at_night_too(world: World, sarah: ThreadRow, visit: Asked) -> None:
	world.clock.move(13 * HOUR)
	visit.plan(SATURDAY)
	said = says(world, sarah, "yes")

	[answer] = [entry for entry in timeline(world, sarah) if entry["id"] > said.entry]
	assert [row["state"] for row in sent_of(world, answer["id"])] == ["Queued"]


def test_a_yes_to_what_was_cancelled_confirms_nothing(world: World, sarah: ThreadRow, visit: Asked) -> None:
	visit.card("Appointment cancelled")
	says(world, sarah, "confirm")
	says(world, sarah, "confirm")

	assert not visit.is_confirmed
	assert truths(world, sarah) == ["That visit was cancelled."]
	assert lines(world) == [
		"Sarah Lee wrote “confirm” about Fri May 16, 10:00am. It was cancelled, so nothing was confirmed."
	]


def test_a_yes_to_what_is_gone_or_anothers_confirms_nothing(
	world: World, sarah: ThreadRow, visit: Asked
) -> None:
	del world.documents.of_now[visit.reference]
	says(world, sarah, "yes")

	assert not visit.is_confirmed
	assert truths(world, sarah) == ["That visit is not planned any more."]


def test_a_yes_to_what_is_now_anothers_confirms_nothing(world: World, sarah: ThreadRow, visit: Asked) -> None:
	now = world.documents.of_now[visit.reference]
	world.documents.of_now[visit.reference] = replace(now, parties=frozenset({Party("Customer", "BOB")}))
	says(world, sarah, "yes")
	assert not visit.is_confirmed


def test_a_yes_to_what_is_over_is_for_the_contractor_alone(
	world: World, sarah: ThreadRow, visit: Asked
) -> None:
	world.clock.move(2 * DAY)
	says(world, sarah, "yes")

	assert not visit.is_confirmed
	assert truths(world, sarah) == []
	assert lines(world) == [
		"Sarah Lee wrote “yes” about Fri May 16, 10:00am. Its time is over, so nothing was confirmed."
	]


def test_a_yes_weeks_later_is_a_message_like_any_other(world: World, sarah: ThreadRow, visit: Asked) -> None:
	world.clock.move(20 * DAY)
	says(world, sarah, "yes")
	assert lines(world) == []
	assert truths(world, sarah) == []


def test_of_two_questions_the_newest_counts(world: World, sarah: ThreadRow, visit: Asked) -> None:
	other = asked(world, sarah, "APP-2", SATURDAY)
	says(world, sarah, "yes")

	assert other.is_confirmed
	assert not visit.is_confirmed
	assert lines(world) == ["Sarah Lee confirmed Sat May 17, 2:00pm"]

	says(world, sarah, "yes")
	assert visit.is_confirmed
	assert lines(world)[1:] == [CONFIRMED]


def test_a_yes_to_what_was_called_off_is_none_to_an_older_question(
	world: World, sarah: ThreadRow, visit: Asked
) -> None:
	other = asked(world, sarah, "APP-2", SATURDAY)
	other.plan(status="Cancelled")
	says(world, sarah, "yes")

	assert world.documents.confirmed == []
	assert truths(world, sarah) == ["That visit was cancelled."]


def test_a_newer_question_about_the_same_replaces_the_older(
	world: World, sarah: ThreadRow, visit: Asked
) -> None:
	visit.ask()
	says(world, sarah, "yes")
	says(world, sarah, "yes")

	assert len(world.documents.confirmed) == 1
	assert len(confirmed_cards(world, sarah)) == 1


def test_an_ok_may_be_said_to_a_person_who_wrote_since(world: World, sarah: ThreadRow, visit: Asked) -> None:
	world.do(lambda: send_message(world.ports, world.thread(sarah["name"]), "We bring the blue paint."))
	says(world, sarah, "ok")
	assert not visit.is_confirmed
	assert lines(world) == []

	says(world, sarah, "Yes")
	assert visit.is_confirmed


def test_a_yes_is_said_to_a_person_who_has_asked_since(world: World, sarah: ThreadRow, visit: Asked) -> None:
	world.do(lambda: send_message(world.ports, world.thread(sarah["name"]), "Is the dog inside?"))
	says(world, sarah, "yes")
	assert not visit.is_confirmed
	assert lines(world) == []

	says(world, sarah, "Confirmed!")
	assert visit.is_confirmed


def test_two_who_say_yes_at_once_mark_it_once(world: World, sarah: ThreadRow, visit: Asked) -> None:
	start = threading.Barrier(4)

	def say(turn: int) -> None:
		entry = NewEntry("Message", "Customer", "SMS", "yes", world.clock.now_us(), f"text:race{turn}")
		start.wait()
		world.do(lambda: post_entry(world.ports, sarah["name"], entry))

	with ThreadPoolExecutor(4) as pool:
		list(pool.map(say, range(4)))

	assert len(confirmed_cards(world, sarah)) == 1
	assert lines(world).count(CONFIRMED) == 1
	assert len(truths(world, sarah)) == 1


def test_an_appointment_that_is_cancelled_takes_its_confirmation_along(
	world: World, sarah: ThreadRow, visit: Asked
) -> None:
	says(world, sarah, "yes")
	visit.card("Appointment cancelled")

	cards = [entry["card"] for entry in timeline(world, sarah)]
	assert {card["title"]: card["void"] for card in cards if card} == {
		"Appointment scheduled — Fri May 16": True,
		CARD: True,
		"Appointment cancelled — Fri May 16": False,
	}


def test_a_machine_that_says_yes_is_not_answered_for_ever(
	world: World, sarah: ThreadRow, visit: Asked
) -> None:
	visit.plan(SATURDAY)
	for _turn in range(12):
		says(world, sarah, "yes")

	assert truths(world, sarah) == [
		"That visit was moved. It is now Saturday, May 17 at 2:00pm. Reply YES to confirm.",
		"You have confirmed already. See you Saturday, May 17 at 2:00pm!",
	]
	assert len(lines(world)) == 3


def test_the_bell_rings_where_no_way_leads_to_the_contractor(
	world: World, sarah: ThreadRow, visit: Asked
) -> None:
	world.set(contractor_mobile="", contractor_email="")
	said = says(world, sarah, "yes")
	assert visit.is_confirmed
	assert world.desk_bell.rung == [said.entry]


def test_the_team_reads_it_in_the_threads_own_topic(world: World, sarah: ThreadRow, visit: Asked) -> None:
	world.talk_in_zulip()
	says(world, sarah, "yes")

	sql = "SELECT channel, text FROM `tabThread Delivery` WHERE purpose = 'Answer' ORDER BY channel"
	assert [(row["channel"], row["text"]) for row in world.database.select(sql)] == [
		("SMS", CONFIRMED),
		("Zulip", CONFIRMED),
	]


def test_what_was_moved_to_some_time_on_a_day_is_told_without_a_time(
	world: World, sarah: ThreadRow, visit: Asked
) -> None:
	now = DocumentNow({"starts_on": FRIDAY, "all_day": 1}, frozenset({visit.party}), HERE)
	world.documents.of_now[visit.reference] = now
	says(world, sarah, "yes")
	assert not visit.is_confirmed
	assert truths(world, sarah) == ["That visit was moved. It is now Friday, May 16. Reply YES to confirm."]


def test_words_that_are_no_answer_ask_the_database_nothing(
	world: World, sarah: ThreadRow, visit: Asked, database: AnyDatabase
) -> None:
	asked_for: list[str] = []

	class Listening:
		def __getattr__(self, name: str) -> object:
			asked_for.append(name)
			return getattr(database, name)

	ports = replace(world.ports, database=Listening())  # type: ignore[arg-type]
	new = NewEntry("Message", "Customer", "SMS", "What time works for you?", 0, "text:x")
	receive_answer(ports, sarah, 1, new)
	assert asked_for == []

	receive_answer(ports, world.customer(BOB), 1, replace(new, text="yes"))
	assert asked_for == ["select"]
