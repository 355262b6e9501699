"""Who is notified of a document's card is decided after the document is saved: one row waits for it meanwhile."""

from concurrent.futures import ThreadPoolExecutor

from support.notified import became, mails, plain, release, rows, work
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.times import DAY, MINUTE, SECOND
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.notices.release_notices import due_groups, release_group
from customer_thread.service.thread.mark_read_by_customer import mark_read_by_customer
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import deliveries
from customer_thread.store.rows import ThreadRow

GATHERING = ("Held", "held: waits a moment for what else comes")


def card(world: World, thread: ThreadRow, number: int = 1, *, urgent: bool = False) -> int:
	"""Save an invoice and return its card's entry."""
	event = NewEvent(
		event_type="Invoice sent",
		title=f"Invoice #{number} sent",
		occurred_us=world.clock.us,
		source_key=f"rule:{thread['name']}:{number}",
		by_rule=True,
		notify=True,
		urgent=urgent,
	)
	return world.do(lambda: record_event(world.ports, thread, event)).entry


def test_one_row_is_written_with_the_card(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah)
	[row] = deliveries.of_entry(world.database, entry)
	assert (row["channel"], row["reader"] or None, row["state"]) == (None, None, "Held")
	assert row["reason"] == "held: is decided in a moment"
	assert world.bell.rung == ["release"]


def test_it_becomes_one_of_what_is_decided(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah)
	[waiting] = deliveries.of_entry(world.database, entry)
	world.clock.move(SECOND)
	release(world)
	assert sorted(rows(world, entry)) == ["Email", "Push", "SMS"]
	assert became(world, entry)["Email"] == GATHERING
	assert waiting["name"] in {row["name"] for row in deliveries.of_entry(world.database, entry)}
	release(world)
	assert len(deliveries.of_entry(world.database, entry)) == 3


def test_the_mail_waits_from_when_the_card_was_written(world: World, sarah: ThreadRow) -> None:
	card(world, sarah)
	world.clock.move(MINUTE)
	work(world)
	assert mails(world) == []
	world.clock.move(MINUTE)
	work(world)
	assert len(mails(world)) == 1


def test_what_is_urgent_leaves_with_the_decision(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah, urgent=True)
	work(world)
	assert len(mails(world)) == 1
	assert became(world, entry)["Email"][1] == "sent: urgent"


def test_what_was_read_before_tells_nobody(world: World, sarah: ThreadRow) -> None:
	read = card(world, sarah)
	world.do(lambda: mark_read_by_customer(world.ports, sarah["name"], read))
	work(world)
	world.clock.move(2 * MINUTE)
	work(world)
	assert mails(world) == []
	assert became(world, read)["Email"] == ("Skipped", "skipped: it was read")


def test_what_no_worker_decided_for_two_days_is_too_old(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah)
	world.clock.move(2 * DAY)
	work(world)
	assert became(world, entry)["Email"] == ("Skipped", "skipped: too old to ping")


def test_each_of_many_is_told_together_with_the_others(world: World, sarah: ThreadRow) -> None:
	entries = [card(world, sarah, number) for number in range(30)]
	release(world)
	assert {became(world, entry)["Email"][1] for entry in entries} == {"held: many at once become one"}
	world.clock.move(2 * MINUTE)
	work(world)
	[mail] = mails(world)
	assert "and 25 more" in plain(mail)


def test_the_first_of_a_bulk_act_are_not_told_either(world: World) -> None:
	world.set(public_url="https://messages.mikes.example", mail_from=BUSINESS.email)
	others = [world.customer(SARAH, phone="", email=f"c{number}@x.example") for number in range(51)]
	entries = [card(world, thread) for thread in others]
	work(world)
	assert {became(world, entry)["Push"][1] for entry in entries} == {"skipped: one of many at once"}
	assert world.mailbox.messages == []


def test_two_workers_decide_it_once(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah)
	if isinstance(world.database, SqliteDatabase):
		[group] = due_groups(world.ports)
		release(world)
		decided = world.do(lambda: release_group(world.ports, group))
	else:
		with ThreadPoolExecutor(1) as pool, world.database.transaction():
			# what a worker reads first decides what it sees from then on
			[group] = due_groups(world.ports)
			pool.submit(release, world).result()
			decided = release_group(world.ports, group)
	assert decided == 0
	assert len(deliveries.of_entry(world.database, entry)) == 3
