"""By which number a customer is told a document."""

from collections.abc import Callable

from customer_thread.domain.cards.numbers import (
	Numbered,
	NumberFor,
	ShownNumber,
	choose,
	names_asked,
	numbers_asked,
	whole,
)
from customer_thread.domain.model import Party
from customer_thread.service.ports import Ports
from customer_thread.store import events, threads
from customer_thread.store.event_rows import NumberRow
from customer_thread.store.rows import ThreadRow


def number_documents(
	ports: Ports,
	owner_of: Callable[[Party], Party],
	found: dict[Party, ThreadRow] | None = None,
) -> NumberFor:
	"""Return what gives documents their numbers; it remembers those whose cards are yet to be written.

	`owner_of`: whose thread a party's is. `found`: the threads that are known already; those
	that are looked up are put there.
	"""
	if not ports.settings().short_numbers:
		return whole
	given: dict[tuple[Party, str], list[ShownNumber]] = {}
	known = {} if found is None else found

	def number_for(party: Party, document: Numbered) -> str:
		owner = owner_of(party)
		also = given.setdefault((owner, document.kind), [])
		number = choose(document, (*_shown(ports, owner, document, known), *also))
		also.append(ShownNumber(document.name, number))
		return number

	return number_for


def _shown(
	ports: Ports, owner: Party, document: Numbered, known: dict[Party, ThreadRow]
) -> list[ShownNumber]:
	thread = known.get(owner) or threads.of_party(ports.database, owner)
	if thread is None:
		return []
	known[owner] = thread
	names, numbers = names_asked(document), numbers_asked(document)
	rows = events.numbers_shown(
		ports.database, thread["name"], document.doctype, names, document.kind, numbers
	)
	return [told for told in (_shown_by(row) for row in rows) if told]


def _shown_by(row: NumberRow) -> ShownNumber | None:
	name = row["reference_name"] or ""
	if row["number"]:
		return ShownNumber(name, row["number"])
	# told by another program, or before documents had numbers
	return ShownNumber(name, name) if name and f"#{name}" in row["title"] else None
