"""Lines about what failed: written with the failure, once, and never without end."""

import pytest
from support.world import World

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import FAILURE_LINES
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.outgoing.record_outcome import failed_for_good
from customer_thread.service.outgoing.send_message import send_entry
from customer_thread.store import deliveries
from customer_thread.store.rows import DeliveryRow, ThreadRow

UNREACHABLE = GatewayError("The phone was off.", permanent=True, code="30003")


def _said(world: World, thread: ThreadRow, number: int, text: str = "on my way") -> list[DeliveryRow]:
	draft = NewEntry(
		kind="Message",
		author="Contractor",
		channel=None,
		text=text,
		occurred_us=world.clock.now_us(),
		source_key=f"text:sm{number}",
	)
	posted = world.do(lambda: send_entry(world.ports, thread, draft, came_by="SMS"))
	return deliveries.of_entry(world.database, posted.entry)


def _fail(world: World, row: DeliveryRow, error: GatewayError = UNREACHABLE, **how: bool) -> None:
	world.do(lambda: failed_for_good(world.ports, row, error, **how))


def _lines(world: World) -> list[str]:
	sql = "SELECT text FROM `tabThread Delivery` WHERE purpose = 'Answer' ORDER BY creation_us"
	return [row["text"] for row in world.database.select(sql)]


def test_it_says_once_that_a_message_in_parts_failed(world: World) -> None:
	rows = _said(world, world.customer(email=""), 1, "word " * 600)
	assert len(rows) == 2
	for row in rows:
		_fail(world, row)

	assert _lines(world) == ["Sarah Lee did not get your text. The phone was off."]


def test_it_leaves_no_line_where_the_failure_is_not_kept(world: World) -> None:
	[row] = _said(world, world.customer(email=""), 1)

	def fail_and_break() -> None:
		failed_for_good(world.ports, row, UNREACHABLE)
		raise LookupError

	with pytest.raises(LookupError):
		world.do(fail_and_break)
	assert _lines(world) == []


def test_it_does_not_say_that_something_was_lost_that_may_have_arrived(world: World) -> None:
	[row] = _said(world, world.customer(), 1)
	_fail(world, row, GatewayError("No answer.", ambiguous=True), falls_back=False)

	assert _lines(world) == ["It is not known whether Sarah Lee got your text. Please ask them."]


def test_it_says_nothing_of_its_own_lines(world: World) -> None:
	[row] = _said(world, world.customer(email=""), 1)
	_fail(world, row)
	sql = "SELECT name FROM `tabThread Delivery` WHERE purpose = 'Answer'"
	[line] = [deliveries.get(world.database, found["name"]) for found in world.database.select(sql)]
	assert line is not None
	_fail(world, line)

	assert len(_lines(world)) == 1


def test_it_stops_where_a_machine_would_go_on(world: World) -> None:
	thread = world.customer(email="")
	most, seconds = FAILURE_LINES
	for number in range(most + 3):
		[row] = _said(world, thread, number, f"words {number}")
		_fail(world, row)
	assert len(_lines(world)) == most

	world.clock.move(seconds * 1_000_000 + 1)
	[row] = _said(world, thread, 100)
	_fail(world, row)
	assert len(_lines(world)) == most + 1
