"""What happens in the month of the notices: who the customers are, and what they and the business do, by a seed."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from support.notice_nights import NIGHTS, ZONES

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
#: Sat Mar 8 2025, noon in UTC: the clocks change in New York the night after, in Berlin and London on Mar 30, on
#: Lord Howe Island and the Chatham Islands on Apr 6
FIRST_US = 1_741_435_200_000_000
#: where the business is
HOME = "America/New_York"
#: the customer of what happens to the process
NOBODY = -1
#: a day
DEATHS = 6
#: what happens, how often, relatively
KINDS = {
	"card": 26,
	"plain card": 6,
	"urgent card": 5,
	"portal": 18,
	"auto": 10,
	"automated": 6,
	"automated portal": 4,
	"urgent automated portal": 2,
	"quiet": 5,
	"write": 8,
	"conversation": 8,
	"read": 9,
	"open": 6,
	"want": 7,
	"stop": 2,
	"start": 2,
	"call": 3,
	"note": 2,
	"past": 2,
	"void": 4,
	"burst": 3,
	"browser": 3,
}


@dataclass(frozen=True)
class Person:
	"""A customer of the month."""

	index: int
	#: of their address; empty if that is not known
	zone: str
	phone: str
	email: str

	@property
	def name(self) -> str:
		"""Return what they are called."""
		return f"Customer {self.index}"


@dataclass(frozen=True)
class Step:
	"""Something that happens."""

	at_us: int
	customer: int
	kind: str
	values: dict[str, Any] = field(default_factory=dict)
	#: unique, and counting up with time
	number: int = 0

	@property
	def word(self) -> str:
		"""Return the word that stands in the entry that it makes, and in no other."""
		return f"zq{self.number:06}"

	@property
	def key(self) -> str:
		"""Return the id by which a repeat is known."""
		return f"00000000-0000-4000-8000-{self.number:012}"


@dataclass(frozen=True)
class Plan:
	"""A month."""

	people: tuple[Person, ...]
	steps: tuple[Step, ...]
	first_us: int
	last_us: int


def make_plan(seed: int, customers: int, days: float, daily: float, first_us: int = FIRST_US) -> Plan:
	"""Return what happens in so many days to so many customers, to each about `daily` things a day."""
	people = tuple(_person(Random(f"{seed} who {index}"), index) for index in range(customers))
	last_us = first_us + int(days * DAY)
	made: list[Step] = []
	for person in people:
		random = Random(f"{seed} what {person.index}")
		for _time in range(round(days * daily)):
			kind = random.choices(list(KINDS), list(KINDS.values()))[0]
			made += _steps(random, person, kind, _moment(random, person, first_us, last_us))
	made += _bulk(Random(f"{seed} bulk"), customers, first_us, last_us, days)
	made += _deaths(Random(f"{seed} deaths"), first_us, last_us, days)
	made.sort(key=lambda step: (step.at_us, step.customer))
	return Plan(people, tuple(_apart(made)), first_us, last_us + 2 * DAY)


def _bulk(random: Random, customers: int, first_us: int, last_us: int, days: float) -> Iterator[Step]:
	"""Once in ten days somebody submits sixty documents of anybody's in less than a minute."""
	for _act in range(1 + int(days / 10)):
		begins = random.randrange(first_us, last_us)
		for _document in range(60):
			at_us, who = begins + random.randrange(40 * MINUTE // 60), random.randrange(customers)
			yield Step(at_us, who, "card", {"notify": True, "urgent": False})


def _deaths(random: Random, first_us: int, last_us: int, days: float) -> Iterator[Step]:
	"""The process is started anew once in four days, and dies some times a day, about to do something."""
	for _restart in range(1 + round(days / 4)):
		yield Step(random.randrange(first_us, last_us), NOBODY, "restart")
	for _death in range(round(days * DEATHS)):
		where = random.choice(("writing", "writing", "before", "during", "after"))
		values = {"where": where, "writes": random.randrange(12)}
		yield Step(random.randrange(first_us, last_us), NOBODY, "kill", values)


def _apart(steps: list[Step]) -> Iterator[Step]:
	"""Give each its number, and a moment of its own."""
	last = 0
	for number, step in enumerate(steps, 1):
		last = max(last + 1, step.at_us)
		yield replace(step, at_us=last, number=number)


def _person(random: Random, index: int) -> Person:
	reach = random.random()
	phone = f"+1503{5_550_000 + index:07}" if reach < 0.75 else ""
	email = f"customer{index}@customers.example" if reach < 0.6 or 0.75 <= reach < 0.93 else ""
	zone = ZONES[index % len(ZONES)] if random.random() < 0.85 else ""
	return Person(index, zone, phone, email)


def _moment(random: Random, person: Person, first_us: int, last_us: int) -> int:
	"""Return when: at any time, at night, in the day, or close to where a night begins or ends."""
	us = random.randrange(first_us, last_us)
	how = random.random()
	if how < 0.3:
		return us
	local = datetime.fromtimestamp(us // 1_000_000, ZoneInfo(person.zone or HOME))
	if how < 0.5:
		hour, minute = random.choice((21, 22, 23, 0, 1, 2, 3, 6, 7)), random.randrange(60)
	elif how < 0.75:
		hour, minute = random.randrange(8, 21), random.randrange(60)
	else:
		edge = random.choice(random.choice(NIGHTS))
		moved = datetime.strptime(edge, "%H:%M") + timedelta(minutes=random.randrange(-4, 4))  # noqa: DTZ007
		hour, minute = moved.hour, moved.minute
	moved_us = int(local.replace(hour=hour, minute=minute, second=0).timestamp()) * 1_000_000
	moved_us += random.randrange(MINUTE)
	return moved_us + DAY * ((moved_us < first_us) - (moved_us > last_us))


def _steps(random: Random, person: Person, kind: str, us: int) -> Iterator[Step]:
	"""Return what one thing consists of."""
	who = person.index

	def later(minutes: float) -> int:
		return us + int(random.random() * minutes * MINUTE) + 1

	if kind in ("card", "plain card", "urgent card"):
		yield Step(us, who, "card", {"notify": kind != "plain card", "urgent": kind == "urgent card"})
		if kind == "urgent card" and random.random() < 0.3:
			yield Step(later(3), who, "card", {"notify": False, "urgent": True})
	elif kind == "portal":
		yield Step(us, who, "say", {"channel": "portal", "urgent": random.random() < 0.1})
	elif kind == "auto":
		yield Step(us, who, "say", {"channel": "auto"})
	elif kind in ("automated", "automated portal", "urgent automated portal"):
		channel = "auto" if kind == "automated" else "portal"
		urgent = kind.startswith("urgent")
		yield Step(us, who, "say", {"channel": channel, "automated": True, "urgent": urgent})
	elif kind == "quiet":
		yield Step(us, who, "say", {"channel": random.choice(("auto", "portal")), "when": "quiet"})
	elif kind == "write":
		yield Step(us, who, "write", {"by": _way(random, person)})
	elif kind == "conversation":
		yield Step(us, who, "write", {"by": _way(random, person)})
		for _answer in range(random.randrange(1, 4)):
			yield Step(later(50), who, "say", {"channel": "portal", "automated": random.random() < 0.15})
	elif kind == "void":
		document = f"INV-{who}-{us}"
		yield Step(us, who, "card", {"notify": True, "urgent": False, "document": document})
		minutes = random.choice((2, 60, 600))
		cancelled = {"notify": random.random() < 0.5, "urgent": False, "document": document}
		yield Step(later(minutes), who, "card", {**cancelled, "cancels": True})
	elif kind == "burst":
		for _card in range(random.choice((3, 6, 9, 26))):
			yield Step(later(0.9), who, "card", {"notify": True, "urgent": False})
	elif kind == "open":
		yield Step(us, who, "open")
		if random.random() < 0.7:
			yield Step(later(4), who, "card", {"notify": True, "urgent": False})
	elif kind == "want":
		yield Step(us, who, "want", _wish(random))
	elif kind in ("stop", "start"):
		if person.phone:
			yield Step(us, who, kind)
	elif kind == "browser":
		yield Step(us, who, random.choice(("subscribe", "subscribe", "unsubscribe")))
	else:
		yield Step(us, who, kind)


def _way(random: Random, person: Person) -> str:
	return random.choice(("portal", "sms")) if person.phone else "portal"


def _wish(random: Random) -> dict[str, Any]:
	start, end = random.choice(NIGHTS)
	return {
		"sms": random.random() < 0.7,
		"email": random.random() < 0.6,
		"push": random.random() < 0.7,
		"quiet": random.random() < 0.85,
		"quiet_start": start,
		"quiet_end": end,
		"timezone": random.choice(ZONES),
	}
