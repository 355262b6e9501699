"""What failed and waits for somebody: by its cause, page by page, within what is seen."""

import pytest
from support.clock import NOW
from support.databases import AnyDatabase
from support.rows import add_delivery, add_entry, add_thread

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.failures import Cause
from customer_thread.domain.model import Purpose
from customer_thread.store import deliveries, failures, inbox

UNREGISTERED = Cause("SMS", "30034")


def _failed(database: AnyDatabase, **values: object) -> str:
	failed = {"state": "Failed", "error_code": "30034", "failed_us": NOW}
	return add_delivery(database, **{**failed, **values})


def _names(database: AnyDatabase, cause: Cause = UNREGISTERED, visible: str = "") -> list[str]:
	return [row["name"] for row in failures.of_cause(database, cause, visible, limit=100)]


def test_it_puts_together_what_failed_for_one_cause(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database, party_type="Customer", party="A")
		long = add_entry(database, thread)
		for part in range(3):
			_failed(database, thread=thread, entry=long, part=part, failed_us=NOW - 5)
		_failed(database, thread=thread, purpose="Invitation", failed_us=NOW - 4)
		_failed(database, channel="Email", error_code="5.1.1", failed_us=NOW - 9)
		_failed(database, error_code=None, failed_us=NOW - 7)
		add_delivery(database, state="Failed", error_code="30034")
		add_delivery(database, state="Delivered")
	found = [
		(row["channel"], row["error_code"], row["messages"], row["newest_us"])
		for row in failures.causes(database, "")
	]
	assert found == [
		("SMS", "30034", 2, NOW - 4),
		("SMS", "", 1, NOW - 7),
		("Email", "5.1.1", 1, NOW - 9),
	]


def test_it_pages_through_a_cause(database: AnyDatabase) -> None:
	with database.transaction():
		made = [_failed(database, failed_us=NOW - number // 3) for number in range(10)]
	paged: list[str] = []
	before = None
	while page := failures.of_cause(database, UNREGISTERED, "", before=before, limit=4):
		paged += [row["name"] for row in page]
		before = (page[-1]["failed_us"], page[-1]["name"])
	assert paged == _names(database)
	assert sorted(paged) == sorted(made)


def test_it_takes_the_oldest_that_had_failed_by_then(database: AnyDatabase) -> None:
	with database.transaction():
		late = _failed(database, failed_us=NOW)
		old = _failed(database, failed_us=NOW - 9)
		gone = _failed(database, failed_us=NOW - 8, purpose="Invitation")
	asked = (database, UNREGISTERED, "", NOW - 1)
	assert failures.oldest(*asked, 9, again=True) == [old]
	assert failures.oldest(*asked, 9, again=False) == [old, gone]
	assert failures.oldest(*asked, 1, again=False) == [old]
	assert (failures.count(*asked, again=True), failures.count(*asked, again=False)) == (1, 2)
	assert late in failures.oldest(database, UNREGISTERED, "", NOW, 9, again=True)


def test_it_leaves_out_what_is_not_seen(database: AnyDatabase) -> None:
	with database.transaction():
		seen = add_thread(database, party_type="Customer", party="A")
		other = add_thread(database, party_type="Customer", party="B")
		ours = _failed(database, thread=seen)
		_failed(database, thread=other)
		_failed(database)
	visible = "`tabCustomer Thread`.party = 'A'"
	assert _names(database, visible=visible) == [ours]
	assert [row["messages"] for row in failures.causes(database, visible)] == [1]


@pytest.mark.parametrize(("purpose", "waits"), [("Message", NOW + 3), ("Forward", NOW + 3), ("Notice", 0)])
def test_it_waits_from_when_it_failed_until_it_is_queued_anew(
	database: AnyDatabase, purpose: Purpose, waits: int
) -> None:
	with database.transaction():
		row = deliveries.get(database, add_delivery(database, purpose=purpose))
		assert row
		deliveries.fail(database, row, GatewayError("no", permanent=True, code="30034"), NOW + 3)
		failed = deliveries.get(database, row["name"])
		assert failed
		assert failed["failed_us"] == waits
		deliveries.requeue(database, failed, "", NOW + 4)
		again = deliveries.get(database, row["name"])
		assert again
		assert again["failed_us"] == 0


def test_it_waits_for_nobody_once_it_is_settled_or_removed(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database, party_type="Customer", party="A")
		settled, removed = _failed(database, thread=thread), _failed(database, thread=thread)
		failures.settle(database, settled)
		assert _names(database) == [removed]
		deliveries.erase(database, removed)
	assert _names(database) == []
	assert inbox.listing(database, which="failed", words="", before=None, limit=9) == []


def test_it_lets_what_failed_before_wait_unless_it_went_the_other_way(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database, party_type="Customer", party="A")
		entry, other = add_entry(database, thread), add_entry(database, thread)
		lost = add_delivery(database, thread=thread, entry=entry, state="Failed")
		first = add_delivery(database, thread=thread, entry=other, state="Failed")
		add_delivery(database, thread=thread, entry=other, state="Failed", part=1)
		also = add_delivery(
			database, thread=thread, entry=other, state="Failed", channel="Email", fallback_of=first
		)
		add_delivery(database, state="Failed", purpose="Notice")
		failures.note_earlier(database)
	rows = {name: deliveries.get(database, name) for name in (lost, also)}
	assert {name: row and row["failed_us"] for name, row in rows.items()} == {lost: NOW, also: NOW}
	assert sum(row["messages"] for row in failures.causes(database, "")) == 2
