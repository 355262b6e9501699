"""A document of several customers, as each of them sees it.

Each has cards of their own: who is put into an Event later sees it made then, who is taken out of it sees it
cancelled. What is over is only tidied up, and tells nobody.
"""

from dataclasses import replace
from datetime import datetime

from customer_thread.domain.cards.model import CardRule, Occasion
from customer_thread.domain.cards.over import is_over
from customer_thread.domain.cards.values import parties_of, table_of
from customer_thread.domain.model import Party

_CANCELLED = {"status": "Cancelled"}


def of_each_customer(rule: CardRule, occasion: Occasion) -> list[Occasion]:
	"""Return the occasion once for each customer whom the rule finds in a table, with their own earlier cards.

	Of a rule that finds its customer elsewhere, or nobody, it is returned as it is. Raise BadInput.
	"""
	table = table_of(rule)
	if not table:
		return [occasion]
	now = parties_of(rule, occasion.after)
	# nobody is put into a document that is submitted, nor out of it
	before = None if occasion.submittable else occasion.before
	then = parties_of(rule, before) if before is not None and table in before else now
	if now == then and len(now) == 1 and not occasion.earlier:
		return [replace(occasion, party=now[0])]
	parties: dict[str, Party] = {}
	for party in (*now, *then):
		# a lead and the customer they became are one
		parties.setdefault(occasion.thread_of(party), party)
	now_in, then_in = ({occasion.thread_of(party) for party in some} for some in (now, then))
	found = (
		_as_seen(occasion, thread, party, was_in=thread in then_in, is_in=thread in now_in)
		for thread, party in parties.items()
	)
	return [hers for hers in found if hers] if parties else [occasion]


def _as_seen(occasion: Occasion, thread: str, party: Party, *, was_in: bool, is_in: bool) -> Occasion | None:
	"""Return the occasion as one customer sees it, None if it is nothing to them."""
	mine = tuple(card for card in occasion.earlier if card.thread in ("", thread))
	hers = replace(occasion, party=party, earlier=mine)
	before = occasion.before
	if was_in == is_in or before is None:
		return hers
	if _is_over(occasion, is_in=is_in):
		return None
	if not is_in:
		return replace(hers, after={**occasion.after, **_CANCELLED})
	if mine:
		return replace(hers, before={**before, **_CANCELLED})
	return replace(hers, happened="Created", before=None)


def _is_over(occasion: Occasion, *, is_in: bool) -> bool:
	document = occasion.after if is_in or occasion.before is None else occasion.before
	return bool(occasion.site_time) and is_over(document, datetime.fromisoformat(occasion.site_time))
