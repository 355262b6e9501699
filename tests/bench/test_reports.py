"""The numbers in a real site: reports, the workspace's charts and cards, each within what its reader may see."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.model import Party
from customer_thread.domain.thread.new_entry import NewEntry

REPORTS = (
	"Thread Answer Times",
	"Thread Messages",
	"Thread Failures",
	"Thread Opt-outs",
	"Thread Confirmations",
	"Thread Read Rates",
)
CHARTS = ("Thread Answer Times", "Thread Messages", "Thread Failures", "Thread Confirmations")


def _run(site: Any, report: str, **filters: object) -> dict[str, Any]:
	from frappe.desk.query_report import run

	return dict(run(report, filters=site.as_json(filters)))


def _summary(site: Any, report: str, **filters: object) -> dict[str, Any]:
	return {fact["label"]: fact["value"] for fact in _run(site, report, **filters)["report_summary"]}


@pytest.fixture
def answered(site: Any) -> list[str]:
	"""Return two customers who asked in 2001, on a Monday at ten in the business's zone, and were answered in an hour.

	One of them asked again, and waits.
	"""
	from customer_thread.domain.times import HOUR, to_us, zone
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.open_thread import open_thread
	from customer_thread.service.thread.post_entry import post_entry

	ports, customers = site_ports(), []
	asked = to_us(datetime(2001, 6, 11, 10, tzinfo=zone(ports.settings().default_timezone)))
	for number in range(2):
		values = {
			"doctype": "Customer",
			"customer_name": f"TEST {uuid4().hex[:6]}",
			"customer_type": "Individual",
		}
		customers.append(str(site.get_doc(values).insert().name))
		thread = open_thread(ports, Party("Customer", customers[-1]))["name"]
		said = [("Customer", 0), ("Contractor", HOUR), *([("Customer", 2 * HOUR)] if number else [])]
		for author, after in said:
			post_entry(
				ports,
				thread,
				NewEntry(
					kind="Message",
					author=author,  # type: ignore[arg-type]
					channel="SMS",
					text="Hi",
					occurred_us=asked + after,
					source_key=f"test-{uuid4().hex}",
				),
			)
	return customers


def test_whole_numbers_are_whole(site: Any, answered: list[str]) -> None:
	"""What MariaDB adds up is a Decimal, which would stand as 2.0 on the screen."""
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.store import threads

	ports = site_ports()
	thread = threads.of_party(ports.database, Party("Customer", answered[0]))
	assert thread
	at = ports.clock.now_us()
	sent = {"thread": thread["name"], "entry": 0, "channel": "SMS", "purpose": "Message", "address": "x"}
	for state in ("Delivered", "Failed"):
		ports.database.insert(
			"Thread Delivery", {**sent, "state": state, "error_code": "30034", "creation_us": at}
		)
	for report in REPORTS:
		found = _run(site, report)
		whole = [fact["value"] for fact in found["report_summary"] if fact["datatype"] == "Int"]
		counted = {column["fieldname"] for column in found["columns"] if column["fieldtype"] == "Int"}
		whole += [row[name] for row in found["result"] for name in counted]
		assert {type(value) for value in whole} <= {int}, report


def test_every_report_says_what_happened_in_its_days(site: Any, answered: list[str]) -> None:
	days = {"from_date": "2001-06-01", "to_date": "2001-06-30"}
	for report in REPORTS:
		found = _run(site, report, **days)
		assert all((found["columns"], found["report_summary"], found["chart"]["data"]["datasets"])), report
	times = _run(site, "Thread Answer Times", **days)
	[row] = [row for row in times["result"] if row["asked"]]
	assert (str(row["day"]), row["asked"], row["answered"], row["waiting"]) == ("2001-06-11", 3, 2, 1)
	assert (row["median_seconds"], row["ninth_seconds"]) == (3600, 3600)
	assert len(times["result"]) == 30
	assert [fact["value"] for fact in times["report_summary"]] == ["1h", "1h", 3, 1]
	said = _summary(site, "Thread Messages", **days)
	assert (said["Texts"], said["From customers"], said["From us"]) == (5, 3, 2)
	assert _summary(site, "Thread Messages", **days, channel="Email")["From us"] == 0
	assert _summary(site, "Thread Messages", **days, assigned_to="Administrator")["From us"] == 0
	reads = _summary(site, "Thread Read Rates", **days)
	assert (reads["Customers written to"], reads["Opened their messages"]) == (2, 0)


def test_an_agent_reads_the_numbers_of_those_whom_they_may_see(
	site: Any, staff: Any, answered: list[str]
) -> None:
	from customer_thread.api import desk

	ann = staff("Thread Agent", "Sales User")
	site.set_user("Administrator")
	values = {"doctype": "User Permission", "user": ann, "allow": "Customer", "for_value": answered[0]}
	site.get_doc({**values, "apply_to_all_doctypes": 1}).insert()
	days = {"from_date": "2001-06-01", "to_date": "2001-06-30"}
	site.set_user(ann)
	assert _summary(site, "Thread Answer Times", **days)["Questions"] == 1
	assert _summary(site, "Thread Messages", **days)["From customers"] == 1
	assert _summary(site, "Thread Read Rates", **days)["Customers written to"] == 1
	called = desk.numbers(**{"from": "2001-06-01", "to": "2001-06-30"})
	assert (called["answer_times"]["asked"], called["messages"]["customer"]) == (1, 1)


def test_who_is_no_staff_reads_none_whatever_roles_a_report_has(site: Any, staff: Any) -> None:
	from customer_thread.api import numbers
	from customer_thread.customer_thread.report.thread_messages.thread_messages import execute

	seller = staff("Sales User")
	site.set_user(seller)
	for report in REPORTS:
		with pytest.raises(site.PermissionError):
			_run(site, report)
	with pytest.raises(site.PermissionError):
		execute({})
	with pytest.raises(NotAllowed):
		numbers.card(filters={"number": "messages"})


def test_days_that_cannot_be_are_refused_in_words(site: Any) -> None:
	with pytest.raises(site.ValidationError, match="last day is before the first"):
		_run(site, "Thread Messages", from_date="2001-06-02", to_date="2001-06-01")


def test_the_workspace_has_charts_and_cards_that_open(site: Any) -> None:
	from customer_thread.api import numbers

	workspace = site.get_doc("Workspace", "Customer Threads")
	assert {chart.chart_name for chart in workspace.charts} == set(CHARTS)
	for card in workspace.number_cards:
		filters = site.db.get_value("Number Card", card.number_card_name, "filters_json")
		found = numbers.card(filters=filters)
		assert found["route"][1] in REPORTS
		assert isinstance(found["value"], int | float)
		# which a card does not shorten to something else
		assert found["fieldtype"] in ("Int", "Float")
	for chart in CHARTS:
		report, kept = site.db.get_value("Dashboard Chart", chart, ["report_name", "use_report_chart"])
		assert kept
		assert _run(site, report)["chart"]


def test_what_an_admin_made_of_a_chart_a_card_or_the_workspace_stays(site: Any) -> None:
	from frappe.modules.import_file import import_file_by_path
	from frappe.utils.dashboard import sync_dashboards

	later = site.utils.now_datetime() + timedelta(days=3650)
	changed = {
		("Dashboard Chart", "Thread Messages"): ("type", "Line"),
		("Number Card", "Thread Messages"): ("label", "All messages"),
		("Workspace", "Customer Threads"): ("icon", "crm"),
	}
	for (doctype, name), (field, value) in changed.items():
		document = site.get_doc(doctype, name)
		document.set(field, value)
		document.save()
		site.db.set_value(doctype, name, "modified", later, update_modified=False)
	sync_dashboards("customer_thread")
	import_file_by_path(
		site.get_app_path(
			"customer_thread", "customer_thread", "workspace", "customer_threads", "customer_threads.json"
		)
	)
	for (doctype, name), (field, value) in changed.items():
		assert site.db.get_value(doctype, name, field) == value
