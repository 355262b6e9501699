"""The business's numbers between two days: what each means is in docs/numbers.md."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TypedDict

from customer_thread.domain.failures import Cause, words_of_cause
from customer_thread.domain.limits import FAILURE_CAUSES
from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.numbers.answer_times import AnswerTimes, answer_times
from customer_thread.domain.numbers.confirmations import BECAME, Asked, what_became
from customer_thread.domain.numbers.period import Period
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Ports
from customer_thread.store import numbers
from customer_thread.store.number_rows import AskedRow, LeftRow


@dataclass(frozen=True)
class Wanted:
	"""Of what numbers are asked for."""

	period: Period
	#: empty: all
	channel: str = ""
	#: a user, or “nobody”; empty: whoever
	assigned: str = ""

	def among(self, ports: Ports) -> numbers.Among:
		"""Return what is counted, of what whoever asks may see."""
		return numbers.Among(
			self.period.begins_us, self.period.upto_us, ports.visible(), self.assigned, self.channel
		)


class AnswerTimesView(TypedDict):
	"""How long customers waited for an answer, in working time."""

	asked: int
	answered: int
	waiting: int
	#: None: nothing was answered
	median_seconds: int | None
	#: nine of ten waited no longer
	ninth_seconds: int | None


class MessagesView(TypedDict):
	"""How many messages there were by channel and by who wrote them, and calls."""

	sms: int
	email: int
	portal: int
	customer: int
	contractor: int
	automated: int
	#: no messages
	calls: int


class FailureCauseView(TypedDict):
	"""What failed for one cause."""

	cause: str
	channel: DeliveryChannel | None
	code: str
	words: str
	failed: int


class FailuresNumbersView(TypedDict):
	"""How many messages left, and what failed for good."""

	#: what failed included
	sent: int
	failed: int
	causes: list[FailureCauseView]


class ChoicesView(TypedDict):
	"""How often customers switched something off, and on again."""

	#: a number texted STOP, or START
	texts_off: int
	texts_on: int
	#: notices, by a reader's own settings
	sms_off: int
	sms_on: int
	email_off: int
	email_on: int
	push_off: int
	push_on: int


class ConfirmationsView(TypedDict):
	"""What became of the questions that were asked; together they are `asked`."""

	asked: int
	yes: int
	moved: int
	wrote: int
	silent: int
	open: int


class ReadView(TypedDict):
	"""What customers got by one channel, and read in the portal."""

	#: `Card` for cards
	channel: str
	sent: int
	read: int


class ReadsView(TypedDict):
	"""What customers read in the portal."""

	#: who got something
	customers: int
	#: who has read any of it
	readers: int
	channels: list[ReadView]


def read_answer_times(ports: Ports, wanted: Wanted) -> tuple[AnswerTimesView, list[AnswerTimesView]]:
	"""Return how long customers waited, in all and by step of when they asked."""
	hours = ports.settings().working_hours
	found = numbers.waits(ports.database, wanted.among(ports))
	waits = [(row["asked_us"], row["answered_us"] or None) for row in found]
	begins = wanted.period.begins_us
	by_step: list[list[tuple[int, int | None]]] = [[] for _begin in begins]
	for wait in waits:
		by_step[bisect_right(begins, wait[0]) - 1].append(wait)
	return _times(answer_times(waits, hours)), [_times(answer_times(step, hours)) for step in by_step]


def read_messages(ports: Ports, wanted: Wanted) -> tuple[MessagesView, list[MessagesView]]:
	"""Return how many messages there were, in all and by step."""
	steps = [_no_messages() for _step in wanted.period.steps]
	for row in numbers.said(ports.database, wanted.among(ports)):
		step, count = steps[row["step"]], row["entries"]
		if row["kind"] == "Call":
			step["calls"] += count
			continue
		step[row["channel"].lower()] += count  # type: ignore[literal-required]
		step[row["author"].lower()] += count  # type: ignore[literal-required]
	total = _no_messages()
	for step in steps:
		for key in total:
			total[key] += step[key]  # type: ignore[literal-required]
	return total, steps


def read_failure_numbers(ports: Ports, wanted: Wanted) -> FailuresNumbersView:
	"""Return how many messages left, and what failed by its cause, the most first."""
	rows = numbers.left(ports.database, wanted.among(ports), FAILURE_CAUSES)
	causes = sorted((row for row in rows if row["failed"]), key=lambda row: -row["failed"])
	return {
		# MariaDB's sums are no whole numbers to Python
		"sent": int(sum(row["messages"] for row in rows)),
		"failed": int(sum(row["failed"] for row in causes)),
		"causes": [_failure_cause(ports, row) for row in causes],
	}


def read_choices(ports: Ports, wanted: Wanted) -> tuple[ChoicesView, list[ChoicesView]]:
	"""Return how often customers switched something off or on again, in all and by step."""
	steps = [_no_choices() for _step in wanted.period.steps]
	total = _no_choices()
	for row in numbers.choices(ports.database, wanted.among(ports)):
		field = "texts" if row["field"] == "consent" else row["field"]
		key = f"{field}_{'on' if row['new'] in ('On', 'Allowed') else 'off'}"
		for counted in (total, steps[row["step"]]):
			counted[key] += row["changes"]  # type: ignore[literal-required]
	return total, steps


def read_confirmations(ports: Ports, wanted: Wanted) -> tuple[ConfirmationsView, list[ConfirmationsView]]:
	"""Return what became of the questions, in all and by step of when they were asked."""
	rows = numbers.asked(ports.database, wanted.among(ports))
	begins, now_us = wanted.period.begins_us, ports.clock.now_us()
	by_step: list[list[AskedRow]] = [[] for _begin in begins]
	for row in rows:
		by_step[bisect_right(begins, row["asked_us"]) - 1].append(row)
	return _confirmations(rows, now_us), [_confirmations(step, now_us) for step in by_step]


def read_reads(ports: Ports, wanted: Wanted) -> ReadsView:
	"""Return what customers read in the portal, by channel, the most first."""
	among = wanted.among(ports)
	customers, readers = numbers.readers(ports.database, among)
	rows = numbers.reads(ports.database, among)
	channels: list[ReadView] = [
		{
			"channel": "Card" if row["kind"] == "Event" else row["channel"] or "",
			"sent": row["entries"],
			"read": int(row["opened"]),
		}
		for row in rows
	]
	channels.sort(key=lambda view: -view["sent"])
	return {"customers": customers, "readers": readers, "channels": channels}


def _times(times: AnswerTimes) -> AnswerTimesView:
	return {
		"asked": times.asked,
		"answered": times.answered,
		"waiting": times.waiting,
		"median_seconds": None if times.median_us is None else times.median_us // SECOND,
		"ninth_seconds": None if times.ninth_us is None else times.ninth_us // SECOND,
	}


def _no_messages() -> MessagesView:
	return {"sms": 0, "email": 0, "portal": 0, "customer": 0, "contractor": 0, "automated": 0, "calls": 0}


def _no_choices() -> ChoicesView:
	return {
		"texts_off": 0, "texts_on": 0, "sms_off": 0, "sms_on": 0,
		"email_off": 0, "email_on": 0, "push_off": 0, "push_on": 0,
	}  # fmt: skip


def _confirmations(rows: list[AskedRow], now_us: int) -> ConfirmationsView:
	found = Counter(
		what_became(
			Asked(row["about_us"], row["confirmed_us"], bool(row["is_moved"]), bool(row["has_written"])),
			now_us,
		)
		for row in rows
	)
	return {"asked": len(rows), **{became: found[became] for became in BECAME}}  # type: ignore[typeddict-item]


def _failure_cause(ports: Ports, row: LeftRow) -> FailureCauseView:
	cause = Cause(row["channel"], row["error_code"])
	words = words_of_cause(cause)
	return {
		"cause": cause.key,
		"channel": cause.channel,
		"code": cause.code,
		# kept in English; a sentence that nothing was filled into is known to the translators
		"words": words.worded(ports.translate) if words else ports.translate(row["error"] or cause.code),
		"failed": int(row["failed"]),
	}
