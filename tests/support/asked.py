"""A business that has asked its customers about appointments, as rows of the store say it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.model import Channel, Party
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY, to_us
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.reading.present import EntryView
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.service.thread.post_entry import Posted, post_entry
from customer_thread.store import deliveries, scheduled_messages
from customer_thread.store.database import Row
from customer_thread.store.rows import DeliveryRow, ThreadRow
from customer_thread.store.threads import party_of
from support.world import World

HERE = ZoneInfo("America/New_York")
#: the day after the day of the example
FRIDAY = datetime(2025, 5, 16, 10, 0)  # noqa: DTZ001
SATURDAY = FRIDAY.replace(day=17, hour=14)


@dataclass
class Asked:
	"""One appointment, what was asked about it, and the thread."""

	world: World
	thread: ThreadRow
	reference: Reference
	starts: datetime = FRIDAY

	@property
	def party(self) -> Party:
		"""Return whose it is."""
		party = party_of(self.thread)
		assert party
		return party

	def plan(self, starts: datetime | None = None, **document: object) -> None:
		"""Let the appointment be then, as this."""
		self.starts = starts or self.starts
		now = {"scheduled_time": self.starts, "status": "Open", **document}
		self.world.documents.of_now[self.reference] = DocumentNow(now, frozenset({self.party}), HERE)

	def card(self, event_type: str = "Appointment scheduled") -> Posted:
		"""Tell it by a card."""
		world = self.world
		title = f"{event_type} — {self.starts:%a %b %d}"
		key = f"{self.reference.name} {event_type} {world.clock.now_us()}"
		event = NewEvent(
			event_type,
			title,
			world.clock.now_us(),
			key,
			url=f"/messages/appointments/{self.reference.name}",
			reference_doctype=self.reference.doctype,
			reference_name=self.reference.name,
		)
		return world.do(lambda: record_event(world.ports, self.thread, event))

	def ask(self) -> str:
		"""Ask whether she will be there, and return the row's name."""
		world = self.world
		now_us = world.clock.now_us()
		entry = NewEntry("Message", "Automated", "SMS", "Reply CONFIRM to confirm.", now_us, f"auto:{now_us}")

		def write() -> str:
			posted = post_entry(world.ports, self.thread["name"], entry)
			values = {
				"automation": "appointment-reminder",
				"thread": self.thread["name"],
				"reference_doctype": self.reference.doctype,
				"reference_name": self.reference.name,
				"occurrence": f"{self.starts}",
				"due_us": now_us,
				"planned_us": now_us,
				"valid_until_us": now_us + DAY,
				"expects": "Confirmation",
				"creation_us": now_us,
				"source_key": f"key {now_us}",
			}
			name = scheduled_messages.add(world.database, values)
			about_us = to_us(self.starts.replace(tzinfo=HERE))
			assert scheduled_messages.send(world.database, name, posted.entry, Phrase("sent"), about_us)
			return name

		name = world.do(write)
		world.clock.move(60_000_000)
		return name

	@property
	def is_confirmed(self) -> bool:
		"""Return whether she has said yes to it."""
		return self.reference in [reference for reference, _us in self.world.documents.confirmed]


def asked(world: World, thread: ThreadRow, name: str = "APP-1", starts: datetime = FRIDAY) -> Asked:
	"""Return an appointment that a thread's customer has a card of, and was asked about."""
	made = Asked(world, thread, Reference("Appointment", name), starts)
	made.plan()
	made.card()
	world.clock.move(60_000_000)
	made.ask()
	return made


def says(world: World, thread: ThreadRow, text: str, channel: Channel = "SMS") -> Posted:
	"""Let a customer write this."""
	world.clock.move(1_000_000)
	now_us = world.clock.now_us()
	entry = NewEntry("Message", "Customer", channel, text, now_us, f"text:{now_us}")
	return world.do(lambda: post_entry(world.ports, thread["name"], entry))


def lines(world: World) -> list[str]:
	"""Return what the contractor was told, in order."""
	return [row["text"] for row in _answers(world)]


def _answers(world: World) -> list[Row]:
	sql = "SELECT text FROM `tabThread Delivery` WHERE purpose = 'Answer' ORDER BY creation_us, name"
	return list(world.database.select(sql))


def timeline(world: World, thread: ThreadRow) -> list[EntryView]:
	"""Return what the customer sees."""
	return list(read_timeline(world.ports, thread["name"], Query())["entries"])


def confirmed_cards(world: World, thread: ThreadRow) -> list[str]:
	"""Return what the cards say by which she has said yes."""
	found = [entry["card"] for entry in timeline(world, thread)]
	return [card["title"] for card in found if card and card["type"] == "Appointment confirmed"]


def truths(world: World, thread: ThreadRow) -> list[str]:
	"""Return what the system said to her besides its questions."""
	entries = [entry for entry in timeline(world, thread) if entry["author"] == "automated"]
	return [entry["text"] for entry in entries if entry["text"] != "Reply CONFIRM to confirm."]


def sent_of(world: World, entry: int) -> list[DeliveryRow]:
	"""Return what was queued of an entry."""
	return deliveries.of_entry(world.database, entry)
