"""The automations as staff see them listed: what each does, when, and how often it did."""

from typing import TypedDict

from customer_thread.domain.automations.model import Automation, AutomationChannel, ScheduledState
from customer_thread.domain.automations.moment_words import moment_words
from customer_thread.domain.wording import Reader
from customer_thread.service.automations.office import office_reader
from customer_thread.service.ports import Ports
from customer_thread.store import automations, scheduled_lists


class MessageCounts(TypedDict):
	"""How many of an automation's messages are in which state."""

	waiting: int
	sent: int
	skipped: int
	ended: int


class AutomationView(TypedDict):
	"""An automation."""

	automation: str
	title: str
	enabled: bool
	#: the DocType that it is about
	document_type: str
	#: when it sends, in words
	moment: str
	#: whether somebody sends it by pressing a button
	by_hand: bool
	channel: AutomationChannel
	text: str
	expects_confirmation: bool
	urgent: bool
	promotional: bool
	messages: MessageCounts


def read_automations(ports: Ports) -> list[AutomationView]:
	"""Return all automations, by the documents they are about."""
	counts = scheduled_lists.counts(ports.database, ports.visible())
	reader = office_reader(ports, None)
	return [
		automation_view(each, counts.get(each.name, {}), reader) for each in automations.every(ports.database)
	]


def automation_view(
	automation: Automation, counts: dict[ScheduledState, int], reader: Reader
) -> AutomationView:
	"""Return one as it is listed; `counts`: how many of its messages are in which state."""
	return {
		"automation": automation.name,
		"title": automation.title,
		"enabled": automation.enabled,
		"document_type": automation.document_type,
		"moment": moment_words(automation, reader),
		"by_hand": automation.moment == "By Hand",
		"channel": automation.channel,
		"text": automation.text,
		"expects_confirmation": automation.expects_confirmation,
		"urgent": automation.urgent,
		"promotional": automation.promotional,
		"messages": {
			"waiting": counts.get("Waiting", 0),
			"sent": counts.get("Sent", 0),
			"skipped": counts.get("Skipped", 0),
			"ended": counts.get("Ended", 0),
		},
	}
