"""The types of rows are what the DocType files say: each column is there, and of a type that fits its field."""

import json
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

import customer_thread
from customer_thread.store import (
	bot_rows,
	calendar_rows,
	event_rows,
	inbox_rows,
	leaving_rows,
	notice_rows,
	refusal_rows,
	rows,
	scheduled_rows,
	upload_rows,
)

FILES = (Path(customer_thread.__file__).parent / "customer_thread" / "doctype").glob("*/*.json")
DOCTYPES: dict[str, dict[str, Any]] = {
	doctype["name"]: doctype for doctype in (json.loads(path.read_text("utf-8")) for path in FILES)
}
#: of each type, the DocTypes whose columns it has, the first one's before the others'
READ_FROM = {
	rows.ThreadRow: ("Customer Thread",),
	rows.PlaceRow: ("Thread Entry",),
	rows.ShownEntryRow: ("Thread Entry",),
	rows.ShownEventRow: ("Thread Event",),
	rows.PageRow: ("Thread Entry", "Thread Event"),
	rows.EntryTextRow: ("Thread Entry",),
	rows.EntryRow: ("Thread Entry",),
	rows.SenderRow: ("Thread Entry",),
	rows.SaidRow: ("Thread Entry",),
	rows.AnswerRow: ("Thread Entry",),
	rows.MailRow: ("Thread Entry",),
	rows.OriginalRow: ("Thread Entry",),
	rows.EventRow: ("Thread Event",),
	event_rows.CardRow: ("Thread Event",),
	event_rows.DocumentCardRow: ("Thread Entry", "Thread Event"),
	event_rows.NumberRow: ("Thread Event",),
	rows.DeliveryRow: ("Thread Delivery",),
	rows.EntryStateRow: ("Thread Delivery",),
	rows.AttachmentRow: ("Thread Attachment",),
	rows.StoredFileRow: ("Thread Attachment",),
	rows.DueAttachmentRow: ("Thread Attachment", "Thread Entry"),
	rows.SignInRow: ("Thread Sign In",),
	rows.ContactPointRow: ("Thread Contact Point",),
	rows.ConsentRow: ("Thread Text Consent",),
	rows.NoteRow: ("Thread Note",),
	notice_rows.PreferenceRow: ("Thread Preference",),
	notice_rows.PreferenceChangeRow: ("Thread Preference Change",),
	notice_rows.SubscriptionRow: ("Thread Push Subscription",),
	notice_rows.HeldRow: ("Thread Delivery",),
	notice_rows.HeldNoticeRow: ("Thread Delivery", "Thread Entry", "Thread Event"),
	notice_rows.NoticeLineRow: ("Thread Entry",),
	refusal_rows.RefusalRow: ("Thread Delivery",),
	bot_rows.BotMemoryRow: ("Thread Bot Memory",),
	inbox_rows.InboxRow: ("Customer Thread", "Thread Entry"),
	inbox_rows.ListedThreadRow: ("Customer Thread",),
	scheduled_rows.ScheduledMessageRow: ("Thread Scheduled Message",),
	scheduled_rows.ScheduledLineRow: ("Thread Scheduled Message", "Thread Automation", "Thread Entry"),
	calendar_rows.CalendarRow: ("Thread Calendar",),
	upload_rows.UploadRow: ("Thread Upload",),
	leaving_rows.ErasureRow: ("Thread Erasure",),
	leaving_rows.LeavingEntryRow: ("Thread Entry",),
	leaving_rows.LeavingEventRow: ("Thread Event",),
	leaving_rows.LeavingDeliveryRow: ("Thread Delivery",),
	leaving_rows.OldEntryRow: ("Thread Entry",),
	leaving_rows.LeavingAnswerRow: ("Thread Delivery",),
	rows.HistoryRow: ("Thread History",),
}
NUMBERS = {"Int", "Long Int", "Check"}
WORDS = {"Data", "Code", "Text", "Small Text", "Link", "Dynamic Link"}
COLUMNS = [(kind, column) for kind in READ_FROM for column in get_type_hints(kind)]


def _field(kind: type, column: str) -> tuple[dict[str, Any], dict[str, Any]]:
	"""Return the DocType a column is of, and its field."""
	for doctype in (DOCTYPES[name] for name in READ_FROM[kind]):
		if column == "name":
			numbered = doctype["autoname"] == "autoincrement"
			return doctype, {"fieldtype": "Int" if numbered else "Data", "reqd": 1}
		for field in doctype["fields"]:
			if field["fieldname"] == column:
				return doctype, field
	raise AssertionError(f"{kind.__name__}.{column} is a column of none of {READ_FROM[kind]}")


def _is_joined(kind: type, doctype: dict[str, Any]) -> bool:
	"""Return whether rows of a type may be without any of this DocType."""
	return bool(doctype["name"] != READ_FROM[kind][0])


def test_it_knows_each_type() -> None:
	types = {
		**vars(rows),
		**vars(leaving_rows),
		**vars(notice_rows),
		**vars(bot_rows),
		**vars(calendar_rows),
		**vars(event_rows),
		**vars(refusal_rows),
		**vars(inbox_rows),
		**vars(scheduled_rows),
		**vars(upload_rows),
	}
	assert set(READ_FROM) == {types[name] for name in types if name.endswith("Row")}


@pytest.mark.parametrize(("kind", "column"), COLUMNS, ids=lambda part: getattr(part, "__name__", part))
def test_it_has_a_type_that_fits_its_field(kind: type, column: str) -> None:
	doctype, field = _field(kind, column)
	hint = get_type_hints(kind)[column]
	may_be_none = type(None) in get_args(hint)
	plain = next(part for part in get_args(hint) if part is not type(None)) if may_be_none else hint
	if field["fieldtype"] in NUMBERS:
		assert plain is int
	elif field["fieldtype"] == "Currency":
		assert plain is float
	elif field["fieldtype"] in WORDS and not get_args(plain):
		assert plain is str
	else:
		# a choice, or a link to one of a few DocTypes
		options = (
			_field(kind, field["options"])[1]["options"]
			if field["fieldtype"] != "Select"
			else field["options"]
		)
		assert set(get_args(plain)) == set(options.split("\n")) - {""}
	# a number says with 0 that there is none, and what must be there is no question
	if may_be_none:
		assert not field.get("reqd") or _is_joined(kind, doctype)
		assert plain is not int
	elif field["fieldtype"] == "Select":
		assert field.get("reqd")


def test_it_lists_the_columns_of_a_type_and_no_other() -> None:
	assert rows.columns(rows.PlaceRow) == "`name`, `occurred_us`"


def test_it_gives_nothing_as_the_type_has_it() -> None:
	given: dict[str, object] = {
		"entry": None,
		"position": None,
		"file_name": "",
		"content_type": None,
		"state": "Ready",
	}
	given |= {"width": None, "height": 9}
	row = {"entry": 0, "position": 0, "file_name": None, "content_type": "", "state": "Ready"}
	row |= {"width": 0, "height": 9}
	assert rows.held(rows.AttachmentRow, {**given, "owner": "mike"}) == row
	assert rows.typed(rows.AttachmentRow, [given]) == [row]
	assert rows.first(rows.AttachmentRow, []) is None
	assert rows.held(rows.AttachmentRow, None) is None
