"""Privacy law has a message removed: nothing of it stays but that it was there."""

import pytest
from support.clock import NOW
from support.persons import MIKE, STRANGER
from support.rows import add_delivery
from support.world import World

from customer_thread.domain.errors import BadInput, Conflict, NotFound
from customer_thread.domain.model import Address, Attachment
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import MINUTE
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.service.thread.erase_entry import erase_entry
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.service.thread.post_entry import Posted, post_entry
from customer_thread.store import attachments, deliveries, entries, held_words, notes, threads
from customer_thread.store.rows import ThreadRow

SECRET = "gate code 4711"
LEFT = "Message removed on May 15, 2025"


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	return world.customer()


def mail(world: World, sarah: ThreadRow, number: int = 1) -> Posted:
	entry = NewEntry(
		"Message", "Customer", "Email", SECRET, NOW, f"mail:{number}", subject=SECRET, original=SECRET, quoted=True,
		message_id=f"<{SECRET}>", attachments=(Attachment(f"{SECRET}.png", "image/png", b"png"),),
	)  # fmt: skip
	return world.do(lambda: post_entry(world.ports, sarah["name"], entry))


def erase(world: World, entry: int, reason: str = "She asked for it.") -> str:
	return world.do(lambda: erase_entry(world.ports, entry, reason, MIKE.email))


def everything(world: World) -> str:
	tables = ("Customer Thread", "Thread Entry", "Thread Attachment", "Thread Delivery")
	return str([world.database.select(f"SELECT * FROM `tab{table}`") for table in tables])


def test_it_leaves_where_it_was_and_nothing_else(world: World, sarah: ThreadRow) -> None:
	posted = mail(world, sarah)
	file = attachments.ready_files(world.database, posted.entry)[0]["file"]
	assert erase(world, posted.entry) == LEFT
	[entry] = read_timeline(world.ports, sarah["name"], Query())["entries"]
	assert (entry["id"], entry["text"], entry["author"]) == (posted.entry, LEFT, "customer")
	assert (entry["subject"], entry["attachments"], entry["quoted"]) == (None, [], False)
	assert SECRET not in everything(world)
	assert read_timeline(world.ports, sarah["name"], Query(q="4711"))["entries"] == []
	with pytest.raises(NotFound):
		world.ports.files.read(file)
	assert world.thread(sarah["name"])["last_preview"] == LEFT


def test_it_leaves_no_words_in_any_column_that_can_hold_some(world: World, sarah: ThreadRow) -> None:
	posted = mail(world, sarah)
	asked = {"entry": posted.entry, "thread": sarah["name"]}
	rows = {
		entries.ENTRY: posted.entry,
		deliveries.DELIVERY: world.do(lambda: add_delivery(world.database, **asked, text="sent")),
		attachments.ATTACHMENT: world.database.select(
			"SELECT name FROM `tabThread Attachment` WHERE entry = %(entry)s", asked
		)[0]["name"],
		threads.THREAD: sarah["name"],
	}
	with world.database.transaction():
		for doctype in (attachments.ATTACHMENT, deliveries.DELIVERY, threads.THREAD):
			filled = dict.fromkeys(held_words.COLUMNS[doctype], SECRET)
			world.database.update(doctype, rows[doctype], filled)
	[entry] = world.database.select("SELECT * FROM `tabThread Entry` WHERE name = %(entry)s", asked)
	assert all(SECRET in entry[column] for column in held_words.COLUMNS[entries.ENTRY])

	assert erase(world, posted.entry) == LEFT

	assert SECRET not in everything(world)


def test_it_says_who_removed_it_and_why_to_staff_alone(world: World, sarah: ThreadRow) -> None:
	posted = mail(world, sarah)
	erase(world, posted.entry)
	[note] = notes.of_thread(world.database, sarah["name"])
	assert note["author"] == MIKE.email
	assert note["text"] == f"Message {posted.entry} was removed. She asked for it."
	assert "asked" not in str(read_timeline(world.ports, sarah["name"], Query(), html=True))


def test_it_is_not_taken_in_again(world: World, sarah: ThreadRow) -> None:
	posted = mail(world, sarah)
	erase(world, posted.entry)
	assert mail(world, sarah) == Posted(posted.entry, posted.thread, is_new=False)
	assert SECRET not in everything(world)


def test_it_keeps_what_waits_from_being_sent(world: World, sarah: ThreadRow) -> None:
	posted = world.do(lambda: send_message(world.ports, sarah, SECRET, channel="sms"))
	erase(world, posted.entry)
	states = [(row["state"], row["reason"]) for row in deliveries.of_entry(world.database, posted.entry)]
	assert states == [("Skipped", "the message was removed")]
	world.clock.move(MINUTE)
	assert deliveries.due(world.database, world.clock.now_us(), 10) == []
	assert SECRET not in everything(world)


def test_it_leaves_nothing_in_the_thread_where_it_was_said_first(world: World, sarah: ThreadRow) -> None:
	stranger = Address("Email", STRANGER.email)
	waiting = world.do(lambda: open_unmatched(world.ports, stranger, stranger.value))
	posted = mail(world, waiting)
	world.do(lambda: assign_thread(world.ports, waiting, sarah))
	assert SECRET in everything(world)
	assert erase(world, posted.entry) == LEFT
	assert SECRET not in everything(world)


def test_it_lets_open_pages_see_it(world: World, sarah: ThreadRow) -> None:
	posted = mail(world, sarah)
	before = world.thread(sarah["name"])["revision"]
	erase(world, posted.entry)
	assert world.thread(sarah["name"])["revision"] > before


def test_it_leaves_another_message_the_last_word(world: World, sarah: ThreadRow) -> None:
	first = mail(world, sarah)
	later = NewEntry("Message", "Contractor", "Portal", "later", NOW + MINUTE, "later")
	world.do(lambda: post_entry(world.ports, sarah["name"], later))
	erase(world, first.entry)
	assert world.thread(sarah["name"])["last_preview"] == "later"


def test_it_removes_once_and_only_messages_and_with_a_reason(world: World, sarah: ThreadRow) -> None:
	posted = mail(world, sarah)
	with pytest.raises(BadInput):
		erase(world, posted.entry, "  ")
	erase(world, posted.entry)
	with pytest.raises(Conflict):
		erase(world, posted.entry)
	call = NewEntry("Call", "Customer", "Phone", "Phone call", NOW, "call:1", call_seconds=60)
	call_entry = world.do(lambda: post_entry(world.ports, sarah["name"], call))
	with pytest.raises(BadInput, match="Only a message"):
		erase(world, call_entry.entry)
	with pytest.raises(NotFound):
		erase(world, 999_999)
