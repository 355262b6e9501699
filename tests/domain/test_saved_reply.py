"""Saved replies: what may be saved, and how one is filled, or not at all."""

import json
from typing import Any

import pytest

from customer_thread.domain.errors import BadInput
from customer_thread.domain.notices.texts import segments, without_gsm
from customer_thread.domain.saved_reply import (
	DOCUMENTS,
	SavedReply,
	about,
	check,
	digest,
	fill,
	is_as_shipped,
)
from customer_thread.standalone.shipped_replies import FIXTURE

ROWS: list[dict[str, Any]] = json.loads(FIXTURE.read_text("utf-8"))
OPEN = {name: {"number": "#2041", "link": "https://m.example/messages?around=7#7"} for name in DOCUMENTS}
BUSINESS = ("Mike's Contracting", "(555) 010-2000")


def _reply(text: str, shortcut: str = "x") -> SavedReply:
	return SavedReply("x", "Mine", shortcut, text)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_what_comes_along_is_friendly_and_short(row: dict[str, Any]) -> None:
	reply = SavedReply.from_row(row)
	check(reply)
	text = fill(reply, "Sarah Lee", *BUSINESS, OPEN)
	assert "Sarah" in text
	assert segments(text) == 1
	assert without_gsm(text) == ""
	assert is_as_shipped(reply, row["shipped"])
	assert row["shipped"] == digest(reply)
	assert row["enabled"] == 1


@pytest.mark.parametrize(
	("text", "why"),
	[
		("", "is empty"),
		("{{ customer.shoe_size }}", "uses customer.shoe_size, which the customer does not have"),
		("{{ doc.name }}", "uses doc, which is not there"),
		("{{ customer.name", "Mine"),
		("{% set x = 1 %}", "Mine"),
		("Reply STOP to end this", "tells the customer to write STOP"),
	],
)
def test_it_is_not_saved_with_what_cannot_be(text: str, why: str) -> None:
	with pytest.raises(BadInput, match=why):
		check(_reply(text))


@pytest.mark.parametrize("shortcut", ["", "two words", "a/b", "x" * 31])
def test_a_shortcut_can_be_typed(shortcut: str) -> None:
	with pytest.raises(BadInput, match="shortcut"):
		check(_reply("Hello", shortcut))


def test_it_is_filled_whole_or_not_at_all() -> None:
	reply = _reply("Hi {{ customer.first_name }}, call {{ business.phone }}")
	assert fill(reply, "Sarah Lee", *BUSINESS) == "Hi Sarah, call (555) 010-2000"
	with pytest.raises(BadInput, match=r"business\.phone, which the business does not have"):
		fill(reply, "Sarah Lee", "Mike's Contracting", "")
	with pytest.raises(BadInput, match=r"customer\.first_name, which the customer does not have"):
		fill(reply, "", *BUSINESS)


def test_it_may_do_without() -> None:
	reply = _reply("Hi {{ customer.get('first_name', 'there') }}")
	assert fill(reply, "", *BUSINESS) == "Hi there"


def test_a_document_that_is_not_there_is_not_promised() -> None:
	reply = _reply("Here is {{ invoice.number }}: {{ invoice.link }}")
	assert about(reply) == "invoice"
	assert fill(reply, "Sarah Lee", *BUSINESS, OPEN) == "Here is #2041: https://m.example/messages?around=7#7"
	with pytest.raises(BadInput, match="there is no open invoice"):
		fill(reply, "Sarah Lee", *BUSINESS)
	with pytest.raises(BadInput, match=r"invoice\.link, which the document does not have"):
		fill(reply, "Sarah Lee", *BUSINESS, {"invoice": {"number": "#2041", "link": ""}})
	assert about(_reply("Hello")) == ""
