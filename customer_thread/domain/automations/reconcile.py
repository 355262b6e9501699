"""What becomes of the scheduled messages about a document once it is known which are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass

from customer_thread.domain.automations import reasons
from customer_thread.domain.automations.model import Automation, Cause, ScheduledState, Wanted
from customer_thread.domain.automations.plan import BY_HAND
from customer_thread.domain.cards.values import names
from customer_thread.domain.limits import MESSAGES_OF_DOCUMENT
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.times import MINUTE

#: what changes again is told once nothing has changed for so long
QUIET = 2 * MINUTE
#: and at the latest so long after the first change
SETTLED = 10 * MINUTE
#: of several about the same, which counts
_BEST: Sequence[ScheduledState] = ("Sent", "Waiting", "Ended", "Skipped")


@dataclass(frozen=True)
class Known:
	"""A scheduled message that was written before."""

	name: str
	automation: str
	state: ScheduledState
	occurrence: str
	event: str
	computed_from: str
	first_us: int


@dataclass(frozen=True)
class Insert:
	"""A message to be written down; one that is skipped at once says why."""

	wanted: Wanted
	due_us: int
	first_us: int
	reason: Phrase
	state: ScheduledState = "Waiting"


@dataclass(frozen=True)
class Change:
	"""Another time for one that waits, or waits again."""

	name: str
	wanted: Wanted
	due_us: int
	first_us: int

	@property
	def reason(self) -> Phrase:
		"""Return what it waits for."""
		return reasons.SETTLING if self.wanted.settles else reasons.PLANNED


@dataclass(frozen=True)
class Delay:
	"""One that waits is to wait for what else changes."""

	name: str
	due_us: int


@dataclass(frozen=True)
class End:
	"""One that waits is not to be sent."""

	name: str
	reason: Phrase


@dataclass(frozen=True)
class Miss:
	"""One that had ended is wanted again, and its time has gone by meanwhile."""

	name: str


Step = Insert | Change | Delay | End | Miss


def reconcile(
	found: Sequence[tuple[Automation, Wanted | Phrase]],
	known: Sequence[Known],
	cause: Cause,
	now_us: int,
) -> list[Step]:
	"""Return what is to be done so that what waits is what is wanted; of what was sent nothing changes."""
	steps: list[Step] = []
	asked = [row for row in known if row.occurrence != BY_HAND]
	waiting = [row for row in asked if row.state == "Waiting"]
	for automation, answer in found:
		own = [row for row in asked if row.automation == automation.name]
		if isinstance(answer, Phrase):
			steps += [End(row.name, answer) for row in own if row.state == "Waiting"]
			continue
		same = _same(own, answer)
		others = [row for row in own if row.state == "Waiting" and row is not same]
		steps += [End(row.name, _why_other(row, answer)) for row in others]
		if same is None and len(asked) <= MESSAGES_OF_DOCUMENT:
			said = _said_by_others(automation, answer, asked, found, cause, now_us)
			steps += said or _new(answer, others, len(asked), now_us)
		elif same and same.state == "Waiting" and same.computed_from != answer.computed_from:
			steps.append(Change(same.name, answer, _due(answer, same.first_us, now_us), same.first_us))
		elif same and _may_wait_again(same, answer, now_us):
			steps.append(Change(same.name, answer, _due(answer, now_us, now_us), now_us))
		elif same and same.state == "Ended":
			steps.append(Miss(same.name))
	known_by = {automation.name for automation, _answer in found}
	return [
		*steps,
		*(End(row.name, reasons.SWITCHED_OFF) for row in waiting if row.automation not in known_by),
	]


def _same(own: Sequence[Known], answer: Wanted) -> Known | None:
	"""Return what was written of this occurrence before; threads that were joined may have more than one."""
	found = [row for row in own if row.occurrence == answer.occurrence]
	return min(found, key=lambda row: _BEST.index(row.state), default=None)


def _why_other(other: Known, answer: Wanted) -> Phrase:
	return reasons.SAID if other.occurrence == answer.occurrence else reasons.MOVED


def _may_wait_again(same: Known, answer: Wanted, now_us: int) -> bool:
	if same.state == "Skipped":
		# it was never told: another time, or another event, may still be
		is_other = same.computed_from != answer.computed_from and (
			not answer.event or answer.event != same.event
		)
		return is_other and answer.planned_us > now_us
	return same.state == "Ended" and bool(answer.event or answer.planned_us > now_us)


def _said_by_others(
	automation: Automation,
	answer: Wanted,
	known: Sequence[Known],
	found: Sequence[tuple[Automation, Wanted | Phrase]],
	cause: Cause,
	now_us: int,
) -> list[Step]:
	"""Return what becomes of a message that another one says, as it has not left; nothing, if none does."""
	kinds = {event.name: event.event_type for event in cause.events}
	gives_way_to = names(automation.gives_way_to)
	rules = {rule.name: (rule, other) for rule, other in found if rule is not automation}
	about = [row for row in known if kinds.get(row.event, "") in gives_way_to and row.automation in rules]
	if not about or about[-1].state not in ("Waiting", "Ended"):
		return []
	last, (rule, other) = about[-1], rules[about[-1].automation]
	if last.state == "Waiting" and isinstance(other, Wanted):
		due_us = min(now_us + QUIET, last.first_us + SETTLED)
		return [Insert(answer, now_us, now_us, reasons.GIVES_WAY, "Skipped"), Delay(last.name, due_us)]
	if not set(names(automation.after_event)).isdisjoint(names(rule.ended_by)):
		return [Insert(answer, now_us, now_us, reasons.NEVER_SAID, "Skipped")]
	return []


def _new(answer: Wanted, earlier: Sequence[Known], count: int, now_us: int) -> list[Step]:
	first_us = min([now_us, *(row.first_us for row in earlier if row.first_us > now_us - SETTLED)])
	if count >= MESSAGES_OF_DOCUMENT:
		return [Insert(answer, now_us, first_us, reasons.TOO_MANY, "Skipped")]
	is_late = answer.planned_us <= now_us and not (answer.settles or answer.event)
	if is_late or now_us >= answer.valid_until_us:
		return [Insert(answer, answer.planned_us, first_us, reasons.MADE_LATE, "Skipped")]
	due_us = _due(answer, first_us, now_us)
	return [Insert(answer, due_us, first_us, reasons.SETTLING if answer.settles else reasons.PLANNED)]


def _due(answer: Wanted, first_us: int, now_us: int) -> int:
	if answer.settles:
		return max(min(now_us + QUIET, first_us + SETTLED), answer.planned_us)
	return answer.planned_us
