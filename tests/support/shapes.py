"""The keys of docs/http.md: what a customer can ever receive, and nothing else."""

from typing import Any

PAGE = {"thread", "entries", "before", "last", "unread", "revision"}
THREAD = {"title", "project", "contractor", "customer"}
CONTRACTOR = {"name", "initials", "logo", "phone"}
CUSTOMER = {"name", "initials"}
ENTRY = {
	*("id", "at", "kind", "author", "label", "channel", "subject", "text", "quoted", "card", "call"),
	*("attachments", "state", "client_id"),
}
CARD = {"type", "title", "amount", "url", "void"}
CALL = {"seconds", "text"}
ATTACHMENT = {"name", "content_type", "url", "state"}


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
