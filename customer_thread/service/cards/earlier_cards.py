"""The cards that a document has had already, as the rules ask for them."""

from collections.abc import Callable
from decimal import Decimal

from customer_thread.domain.cards.model import EarlierCard
from customer_thread.domain.model import Party
from customer_thread.service.ports import Ports
from customer_thread.store import events, threads
from customer_thread.store.database import Database
from customer_thread.store.rows import EventRow


def earlier_cards(database: Database, doctype: str, name: str) -> tuple[EarlierCard, ...]:
	"""Return a document's cards in all threads, in the order in which they happened."""
	return tuple(_earlier_card(row) for row in events.of_document(database, doctype, name))


def _earlier_card(row: EventRow) -> EarlierCard:
	amount = Decimal(str(row["amount"] or 0)) if row["currency"] else None
	void = bool(row["voided_by"])
	return EarlierCard(row["source_key"], row["event_type"], void, amount, row["thread"])


def thread_of(ports: Ports, owner_of: Callable[[Party], Party]) -> Callable[[Party], str]:
	"""Return what says in which thread a party's cards are, or what stands for one that is yet to be opened."""
	known: dict[Party, str] = {}

	def find(party: Party) -> str:
		if party not in known:
			owner = owner_of(party)
			row = threads.of_party(ports.database, owner)
			known[party] = row["name"] if row else f"{owner.party_type}|{owner.party}"
		return known[party]

	return find
