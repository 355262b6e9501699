"""What is older than the business keeps it loses its words and files, and nothing else does."""

from functools import partial

import pytest
from support.leaving import WORDS, mail
from support.persons import MIKE
from support.rows import add_delivery
from support.whole_database import found_in, there_before
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.model import Attachment, Author
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.desk.block_thread import block_thread
from customer_thread.service.incoming.receive_mail import receive_mail
from customer_thread.service.leaving.remove_old import remove_old
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.service.thread.add_note import add_note
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.store.rows import ThreadRow

__all__ = ["there_before"]


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	"""Return her thread with an answered message, a card and a note, all of a year ago."""
	made = world.customer()
	files = (Attachment(f"{WORDS}.txt", "text/plain", WORDS.encode()),)
	authors: tuple[Author, ...] = ("Customer", "Contractor")
	for number, author in enumerate(authors):
		world.clock.move(1)
		said = NewEntry(
			"Message", author, "Portal", WORDS, world.clock.now_us(), f"old:{number}", attachments=files
		)
		world.do(partial(post_entry, world.ports, made["name"], said))
	card = NewEvent("Invoice sent", "Invoice #7 sent", world.clock.now_us(), "invoice:7")
	world.do(lambda: record_event(world.ports, made, card))
	world.do(lambda: add_note(world.ports, made, f"note: {WORDS}", author=MIKE.email))
	let_leave(world)
	world.clock.move(370 * DAY)
	return made


def let_leave(world: World) -> None:
	"""Let everything that waits be sent."""
	rows = world.database.select("SELECT name FROM `tabThread Delivery` WHERE state IN ('Held', 'Queued')")
	for row in rows:
		world.do(partial(world.database.update, "Thread Delivery", row["name"], {"state": "Sent"}))


def run(world: World, months: int = 12) -> None:
	"""Do what a night does."""
	world.set(keep_months=months)
	after: int | None = 0
	while after is not None:
		after = world.do(partial(remove_old, world.ports, after))


def texts(world: World, thread: ThreadRow) -> list[str]:
	return [entry["text"] for entry in read_timeline(world.ports, thread["name"], Query())["entries"]]


def test_it_is_off_unless_it_is_set(world: World, sarah: ThreadRow) -> None:
	run(world, 0)
	assert texts(world, sarah) == [WORDS, WORDS, "Invoice #7 sent"]


def test_what_is_old_loses_its_words_and_files(
	world: World, sarah: ThreadRow, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr("customer_thread.service.leaving.remove_old.ERASED_AT_ONCE", 1)
	run(world, 13)
	assert found_in(world.database, [WORDS])
	run(world, 12)
	left = "Message removed on May 20, 2026"
	assert texts(world, sarah) == [left, left, "Invoice #7 sent"]
	assert found_in(world.database, [WORDS]) == []
	assert list(world.ports.files.folder.iterdir()) == []  # type: ignore[attr-defined]


def test_what_is_new_stays_and_the_preview_says_what_is_so(world: World, sarah: ThreadRow) -> None:
	new = NewEntry("Message", "Contractor", "Portal", "Still here", world.clock.now_us(), "new")
	world.do(lambda: post_entry(world.ports, sarah["name"], new))
	run(world)
	assert texts(world, sarah)[-1] == world.thread(sarah["name"])["last_preview"] == "Still here"
	let_leave(world)
	world.clock.move(400 * DAY)
	run(world)
	assert world.thread(sarah["name"])["last_preview"].startswith("Message removed on ")
	assert world.thread(sarah["name"])["last_words"].startswith("Message removed on ")


@pytest.mark.parametrize("state", ["Queued", "Held", "Sending"])
def test_what_waits_to_be_sent_stays_until_it_has_left(world: World, sarah: ThreadRow, state: str) -> None:
	entry = read_timeline(world.ports, sarah["name"], Query())["entries"][0]["id"]
	about = {"thread": sarah["name"], "entry": entry, "text": WORDS, "state": state}
	waits = world.do(lambda: add_delivery(world.database, **about))
	run(world)
	assert texts(world, sarah)[0] == WORDS
	world.do(lambda: world.database.update("Thread Delivery", waits, {"state": "Sent"}))
	run(world)
	assert found_in(world.database, [WORDS]) == []


def test_what_waits_for_an_answer_stays(world: World, sarah: ThreadRow) -> None:
	asked = NewEntry("Message", "Customer", "Portal", "Anybody there?", world.clock.now_us(), "asked")
	world.do(lambda: post_entry(world.ports, sarah["name"], asked))
	let_leave(world)
	world.clock.move(400 * DAY)
	run(world)
	assert texts(world, sarah)[-1] == "Anybody there?"
	assert world.thread(sarah["name"])["waiting_us"] == asked.occurred_us


def test_what_is_blocked_waits_for_no_answer(world: World) -> None:
	world.do(lambda: receive_mail(world.ports, mail(world, 1)))
	[waiting] = world.database.select(
		"SELECT name FROM `tabCustomer Thread` WHERE unmatched_address IS NOT NULL"
	)
	thread = world.thread(waiting["name"])
	assert thread["waiting_us"]
	let_leave(world)
	world.do(lambda: block_thread(world.ports, thread, None))
	world.clock.move(400 * DAY)
	run(world)
	assert WORDS not in str(world.database.select("SELECT text FROM `tabThread Entry`"))


def test_it_does_not_come_back(world: World, sarah: ThreadRow) -> None:
	old = mail(world, 1)
	posted = world.do(lambda: receive_mail(world.ports, old))
	assert posted
	done = NewEntry("Message", "Contractor", "Portal", "Done", world.clock.now_us() + 1, "done")
	world.do(lambda: post_entry(world.ports, posted.thread, done))
	let_leave(world)
	world.clock.move(400 * DAY)
	run(world)
	world.do(lambda: receive_mail(world.ports, old))
	world.do(lambda: receive_mail(world.ports, old, from_history=True))
	assert found_in(world.database, [WORDS]) == []
