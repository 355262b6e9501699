"""The number cards of the workspace: each a number of the last thirty days."""

from collections.abc import Callable
from typing import TypedDict

import frappe

from customer_thread.api import endpoint, require_staff
from customer_thread.domain.errors import BadInput
from customer_thread.frappe_host.number_reports import usual
from customer_thread.service.desk import read_numbers as read
from customer_thread.service.desk.read_numbers import Wanted
from customer_thread.service.params import Params
from customer_thread.service.ports import Ports


class CardView(TypedDict):
	"""A number as Frappe's number cards take it."""

	value: float
	fieldtype: str
	#: digits behind the point
	precision: int
	#: where a tap leads
	route: list[str]


def _half_within(ports: Ports, wanted: Wanted) -> float:
	# in hours: a card shortens its number before it formats it, 194400 seconds to 194 of them
	return round((read.read_answer_times(ports, wanted)[0]["median_seconds"] or 0) / 3600, 1)


def _messages(ports: Ports, wanted: Wanted) -> float:
	total = read.read_messages(ports, wanted)[0]
	return total["customer"] + total["contractor"] + total["automated"]


def _failed(ports: Ports, wanted: Wanted) -> float:
	return read.read_failure_numbers(ports, wanted)["failed"]


def _confirmed(ports: Ports, wanted: Wanted) -> float:
	total = read.read_confirmations(ports, wanted)[0]
	return round(100 * total["yes"] / total["asked"]) if total["asked"] else 0


#: the number, what kind it is, and its report
_CARDS: dict[str, tuple[Callable[[Ports, Wanted], float], str, str]] = {
	"half_within": (_half_within, "Float", "Thread Answer Times"),
	"messages": (_messages, "Int", "Thread Messages"),
	"failed": (_failed, "Int", "Thread Failures"),
	"confirmed": (_confirmed, "Int", "Thread Confirmations"),
}


@frappe.whitelist(methods=["POST"])
@endpoint
def card(filters: object = None) -> CardView:
	"""Return the number that a card's filters name."""
	require_staff()
	name = Params(Params({"filters": filters}).mapping("filters")).text("number")
	if name not in _CARDS:
		raise BadInput("{0} must be one of {1}.", "number", ", ".join(_CARDS))
	number, fieldtype, report = _CARDS[name]
	return {
		"value": usual(number),
		"fieldtype": fieldtype,
		"precision": 1,
		"route": ["query-report", report],
	}
