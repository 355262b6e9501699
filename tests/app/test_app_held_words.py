"""Every column that can hold words is said to hold somebody's, or said to hold none."""

import pytest

from customer_thread.standalone.schema import doctypes
from customer_thread.store import held_words

TEXTS = {
	*("Data", "Code", "Small Text", "Text", "Long Text", "Text Editor", "HTML Editor", "Markdown Editor"),
	"JSON",
}
#: what an admin sets up: words of the business about itself, which no customer says
SET_UP = {
	"Customer Thread Settings",
	"Customer Thread Tab",
	"Thread Automation",
	"Thread Card Rule",
	"Thread Saved Reply",
	"Thread Team Member",
}
NOBODYS = {
	"Customer Thread": {
		"title": "a name",
		"code": "a number",
		"timezone": "a zone",
		"unmatched_address": "an address",
		"unmatched_reason": "the program's",
		"unmatched_name": "a name",
		"blocked_by": "a user",
		"reply_token": "a secret",
		"contractor_token": "a secret",
	},
	"Thread Attachment": {
		"content_type": "a MIME type",
		"error": "the provider's, of the fetching",
		"file": "an id",
		"remote_url": "an address",
	},
	"Thread Bot Memory": {
		"mouth": "a channel's name",
		"speaker": "an address or id",
		"choices": "ids",
		"reason": "the program's",
		"obeyed": "ids",
	},
	"Thread Contact Point": {"value": "an address", "domain": "of an address"},
	"Thread Scheduled Message": {
		"reason": "the program's",
		"reference_name": "a document's",
		"event": "an id",
		"occurrence": "a time, or an id",
		"source_key": "an id",
		"computed_from": "times",
	},
	"Thread Calendar": {"token": "a secret"},
	"Thread Upload": {"content_type": "a kind", "file": "the host's", "source_key": "an id"},
	"Thread Delivery": {
		"address": "an address",
		"reader": "a user",
		"reason": "the program's",
		"error_code": "the provider's",
		"error": "the provider's, of the sending",
		"provider_id": "an id",
		"earlier_ids": "ids",
		"pictures": "numbers",
		"source_key": "an id",
		"claim": "an id",
	},
	"Thread Entry": {
		"label": "a name",
		"message_key": "a digest",
		"sender": "an address",
		"source_key": "an id",
		"client_id": "an id",
	},
	"Thread Event": {
		"event_type": "a name for what happened",
		"due_date": "a day",
		"number": "a document's",
		"number_kind": "a DocType",
		"url": "an address",
		"source_key": "an id",
	},
	"Thread History": {"step": "a DocType", "error": "the program's", "place": "a document's id"},
	"Thread Note": {"source_key": "an id"},
	"Thread Seal": {"seal": "a digest"},
	"Thread Preference": {"quiet_start": "a time", "quiet_end": "a time", "timezone": "a zone"},
	"Thread Push Subscription": {
		"user_agent": "a browser's name",
		"endpoint": "an address",
		"endpoint_hash": "a digest",
		"p256dh": "a key",
		"auth": "a secret",
		"public_key": "a key",
		"session_hash": "a digest",
	},
	"Thread Preference Change": {
		"field": "a field's name",
		"old": "a choice, a time or a zone",
		"new": "a choice, a time or a zone",
		"changed_by": "a user or an address",
	},
	"Thread Sign In": {"address": "an address", "token_hash": "a digest", "browser_hash": "a digest"},
	"Thread Text Consent": {"phone": "an address", "sender": "an address", "how": "the program's"},
}


@pytest.mark.parametrize("doctype", sorted(set(doctypes()) - SET_UP))
def test_it_knows_of_each_column_whether_it_holds_somebodys_words(doctype: str) -> None:
	texts = {field["fieldname"] for field in doctypes()[doctype]["fields"] if field["fieldtype"] in TEXTS}
	words = set(held_words.COLUMNS.get(doctype, ()))
	nobodys = set(NOBODYS.get(doctype, ()))

	assert not words & nobodys
	assert texts == words | nobodys, (
		f"say in store/held_words.py or here what these columns of {doctype} hold"
	)


def test_it_searches_in_what_holds_words() -> None:
	assert set(held_words.SEARCHED) <= set(held_words.COLUMNS["Thread Entry"])


def test_it_speaks_of_no_doctype_that_is_not_there() -> None:
	assert {*held_words.COLUMNS, *NOBODYS, *SET_UP} <= set(doctypes())
