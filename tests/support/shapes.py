"""The keys of docs/http.md: what a customer can ever receive, and nothing else."""

from collections.abc import Iterable
from typing import Any

from customer_thread.service.reading.present import AttachmentView, CallView, CardView, EntryView
from customer_thread.service.reading.read_timeline import HtmlEntryView, TimelineView
from customer_thread.service.reading.thread_header import ContractorView, CustomerView, ThreadHeader

PAGE = TimelineView.__required_keys__
PAGE_IF_ASKED = TimelineView.__optional_keys__
THREAD = ThreadHeader.__required_keys__
CONTRACTOR = ContractorView.__required_keys__
CUSTOMER = CustomerView.__required_keys__
ENTRY = EntryView.__required_keys__
ENTRY_IF_ASKED = HtmlEntryView.__required_keys__ - ENTRY
CARD = CardView.__required_keys__
CALL = CallView.__required_keys__
ATTACHMENT = AttachmentView.__required_keys__


def check_page(page: dict[str, Any], *more: str) -> None:
	"""Fail if a page of a customer's thread has a key too many or too few."""
	assert set(page) == PAGE | set(more)
	assert set(page["thread"]) == THREAD
	assert set(page["thread"]["contractor"]) == CONTRACTOR
	assert set(page["thread"]["customer"]) == CUSTOMER
	for entry in page["entries"]:
		check_entry(entry)


def check_entry(entry: dict[str, Any], *more: str) -> None:
	"""Fail if an entry has a key too many or too few."""
	assert set(entry) == ENTRY | set(more)
	assert isinstance(entry["id"], int)
	assert entry["kind"] in ("message", "event", "call")
	assert entry["author"] in ("contractor", "automated", "customer")
	assert entry["channel"] in ("sms", "email", "portal", "phone", None)
	assert (entry["card"] is None) == (entry["kind"] != "event")
	assert (entry["call"] is None) == (entry["kind"] != "call")
	if entry["card"]:
		assert set(entry["card"]) == CARD
	if entry["call"]:
		assert set(entry["call"]) == CALL
	for file in entry["attachments"]:
		assert set(file) == ATTACHMENT


def cards(entries: Iterable[EntryView]) -> list[CardView]:
	"""Return the cards of entries. Fail if one is none."""
	shown = [entry["card"] for entry in entries]
	assert None not in shown
	return [card for card in shown if card]
