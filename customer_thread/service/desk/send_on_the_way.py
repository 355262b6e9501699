"""The button “On my way”: for an appointment, for a visit, or for a customer."""

from customer_thread.domain.automations.model import Automation
from customer_thread.domain.automations.questions import is_called_off, is_settled
from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import PLANS
from customer_thread.domain.times import HOUR
from customer_thread.service.automations.office import office_reader
from customer_thread.service.automations.send_by_hand import by_hand_key, send_by_hand
from customer_thread.service.automations.switch_automation import require_automation
from customer_thread.service.desk.read_scheduled import ScheduledView, scheduled_view
from customer_thread.service.desk.visible import visible_party, visible_thread
from customer_thread.service.ports import Ports
from customer_thread.store import automations, causes, scheduled_lists
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

#: what the shipped automations of this kind are called, each for its document type
_SHIPPED = "-on-the-way"
#: whoever sets out does so for what takes place this soon, or has begun so lately
_AROUND = 12 * HOUR


def send_on_the_way(
	ports: Ports,
	*,
	customer: str,
	reference: Reference | None,
	automation: str,
	minutes: int,
	client_id: str,
) -> list[ScheduledView]:
	"""Let the customers of a document, or one customer, know that somebody is on the way; return the messages.

	Without a document it is about the customer's appointment of now, if there is one. `automation`: else the one for
	such documents. Raise NotFound and BadInput.
	"""
	found = [visible_party(ports, Party("Customer", customer))] if customer else []
	if reference is None:
		if not found:
			raise BadInput("Say to whom: customer, or reference_doctype and reference_name.")
		reference = _planned_now(ports, found[0])
	if reference:
		found = _told_of(ports, reference, found)
	rule = require_automation(ports, automation) if automation else _rule_for(ports, reference)
	for thread in found:
		send_by_hand(ports, thread, rule, reference, minutes, client_id)
	reader = office_reader(ports, None)
	return [
		scheduled_view(row, reader)
		for thread in found
		for row in scheduled_lists.listed(
			ports.database, {"source_key": by_hand_key(thread["name"], client_id)}, limit=1
		)
	]


def _told_of(ports: Ports, reference: Reference, wanted: list[ThreadRow]) -> list[ThreadRow]:
	"""Return in which threads a document that still is to be has its customers; only these, if any are `wanted`."""
	now = ports.documents.current(reference)
	events = causes.events_of(ports.database, reference.doctype, reference.name)
	if now is None or not (now.parties or events):
		raise NotFound("There is no {0} “{1}” with a customer.", reference.doctype, reference.name)
	if wanted and now.parties and party_of(wanted[0]) not in now.parties:
		raise NotFound("There is no {0} “{1}” with this customer.", reference.doctype, reference.name)
	parties = sorted(now.parties, key=lambda party: party.party)
	# how it stands with it is only for who may see its customers
	found = wanted or [visible_party(ports, party) for party in parties]
	found = found or [visible_thread(ports, name) for name in events]
	told = [event for own in events.values() for event in own]
	if now.is_draft or is_settled(now) or is_called_off(now, told):
		raise BadInput("This is not planned any more, so nobody is on the way to it.")
	return found


def _planned_now(ports: Ports, thread: ThreadRow) -> Reference | None:
	"""Return the customer's appointment or visit that begins soon or has just begun, if there is one."""
	party, now_us = party_of(thread), ports.clock.now_us()
	if party is None:
		return None
	around = [
		(abs(planned.starts_us - now_us), planned.document)
		for planned in ports.documents.planned(party, now_us)
		if planned.state == "Open" and planned.document and planned.starts_us is not None
	]
	away_us, document = min(around, key=lambda one: one[0], default=(_AROUND + 1, None))
	return document if away_us <= _AROUND else None


def _rule_for(ports: Ports, reference: Reference | None) -> Automation:
	"""Return the automation that tells of it: the shipped one first, then whichever is sent by hand."""
	types = [reference.doctype] if reference else list(PLANS)
	rules = [
		rule
		for doctype in types
		for rule in automations.enabled_for(ports.database, doctype)
		if rule.moment == "By Hand" and not rule.expects_confirmation
	]
	rules.sort(key=lambda rule: not rule.name.endswith(_SHIPPED))
	if not rules:
		raise BadInput("The message that somebody is on the way is switched off. Switch it on first.")
	return rules[0]
