"""Compares what reached the customers of a quarter with what was to reach them, and with what was true when it did."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from support.notice_plan import MINUTE, Plan, Step
from support.notice_providers import Ping
from support.quarter_oracle import PROMOTIONAL, URGENT, Expected
from support.quarter_world import RETRIED, Surrounding, day_there, is_soon, shown

_SAID = re.compile(r"\[zq ([\w-]+) (\w-\d+-\d+) ?([^\]]*)\]")
_NOW = re.compile(r"\bnow (\w{3} \w{3} \d+, \d+:\d\d[ap]m)")
#: within which an answer to a customer's words comes
ANSWERED = 5 * MINUTE


@dataclass(frozen=True)
class Said:
	"""An automated message that reached somebody."""

	at_us: int
	who: int
	kind: str
	name: str
	when: str


class Received:
	"""What reached whom, once for each time it came."""

	def __init__(self, plan: Plan, pings: Iterable[Ping]) -> None:
		addresses = {person.phone or person.email: person.index for person in plan.people}
		self.said: list[Said] = []
		self.repeated = 0
		#: what the thread itself answered
		self.answers: list[tuple[int, int, str]] = []
		seen: set[str] = set()
		for ping in pings:
			# a mail that came again, with the Message-ID of the first, is one for whoever has it
			if ping.id in seen:
				self.repeated += 1
				continue
			seen.add(ping.id)
			found = _SAID.search(ping.text)
			who = addresses[ping.address]
			if found:
				self.said.append(Said(ping.at_us, who, *found.groups()))
			elif not ping.is_notice:
				self.answers.append((ping.at_us, who, ping.text))


def differing(wanted: Iterable[Expected], received: Received) -> Iterator[str]:
	"""Return what is missing, too much, early or late."""
	came: dict[tuple[str, str, int], list[Said]] = defaultdict(list)
	for said in received.said:
		came[said.kind, said.name, said.who].append(said)
	# what has to come is looked for before what may
	for each in sorted(wanted, key=lambda one: (one.is_maybe, one.from_us)):
		mine = came[each.kind, each.name, each.who]
		found = next((said for said in mine if each.from_us <= said.at_us <= each.until_us), None)
		if found:
			mine.remove(found)
			if found.when != each.when and not each.is_maybe:
				yield f"says what was so before: {found} and not {each}"
		elif not each.is_maybe:
			yield f"missing: {each}; came {mine}"
	for left in came.values():
		yield from (f"too much: {said}" for said in left)


def untrue(plan: Plan, received: Received) -> Iterator[str]:
	"""Return what was not so when it left, or left in somebody's night."""
	world = Surrounding(plan)
	steps: dict[str, list[Step]] = defaultdict(list)
	for step in plan.steps:
		if step.kind == "change":
			steps[step.values["name"]].append(step)
	told = set()
	#: of each document, the time that its customer was told last
	announced: dict[tuple[str, int], int] = {}
	for said in sorted(received.said, key=lambda one: one.at_us):
		if said.kind in PROMOTIONAL:
			day = (said.who, day_there(said.at_us, world.zone(said.who, said.at_us)))
			if day in told:
				yield f"a second one that day: {said}"
			told.add(day)
		past = [step for step in steps[said.name] if step.at_us <= said.at_us]
		# what happens in the very moment in which it leaves happens before or after it
		just_now = past[:-1] if past and past[-1].at_us == said.at_us else past
		announced_us = announced.get((said.name, said.who), 0)
		whys = [_why_untrue(said, known, world, announced_us) for known in (past, just_now)]
		why = whys[0] if all(whys) else ""
		announced[said.name, said.who] = _start_us(past)
		if why:
			yield f"{why}: {said}"


#: what the document is to be like
_STATUS = {
	"scheduled": "Scheduled",
	"reminder": "Scheduled",
	"small-hours": "Scheduled",
	"rescheduled": "Scheduled",
	"cancelled": "Cancelled",
	"way": "Scheduled",
	"finished": "Done",
	"follow-up": "Done",
	"due": "Unpaid",
	"overdue": "Unpaid",
	"paid": "Paid",
	"estimate": "Open",
}


def _start_us(past: list[Step]) -> int:
	return next((int(str(us)) for step in reversed(past) if (us := step.values["fields"].get("start_us"))), 0)


def _why_untrue(said: Said, past: list[Step], world: Surrounding, announced_us: int) -> str:
	fields: dict[str, object] = {}
	for step in past:
		fields |= step.values["fields"]
	if not past or past[-1].customer != said.who:
		return "about somebody else's document"
	if fields["status"] != _STATUS[said.kind]:
		return f"it is {fields['status']}"
	start_us = _start_us(past)
	counts_on = [us for us in (start_us, announced_us) if us]
	is_urgent = said.kind in URGENT or (
		said.kind in ("rescheduled", "cancelled") and any(is_soon(us, said.at_us) for us in counts_on)
	)
	if not is_urgent and world.night_ends(said.who, said.at_us):
		return "in their night"
	if said.kind in ("scheduled", "reminder", "rescheduled", "cancelled", "small-hours"):
		right = shown(start_us, world.zone(said.who, said.at_us))
		if said.when != right:
			return f"not at {right}"
		if said.at_us >= start_us:
			return "it has begun"
	return ""


def unasked(plan: Plan, received: Received) -> Iterator[str]:
	"""Return what the thread answered to nobody's yes, more than once to one, or wrongly."""
	world = Surrounding(plan)
	yeses = [(step.at_us, step.customer) for step in plan.steps if step.kind == "yes"]
	for at_us, who, text in received.answers:
		late_us = RETRIED if world.was_down(at_us - RETRIED, at_us) else ANSWERED
		found = next(
			(yes for yes in yeses if yes[1] == who and yes[0] <= at_us <= world.awake(yes[0]) + late_us), None
		)
		if found is None:
			yield f"an answer to nothing at {at_us} to {who}: {text!r}"
			continue
		yeses.remove(found)
		told = _NOW.search(text)
		if told and told[1] not in set(_times(plan, world, who, at_us)):
			yield f"an answer that is not so at {at_us} to {who}: {text!r}"


def _times(plan: Plan, world: Surrounding, who: int, us: int) -> Iterator[str]:
	"""Return when a customer's appointments are at a moment."""
	last: dict[str, Step] = {}
	for step in plan.steps:
		if step.kind == "change" and step.at_us <= us:
			last[step.values["name"]] = step
	for step in last.values():
		if step.customer == who and step.values["fields"]["status"] == "Scheduled":
			yield shown(step.values["fields"]["start_us"], world.zone(who, us))
