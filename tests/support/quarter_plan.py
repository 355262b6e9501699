"""What happens in the quarter of the automations: appointments, invoices and estimates of many customers, by a seed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from support.notice_plan import DAY, HOME, HOUR, MINUTE, NOBODY, Person, Plan, Step

SECOND = 1_000_000
#: those of America change on Mar 9, 2025, Berlin's on Mar 30, those of the south go back on Apr 6; two never change
ZONES = (
	"America/New_York",
	"Asia/Kolkata",
	"America/St_Johns",
	"Pacific/Chatham",
	"Europe/Berlin",
	"America/Los_Angeles",
	"Australia/Lord_Howe",
	"America/Phoenix",
)
APPOINTMENT, INVOICE, ESTIMATE = "Appointment", "Sales Invoice", "Quotation"
#: how many of each a customer has in a day
DAILY = {APPOINTMENT: 0.15, INVOICE: 0.08, ESTIMATE: 0.06}


def make_quarter(seed: int, customers: int, days: float, first_us: int) -> Plan:
	"""Return what happens in so many days to so many customers, to the process and to the providers."""
	people = tuple(_person(Random(f"{seed} who {index}"), index) for index in range(customers))
	last_us = first_us + int(days * DAY)
	made: list[Step] = []
	for person in people:
		made += _life(Random(f"{seed} what {person.index}"), person, first_us, last_us, days, customers)
	made += _process(Random(f"{seed} process"), first_us, last_us, days)
	made = sorted(
		(step for step in made if first_us < step.at_us < last_us),
		key=lambda step: (step.at_us, step.customer),
	)
	return Plan(people, tuple(_apart(made)), first_us, last_us)


def _apart(steps: list[Step]) -> Iterator[Step]:
	"""Give each its number, and a moment of its own that falls on no full second."""
	last = 0
	for number, step in enumerate(steps, 1):
		last = max(last + 2, step.at_us | 1)
		yield replace(step, at_us=last, number=number)


def _person(random: Random, index: int) -> Person:
	reach = random.random()
	phone = f"+1503{5_550_000 + index:07}" if reach < 0.8 else ""
	email = f"customer{index}@customers.example" if reach >= 0.8 else ""
	return Person(index, ZONES[index % len(ZONES)], phone, email)


def _process(random: Random, first_us: int, last_us: int, days: float) -> Iterator[Step]:
	"""Say when the process ends, when it dies, when the worker sleeps and when a provider is down."""
	for _time in range(1 + round(days / 4)):
		yield Step(random.randrange(first_us, last_us), NOBODY, "restart")
	for _time in range(1 + round(days)):
		where = random.choice(("writing", "writing", "before", "during", "after"))
		values = {"where": where, "writes": random.randrange(12)}
		yield Step(random.randrange(first_us, last_us), NOBODY, "kill", values)
	for _time in range(1 + round(days / 20)):
		begins = random.randrange(first_us, last_us)
		yield Step(begins, NOBODY, "sleep", {"until_us": begins + random.choice((2, 9, 25)) * HOUR})
	for _time in range(1 + round(days / 10)):
		begins = random.randrange(first_us, last_us)
		yield Step(begins, NOBODY, "outage", {"until_us": begins + random.randrange(5, 180) * MINUTE})


def _life(
	random: Random, person: Person, first_us: int, last_us: int, days: float, customers: int
) -> Iterator[Step]:
	makers = {APPOINTMENT: _appointment, INVOICE: _invoice, ESTIMATE: _estimate}
	for doctype, daily in DAILY.items():
		for number in range(max(1, round(daily * days * random.uniform(0.5, 1.5)))):
			name = f"{doctype[:1]}-{person.index}-{number}"
			other = random.randrange(customers)
			yield from makers[doctype](random, person, name, random.randrange(first_us, last_us), other)
	if random.random() < 0.15:
		yield Step(random.randrange(first_us, last_us), person.index, "zone", {"zone": random.choice(ZONES)})


def _local(us: int, zone: str) -> datetime:
	return datetime.fromtimestamp(us / SECOND, ZoneInfo(zone))


def _start(random: Random, person: Person, us: int, days: int) -> int:
	"""Return when an appointment begins, so many days later: mostly by day, at a quarter."""
	day = _local(us, person.zone).date() + timedelta(days=days)
	hour = random.choice((1, 2, 22)) if random.random() < 0.04 else random.randrange(7, 18)
	start = datetime(
		day.year, day.month, day.day, hour, random.choice((0, 15, 30, 45)), tzinfo=ZoneInfo(person.zone)
	)
	return int(start.timestamp()) * SECOND


def change(us: int, who: int, doctype: str, name: str, event: str, **fields: object) -> Step:
	"""Return a step in which a document becomes another, and the event that tells of it."""
	return Step(us, who, "change", {"doctype": doctype, "name": name, "event": event, "fields": fields})


def _appointment(random: Random, person: Person, name: str, made_us: int, other: int) -> Iterator[Step]:
	who, start_us = person.index, 0
	while start_us < made_us + 90 * MINUTE:
		start_us = _start(random, person, made_us, random.choice((0, 1, 1, 2, 3, 5, 8, 12)))

	def at(us: int, event: str, **fields: object) -> Step:
		return change(us, who, APPOINTMENT, name, event, **fields)

	yield at(made_us, "Appointment scheduled", start_us=start_us, status="Scheduled")
	last_us, what = made_us, random.random()
	if what < 0.3:
		# once, or five times within ten minutes; at once, at any time, or short before the reminder
		first_us = random.choice(
			(made_us + random.randrange(1, 700) * SECOND, random.randrange(made_us + 1, start_us - HOUR))
		)
		if random.random() < 0.25:
			first_us = max(
				made_us + SECOND, _nine_before(start_us, person.zone) + random.randrange(-180, 180) * SECOND
			)
		for _move in range(random.choice((1, 1, 1, 5, 9))):
			last_us, known_us = max(first_us, last_us + SECOND), start_us
			first_us = last_us + random.randrange(5 * SECOND, 130 * SECOND)
			start_us = _start(random, person, last_us, random.randrange(1, 9))
			if random.random() < 0.15:
				start_us = known_us + random.choice((-30, 15, 45)) * MINUTE
			start_us = max(start_us, last_us + HOUR)
			if start_us == known_us:
				start_us += 15 * MINUTE
			yield at(last_us, "Appointment rescheduled", start_us=start_us, status="Scheduled")
	fate = random.random()
	if fate < 0.16:
		end_us = random.randrange(last_us + 1, start_us)
		if random.random() < 0.4:
			end_us = last_us + random.randrange(5, 600) * SECOND
		elif random.random() < 0.4:
			end_us = max(last_us + SECOND, _nine_before(start_us, person.zone) - 2 * MINUTE)
		yield at(end_us, "Appointment cancelled", start_us=start_us, status="Cancelled")
		if random.random() < 0.3:
			yield Step(end_us + random.randrange(1, 60) * MINUTE, who, "yes", {"name": name})
		return
	if fate < 0.2:
		# it is somebody else's from now on
		other_us = random.randrange(last_us + 1, start_us)
		yield change(
			other_us, other, APPOINTMENT, name, "Appointment scheduled", start_us=start_us, status="Scheduled"
		)
		return
	if random.random() < 0.5:
		nine = _nine_before(start_us, person.zone)
		late_us = random.choice((nine + 5 * MINUTE, random.randrange(last_us + 1, start_us + 3 * HOUR)))
		yield Step(late_us, who, "yes", {"name": name})
	if random.random() < 0.3:
		yield Step(start_us - random.randrange(10, 40) * MINUTE, who, "way", {"name": name})
	if random.random() < 0.8:
		yield at(start_us + 2 * HOUR, "Visit done", start_us=start_us, status="Done")


def _nine_before(start_us: int, zone: str) -> int:
	day = _local(start_us, zone).date() - timedelta(days=1)
	return int(datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo(zone)).timestamp()) * SECOND


def _invoice(random: Random, person: Person, name: str, made_us: int, _other: int) -> Iterator[Step]:
	who = person.index
	due = _local(made_us, HOME).date() + timedelta(days=random.choice((0, 1, 2, 7, 14, 30)))
	yield change(made_us, who, INVOICE, name, "Invoice sent", due=due.isoformat(), status="Unpaid")
	what = random.random()
	if what < 0.65:
		paid_us = made_us + random.randrange(60, 60 * 24 * 40) * MINUTE
		if random.random() < 0.3:
			paid_us = max(made_us + MINUTE, _day_us(due - timedelta(days=1), 8, person.zone))
		yield change(paid_us, who, INVOICE, name, "Invoice paid", status="Paid")
	elif what < 0.75:
		later = due + timedelta(days=random.randrange(1, 12))
		yield change(
			made_us + random.randrange(1, 60) * HOUR,
			who,
			INVOICE,
			name,
			"Invoice due later",
			due=later.isoformat(),
			status="Unpaid",
		)
	elif what < 0.85:
		yield change(
			made_us + random.randrange(1, 200) * HOUR,
			who,
			INVOICE,
			name,
			"Invoice cancelled",
			status="Cancelled",
		)


def _day_us(day: date, hour: int, zone: str) -> int:
	return int(datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone)).timestamp()) * SECOND


def _estimate(random: Random, person: Person, name: str, made_us: int, _other: int) -> Iterator[Step]:
	yield change(made_us, person.index, ESTIMATE, name, "Estimate shared", status="Open")
	if random.random() < 0.5:
		answered_us = made_us + random.randrange(30, 60 * 24 * 6) * MINUTE
		event = random.choice(("Estimate approved", "Estimate cancelled", "Order confirmed"))
		yield change(answered_us, person.index, ESTIMATE, name, event, status="Answered")
