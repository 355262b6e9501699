"""The calls of `customer_thread.api.desk.*` that are about what the system writes by itself."""

from typing import TypedDict

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.service.automations.office import office_reader
from customer_thread.service.automations.preview_automation import AutomationPreview, preview_automation
from customer_thread.service.automations.switch_automation import require_automation
from customer_thread.service.calls import Calls
from customer_thread.service.desk.ask_confirmation import ask_confirmation
from customer_thread.service.desk.read_automations import AutomationView, automation_view, read_automations
from customer_thread.service.desk.read_one_taps import OneTap, read_one_taps
from customer_thread.service.desk.read_scheduled import ScheduledPage, ScheduledView, read_scheduled
from customer_thread.service.desk.send_on_the_way import send_on_the_way
from customer_thread.service.desk.visible import visible_thread
from customer_thread.service.params import PAGE, Params
from customer_thread.service.ports import Ports
from customer_thread.store import causes, scheduled_lists, threads

AUTOMATION_CALLS = Calls()


class OnTheWayView(TypedDict):
	"""The messages that say so, one a customer."""

	messages: list[ScheduledView]


@AUTOMATION_CALLS.get_call("automations", "")
def list_automations(ports: Ports, _params: Params) -> list[AutomationView]:
	"""Return the automations."""
	return read_automations(ports)


@AUTOMATION_CALLS.post_call("switch_automation", "automation enabled")
def switch_one(ports: Ports, params: Params) -> AutomationView:
	"""Switch an automation on or off."""
	name, enabled = params.text("automation"), params.optional_boolean("enabled")
	if enabled is None:
		raise BadInput("{0} is missing.", "enabled")
	ports.automations.switch(ports, name, enabled)
	counts = scheduled_lists.counts(ports.database, ports.visible()).get(name, {})
	return automation_view(require_automation(ports, name), counts, office_reader(ports, None))


@AUTOMATION_CALLS.post_call("preview_automation", "automation document")
def preview_one(ports: Ports, params: Params) -> AutomationPreview:
	"""Return what an automation would write about a document; nothing is written."""
	automation = require_automation(ports, params.text("automation"))
	reference = Reference(automation.document_type, params.text("document"))
	now = ports.documents.current(reference)
	if now is None:
		raise NotFound("There is no {0} “{1}”.", reference.doctype, reference.name)
	told = set(causes.events_of(ports.database, reference.doctype, reference.name))
	rows = (threads.of_party(ports.database, party) for party in now.parties)
	for thread in told | {row["name"] for row in rows if row}:
		visible_thread(ports, thread)
	return preview_automation(ports, automation, reference)


@AUTOMATION_CALLS.post_call(
	"on_the_way", "customer reference_doctype reference_name automation minutes client_id"
)
def say_on_the_way(ports: Ports, params: Params) -> OnTheWayView:
	"""Tell a customer that somebody is on the way."""
	return {
		"messages": send_on_the_way(
			ports,
			customer=params.text("customer", ""),
			reference=_reference(params),
			automation=params.text("automation", ""),
			minutes=params.integer("minutes", 0),
			client_id=params.text("client_id"),
		)
	}


@AUTOMATION_CALLS.get_call("one_taps", "thread")
def list_one_taps(ports: Ports, params: Params) -> list[OneTap]:
	"""Return what can be sent to this thread's customer with one tap."""
	return read_one_taps(ports, visible_thread(ports, params.text("thread")))


@AUTOMATION_CALLS.post_call("ask_confirmation", "thread client_id")
def ask_to_confirm(ports: Ports, params: Params) -> ScheduledView:
	"""Ask this thread's customer to confirm what is planned next."""
	return ask_confirmation(ports, visible_thread(ports, params.text("thread")), params.text("client_id"))


@AUTOMATION_CALLS.get_call("scheduled", "customer reference_doctype reference_name timezone before limit")
def list_scheduled(ports: Ports, params: Params) -> ScheduledPage:
	"""Return what the system will write, wrote, or did not."""
	customer, reference = params.text("customer", ""), _reference(params)
	about: dict[str, str] = {}
	if customer:
		thread = threads.require_of(ports.database, Party("Customer", customer))
		about["thread"] = visible_thread(ports, thread["name"])["name"]
	if reference:
		about |= {"reference_doctype": reference.doctype, "reference_name": reference.name}
	if not about:
		raise BadInput("Say of whom: customer, or reference_doctype and reference_name.")
	timezone = params.text("timezone", "")
	before, limit = params.text("before", ""), params.integer("limit", PAGE)
	return read_scheduled(ports, about, timezone=timezone, before=before, limit=limit)


def _reference(params: Params) -> Reference | None:
	doctype, name = params.text("reference_doctype", ""), params.text("reference_name", "")
	if bool(doctype) != bool(name):
		raise BadInput("reference_doctype and reference_name go together.")
	return Reference(doctype, name) if name else None
