"""The cards that a document has had already, as the rules ask for them."""

from decimal import Decimal

from customer_thread.domain.cards.model import EarlierCard
from customer_thread.store import events
from customer_thread.store.database import Database
from customer_thread.store.rows import EventRow


def earlier_cards(database: Database, doctype: str, name: str) -> tuple[EarlierCard, ...]:
	"""Return a document's cards in all threads, in the order in which they happened."""
	return tuple(_earlier_card(row) for row in events.of_document(database, doctype, name))


def _earlier_card(row: EventRow) -> EarlierCard:
	amount = Decimal(str(row["amount"] or 0)) if row["currency"] else None
	return EarlierCard(row["source_key"], row["event_type"], bool(row["voided_by"]), amount)
