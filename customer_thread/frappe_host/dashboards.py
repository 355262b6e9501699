"""The thread among what a customer's or lead's form is connected with."""

from typing import Any

from frappe import _

THREAD = "Customer Thread"


def customer(data: dict[str, Any]) -> dict[str, Any]:
	"""Return the dashboard of Customer with their thread in it."""
	return _with_thread(data, "Customer")


def lead(data: dict[str, Any]) -> dict[str, Any]:
	"""Return the dashboard of Lead with their thread in it."""
	return _with_thread(data, "Lead")


def _with_thread(data: dict[str, Any], party_type: str) -> dict[str, Any]:
	others = data.get("non_standard_fieldnames") or {}
	dynamic = data.get("dynamic_links") or {}
	data["non_standard_fieldnames"] = {**others, THREAD: "party"}
	data["dynamic_links"] = {**dynamic, "party": [party_type, "party_type"]}
	data["transactions"] = [*(data.get("transactions") or []), {"label": _("Messages"), "items": [THREAD]}]
	return data
