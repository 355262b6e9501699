"""Who may have written what waits unmatched, with what speaks for them; a person decides."""

from collections.abc import Iterable, Iterator
from typing import TypedDict

from customer_thread.domain.limits import LIKELY_LOOKED_AT
from customer_thread.domain.model import Address
from customer_thread.domain.people.likely import LikelyType, Sign, Why, rank
from customer_thread.domain.people.mail_domain import own_domain
from customer_thread.domain.people.names_in import as_name, names_in
from customer_thread.domain.people.same_digits import same_digits
from customer_thread.domain.wording import Reader, time_of_day
from customer_thread.service.automations.office import office_reader
from customer_thread.service.ports import Ports
from customer_thread.store import contact_points, entries, threads
from customer_thread.store.rows import ThreadRow

#: of the unmatched thread, in which names are looked for
_ENTRIES = 10


class LikelyView(TypedDict):
	"""Somebody whose unmatched words these may be."""

	party_type: LikelyType
	party: str
	title: str
	#: in words, the strongest first
	why: str


class LikelyPage(TypedDict):
	"""What helps to say whose an unmatched thread is."""

	likely: list[LikelyView]
	#: a name that its words give; empty for none
	name: str
	#: what `desk.make` can make of it
	makes: list[str]
	#: why it waits, or None
	reason: str | None


def likely(ports: Ports, thread: ThreadRow) -> LikelyPage:
	"""Return who may have written an unmatched thread, of those whom staff may see, the likeliest first."""
	if not thread["unmatched_address"]:
		return {"likely": [], "name": "", "makes": [], "reason": None}
	address = Address.of_key(thread["unmatched_address"])
	said = entries.older(ports.database, thread["name"], _ENTRIES)
	given = as_name(thread["unmatched_name"])
	found_in = names_in(row["text"] for row in said if row["author"] == "Customer")
	names = list(dict.fromkeys([*([given] if given else []), *found_in]))
	signs = [*_on_file(ports, address), *ports.parties.signs(names, address, ports.clock.now_us())]
	reader = office_reader(ports, None)
	found: list[LikelyView] = []
	for person in rank(signs):
		why = ", ".join(_words(ports, sign, reader) for sign in person.signs)
		found.append(
			{"party_type": person.party_type, "party": person.party, "title": person.title, "why": why}
		)
	return {
		"likely": found,
		"name": names[0] if names else "",
		"makes": list(ports.parties.makes()),
		"reason": thread["unmatched_reason"] or None,
	}


def _on_file(ports: Ports, address: Address) -> Iterator[Sign]:
	"""Return whom our own contact points speak for."""
	database = ports.database
	known = contact_points.threads_of(database, address)
	yield from _signs(ports, known, "On File", address.value)
	if address.kind == "Phone":
		others = contact_points.of_any(database, same_digits(address.value), LIKELY_LOOKED_AT)
		yield from _signs(ports, others, "Digits", address.value)
	elif domain := own_domain(address.value):
		alike = contact_points.at_domain(database, domain, LIKELY_LOOKED_AT)
		yield from _signs(ports, [name for name in alike if name not in known], "Domain", domain)


def _signs(ports: Ports, names: Iterable[str], why: Why, what: str) -> Iterator[Sign]:
	for name in names:
		row = threads.get(ports.database, name)
		party = threads.party_of(row) if row else None
		if row and party and threads.is_visible(ports.database, row["name"], ports.visible()):
			yield Sign(party.party_type, party.party, row["title"], why, what)


def _words(ports: Ports, sign: Sign, reader: Reader) -> str:
	_ = ports.translate
	if sign.why == "Appointment":
		if not sign.what:
			return _("has an appointment today")
		return _("has an appointment at {0}").format(time_of_day(int(sign.what), reader))
	return {
		"On File": _("on file with this number") if "@" not in sign.what else _("on file with this address"),
		"Digits": _("the same number in another country"),
		"Contact": _("a contact that belongs to nobody has it"),
		"Name": _("the same name: {0}").format(sign.what),
		"Domain": _("mails from {0}, too").format(sign.what),
	}[sign.why]
