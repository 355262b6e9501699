"""Since when a rule is asked about all that happens: what happened since then is not asked about again.

A site forgets much of what a transaction was, so a rule that hears of it later may answer otherwise than it did.
What it said at the time stands.
"""

from customer_thread.domain.cards.model import CardRule

#: what a rule says besides: how its card looks, and what becomes of earlier ones
_LOOKS = frozenset(
	{
		*("title", "link", "amount_field", "currency_field", "date_field", "voids_event_type"),
		*("enabled", "in_force_since_us", "notify", "urgent", "soon_field"),
	}
)


def is_newly_in_force(before: CardRule, after: CardRule) -> bool:
	"""Return whether a rule that was changed asks for something else, or was switched on."""
	if not after.enabled:
		return False
	asked = {name for name in CardRule.__dataclass_fields__ if name not in _LOOKS}
	return not before.enabled or any(getattr(before, name) != getattr(after, name) for name in asked)


def was_asked(since_us: int, earliest_us: int) -> bool:
	"""Return whether a rule was asked about a change that nobody can have made before `earliest_us`.

	since_us: since when the rule is in force, µs since 1970 UTC; 0 if that is not known.
	"""
	return 0 < since_us <= earliest_us
