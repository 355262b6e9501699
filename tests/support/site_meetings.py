"""Meetings of a real site, and who is in them."""

from datetime import timedelta
from typing import Any


def ahead(site: Any, days: int = 3) -> Any:
	"""Return eight in the morning so many days from now, in the site's zone."""
	return (site.utils.now_datetime() + timedelta(days=days)).replace(
		hour=8, minute=0, second=0, microsecond=0
	)


def meeting(site: Any, people: list[tuple[str, str]], **values: object) -> Any:
	"""Return an Event with these documents as its participants."""
	doc = {"doctype": "Event", "subject": "SECRET talk", "event_category": "Meeting", "event_type": "Private"}
	rows = [{"reference_doctype": doctype, "reference_docname": name} for doctype, name in people]
	return site.get_doc({**doc, "starts_on": ahead(site), "event_participants": rows, **values}).insert()
