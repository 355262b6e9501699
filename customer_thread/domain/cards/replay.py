"""A document's past as the occasions that would have been reported, had anyone listened.

What a site remembers of a document has gaps. A change that was kept has its card at its time. A watched field that
says something else now than after the last change that was kept was changed silently, and has its card at the
document's last modification. What cannot be known (that an invoice was paid once and then was not) has none.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from customer_thread.domain.cards.keys import TOLERANCE
from customer_thread.domain.cards.model import Document, Happened, Occasion
from customer_thread.domain.cards.values import word
from customer_thread.domain.times import DAY

#: what is dated so much earlier than it was recorded was brought in from elsewhere
IMPORTED_AFTER = 7 * DAY


@dataclass(frozen=True)
class RecordedChange:
	"""Fields that changed together."""

	#: when it was recorded, µs since 1970 UTC
	at_us: int
	#: fieldname: what it was, what it became
	fields: Mapping[str, tuple[object, object]]
	#: the user who did it
	by: str = ""
	by_staff: bool = True
	#: when it is said to have happened, if that is known too
	dated_us: int | None = None
	is_exact: bool = True
	#: the other documents of the same transaction, where they are known
	others: tuple[Document, ...] = ()


@dataclass(frozen=True)
class DocumentHistory:
	"""What is known of one document."""

	#: as it is now
	document: Document
	submittable: bool
	#: whether a member of staff wrote it
	by_staff: bool
	created_us: int
	modified_us: int
	#: its own date, such as an invoice's; None if it has none
	dated_us: int | None = None
	changes: tuple[RecordedChange, ...] = ()
	#: where no changes are kept: what the fields are in a new document; None where they are kept
	defaults: Mapping[str, object] | None = None
	#: the documents that it is about, as they are now
	others: tuple[Document, ...] = ()


@dataclass(frozen=True)
class DocumentChange:
	"""What one transaction of the past did to the document."""

	at_us: int
	#: when it was recorded, which is when a card was made of it if anyone listened
	recorded_us: int
	#: whether these times are known, and not guessed from the document's last modification
	is_exact: bool
	#: nobody can have made it before
	earliest_us: int
	occasions: tuple[Occasion, ...] = field(repr=False)


def when(recorded_us: int, dated_us: int | None) -> int:
	"""Return when something happened: when it was recorded, unless it is dated over a week before that."""
	if dated_us is not None and recorded_us - dated_us > IMPORTED_AFTER:
		return dated_us
	return recorded_us


def changes_of(history: DocumentHistory, watched: Collection[str]) -> list[DocumentChange]:
	"""Return what happened to the document, oldest first; `watched`: the fields that the rules look at."""
	changes = _known_changes(history, watched)
	states = _states(history, changes)
	at_us = when(history.created_us, history.dated_us)
	created = Occasion("Created", states[0], None, history.submittable, history.by_staff)
	found = [DocumentChange(at_us, history.created_us, True, history.created_us, (created,))]
	for before, after, change in zip(states, states[1:], changes, strict=False):
		at_us = max(when(change.at_us, change.dated_us), found[-1].at_us)
		occasions = tuple(
			Occasion(happened, after, before, history.submittable, change.by_staff, others=change.others)
			for happened in _reports(change)
		)
		earliest_us = change.at_us if change.is_exact else history.created_us
		found.append(DocumentChange(at_us, change.at_us, change.is_exact, earliest_us, occasions))
	return found


def _reports(change: RecordedChange) -> tuple[Happened, ...]:
	reached = _reached(change)
	return {1: ("Submitted", "Saved"), 2: ("Cancelled",)}.get(reached, ("Saved",))  # type: ignore[return-value]


def _reached(change: RecordedChange) -> int:
	"""Return the docstatus that the change led to, 0 if it left it alone."""
	return int(str(change.fields["docstatus"][1])) if "docstatus" in change.fields else 0


def _known_changes(history: DocumentHistory, watched: Collection[str]) -> list[RecordedChange]:
	"""Return the changes that are known and those that must have been, in order."""
	known = sorted(history.changes, key=lambda change: change.at_us)
	docstatus, reached = int(history.document.get("docstatus") or 0), {_reached(change) for change in known}
	if docstatus and 1 not in reached:
		hand = _hand(history, "owner")
		known.insert(
			0,
			RecordedChange(history.created_us, {"docstatus": (0, 1)}, hand, history.by_staff, is_exact=False),
		)
	known = _with_submission(history, known)
	submitted = next((at for at, change in enumerate(known) if _reached(change) == 1), -1)
	all_changes = [
		replace(change, dated_us=history.dated_us) if at <= submitted else change
		for at, change in enumerate(known)
	]
	last = {"docstatus": (1, 2)} if docstatus == 2 and 2 not in reached else _silent(history, known, watched)
	if last:
		all_changes.append(
			RecordedChange(history.modified_us, last, _hand(history, "modified_by"), is_exact=False)
		)
	return all_changes


def _with_submission(history: DocumentHistory, known: list[RecordedChange]) -> list[RecordedChange]:
	"""Return the changes with one that holds the submission and what was recorded before it was.

	Whatever a submission causes is recorded before the submission itself, and nobody has seen the draft. Of one
	whose moment is not known, what was recorded within seconds after the document was made is part of it.
	"""
	at = next((at for at, change in enumerate(known) if _reached(change) == 1), None)
	if at is None:
		return known
	submission = known[at]
	until = submission.at_us if submission.is_exact else submission.at_us + TOLERANCE
	together = [change for change in known if change.at_us <= until and _reached(change) != 2]
	fields: dict[str, tuple[object, object]] = {}
	for change in together:
		for name, (old, new) in change.fields.items():
			fields[name] = (fields.get(name, (old, None))[0], new)
	others = (*history.others, *(document for change in together for document in change.others))
	return [
		replace(submission, fields=fields, others=others),
		*(change for change in known if change not in together),
	]


def _silent(
	history: DocumentHistory, known: list[RecordedChange], watched: Collection[str]
) -> dict[str, tuple[object, object]]:
	"""Return the fields that say something else now than when they were last seen to change."""
	found = {}
	for name in watched:
		now = history.document.get(name)
		seen = (history.defaults or {}).get(name) if history.defaults is not None else now
		for change in known:
			seen = change.fields.get(name, (None, seen))[1]
		if word(seen) != word(now):
			found[name] = (seen, now)
	return found


def _hand(history: DocumentHistory, name: str) -> str:
	return str(history.document.get(name) or "")


def _states(history: DocumentHistory, changes: list[RecordedChange]) -> list[dict[str, Any]]:
	"""Return the document as it was before the first change and after each, with whoever had it in hand."""
	states = [dict(history.document)]
	for change in reversed(changes):
		states.append({**states[-1], **{name: old for name, (old, _new) in change.fields.items()}})
	states.reverse()
	hands = [_hand(history, "owner"), *(change.by for change in changes)]
	return [{**state, "modified_by": hand} for state, hand in zip(states, hands, strict=True)]
