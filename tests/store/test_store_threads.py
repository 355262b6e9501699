"""Finding, listing and holding threads."""

import pytest
from support.clock import NOW
from support.databases import AnyDatabase
from support.persons import BOB, STRANGER
from support.rows import add_delivery, add_thread

from customer_thread.domain.model import Party
from customer_thread.store import inbox, threads
from customer_thread.store.database import Duplicate
from customer_thread.store.rows import ThreadRow

SARAH = Party("Customer", "CUST-00001")


def _name(row: ThreadRow | None) -> str:
	assert row is not None
	return str(row["name"])


def _listed(database: AnyDatabase, **options: object) -> list[str]:
	values = {"which": "all", "words": "", "before": None, "limit": 50} | options
	return [row["name"] for row in inbox.listing(database, **values)]  # type: ignore[arg-type]


def test_it_finds_a_thread_by_everything_that_names_it(database: AnyDatabase) -> None:
	with database.transaction():
		add_thread(database)
		name = add_thread(
			database,
			party_type="Customer",
			party=SARAH.party,
			code="174",
			reply_token="a" * 40,
			contractor_token="b" * 40,
		)
	assert _name(threads.get(database, name)) == name
	assert _name(threads.of_party(database, SARAH)) == name
	assert _name(threads.by_number(database, "174")) == name
	assert _name(threads.by_reply_token(database, "a" * 40)) == name
	assert _name(threads.by_contractor_reply_token(database, "b" * 40)) == name
	tokens = ["a" * 40, "b" * 40, "c" * 40]
	assert threads.tokens_among(database, tokens) == {"a" * 40, "b" * 40}
	assert threads.tokens_among(database, []) == set()


def test_it_finds_none_by_another_things_name(database: AnyDatabase) -> None:
	with database.transaction():
		name = add_thread(database, party_type="Customer", party=SARAH.party, reply_token="a" * 40)
	assert (
		_name(threads.of_party(database, SARAH)) == _name(threads.by_reply_token(database, "a" * 40)) == name
	)
	assert threads.get(database, "nobody") is None
	assert threads.of_party(database, Party("Lead", SARAH.party)) is None
	assert threads.by_number(database, "") is None
	assert threads.by_contractor_reply_token(database, "a" * 40) is None
	assert threads.by_reply_token(database, "a" * 39) is None


def test_it_starts_every_counter_at_zero(database: AnyDatabase) -> None:
	with database.transaction():
		row = threads.get(database, add_thread(database))
	assert row is not None
	counters = ["last_entry", "revision", "contractor_unread", "contractor_read_upto"]
	counters += ["customer_unread", "customer_read_upto", "rung_upto"]
	assert {name: value for name, value in row.items() if name in counters} == dict.fromkeys(counters, 0)


def test_it_follows_a_merged_thread_to_where_it_went(database: AnyDatabase) -> None:
	with database.transaction():
		goal = add_thread(database)
		middle = add_thread(database, merged_into=goal)
		start = add_thread(database, merged_into=middle, code="174")
	assert _name(threads.get(database, start)) == goal
	assert _name(threads.by_number(database, "174")) == goal


def test_it_does_not_hang_on_threads_merged_in_a_circle(database: AnyDatabase) -> None:
	with database.transaction():
		one = add_thread(database)
		two = add_thread(database, merged_into=one)
		database.update(threads.THREAD, one, {"merged_into": two})
	threads.get(database, one)


def test_it_holds_the_newest_state_of_a_thread(database: AnyDatabase) -> None:
	with database.transaction():
		name = add_thread(database, unmatched_address=f"phone:{STRANGER.phone}")
		assert _name(threads.lock(database, name)) == name
		assert _name(threads.lock_unmatched(database, f"phone:{STRANGER.phone}")) == name
		assert threads.lock(database, "nobody") is None
		assert threads.lock_unmatched(database, f"phone:{BOB.phone}") is None


def test_it_counts_changes_up(database: AnyDatabase) -> None:
	with database.transaction():
		name = add_thread(database)
		threads.changed(database, name)
		threads.changed(database, name)
		threads.changed(database, "nobody")
	row = threads.get(database, name)
	assert row is not None
	assert row["revision"] == 2


@pytest.mark.parametrize(
	("first", "second"),
	[
		({"party_type": "Customer", "party": "A"}, {"party_type": "Customer", "party": "A"}),
		({"code": "174"}, {"code": "174"}),
		({"reply_token": "t" * 40}, {"reply_token": "t" * 40}),
		({"contractor_token": "t" * 40}, {"contractor_token": "t" * 40}),
		({"unmatched_address": "phone:+1555"}, {"unmatched_address": "phone:+1555"}),
	],
)
def test_it_opens_no_second_thread_for_the_same_thing(
	database: AnyDatabase, first: dict[str, str], second: dict[str, str]
) -> None:
	with database.transaction():
		add_thread(database, **first)
		with pytest.raises(Duplicate):
			add_thread(database, **second)


@pytest.mark.parametrize(
	("first", "second"),
	[
		({"party_type": "Customer", "party": "A"}, {"party_type": "Lead", "party": "A"}),
		({"party_type": "Customer", "party": "A"}, {"party_type": "Customer", "party": "B"}),
		({}, {}),
		({"unmatched_address": "phone:+1555"}, {"unmatched_address": "email:+1555"}),
	],
)
def test_it_keeps_threads_of_different_people_apart(
	database: AnyDatabase, first: dict[str, str], second: dict[str, str]
) -> None:
	with database.transaction():
		assert add_thread(database, **first) != add_thread(database, **second)


def test_it_lists_the_latest_first_page_by_page(database: AnyDatabase) -> None:
	with database.transaction():
		made = [add_thread(database, last_us=NOW + number // 3) for number in range(11)]
	whole = _listed(database)
	assert sorted(whole) == sorted(made)
	rows = inbox.listing(database, which="all", words="", before=None, limit=50)
	places = [(row["last_us"], row["name"]) for row in rows]
	assert places == sorted(places, reverse=True)
	paged: list[str] = []
	before = None
	while page := inbox.listing(database, which="all", words="", before=before, limit=4):
		paged += [row["name"] for row in page]
		before = (page[-1]["last_us"], page[-1]["name"])
	assert paged == whole


def test_it_lists_what_waits_for_somebody(database: AnyDatabase) -> None:
	with database.transaction():
		calm = add_thread(database, party_type="Customer", party="A")
		unread = add_thread(database, party_type="Customer", party="B", contractor_unread=2)
		failed = add_thread(database, party_type="Customer", party="C")
		unmatched = add_thread(database, unmatched_address="phone:+1555")
		merged = add_thread(database, merged_into=calm, contractor_unread=3)
		add_delivery(database, thread=failed, state="Failed", failed_us=NOW)
		add_delivery(database, thread=calm, state="Failed")
		add_delivery(database, thread=calm, state="Delivered")
	assert merged not in _listed(database)
	assert len(_listed(database)) == 4
	assert _listed(database, which="unread") == [unread]
	assert _listed(database, which="failed") == [failed]
	assert _listed(database, which="unmatched") == [unmatched]
