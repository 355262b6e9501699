"""Which rows of a conversation go when its customer is erased, and what stays of those that do not.

A test goes over every column of the DocTypes, so that a new one is emptied here, goes with its row, or is said to stay.
"""

from collections.abc import Mapping

#: rows of a thread that go as a whole
GONE = (
	"Thread Calendar",
	"Thread Contact Point",
	"Thread Note",
	"Thread Preference",
	"Thread Preference Change",
	"Thread Push Subscription",
	"Thread Scheduled Message",
	"Thread Sign In",
	"Thread Upload",
)
#: rows that stay, because something may ask for them again: what each column of theirs holds from then on
EMPTIED: Mapping[str, Mapping[str, object]] = {
	"Customer Thread": {
		"party_type": None,
		"party": None,
		"timezone": None,
		"unmatched_address": None,
		"unmatched_reason": None,
		"unmatched_name": None,
		"blocked_us": 0,
		"blocked_by": None,
		"last_words": None,
		"last_words_by": None,
		"last_words_us": 0,
		"last_preview": None,
		"waiting_us": 0,
		"answered_us": 0,
		"alert_us": 0,
		"alerted": 0,
		"contractor_unread": 0,
		"customer_unread": 0,
		"assigned_to": None,
		"snoozed_us": 0,
		"done_upto": 0,
	},
	"Thread Entry": {
		"label": None,
		"sent_by": None,
		"sender": None,
		"event": None,
		"call_seconds": 0,
		"attachments": 0,
		"subject": None,
		"text": None,
		"original": None,
		"quoted": 0,
		"search_text": None,
		"message_id": None,
		"message_key": None,
		"client_id": None,
	},
	"Thread Event": {
		"title": None,
		"event_type": None,
		"amount": 0,
		"currency": None,
		"url": None,
		"reference_doctype": None,
		"reference_name": None,
		"number": None,
		"number_kind": None,
		"due_date": None,
	},
	"Thread Delivery": {
		"address": None,
		"reader": None,
		"reason": None,
		"error_code": None,
		"error": None,
		"text": None,
		"pictures": None,
		"source_key": None,
	},
	"Thread Bot Memory": {
		"thread": None,
		"reason": None,
		"words": None,
		"attachments": None,
		"choices": None,
		"named_us": 0,
		"chosen_until_us": 0,
		"words_us": 0,
		"until_us": 0,
	},
}
