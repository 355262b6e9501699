"""The automations that come with the app: each can be saved, and says what people would send."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.pages import page, rows

from customer_thread.domain.automations.check import check, check_text
from customer_thread.domain.automations.model import Automation
from customer_thread.domain.automations.shipped import digest, is_as_shipped
from customer_thread.domain.automations.text import TextContext, holds, render_text
from customer_thread.domain.notices.texts import segments, without_gsm
from customer_thread.domain.times import to_us
from customer_thread.standalone.shipped_automations import FIXTURE

ROWS: list[dict[str, Any]] = json.loads(FIXTURE.read_text("utf-8"))
SHIPPED = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
SITE, HERS = ZoneInfo("America/New_York"), ZoneInfo("America/Chicago")
#: of each document type, a document about which something is said
DOCUMENTS: dict[str, dict[str, Any]] = {
	"Appointment": {"scheduled_time": datetime(2026, 5, 14, 10), "status": "Open"},  # noqa: DTZ001
	"Event": {"starts_on": datetime(2026, 5, 14, 10), "status": "Open", "all_day": 0},  # noqa: DTZ001
	"Maintenance Visit": {"mntc_date": date(2026, 5, 14), "completion_status": "Fully Completed"},
	"Project": {"project_name": "Deck", "status": "Completed"},
	"Quotation": {"status": "Open", "valid_till": date(2026, 6, 1)},
	"Sales Invoice": {
		"due_date": date(2026, 5, 14),
		"outstanding_amount": 4200.0,
		"is_return": 0,
		"name": "ACC-SINV-2026-00012",
	},
	"Payment Entry": {"payment_type": "Receive"},
}


def context(doctype: str, **changes: object) -> TextContext:
	"""Return what a customer of Chicago is told about such a document."""
	return TextContext(
		document={"doctype": doctype, "name": f"{doctype} 1", **DOCUMENTS[doctype], **changes},
		site_zone=SITE,
		zone=HERS,
		customer_name="Sarah Lindqvist",
		business_name="Mike's Contracting",
		business_phone="(555) 010-2000",
		now_us=to_us(datetime(2026, 5, 13, 9, tzinfo=HERS)),
		minutes=20,
	)


@SHIPPED
def test_it_can_be_saved_and_says_it_in_one_or_two_segments(row: dict[str, Any]) -> None:
	automation = Automation.from_row(row)
	check(automation)
	text = render_text(automation, context(automation.document_type))
	check_text(automation, text)
	assert text.startswith("Hi Sarah, ")
	assert "Mike's Contracting" in text
	assert segments(text) <= 2
	assert without_gsm(text) == ""
	assert holds(automation, context(automation.document_type))


@SHIPPED
def test_it_comes_switched_off_and_known_as_shipped(row: dict[str, Any]) -> None:
	automation = Automation.from_row(row)
	assert not automation.enabled
	assert row["shipped"] == digest(automation)
	assert is_as_shipped(replace(automation, enabled=True, in_force_since_us=5), row["shipped"])
	assert not is_as_shipped(replace(automation, text="Mine"), row["shipped"])


@pytest.mark.parametrize(
	("name", "says"),
	[
		("appointment-reminder", "we'll see you Thursday, May 14 at 9:00am. Reply YES to confirm."),
		("appointment-on-the-way", "should be with you in about 20 minutes."),
		("invoice-due", "invoice #ACC-SINV-2026-00012 is due Thursday, May 14."),
	],
)
def test_it_tells_times_where_she_lives(name: str, says: str) -> None:
	row = next(row for row in ROWS if row["name"] == name)
	automation = Automation.from_row(row)
	assert says in render_text(automation, context(automation.document_type))


@pytest.mark.parametrize(
	("name", "changes"),
	[
		("appointment-reminder", {"status": "Closed"}),
		("event-reminder", {"status": "Cancelled"}),
		("invoice-due", {"outstanding_amount": 0.0}),
		("invoice-overdue", {"outstanding_amount": 0.0}),
		("invoice-overdue", {"is_return": 1}),
		("estimate-waiting", {"status": "Ordered"}),
		("estimate-waiting", {"status": "Lost"}),
		("payment-received", {"references": [{"reference_doctype": "Sales Invoice"}]}),
	],
)
def test_it_says_nothing_of_what_is_settled_or_told_of_its_invoice(
	name: str, changes: dict[str, object]
) -> None:
	automation = Automation.from_row(next(row for row in ROWS if row["name"] == name))
	assert not holds(automation, context(automation.document_type, **changes))


@SHIPPED
def test_the_docs_say_what_it_says(row: dict[str, Any]) -> None:
	automation = Automation.from_row(row)
	said = render_text(automation, context(automation.document_type))
	told = rows(page("automations.md"))[automation.name]
	assert said in told
	assert f"| {automation.document_type} |" in told
