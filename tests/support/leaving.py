"""A customer of whom something stands in every table, and the worker that erases."""

from dataclasses import dataclass

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.inbound import InboundMail, InboundSms
from customer_thread.domain.model import Address, Attachment, Party
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.desk.keep_upload import keep_upload
from customer_thread.service.incoming.receive_mail import receive_mail
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.incoming.record_call import record_call
from customer_thread.service.leaving.advance_erasure import advance_erasure
from customer_thread.service.leaving.erase_customer import erase_customer
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.thread.add_note import add_note
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.store import calendars, preferences
from customer_thread.store.rows import ThreadRow
from support.persons import BUSINESS, MIKE, SARAH
from support.world import World

#: what she or somebody about her said
WORDS = "gate code 4711"


@dataclass(frozen=True)
class Planted:
	"""Her thread, and what must be nowhere once she is erased."""

	thread: ThreadRow
	party: Party
	needles: tuple[str, ...]


def text(
	world: World, number: int, words: str = WORDS, sender: str = SARAH.phone, **more: object
) -> InboundSms:
	"""Return a text of hers."""
	sid = f"SM{number:032x}"
	return InboundSms(sid, sender, BUSINESS.phone, words, (), world.clock.now_us(), **more)  # type: ignore[arg-type]


def mail(world: World, number: int, words: str = WORDS, sender: str = SARAH.email) -> InboundMail:
	"""Return a mail of hers."""
	return InboundMail(
		message_id=f"<{number}.{sender}>",
		from_address=sender,
		from_name=SARAH.name,
		recipients=(MIKE.email,),
		references=(),
		subject=f"About the {words}",
		text=words,
		original=f"{words}\n\n> {words}",
		quoted=True,
		attachments=(Attachment(f"{words}.txt", "text/plain", words.encode()),),
		occurred_us=world.clock.now_us(),
	)


def invoice(world: World, *, from_history: bool = False) -> NewEvent:
	"""Return what becomes a card of an appointment whose name has hers in it."""
	name = f"APMT-{SARAH.name}-0001"
	return NewEvent(
		event_type="Appointment scheduled",
		title=f"Appointment for {SARAH.name}",
		occurred_us=world.clock.now_us(),
		source_key=f"Appointment|{name}|||Appointment scheduled|0",
		reference_doctype="Appointment",
		reference_name=name,
		by_rule=True,
		from_history=from_history,
	)


def plant(world: World) -> Planted:
	"""Let her have written, been written to, and been written about by every way."""
	sarah = world.customer()
	ports, database = world.ports, world.database
	world.do(lambda: receive_sms(ports, text(world, 1)))
	world.do(lambda: receive_mail(ports, mail(world, 1)))
	world.do(lambda: record_event(ports, sarah, invoice(world)))
	world.do(
		lambda: record_call(
			ports,
			sarah,
			seconds=60,
			occurred_us=world.clock.now_us(),
			direction="inbound",
			key=f"call of {SARAH.name}".lower(),
		)
	)
	world.do(lambda: send_message(ports, sarah, f"Sent: {WORDS}"))
	world.do(lambda: add_note(ports, sarah, f"Note: {WORDS}", author=MIKE.email))
	unsent = Attachment(f"{WORDS}.txt", "text/plain", WORDS.encode())
	world.do(lambda: keep_upload(ports, sarah, unsent, by=MIKE.email))
	plain = NewEntry("Message", "Customer", "Portal", WORDS, world.clock.now_us(), f"reply:{SARAH.name}")
	world.do(lambda: post_entry(ports, sarah["name"], plain))
	party = Party("Customer", sarah["party"] or "")
	with database.transaction():
		preferences.add(database, sarah["name"], party.party, world.clock.now_us())
		calendars.add(database, sarah["name"], party.party, "t" * 40, world.clock.now_us())
	addresses = (SARAH.phone, SARAH.phone[2:], SARAH.email, SARAH.name)
	return Planted(world.thread(sarah["name"]), party, (WORDS, *addresses, party.party))


def erase(world: World, planted: Planted) -> None:
	"""Have her erased, and do all of it."""
	world.do(lambda: erase_customer(world.ports, planted.thread, planted.thread["title"], MIKE.email))
	finish(world)


def finish(world: World) -> int:
	"""Let the worker go on until nothing is left to do now; return how many batches it took."""
	batches = 0
	while world.do(lambda: advance_erasure(world.ports)):
		batches += 1
		assert batches < 1000, "it goes on for ever"
	return batches


def waiting(world: World, address: Address) -> list[str]:
	"""Return the unmatched threads of an address."""
	rows = world.database.select(
		"SELECT name FROM `tabCustomer Thread` WHERE unmatched_address = %(key)s", {"key": address.key}
	)
	return [str(row["name"]) for row in rows]
