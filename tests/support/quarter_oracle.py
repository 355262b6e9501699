"""The shipped automations written down a second time, as simply as they can be said: what is to leave about a document, and when.

It knows nothing of the program's own plan; it follows what happens to each document, in the order it happens.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from support.notice_plan import DAY, MINUTE, Plan, Step
from support.quarter_plan import APPOINTMENT, ESTIMATE, INVOICE
from support.quarter_world import FAR, RETRIED, Surrounding, day_there, is_soon, shown, wall_us

#: how long nothing has to change, and how long at most that is waited for
QUIET, SETTLED = 2 * MINUTE, 10 * MINUTE
#: within which another takes up what was begun by a process that died
TAKEN_UP = 5 * MINUTE
URGENT = ("small-hours", "way")
PROMOTIONAL = ("follow-up",)
#: those that are urgent where the appointment is soon
SOON = ("rescheduled", "cancelled")


@dataclass(frozen=True)
class Expected:
	"""A message that reaches a customer, from and until when."""

	kind: str
	name: str
	who: int
	from_us: int
	until_us: int
	#: when that takes place which it tells of, as the clocks show it there; empty where it tells of no time
	when: str
	#: whether it may also not come: what it tells changes while it is on its way
	is_maybe: bool = False


@dataclass
class Waiting:
	"""What is to be told."""

	due_us: int
	first_us: int
	valid_us: int
	#: how much later it may be, because what it hangs on was made anew
	slack: int = 0


@dataclass
class Life:
	"""One document."""

	name: str
	doctype: str
	who: int
	steps: list[Step] = field(default_factory=list)


def expected(plan: Plan) -> list[Expected]:
	"""Return what is to leave."""
	world = Surrounding(plan)
	lives: dict[tuple[str, int], Life] = {}
	owners: dict[str, int] = {}
	zones = defaultdict(list)
	for step in plan.steps:
		if step.kind == "zone":
			zones[step.customer].append(step)
		elif step.kind in ("change", "way"):
			name = step.values["name"]
			owner = owners.setdefault(name, step.customer)
			if owner != step.customer:
				lives[name, owner].steps.append(replace(step, kind="lost"))
			owners[name] = step.customer
			life = lives.setdefault(
				(name, step.customer), Life(name, step.values.get("doctype", ""), step.customer)
			)
			life.steps.append(step)
	found: list[Expected] = []
	for life in lives.values():
		life.steps = sorted([*life.steps, *zones[life.who]], key=lambda step: step.at_us)
		found += _Follower(world, life).all(plan.last_us)
	all_found = [
		*(each for each in found if each.kind not in PROMOTIONAL),
		*_one_a_day(world, [each for each in found if each.kind in PROMOTIONAL]),
	]
	# what is begun just before the end may come behind it
	return [
		replace(each, is_maybe=each.is_maybe or each.until_us + TAKEN_UP > plan.last_us) for each in all_found
	]


def _one_a_day(world: Surrounding, found: list[Expected]) -> Iterator[Expected]:
	"""Let what is promotional wait for the next morning where there was one that day already: which of them, is open."""
	last: dict[int, date] = {}
	for each in sorted(found, key=lambda one: one.from_us):
		us, zone = each.until_us, world.zone(each.who, each.until_us)
		day = day_there(each.from_us, zone)
		if each.who in last and last[each.who] >= day:
			day = last[each.who] + timedelta(days=1)
			us = _as_promotional(world, each.who, wall_us(day, 8, 0, zone))
		last[each.who] = day_there(us, zone)
		# whichever of several it is that waits
		is_near = any(one.who == each.who and _is_near(one, each) for one in found)
		rest_us = _as_promotional(world, each.who, us + DAY) if is_near else us
		yield replace(each, until_us=rest_us, is_maybe=each.is_maybe or us >= each.from_us + DAY)


def _as_promotional(world: Surrounding, who: int, us: int) -> int:
	"""Return until when what is due then has come, if nothing changes meanwhile."""

	def leaves(at_us: int) -> int:
		return world.leaves(who, at_us, lambda _us: False, promotional=True)

	us = leaves(us)
	return leaves(us + RETRIED) if world.is_down(us) else us


def _is_near(one: Expected, other: Expected) -> bool:
	return one is not other and abs(one.from_us - other.from_us) < DAY


class _Follower:
	"""Follows one document."""

	def __init__(self, world: Surrounding, life: Life) -> None:
		self.world, self.life = world, life
		self.waiting: dict[str, Waiting] = {}
		self.start_us = 0
		#: the time that the customer was told last
		self.announced_us = 0
		self.due: date | None = None
		self.is_there = False
		#: reminders of a date: whether each may still come
		self.dates: dict[tuple[str, str], str] = {}
		self.found: list[Expected] = []

	def all(self, last_us: int) -> list[Expected]:
		for step in self.life.steps:
			self.pass_until(step.at_us)
			self.take(step)
		self.pass_until(last_us)
		return self.found

	# Time

	def urgent(self, kind: str, us: int) -> bool:
		counts_on = (self.start_us, self.announced_us)
		return kind in URGENT or (kind in SOON and any(at_us and is_soon(at_us, us) for at_us in counts_on))

	def leaves(self, kind: str, us: int) -> int:
		return self.looked_at(kind, us, FAR)[0]

	def looked_at(self, kind: str, us: int, valid_us: int) -> tuple[int, bool]:
		is_promotional = kind in PROMOTIONAL
		return self.world.looked_at(
			self.life.who, us, valid_us, lambda at_us: self.urgent(kind, at_us), is_promotional
		)

	def decided(self, kind: str) -> tuple[int, bool]:
		"""Return when it leaves, or when it is known that it cannot while it is of use; and which."""
		waiting = self.waiting[kind]
		return self.looked_at(kind, waiting.due_us, waiting.valid_us)

	def pass_until(self, us: int) -> None:
		while self.waiting:
			(at_us, is_told), kind = min((self.decided(kind), kind) for kind in self.waiting)
			if at_us > us:
				return
			self.leave(kind, at_us, is_told)

	def leave(self, kind: str, us: int, is_told: bool) -> None:
		waiting = self.waiting.pop(kind)
		if (kind, self.occurrence(kind)) in self.dates:
			self.dates[kind, self.occurrence(kind)] = "told" if is_told else "late"
		if not is_told:
			return
		until_us, is_maybe = self.leaves(kind, us + waiting.slack), False
		self.announced_us = self.start_us
		if self.world.is_down(us):
			until_us = self.leaves(kind, us + RETRIED)
			nexts = [step.at_us for step in self.life.steps if us < step.at_us <= until_us]
			others = sum(begins <= until_us and ends > us for begins, ends in self.world.outages)
			is_maybe = bool(nexts) or others > 1 or waiting.valid_us <= until_us
		when = shown(self.start_us, self.world.zone(self.life.who, us)) if self.start_us else ""
		self.found.append(Expected(kind, self.life.name, self.life.who, us, until_us, when, is_maybe))

	# What happens

	def take(self, step: Step) -> None:
		us = step.at_us
		if step.kind == "zone":
			return self.move_house(us)
		if step.kind == "way":
			if self.is_there:
				self.waiting["way"] = Waiting(us, us, us + 15 * MINUTE)
				self.pass_until(us)
			return None
		if step.kind == "lost":
			self.waiting.clear()
			self.is_there = False
			return None
		fields, event = step.values["fields"], step.values["event"]
		self.is_there = True
		self.start_us = fields.get("start_us", self.start_us)
		self.due = date.fromisoformat(fields["due"]) if "due" in fields else self.due
		{APPOINTMENT: self.visit, INVOICE: self.invoice, ESTIMATE: self.estimate}[self.life.doctype](
			us, event
		)
		self.pass_until(us)
		return None

	def settle(self, kind: str, us: int, valid_us: int = FAR) -> None:
		"""Tell it once it has been quiet for two minutes, ten at most; what is urgent at once."""
		earlier = self.waiting.get(kind)
		first_us = earlier.first_us if earlier and earlier.first_us > us - SETTLED else us
		due_us = us if self.urgent(kind, us) else min(us + QUIET, first_us + SETTLED)
		self.waiting[kind] = Waiting(max(due_us, us), first_us, min(us + DAY, valid_us))

	def visit(self, us: int, event: str) -> None:
		untold = self.waiting.get("scheduled")
		if event == "Appointment scheduled":
			self.settle("scheduled", us, self.start_us)
		elif event == "Appointment rescheduled" and untold:
			untold.due_us = min(us + QUIET, untold.first_us + SETTLED)
			untold.valid_us = min(us + DAY, self.start_us)
		elif event == "Appointment rescheduled":
			self.settle("rescheduled", us, self.start_us)
		else:
			self.waiting.clear()
		if event == "Appointment cancelled" and not untold:
			self.settle("cancelled", us, self.start_us)
		if event == "Visit done":
			self.settle("finished", us)
			self.waiting["follow-up"] = self.days_later(us, us, 1, 2)
		if event in ("Appointment scheduled", "Appointment rescheduled"):
			for kind in ("reminder", "small-hours"):
				self.remind(kind, us)

	def invoice(self, us: int, event: str) -> None:
		if event in ("Invoice paid", "Invoice cancelled"):
			self.waiting.clear()
			if event == "Invoice paid":
				self.settle("paid", us)
		else:
			for kind in ("due", "overdue"):
				self.remind(kind, us)

	def estimate(self, us: int, event: str) -> None:
		self.waiting.clear()
		if event == "Estimate shared":
			self.waiting["estimate"] = self.days_later(us, us, 3, 1)

	def days_later(self, us: int, now_us: int, days: int, valid_days: int) -> Waiting:
		"""Return what is due at ten that many days later, where the customer is now."""
		zone = self.world.zone(self.life.who, now_us)
		due_us = wall_us(day_there(us, zone) + timedelta(days=days), 10, 0, zone)
		return Waiting(due_us, us, due_us + valid_days * DAY)

	# By a date

	def occurrence(self, kind: str) -> str:
		return str(self.start_us) if self.life.doctype == APPOINTMENT else "once"

	def planned(self, kind: str, us: int) -> tuple[int, int]:
		"""Return when it is due where the customer is, and until when it is of use."""
		zone = self.world.zone(self.life.who, us)
		day = self.due or day_there(self.start_us, zone)
		if kind == "reminder":
			due_us = wall_us(day - timedelta(days=1), 9, 0, zone)
			return due_us, min(due_us + DAY, self.start_us)
		if kind == "small-hours":
			due_us = wall_us(day, 2, 15, zone)
			return due_us, min(due_us + DAY, self.start_us)
		if kind == "due":
			due_us = wall_us(day - timedelta(days=1), 9, 0, zone)
			return due_us, min(due_us + DAY, wall_us(day + timedelta(days=1), 0, 0, zone))
		due_us = wall_us(day + timedelta(days=7), 9, 0, zone)
		return due_us, due_us + DAY

	def remind(self, kind: str, us: int) -> None:
		"""Let it be due by the date as it is now; what is known only after its time is not told."""
		due_us, valid_us = self.planned(kind, us)
		key = (kind, self.occurrence(kind))
		self.waiting.pop(kind, None)
		known = self.dates.setdefault(key, "late")
		if known != "told" and due_us > us and us < valid_us:
			self.waiting[kind] = Waiting(due_us, us, valid_us)

	def move_house(self, us: int) -> None:
		"""Another zone moves what waits for a time of the day there."""
		for kind, waiting in list(self.waiting.items()):
			if kind in ("follow-up", "estimate"):
				days, valid_days = (1, 2) if kind == "follow-up" else (3, 1)
				self.waiting[kind] = replace_due(self.days_later(waiting.first_us, us, days, valid_days), us)
			elif kind in ("reminder", "small-hours", "due", "overdue"):
				waiting.due_us, waiting.valid_us = self.planned(kind, us)
				waiting.due_us = max(waiting.due_us, us)
			else:
				waiting.due_us, waiting.slack = max(waiting.due_us, us), QUIET


def replace_due(waiting: Waiting, us: int) -> Waiting:
	"""Return it with what is over already due now."""
	return replace(waiting, due_us=max(waiting.due_us, us))


def deaths_between(deaths: list[int], from_us: int, until_us: int) -> bool:
	"""Return whether the process died then."""
	return any(from_us <= death <= until_us for death in deaths)


def late(found: list[Expected], deaths: list[int]) -> Iterator[Expected]:
	"""Yield what is expected with what comes of it where a process died over it."""
	for each in found:
		if deaths_between(deaths, each.from_us, each.until_us):
			yield replace(each, until_us=each.until_us + TAKEN_UP)
		else:
			yield each
