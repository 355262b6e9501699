"""Numbers beside a second model that walks through every entry."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from support.clock import NOW
from support.databases import AnyDatabase
from support.rows import add_delivery, add_entry, add_thread

from customer_thread.domain.thread import waiting
from customer_thread.domain.times import DAY, HOUR
from customer_thread.store import numbers
from customer_thread.store.inbox import NOBODY
from customer_thread.store.numbers import Among

KINDS: list[dict[str, Any]] = [
	{"author": "Customer"},
	{"author": "Customer", "channel": "Email"},
	{"author": "Customer", "from_history": 1},
	{"author": "Contractor"},
	{"author": "Contractor", "channel": "Portal"},
	{"author": "Automated"},
	{"kind": "Event", "author": "Automated", "channel": None},
	{"kind": "Call", "author": "Customer", "channel": "Phone", "call_seconds": 60},
	{"kind": "Call", "author": "Customer", "channel": "Phone"},
]
#: of ten days the middle four, in steps of two
AMONG = Among([NOW + 3 * DAY, NOW + 5 * DAY], NOW + 7 * DAY)


def _filled(database: AnyDatabase, seed: int) -> list[dict[str, Any]]:
	"""Write threads at random and return them, each with its entries."""
	random, threads = Random(seed), []
	for number in range(12):
		thread = {
			"party_type": random.choice(["Customer", "Customer", "Lead"]),
			"assigned_to": random.choice(["ann@x.test", None]),
			"party": f"C{number}",
			"blocked_us": random.choice([0, 0, 0, NOW]),
		}
		made = []
		name = add_thread(database, **thread)
		for _entry in range(random.randrange(14)):
			values = {**random.choice(KINDS), "occurred_us": NOW + random.randrange(20) * DAY // 2}
			made.append(
				{"kind": "Message", "channel": "SMS", **values, "name": add_entry(database, name, **values)}
			)
		done = random.choice([0, 0, random.choice(made)["name"] if made else 0])
		seen = random.choice([0, random.choice(made)["name"] if made else 0])
		database.update("Customer Thread", name, {"done_upto": done, "customer_read_upto": seen})
		threads.append({**thread, "name": name, "entries": made, "done_upto": done, "seen": seen})
	return threads


def _waits(thread: dict[str, Any], among: Among) -> list[tuple[int, int]]:
	"""Return the thread's questions of this time, by going through it from its beginning."""
	found: list[list[Any]] = []
	asks_now = False
	listed = sorted(thread["entries"], key=lambda entry: (entry["occurred_us"], entry["name"]))
	answered = [entry["name"] for entry in listed if _answers(entry)]
	for entry in listed:
		if _answers(entry):
			if asks_now:
				found[-1][1] = entry["occurred_us"]
			asks_now = False
		elif waiting.asks(entry["kind"], entry["author"], from_history=bool(entry.get("from_history"))):
			was_answered = any(entry["name"] < name <= thread["done_upto"] for name in answered)
			if entry["name"] <= thread["done_upto"] and not was_answered:
				continue
			if not asks_now:
				found.append([entry["occurred_us"], 0, entry["channel"]])
			asks_now = True
	return [
		(asked, answer)
		for asked, answer, channel in found
		if among.begins_us[0] <= asked < among.upto_us and among.channel in ("", channel)
	]


def _answers(entry: dict[str, Any]) -> bool:
	return waiting.answers(entry["kind"], entry["author"], entry.get("call_seconds", 0))


def _counted(threads: list[dict[str, Any]], among: Among) -> list[dict[str, Any]]:
	return [
		thread
		for thread in threads
		if among.assigned in ("", thread["assigned_to"] or NOBODY) and not thread["blocked_us"]
	]


@pytest.mark.parametrize("seed", range(4))
def test_numbers_are_those_of_a_walk_through_every_thread(database: AnyDatabase, seed: int) -> None:
	with database.transaction():
		threads = _filled(database, seed)
	everybodys = [
		AMONG,
		replace(AMONG, assigned="ann@x.test"),
		replace(AMONG, assigned=NOBODY),
		replace(AMONG, channel="Email"),
		replace(AMONG, begins_us=[NOW], upto_us=NOW + 11 * DAY),
	]
	for among in everybodys:
		seen = _counted(threads, among)
		found = sorted((row["asked_us"], row["answered_us"] or 0) for row in numbers.waits(database, among))
		assert found == sorted(wait for thread in seen for wait in _waits(thread, among))
		_check_said(database, seen, among)
		_check_reads(database, seen, among)


def _within(threads: list[dict[str, Any]], among: Among) -> list[tuple[dict[str, Any], dict[str, Any]]]:
	return [
		(thread, entry)
		for thread in threads
		for entry in thread["entries"]
		if among.begins_us[0] <= entry["occurred_us"] < among.upto_us
		and not entry.get("from_history")
		and among.channel in ("", entry["channel"])
	]


def _check_said(database: AnyDatabase, threads: list[dict[str, Any]], among: Among) -> None:
	walked: dict[tuple[object, ...], int] = {}
	for _thread, entry in _within(threads, among):
		if entry["kind"] != "Event":
			step = sum(entry["occurred_us"] >= begin for begin in among.begins_us) - 1
			key = (step, entry["kind"], entry["author"], entry["channel"])
			walked[key] = walked.get(key, 0) + 1
	rows = numbers.said(database, among)
	assert {
		(row["step"], row["kind"], row["author"], row["channel"]): row["entries"] for row in rows
	} == walked


