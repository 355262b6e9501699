"""A card of every shipped rule, about documents with long numbers, amounts and times."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from customer_thread.domain.cards.model import Card, CardRule
from customer_thread.domain.cards.preview import tried_out
from customer_thread.domain.cards.rules import make_card
from support.card_helpers import DOCUMENTS, NOT_SUBMITTABLE, ROWS, document

FILES = {json.loads(path.read_text("utf-8"))["doctype"]: path.stem for path in DOCUMENTS.glob("*.json")}
#: a Wednesday, the longest day in English
DAY = "2026-11-25"
LATER = f"{DAY} 10:30:00"
#: of each document type, what makes its cards long
LONG: dict[str, dict[str, Any]] = {
	"Sales Invoice": {"return_against": "ACC-SINV-2026-00034"},
	"Appointment": {"scheduled_time": LATER},
	"Event": {"starts_on": LATER},
	"Maintenance Visit": {"mntc_date": DAY, "completion_status": "Partially Completed"},
	"Project": {"project_name": "Kitchen and Bathroom Renovation"},
}
SUMS = ("grand_total", "rounded_total", "outstanding_amount", "paid_amount", "received_amount")
#: of some rules, what makes the other line that they have
OTHERWISE: dict[str, dict[str, Any]] = {
	"invoice-credited": {"outstanding_amount": 0.0},
	"payment-requested": {"reference_doctype": "Sales Order"},
}


def shipped_cards(number: str, amount: float) -> Iterator[tuple[str, Card]]:
	"""Yield the name of each shipped rule with each card it has, whatever its condition.

	`number`: by which each document is told.
	"""
	for row in ROWS:
		rule = replace(CardRule.from_row(row), condition="", gives_way_to="")
		for changes in ({}, OTHERWISE.get(row["name"])):
			if changes is not None:
				yield row["name"], _card(rule, number, amount, changes)


def _card(rule: CardRule, number: str, amount: float, changes: dict[str, Any]) -> Card:
	row = document(FILES[rule.document_type], **LONG.get(rule.document_type, {}))
	amount = -amount if rule.amount_field.startswith("-") else amount
	row |= {name: amount for name in SUMS if row.get(name)} | changes
	table, _dot, column = rule.amount_field.lstrip("-").rpartition(".")
	if table:
		row[table] = [{**line, column: amount} for line in row[table]]
	note = {
		"doctype": "Sales Invoice",
		"docstatus": 1,
		"is_return": 1,
		"return_against": row["name"],
		"grand_total": -abs(amount),
	}
	occasion = replace(
		tried_out(rule, row, submittable=rule.document_type not in NOT_SUBMITTABLE),
		others=(note,),
		number_for=lambda _party, _document: number,
	)
	card = make_card(rule, occasion)
	assert isinstance(card, Card), (rule.title, card)
	return card
