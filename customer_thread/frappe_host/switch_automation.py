"""A Thread Automation is switched on or off over HTTP, as its form does it."""

import frappe

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.service.ports import Ports

_DOCTYPE = "Thread Automation"


def switch_automation(_ports: Ports, name: str, enabled: bool) -> None:
	"""Switch one on or off. Raise NotFound, and BadInput if it cannot work on this site."""
	if not frappe.db.exists(_DOCTYPE, name):
		raise NotFound("There is no automation “{0}”.", name)
	document = frappe.get_doc(_DOCTYPE, name)
	if bool(document.enabled) == enabled:
		return
	document.enabled = int(enabled)
	try:
		document.save()
	except frappe.ValidationError as error:
		raise BadInput("{0}", str(error)) from error
