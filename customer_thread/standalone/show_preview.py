"""What an automation would write about a document, as the command line shows it."""

from customer_thread.domain.errors import NotFound
from customer_thread.domain.portal.pages import Reference
from customer_thread.service.automations.preview_automation import preview_automation
from customer_thread.service.automations.switch_automation import require_automation
from customer_thread.standalone.wiring import Host


def shown_preview(host: Host, name: str, document: str) -> list[tuple[str, str]]:
	"""Return a line of each thing that is known of it, with its name before it. Raise NotFound."""
	automation = require_automation(host.ports, name)
	reference = Reference(automation.document_type, document)
	if host.ports.documents.current(reference) is None:
		raise NotFound("There is no {0} “{1}”.", reference.doctype, reference.name)
	found = preview_automation(host.ports, automation, reference)
	lines = {
		"text": found["text"],
		"segments": str(found["segments"] or ""),
		"customer": found["customer"],
		"way": found["way"] and f"{found['channel'] or 'Portal'}: {found['way']}",
		"goes": found["when"] and f"{found['when']} ({found['zone']})",
		"reason": found["reason"],
	}
	return [(key, value) for key, value in lines.items() if value]
