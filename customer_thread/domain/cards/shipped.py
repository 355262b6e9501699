"""Whether a card rule is as a version of the app shipped it, or an admin has made it their own."""

from collections.abc import Sequence
from dataclasses import fields
from hashlib import sha256

from customer_thread.domain.cards.model import CardRule

_FORCE = "enabled", "in_force_since_us"
#: what rules did not say that came with versions which notified nobody
_NOTICES = "notify", "urgent", "soon_field"
#: rules of versions that kept no digest beside them
UNDATED = frozenset(
	{
		"04a95ba0e07ab396",
		"091e91684c753ecc",
		"0e4f48066d906e7f",
		"1086b7f301f31dbb",
		"11d136f3e4917e8b",
		"1b023907a6e0bf82",
		"23c270954ccd5e53",
		"28d130371ce1b984",
		"344fa9cdbcbd6836",
		"37701e48ffe61695",
		"422659f0964872c6",
		"42b0b165bbf3d55f",
		"48a83055c72b8833",
		"620cd398bf9cb074",
		"630b7a884879bfd1",
		"6edbce0154480be8",
		"74cab4966be75013",
		"816b56b2bfe879fc",
		"847c6763b13d8044",
		"91a2eefc5106a9d8",
		"950c08ac3504644d",
		"96c72f02974a7733",
		"a0f518b1021acf29",
		"a1307fffa2247c97",
		"bde1fd13136feb33",
		"c66b04a17f840749",
		"cd9cf66d9973f02d",
		"d642abb0554cfaef",
		"e53278366935c0b8",
		"e619be95575771e2",
		"ebcd9812586a6015",
		"f524feebc6cbb7ca",
		"f70f3ac3451393a8",
	}
)


def digest(rule: CardRule) -> str:
	"""Return 16 hexadecimal digits that stand for all a rule says but whether, and since when, it is in force."""
	return _digest(rule, _FORCE)


def _digest(rule: CardRule, without: Sequence[str]) -> str:
	said = {field.name: getattr(rule, field.name) for field in fields(rule) if field.name not in without}
	# a field that a later version brings, and that says nothing, changes nothing
	parts = sorted((name, str(value)) for name, value in said.items() if value)
	return sha256(repr(parts).encode()).hexdigest()[:16]


def is_as_shipped(rule: CardRule, shipped: str) -> bool:
	"""Return whether nobody has changed a rule since it came; `shipped`: the digest it came with, if any."""
	without_notices = _digest(rule, (*_FORCE, *_NOTICES))
	return shipped in (digest(rule), without_notices) if shipped else without_notices in UNDATED