def _check_reads(database: AnyDatabase, threads: list[dict[str, Any]], among: Among) -> None:
	got = [
		(thread, entry)
		for thread, entry in _within(threads, among)
		if thread["party_type"] == "Customer" and entry["author"] != "Customer" and entry["kind"] != "Call"
	]
	rows = numbers.reads(database, among)
	assert sum(row["entries"] for row in rows) == len(got)
	assert sum(row["opened"] for row in rows) == sum(entry["name"] <= thread["seen"] for thread, entry in got)
	readers = {thread["name"] for thread, entry in got if entry["name"] <= thread["seen"]}
	assert numbers.readers(database, among) == (len({thread["name"] for thread, _entry in got}), len(readers))


def test_only_what_is_seen_is_counted(database: AnyDatabase) -> None:
	with database.transaction():
		threads = _filled(database, 3)
	theirs = [thread for thread in _counted(threads, AMONG) if thread["party"] in ("C1", "C5")]
	among = replace(AMONG, visible="(`tabCustomer Thread`.`party` IN ('C1', 'C5'))")
	assert len(numbers.waits(database, among)) == sum(len(_waits(thread, among)) for thread in theirs)
	_check_said(database, theirs, among)
	_check_reads(database, theirs, among)


def _question(database: AnyDatabase, thread: str, **values: Any) -> int:  # noqa: ANN401
	entry = add_entry(database, thread, author="Automated", occurred_us=NOW)
	row = {
		"thread": thread, "state": "Sent", "expects": "Confirmation", "entry": entry, "creation_us": NOW,
		"about_us": NOW + DAY, "reference_doctype": "Appointment", "source_key": f"q:{entry}", "occurrence": "1",
	}  # fmt: skip
	database.insert("Thread Scheduled Message", row | values)
	return entry


def test_a_question_is_moved_if_it_was_asked_of_another_time_and_answered_by_any_words(
	database: AnyDatabase,
) -> None:
	with database.transaction():
		thread = add_thread(database, party_type="Customer", party="A")
		_question(database, thread, reference_name="still")
		_question(database, thread, reference_name="moved")
		later = {"reference_name": "moved", "occurrence": "2", "creation_us": NOW + HOUR, "state": "Waiting"}
		database.insert(
			"Thread Scheduled Message",
			{
				"thread": thread, "expects": "Confirmation", "reference_doctype": "Appointment", "source_key": "w",
				**later,
			},
		)  # fmt: skip
		_question(database, add_thread(database), confirmed_us=NOW + HOUR)
		other = add_thread(database)
		_question(database, other)
		add_entry(database, other, author="Customer", occurred_us=NOW + HOUR)
		_question(database, add_thread(database), expects=None)
	found = numbers.asked(database, Among([NOW], NOW + DAY))
	listed = sorted((row["is_moved"], row["confirmed_us"] > 0, row["has_written"]) for row in found)
	assert listed == [(0, False, 0), (0, False, 1), (0, True, 0), (1, False, 0)]
	assert numbers.asked(database, Among([NOW + 1], NOW + DAY)) == []
	assert numbers.asked(database, Among([NOW], NOW + DAY, channel="Email")) == []


def test_it_counts_what_left_by_its_cause(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database, assigned_to="ann@x.test")
		long = add_entry(database, thread)
		failed = {"state": "Failed", "error_code": "30034", "error": "Not registered."}
		for part in range(3):
			add_delivery(database, thread=thread, entry=long, part=part, **failed)
		add_delivery(database, purpose="Invitation", **failed)
		add_delivery(database, purpose="Notice", **failed)
		add_delivery(database, state="Delivered", entry=add_entry(database, thread))
		add_delivery(database, state="Failed", channel="Email", entry=add_entry(database, thread))
		add_delivery(database, state="Queued")
		add_delivery(database, state="Sent", creation_us=NOW + DAY)
	found = numbers.left(database, Among([NOW], NOW + DAY), 50)
	listed = [
		(row["channel"], row["error_code"], row["messages"], row["failed"], row["error"]) for row in found
	]
	assert sorted(listed) == [
		("Email", "", 1, 1, ""),
		("SMS", "", 1, 0, ""),
		("SMS", "30034", 2, 2, "Not registered."),
	]
	assert [
		row["failed"] for row in numbers.left(database, Among([NOW], NOW + DAY, channel="Email"), 50)
	] == [1]
	assert numbers.left(database, Among([NOW], NOW + DAY, channel="Portal"), 50) == []
	ann = Among([NOW], NOW + DAY, assigned="ann@x.test", channel="SMS")
	assert [row["messages"] for row in numbers.left(database, ann, 50)] == [1]


def test_it_counts_what_customers_switched_off_and_on(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		changes = [
			("consent", "Opted Out", 0), ("consent", "Allowed", 1), ("sms", "Off", 0), ("email", "Off", 1),
			("email", "Off", 1), ("quiet", "Off", 0), ("email", "On", 2),
		]  # fmt: skip
		for field, new, days in changes:
			values = {"field": field, "old": "", "new": new, "way": "Page", "changed_by": "x"}
			database.insert(
				"Thread Preference Change", {"thread": thread, "changed_us": NOW + days * DAY, **values}
			)
	among = Among([NOW, NOW + DAY], NOW + 2 * DAY)
	found = [
		(row["step"], row["field"], row["new"], row["changes"]) for row in numbers.choices(database, among)
	]
	expected = [
		(0, "consent", "Opted Out", 1),
		(0, "sms", "Off", 1),
		(1, "consent", "Allowed", 1),
		(1, "email", "Off", 2),
	]
	assert sorted(found) == expected
	assert [row["field"] for row in numbers.choices(database, replace(among, channel="Email"))] == ["email"]
	assert numbers.choices(database, replace(among, channel="Portal")) == []
