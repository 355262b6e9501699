"""Who may have written what waits unmatched, and why: the likeliest first. A person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from customer_thread.domain.limits import LIKELY_PEOPLE

#: what stands behind a name: a customer or lead, or a Contact that belongs to nobody
LikelyType = Literal["Customer", "Lead", "Contact"]
#: what speaks for somebody, the strongest first
Why = Literal["On File", "Digits", "Contact", "Name", "Domain", "Appointment"]

_ORDER: tuple[Why, ...] = ("On File", "Digits", "Contact", "Name", "Domain", "Appointment")


@dataclass(frozen=True)
class Sign:
	"""One thing that speaks for somebody."""

	party_type: LikelyType
	party: str
	title: str
	why: Why
	#: what is alike: the name, the domain; of an appointment the time, µs as digits, or empty for some time that day
	what: str = ""


@dataclass(frozen=True)
class Likely:
	"""Somebody, and all that speaks for them, the strongest first."""

	party_type: LikelyType
	party: str
	title: str
	signs: tuple[Sign, ...]


def rank(signs: Iterable[Sign]) -> list[Likely]:
	"""Return whom these speak for, each once, the likeliest first; a few at most."""
	found: dict[tuple[LikelyType, str], dict[Why, Sign]] = {}
	for sign in signs:
		found.setdefault((sign.party_type, sign.party), {}).setdefault(sign.why, sign)
	people = [
		Likely(*person, title=next(iter(by_why.values())).title, signs=_sorted(by_why.values()))
		for person, by_why in found.items()
	]
	return sorted(people, key=_place)[:LIKELY_PEOPLE]


def _sorted(signs: Iterable[Sign]) -> tuple[Sign, ...]:
	return tuple(sorted(signs, key=lambda sign: _ORDER.index(sign.why)))


def _place(person: Likely) -> tuple[int, int, str, str]:
	return _ORDER.index(person.signs[0].why), -len(person.signs), person.title.lower(), person.party
