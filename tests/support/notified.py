"""A business that notifies: what it says and sends, and what its customer's phone and mailbox got."""

from datetime import datetime
from email.message import EmailMessage
from functools import partial
from zoneinfo import ZoneInfo

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.times import to_us
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.notices.release_notices import due_groups, release_group
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.store import deliveries
from customer_thread.store.rows import DeliveryRow, ThreadRow
from support.persons import SARAH
from support.world import World

NEW_YORK = ZoneInfo("America/New_York")
PUBLIC = "https://messages.mikes.example"
LATE = to_us(datetime(2025, 5, 15, 22, 59, tzinfo=NEW_YORK))
MORNING = to_us(datetime(2025, 5, 16, 8, tzinfo=NEW_YORK))
HELD = "held: quiet hours until 8:00am in New York"


def card(
	world: World, thread: ThreadRow, number: int = 1, *, urgent: bool = False, notify: bool = True
) -> int:
	"""Write a card and return its entry."""
	event = NewEvent(
		event_type="Invoice sent",
		title=f"Invoice #{number} sent",
		occurred_us=world.clock.us,
		source_key=f"invoice {number}",
		reference_doctype="Sales Invoice",
		reference_name=f"INV-{number}",
		notify=notify,
		urgent=urgent,
	)
	return world.do(lambda: record_event(world.ports, thread, event)).entry


def say(world: World, thread: ThreadRow, text: str, channel: str = "portal", **how: bool | str) -> int:
	"""Let the business write and return the entry."""
	return world.do(lambda: send_message(world.ports, thread, text, channel=channel, **how)).entry  # type: ignore[arg-type]


def release(world: World) -> None:
	"""Look again at what was held until now."""
	for group in due_groups(world.ports):
		world.do(partial(release_group, world.ports, group))


def work(world: World) -> None:
	"""Do what is due, as the worker does."""
	release(world)
	while names := deliver.due_deliveries(world.ports):
		for name in names:
			claimed = world.do(partial(deliver.claim_delivery, world.ports, name))
			if claimed:
				outcome = deliver.send_delivery(world.ports, claimed)
				world.do(partial(deliver.record_delivery, world.ports, claimed, outcome))


def rows(world: World, entry: int) -> dict[str, DeliveryRow]:
	"""Return an entry's delivery by each channel."""
	return {row["channel"] or "": row for row in deliveries.of_entry(world.database, entry)}


def became(world: World, entry: int) -> dict[str, tuple[str, str]]:
	"""Return what became of an entry by each channel, and why."""
	return {name: (row["state"], row["reason"]) for name, row in rows(world, entry).items()}


def mails(world: World, address: str = SARAH.email) -> list[EmailMessage]:
	"""Return the mails that somebody got."""
	return [letter.message for letter in world.mailbox.messages if address in letter.receivers]


def texts(world: World, phone: str = SARAH.phone) -> list[str]:
	"""Return the texts that somebody got."""
	return [text.body for text in world.twilio.sent if text.to == phone]


def plain(mail: EmailMessage) -> str:
	"""Return a mail's plain text."""
	part = mail.get_body(("plain",))
	assert part is not None
	return str(part.get_content())


def html(mail: EmailMessage) -> str:
	"""Return a mail's HTML."""
	part = mail.get_body(("html",))
	assert part is not None
	return str(part.get_content())
