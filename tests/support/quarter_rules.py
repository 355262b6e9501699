"""The automations of the quarter: those that are shipped, each with a line that says what it is about."""

from customer_thread.domain.automations.model import Automation
from support.quarter_plan import APPOINTMENT

ABOUT = "\n[zq {kind} {{{{ doc.name }}}} {when}]"
WHEN = "{{ doc.scheduled_time | when }}"
SHIPPED = {
	"appointment-scheduled": "scheduled",
	"appointment-reminder": "reminder",
	"appointment-rescheduled": "rescheduled",
	"appointment-cancelled": "cancelled",
	"appointment-on-the-way": "way",
	"appointment-finished": "finished",
	"appointment-follow-up": "follow-up",
	"estimate-waiting": "estimate",
	"invoice-due": "due",
	"invoice-overdue": "overdue",
	"invoice-paid": "paid",
}
#: no quiet hours hold it, and it comes at an hour that some nights do not have, or have twice
SMALL_HOURS: dict[str, object] = {
	"title": "Small hours",
	"document_type": APPOINTMENT,
	"channel": "Auto",
	"moment": "Date Field",
	"date_field": "scheduled_time",
	"at_time": "02:15",
	"offset_minutes": 0,
	"valid_until_field": "scheduled_time",
	"ended_by": "Appointment cancelled,Visit done",
	"condition": "doc.status == 'Open'",
	"urgent": 1,
	"enabled": 1,
	"text": "Tonight",
}
KINDS = (*SHIPPED.values(), "small-hours")


def with_line(kind: str, text: str, doctype: str) -> str:
	"""Return a text that says what it is about."""
	return text + ABOUT.format(kind=kind, when=WHEN if doctype == APPOINTMENT else "")


def switched_on(shipped: Automation) -> dict[str, object]:
	"""Return what is changed of a shipped one."""
	kind = SHIPPED[shipped.name]
	return {"enabled": 1, "text": with_line(kind, shipped.text, shipped.document_type)}
