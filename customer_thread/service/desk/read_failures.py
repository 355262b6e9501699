"""What failed and nobody has dealt with yet, by its cause, and what to do about it."""

from typing import TypedDict

from customer_thread.domain.failures import Cause, words_of_cause
from customer_thread.domain.model import DeliveryChannel, Purpose
from customer_thread.domain.thread.list_cursor import cursor, place_of
from customer_thread.domain.times import iso
from customer_thread.domain.words import preview
from customer_thread.service.params import PAGE, check_page_size
from customer_thread.service.ports import Ports
from customer_thread.store import failures
from customer_thread.store.failure_rows import CauseRow, FailureRow


class CauseView(TypedDict):
	"""All that failed for one cause."""

	#: by which it is asked for
	cause: str
	channel: DeliveryChannel | None
	#: the provider's own; empty if it gave none
	code: str
	#: what is wrong, and what to do
	words: str
	#: the provider's page about the code, or empty
	page: str
	messages: int
	#: ISO 8601 in UTC
	newest_at: str


class CausesView(TypedDict):
	"""Why messages failed, the newest first."""

	causes: list[CauseView]


class FailureView(TypedDict):
	"""One message that failed."""

	delivery: str
	thread: str | None
	#: the customer's name, or the number or address; empty if it is in no thread
	title: str
	entry: int
	purpose: Purpose
	channel: DeliveryChannel | None
	address: str | None
	#: the beginning of its words
	words: str
	error: str
	#: whether the other channel may be tried
	other_way: bool
	#: ISO 8601 in UTC
	at: str


class FailuresView(TypedDict):
	"""A page of what failed for one cause, the newest first."""

	failures: list[FailureView]
	#: the cursor to go on from, None at the end
	before: str | None


def read_causes(ports: Ports, assigned: str = "") -> CausesView:
	"""Return why messages failed, of those that whoever asks may see, in threads assigned so."""
	rows = failures.causes(ports.database, ports.visible(), assigned)
	return {"causes": [_cause_view(ports, row, assigned) for row in rows]}


def read_failures(
	ports: Ports, cause: Cause, assigned: str = "", *, before: str = "", limit: int = PAGE
) -> FailuresView:
	"""Return a page of what failed for one cause. Raise BadInput."""
	check_page_size(limit)
	place = place_of(before) if before else None
	rows = failures.of_cause(ports.database, cause, ports.visible(), assigned, before=place, limit=limit + 1)
	kept = rows[:limit]
	return {
		"failures": [_failure_view(ports, row) for row in kept],
		"before": cursor(kept[-1]["failed_us"], kept[-1]["name"]) if len(rows) > limit else None,
	}


def _cause_view(ports: Ports, row: CauseRow, assigned: str) -> CauseView:
	cause = Cause(row["channel"], row["error_code"])
	words = words_of_cause(cause)
	return {
		"cause": cause.key,
		"channel": cause.channel,
		"code": cause.code,
		"words": words.worded(ports.translate) if words else _newest_error(ports, cause, assigned),
		"page": cause.page,
		"messages": row["messages"],
		"newest_at": iso(row["newest_us"]),
	}


def _newest_error(ports: Ports, cause: Cause, assigned: str) -> str:
	newest = failures.of_cause(ports.database, cause, ports.visible(), assigned, limit=1)
	return _error(ports, newest[0]) if newest else ""


def _error(ports: Ports, row: FailureRow) -> str:
	# kept in English; a sentence that nothing was filled into is known to the translators
	return ports.translate(row["error"]) if row["error"] else ""


def _failure_view(ports: Ports, row: FailureRow) -> FailureView:
	carries = ("Message", "Forward", "Invitation")
	return {
		"delivery": row["name"],
		"thread": row["thread"],
		"title": row["title"],
		"entry": row["entry"],
		"purpose": row["purpose"],
		"channel": row["channel"],
		"address": row["address"] or None,
		"words": preview(row["text"] or row["subject"]),
		"error": _error(ports, row),
		"other_way": row["purpose"] in carries and row["channel"] != "Zulip" and not row["fallback_of"],
		"at": iso(row["failed_us"]),
	}
