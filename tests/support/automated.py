"""A business whose system writes: its automations, its appointments, and what left because of them."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import to_us
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.automations.send_due import due_messages, send_due
from customer_thread.service.cards.record_event import record_event
from customer_thread.store import scheduled_messages
from customer_thread.store.rows import ThreadRow
from customer_thread.store.scheduled_rows import ScheduledMessageRow
from support.notified import work
from support.world import World

SITE = ZoneInfo("America/New_York")
APPOINTMENT = "Appointment"
#: of each automation about appointments, what it does
SCHEDULED = {
	"title": "Appointment scheduled",
	"moment": "After Event",
	"after_event": "Appointment scheduled",
	"ended_by": "Appointment cancelled",
	"condition": "doc.status == 'Open'",
	"text": "Hi {{ customer.first_name }}, see you {{ doc.scheduled_time | when }}.",
}
REMINDER = {
	"title": "Reminder",
	"moment": "Date Field",
	"date_field": "scheduled_time",
	"offset_minutes": -1440,
	"at_time": "09:00",
	"valid_until_field": "scheduled_time",
	"ended_by": "Appointment cancelled, Visit done",
	"condition": "doc.status == 'Open'",
	"expects_confirmation": 1,
	"text": "Reminder: {{ doc.scheduled_time | when }}. Reply YES to confirm.",
}
RESCHEDULED = {
	"title": "Appointment rescheduled",
	"moment": "After Event",
	"after_event": "Appointment rescheduled",
	"ended_by": "Appointment cancelled",
	"gives_way_to": "Appointment scheduled",
	"soon_field": "scheduled_time",
	"text": "Your visit moved: {{ doc.scheduled_time | when }}.",
}
CANCELLED = {
	"title": "Appointment cancelled",
	"moment": "After Event",
	"after_event": "Appointment cancelled",
	"ended_by": "Appointment scheduled",
	"gives_way_to": "Appointment scheduled",
	"soon_field": "scheduled_time",
	"text": "Your visit {{ doc.scheduled_time | when }} is cancelled.",
}
ON_THE_WAY = {
	"title": "On the way",
	"moment": "By Hand",
	"urgent": 1,
	"valid_minutes": 15,
	"text": "We are on our way: {{ minutes }} minutes.",
}


def automate(world: World, **fields: object) -> str:
	"""Switch an automation on and return its name."""
	values = {"document_type": APPOINTMENT, "enabled": 1, "channel": "Auto", **fields}
	return str(world.do(lambda: world.database.insert("Thread Automation", values)))


class Visit:
	"""One appointment of a customer's, as the business has it."""

	def __init__(self, world: World, thread: ThreadRow, name: str = "APP-1") -> None:
		self.world, self.thread, self.reference = world, thread, Reference(APPOINTMENT, name)
		assert thread["party_type"]
		assert thread["party"]
		self.party = Party(thread["party_type"], thread["party"])
		#: whose it is
		self.parties = frozenset({self.party})
		self.count = 0

	def schedule(self, at: datetime, **fields: object) -> None:
		"""Make it, `at` in any zone."""
		self._set(at, "Open", **fields)
		self._card("Appointment scheduled", ("Appointment cancelled",))

	def move(self, at: datetime) -> None:
		"""Give it another time."""
		self._set(at, "Open")
		self._card("Appointment rescheduled", ("Appointment scheduled", "Appointment rescheduled"))

	def cancel(self) -> None:
		"""Call it off."""
		self.change(status="Closed")
		self._card("Appointment cancelled", None)

	def finish(self) -> None:
		"""Do it."""
		self.change(status="Closed")
		self._card("Visit done", ())

	def change(self, **fields: object) -> None:
		"""Change the document alone, and let what is planned follow."""
		known = self.world.documents.of_now[self.reference]
		document = {**known.document, **fields}
		self.world.documents.of_now[self.reference] = replace(known, document=document)
		self.world.do(lambda: plan_document(self.world.ports, self.reference))

	def delete(self) -> None:
		"""Take it away."""
		del self.world.documents.of_now[self.reference]
		self.world.do(lambda: plan_document(self.world.ports, self.reference))

	def hand_to(self, other: ThreadRow) -> None:
		"""Let it be another customer's."""
		known = self.world.documents.of_now[self.reference]
		parties = frozenset({Party("Customer", other["party"] or "")})
		self.world.documents.of_now[self.reference] = replace(known, parties=parties)
		self.world.do(lambda: plan_document(self.world.ports, self.reference))

	def _set(self, at: datetime, status: str, **fields: object) -> None:
		naive = at.astimezone(SITE).replace(tzinfo=None)
		document = {
			"doctype": APPOINTMENT,
			"name": self.reference.name,
			"scheduled_time": naive,
			"status": status,
			**fields,
		}
		now = DocumentNow(document, self.parties, SITE)
		self.world.documents.of_now[self.reference] = now

	def _card(self, event_type: str, voids: tuple[str, ...] | None) -> None:
		self.count += 1
		earlier = self._keys(voids)
		event = NewEvent(
			event_type=event_type,
			title=f"{event_type} {self.count}",
			occurred_us=self.world.clock.us,
			source_key=f"{self.reference.name} {self.count}",
			reference_doctype=APPOINTMENT,
			reference_name=self.reference.name,
			voids=tuple(earlier),
			by_rule=True,
			notify=True,
		)
		self.world.do(lambda: self._make(event))

	def _make(self, event: NewEvent) -> None:
		record_event(self.world.ports, self.thread, event)
		plan_document(self.world.ports, self.reference)

	def _keys(self, kinds: tuple[str, ...] | None) -> list[str]:
		sql = "SELECT source_key, event_type FROM `tabThread Event` WHERE reference_name = %(name)s"
		found = self.world.database.select(sql, {"name": self.reference.name})
		return [row["source_key"] for row in found if kinds is None or row["event_type"] in kinds]

	@property
	def messages(self) -> list[ScheduledMessageRow]:
		"""Return what is and was planned about it."""
		return scheduled_messages.of_document(
			self.world.database, self.thread["name"], APPOINTMENT, self.reference.name
		)

	def told(self) -> list[tuple[str, str]]:
		"""Return state and reason of each."""
		return [(row["state"], row["reason"]) for row in self.messages]


def tick(world: World) -> None:
	"""Do what is due, as the worker does."""
	for row in due_messages(world.ports):
		world.do(partial(send_due, world.ports, row))
	work(world)


def pass_time(world: World, until: datetime, step: timedelta = timedelta(minutes=1)) -> None:
	"""Let the worker work every minute until then."""
	end_us, step_us = to_us(until), step // timedelta(microseconds=1)
	while world.clock.us < end_us:
		world.clock.us = min(world.clock.us + step_us, end_us)
		tick(world)


def at(text: str, zone: str = "America/New_York") -> datetime:
	"""Return a time on the clocks there: "2025-05-14 09:00"."""
	return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
