"""The button “Ask for a confirmation”: of the appointment that comes next."""

from customer_thread.domain.automations.model import Automation
from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.portal.pages import Reference
from customer_thread.service.automations.office import office_reader
from customer_thread.service.automations.preview_automation import AutomationPreview, preview_automation
from customer_thread.service.automations.send_by_hand import by_hand_key, send_by_hand
from customer_thread.service.desk.read_scheduled import ScheduledView, scheduled_view
from customer_thread.service.ports import Ports
from customer_thread.store import automations, scheduled_lists
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of


def preview_question(ports: Ports, thread: ThreadRow) -> AutomationPreview:
	"""Return what would be asked now; nothing is written. Raise NotFound and BadInput as `ask_confirmation`."""
	reference = _next_planned(ports, thread)
	return preview_automation(ports, _question_of(ports, reference), reference)


def ask_confirmation(ports: Ports, thread: ThreadRow, client_id: str) -> ScheduledView:
	"""Ask a customer to confirm what is planned next, once by its `client_id`, and return the message.

	Raise NotFound where nothing is planned, BadInput where no question for it is switched on; never for a repeat.
	"""
	key = {"source_key": by_hand_key(thread["name"], client_id)}
	if not scheduled_lists.listed(ports.database, key, limit=1):
		reference = _next_planned(ports, thread)
		send_by_hand(ports, thread, _question_of(ports, reference), reference, 0, client_id)
	[row] = scheduled_lists.listed(ports.database, key, limit=1)
	return scheduled_view(row, office_reader(ports, None))


def _next_planned(ports: Ports, thread: ThreadRow) -> Reference:
	party, now_us = party_of(thread), ports.clock.now_us()
	ahead = [
		(planned.starts_us, planned.document)
		for planned in (ports.documents.planned(party, now_us) if party else ())
		if planned.state == "Open" and planned.document and planned.starts_us and planned.starts_us > now_us
	]
	if not ahead:
		raise NotFound("No appointment is planned that could be confirmed.")
	return min(ahead, key=lambda one: one[0])[1]


def _question_of(ports: Ports, reference: Reference) -> Automation:
	for rule in automations.enabled_for(ports.database, reference.doctype):
		if rule.moment == "By Hand" and rule.expects_confirmation:
			return rule
	raise BadInput("The question for a confirmation is switched off. Switch it on first.")
