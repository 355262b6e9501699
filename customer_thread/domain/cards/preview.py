"""What a card rule would wait for, acted out on a document as it is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from customer_thread.domain.cards.model import CardRule, EarlierCard, Happened, Occasion
from customer_thread.domain.cards.values import WATCHED_FIELD, moment_of, names, read, word


def tried_out(
	rule: CardRule, document: Mapping[str, Any], *, submittable: bool, earlier: tuple[EarlierCard, ...] = ()
) -> Occasion:
	"""Return the occasion a rule waits for, as if it happened to this document now, by staff.

	The document's own cards of this event are left out, so that it can have one. Raise BadInput if the
	document has no such field.
	"""
	after = dict(document)
	if submittable:
		after["docstatus"] = 2 if rule.moment == "Cancelled" else 1
	before, happened = None, rule.moment
	if rule.moment in ("Becomes", "Changes"):
		now = read(rule, after, rule.field, WATCHED_FIELD)
		new = _become(rule, now)
		before = {**after, rule.field: _other(rule, now)}
		after[rule.field] = new
	return Occasion(
		happened="Saved" if before is not None else _happened(happened),
		after=after,
		before=before,
		submittable=submittable,
		by_staff=True,
		earlier=tuple(card for card in earlier if card.event_type != rule.event_type),
	)


def as_preview(rule: CardRule) -> CardRule:
	"""Return the rule as if it were switched on."""
	return replace(rule, enabled=True)


def _happened(moment: str) -> Happened:
	return "Submitted" if moment == "Submitted" else "Cancelled" if moment == "Cancelled" else "Created"


def _become(rule: CardRule, now: object) -> object:
	"""Return the watched field's value afterwards: its own if it fits, else the first that the rule names."""
	wanted = names(rule.value)
	if rule.moment == "Changes" or wanted in ((), ("*",)) or word(now) in wanted:
		return now
	return wanted[0]


def _other(rule: CardRule, now: object) -> object:
	"""Return what the watched field may have held before."""
	if rule.moment == "Becomes":
		return None if "*" in names(rule.value) or word(now) in names(rule.value) else now
	moment = moment_of(now)
	if isinstance(moment, date):
		return moment - timedelta(days=1)
	if isinstance(now, int | float | Decimal) and not isinstance(now, bool):
		return now + 1
	return f"{now} …" if word(now) else now
