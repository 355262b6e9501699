"""A document's past as the occasions that would have been reported, had anyone listened.

What a site remembers of a document has gaps. A change that was kept is told at its time. A watched field that
says something else now than after the last change that was kept was changed silently, and is told at the
document's last modification. What cannot be known (that an invoice was paid once and then was not) is not told.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from customer_thread.domain.cards.model import Document, Happened, Occasion
from customer_thread.domain.cards.values import word
from customer_thread.domain.times import DAY

#: what is dated so much earlier than it was recorded was brought in from elsewhere
IMPORTED_AFTER = 7 * DAY


@dataclass(frozen=True)
class Change:
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


@dataclass(frozen=True)
class Life:
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
	changes: tuple[Change, ...] = ()
	#: where no changes are kept: what the fields are in a new document; None where they are kept
	defaults: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Act:
	"""One occasion of the past."""

	at_us: int
	#: when it was recorded, which is when a card was made of it if anyone listened
	recorded_us: int
	#: whether these times are known, and not guessed from the document's last modification
	is_exact: bool
	occasion: Occasion = field(repr=False)


def when(recorded_us: int, dated_us: int | None) -> int:
	"""Return when something happened: when it was recorded, unless it is dated over a week before that."""
	if dated_us is not None and recorded_us - dated_us > IMPORTED_AFTER:
		return dated_us
	return recorded_us


def acts(life: Life, watched: Collection[str]) -> list[Act]:
	"""Return what happened to the document, oldest first; `watched`: the fields that the rules look at."""
	changes = _told_changes(life, watched)
	states = _states(life, changes)
	created = Occasion("Created", states[0], None, life.submittable, life.by_staff)
	found = [Act(when(life.created_us, life.dated_us), life.created_us, True, created)]
	for before, after, change in zip(states, states[1:], changes, strict=False):
		for happened in _reports(change):
			occasion = Occasion(happened, after, before, life.submittable, change.by_staff)
			at_us = max(when(change.at_us, change.dated_us), found[-1].at_us)
			found.append(Act(at_us, change.at_us, change.is_exact, occasion))
	return found


def _reports(change: Change) -> tuple[Happened, ...]:
	reached = _reached(change)
	return {1: ("Submitted", "Saved"), 2: ("Cancelled",)}.get(reached, ("Saved",))  # type: ignore[return-value]


def _reached(change: Change) -> int:
	"""Return the docstatus that the change led to, 0 if it left it alone."""
	return int(str(change.fields["docstatus"][1])) if "docstatus" in change.fields else 0


def _told_changes(life: Life, watched: Collection[str]) -> list[Change]:
	"""Return the changes that are known and those that must have been, in order."""
	known = sorted(life.changes, key=lambda change: change.at_us)
	docstatus, reached = int(life.document.get("docstatus") or 0), {_reached(change) for change in known}
	if docstatus and 1 not in reached:
		hand = _hand(life, "owner")
		known.insert(0, Change(life.created_us, {"docstatus": (0, 1)}, hand, life.by_staff, is_exact=False))
	submitted = next((at for at, change in enumerate(known) if _reached(change) == 1), -1)
	told = [
		replace(change, dated_us=life.dated_us) if at <= submitted else change
		for at, change in enumerate(known)
	]
	last = {"docstatus": (1, 2)} if docstatus == 2 and 2 not in reached else _silent(life, known, watched)
	if last:
		told.append(Change(life.modified_us, last, _hand(life, "modified_by"), is_exact=False))
	return told


def _silent(life: Life, known: list[Change], watched: Collection[str]) -> dict[str, tuple[object, object]]:
	"""Return the fields that say something else now than when they were last seen to change."""
	found = {}
	for name in watched:
		now = life.document.get(name)
		seen = (life.defaults or {}).get(name) if life.defaults is not None else now
		for change in known:
			seen = change.fields.get(name, (None, seen))[1]
		if word(seen) != word(now):
			found[name] = (seen, now)
	return found


def _hand(life: Life, name: str) -> str:
	return str(life.document.get(name) or "")


def _states(life: Life, changes: list[Change]) -> list[dict[str, Any]]:
	"""Return the document as it was before the first change and after each, with whoever had it in hand."""
	states = [dict(life.document)]
	for change in reversed(changes):
		states.append({**states[-1], **{name: old for name, (old, _new) in change.fields.items()}})
	states.reverse()
	hands = [_hand(life, "owner"), *(change.by for change in changes)]
	return [{**state, "modified_by": hand} for state, hand in zip(states, hands, strict=True)]
