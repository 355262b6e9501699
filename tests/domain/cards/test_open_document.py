"""The newest document of a customer that is still open."""

import pytest

from customer_thread.domain.cards.open_document import OPEN, newest_open

STILL_OPEN = OPEN["invoice"][1]
SENT, PART, PAID, AGAIN = "Invoice sent", "Invoice partly paid", "Invoice paid", "Invoice open again"


@pytest.mark.parametrize(
	("cards", "found"),
	[
		([], ""),
		([("2", SENT), ("1", SENT)], "2"),
		([("2", PAID), ("2", SENT), ("1", SENT)], "1"),
		([("2", PAID), ("2", SENT)], ""),
		([("2", AGAIN), ("2", PAID), ("2", SENT)], "2"),
		([("1", PART), ("2", PAID), ("2", SENT), ("1", SENT)], "1"),
	],
)
def test_it_is_by_each_documents_last_card(cards: list[tuple[str, str]], found: str) -> None:
	assert newest_open(cards, STILL_OPEN) == found
