"""The numbers as Frappe's reports show them: columns, rows, a chart, and a summary above."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import format_duration, formatdate

from customer_thread.frappe_host.guard import shown_to_user
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.permissions import is_staff
from customer_thread.service.desk import read_numbers as read
from customer_thread.service.desk.number_calls import wanted_of
from customer_thread.service.desk.read_numbers import Wanted
from customer_thread.service.ports import Ports

#: as `frappe.desk.query_report` takes it: columns, rows, a message, the chart, the summary
Report = tuple[list[dict[str, Any]], list[dict[str, Any]], None, dict[str, Any], list[dict[str, Any]]]
Filters = Mapping[str, Any] | None
_HOUR_SECONDS = 3600
_BLUE, _GREEN, _AMBER, _RED, _GREY = "#2490EF", "#48BB74", "#ECAD4B", "#E24C4C", "#A6B1B9"
_COLORS = (_BLUE, _GREEN, _AMBER, _RED)


def answer_times(filters: Filters) -> Report:
	"""Return how long customers waited for an answer, in working time."""
	ports, wanted = _asked(filters)
	total, steps = read.read_answer_times(ports, wanted)
	columns = [
		_step_column(wanted),
		_column("asked", _("Questions")),
		_column("answered", _("Answered")),
		_column("waiting", _("No answer yet")),
		# in hours alone: a day of work has not 24 of them
		{**_column("median_seconds", _("Half within"), "Duration"), "hide_days": 1},
		{**_column("ninth_seconds", _("Nine of ten within"), "Duration", 160), "hide_days": 1},
	]
	hours = [round((step["median_seconds"] or 0) / _HOUR_SECONDS, 2) for step in steps]
	chart = _chart("line", _labels(wanted), {_("Half answered within (hours)"): hours})
	summary = [
		_fact(_("Half answered within"), _hours(total["median_seconds"]), "Data"),
		_fact(_("Nine of ten within"), _hours(total["ninth_seconds"]), "Data"),
		_fact(_("Questions"), total["asked"]),
		_fact(_("No answer yet"), total["waiting"], indicator="Red" if total["waiting"] else "Green"),
	]
	return columns, _rows(wanted, steps), None, chart, summary


def messages(filters: Filters) -> Report:
	"""Return how many messages there were, by channel and by who wrote them."""
	ports, wanted = _asked(filters)
	total, steps = read.read_messages(ports, wanted)
	by_channel = {"sms": _("Texts"), "email": _("E-mails"), "portal": _("In the portal")}
	by_author = {
		"customer": _("From customers"),
		"contractor": _("From us"),
		"automated": _("By the system"),
		"calls": _("Calls"),
	}
	columns = [_step_column(wanted), *(_column(*column) for column in {**by_channel, **by_author}.items())]
	series = {label: [step[key] for step in steps] for key, label in by_channel.items()}  # type: ignore[literal-required]
	chart = _chart("bar", _labels(wanted), series, stacked=True)
	summary = [
		_fact(label, total[key])  # type: ignore[literal-required]
		for key, label in {**by_channel, **by_author}.items()
	]
	return columns, _rows(wanted, steps), None, chart, summary


def failures(filters: Filters) -> Report:
	"""Return what failed for good, by its cause."""
	ports, wanted = _asked(filters)
	found = read.read_failure_numbers(ports, wanted)
	columns = [
		_column("channel", _("Channel"), "Data", 100),
		_column("code", _("Code"), "Data", 100),
		_column("failed", _("Not received")),
		_column("share", _("Of all sent"), "Percent"),
		_column("words", _("What to do"), "Data", 600),
	]
	rows = [
		{**cause, "channel": _(cause["channel"] or ""), "share": _share(cause["failed"], found["sent"])}
		for cause in found["causes"]
	]
	labels = [f"{row['channel']} {row['code']}".strip() for row in rows]
	chart = _chart("bar", labels, {_("Not received"): [row["failed"] for row in rows]}, colors=[_RED])
	summary = [
		_fact(_("Sent"), found["sent"]),
		_fact(_("Not received"), found["failed"], indicator="Red" if found["failed"] else "Green"),
		_fact(_("Of all sent"), _share(found["failed"], found["sent"]), "Percent"),
	]
	return columns, rows, None, chart, summary


def opt_outs(filters: Filters) -> Report:
	"""Return how often customers switched something off, or on again."""
	ports, wanted = _asked(filters)
	total, steps = read.read_choices(ports, wanted)
	columns = {
		"texts_off": _("Texts stopped (STOP)"),
		"texts_on": _("Texts again (START)"),
		"sms_off": _("Text notices off"),
		"sms_on": _("Text notices on"),
		"email_off": _("E-mail notices off"),
		"email_on": _("E-mail notices on"),
		"push_off": _("Notifications off"),
		"push_on": _("Notifications on"),
	}
	series = {label: [step[key] for step in steps] for key, label in columns.items() if key.endswith("_off")}  # type: ignore[literal-required]
	chart = _chart("bar", _labels(wanted), series, stacked=True)
	summary = [_fact(label, total[key]) for key, label in columns.items() if key.endswith("_off")]  # type: ignore[literal-required]
	listed = [_step_column(wanted), *(_column(*column) for column in columns.items())]
	return listed, _rows(wanted, steps), None, chart, summary


def confirmations(filters: Filters) -> Report:
	"""Return what became of the questions that asked for a yes."""
	ports, wanted = _asked(filters)
	total, steps = read.read_confirmations(ports, wanted)
	became = {
		"yes": _("Said yes"),
		"moved": _("Moved"),
		"wrote": _("Wrote something else"),
		"silent": _("Never answered"),
		"open": _("Still open"),
	}
	columns = [
		_step_column(wanted),
		_column("asked", _("Asked")),
		*(_column(*column) for column in became.items()),
	]
	series = {label: [step[key] for step in steps] for key, label in became.items()}  # type: ignore[literal-required]
	chart = _chart("bar", _labels(wanted), series, stacked=True, colors=(_GREEN, _BLUE, _AMBER, _RED, _GREY))
	summary = [
		_fact(_("Asked"), total["asked"]),
		_fact(_("Said yes"), _share(total["yes"], total["asked"]), "Percent", "Green"),
		*(_fact(became[key], total[key]) for key in ("moved", "wrote", "silent", "open")),
	]
	return columns, _rows(wanted, steps), None, chart, summary


def reads(filters: Filters) -> Report:
	"""Return what customers have read in the portal, by channel."""
	ports, wanted = _asked(filters)
	found = read.read_reads(ports, wanted)
	columns = [
		_column("channel", _("Channel"), "Data", 160),
		_column("sent", _("Sent")),
		_column("read", _("Read in the portal")),
		_column("share", _("Of all sent"), "Percent"),
	]
	rows = [
		{**view, "channel": _(view["channel"]), "share": _share(view["read"], view["sent"])}
		for view in found["channels"]
	]
	labels = [row["channel"] for row in rows]
	chart = _chart("bar", labels, {_("Read in the portal (%)"): [row["share"] for row in rows]})
	summary = [
		_fact(_("Customers written to"), found["customers"]),
		_fact(_("Opened their messages"), found["readers"]),
		_fact(_("Of all customers"), _share(found["readers"], found["customers"]), "Percent"),
	]
	return columns, rows, None, chart, summary


def usual(number: Callable[[Ports, Wanted], float]) -> float:
	"""Return one number of the usual days, of what whoever asks may see."""
	return number(*_asked(None))


def _asked(filters: Filters) -> tuple[Ports, Wanted]:
	"""Return of what a report is asked for. Raise PermissionError, or ValidationError for days that cannot be."""
	if not is_staff():
		# a role that somebody has added to a report does not make its reader one of the staff
		frappe.throw(_("This is for staff only."), frappe.PermissionError)
	given, ports = filters or {}, site_ports()
	names = ("from_date", "to_date", "channel", "assigned_to")
	with shown_to_user():
		return ports, wanted_of(ports, *(str(given.get(name) or "") for name in names))


def _step_column(wanted: Wanted) -> dict[str, Any]:
	labels = {"day": _("Day"), "week": _("Week of"), "month": _("Month of")}
	return _column("day", labels[wanted.period.step], "Date", 120)


def _column(fieldname: str, label: str, fieldtype: str = "Int", width: int = 140) -> dict[str, Any]:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width}


def _fact(label: str, value: object, datatype: str = "Int", indicator: str = "Blue") -> dict[str, Any]:
	return {"label": label, "value": value, "datatype": datatype, "indicator": indicator}


def _rows(wanted: Wanted, steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
	return [{"day": day, **step} for day, step in zip(wanted.period.steps, steps, strict=True)]


def _labels(wanted: Wanted) -> list[str]:
	# Frappe cuts what is wider than its place on the axis
	form = {"day": "d", "week": "d MMM", "month": "MMM yy"}[wanted.period.step]
	return [_label(day, form) for day in wanted.period.steps]


def _label(day: date, form: str) -> str:
	label: str = formatdate(day, form)
	return label


def _chart(
	kind: str,
	labels: list[str],
	series: Mapping[str, Iterable[float]],
	*,
	stacked: bool = False,
	colors: Sequence[str] = (),
) -> dict[str, Any]:
	datasets = [{"name": name, "values": list(values)} for name, values in series.items()]
	return {
		"type": kind,
		"data": {"labels": labels, "datasets": datasets},
		"colors": colors or _COLORS,
		"axisOptions": {"shortenYAxisNumbers": 1, "xIsSeries": 1},
		"barOptions": {"stacked": stacked},
		"lineOptions": {"regionFill": 1},
	}


def _hours(seconds: int | None) -> str:
	"""Return working time as "103h 35m"; a dash for none."""
	if seconds is None:
		return "–"
	told: str = format_duration(seconds - seconds % 60, hide_days=True)
	return told or "0m"


def _share(part: int, whole: int) -> float:
	return round(100 * part / whole, 1) if whole else 0.0
