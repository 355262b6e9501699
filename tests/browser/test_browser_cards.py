"""How the cards of the shipped rules look on a phone."""

import pytest
from support.card_helpers import ROWS
from support.chromium import TOUCH, OpenPortal, sticking_out
from support.host import EmbeddedHost
from support.people import Staff
from support.shipped_cards import shipped_cards

from customer_thread.domain.cards.model import Card

pytestmark = pytest.mark.browser

#: so many cards are on the page at once
A_PAGE = 20
#: of each card its words, on how many lines they stand, and on which its amount or time begins and ends
LINES = """() => [...document.querySelectorAll("#entries > .row.event .said")].map((said) => {
	const boxes = (node) => {
		const range = document.createRange();
		range.selectNodeContents(node);
		return [...range.getClientRects()].filter((box) => box.width > 1);
	};
	const texts = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
	const words = [], details = [];
	while (texts.nextNode()) {
		const node = texts.currentNode;
		(node.parentElement.matches(".detail") ? details : words).push(...boxes(node));
	}
	const lines = [];
	for (const { top, height } of [...words, ...details].sort((one, other) => one.top - other.top))
		if (!lines.length || top > lines.at(-1) + height / 2) lines.push(top);
	const line = ({ top, height }) => lines.findLastIndex((start) => start <= top + height / 2) + 1;
	return [said.innerText, Math.max(...words.map(line)), Math.max(0, ...details.map(line))];
})"""


@pytest.mark.parametrize(("number", "amount", "of_two"), [("1234", 12350.75, 1), ("2026-0012", 12350.0, 2)])
def test_a_card_of_each_shipped_rule_has_one_line_of_words_on_a_phone(
	open_portal: OpenPortal,
	host: EmbeddedHost,
	customer: str,
	staff: Staff,
	number: str,
	amount: float,
	of_two: int,
) -> None:
	"""`of_two`: how many lines of words a card may have that tells two documents by their numbers."""
	made = list(shipped_cards(number, amount))
	assert {name for name, _card in made} == {row["name"] for row in ROWS}
	cards = list({card.title: card for _name, card in made}.values())
	portal = open_portal(host, customer, **TOUCH)
	seen: dict[str, tuple[int, int]] = {}
	for start in range(0, len(cards), A_PAGE):
		for card in cards[start : start + A_PAGE]:
			_record(staff, customer, card)
		page = portal.open()
		assert sticking_out(page) == []
		seen |= {line: (words, detail) for line, words, detail in page.evaluate(LINES)}
	assert len(seen) >= len(cards)
	long = {
		line: lines
		for line, lines in seen.items()
		if lines[0] > (of_two if line.count("#") > 1 else 1) or lines[1] > lines[0] + 1
	}
	assert long == {}


def _record(staff: Staff, customer: str, card: Card) -> None:
	event = {"event_type": card.event_type, "title": card.title, "url": card.url or None}
	money = {"amount": str(card.amount), "currency": card.currency} if card.amount is not None else {}
	staff.do("record_event", customer=customer, **event, **money)
