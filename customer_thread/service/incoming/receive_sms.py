"""A text reached one of the business's numbers."""

from collections.abc import Sequence

from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.model import Address, Consent
from customer_thread.domain.people.addresses import readable_phone, sender
from customer_thread.domain.people.identity import owner_of_sms
from customer_thread.domain.thread.keys import sms_key
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.words import clean
from customer_thread.service.bot.by_text import obey_text
from customer_thread.service.outgoing.forward import forward_sms
from customer_thread.service.outgoing.note_consent import note_consent
from customer_thread.service.outgoing.staff_phones import staff_phones
from customer_thread.service.outgoing.write_failure_line import write_turned_off_line
from customer_thread.service.ports import Ports
from customer_thread.service.thread.conceal import conceal
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.service.thread.post_entry import Posted, post_entry
from customer_thread.service.thread.refuse_erased import unless_erased
from customer_thread.store import contact_points, sent_to, threads
from customer_thread.store.rows import ThreadRow

_CONSENTS: dict[str, Consent] = {"STOP": "Opted Out", "START": "Allowed"}


@unless_erased
def receive_sms(ports: Ports, sms: InboundSms) -> Posted | None:
	"""Put the text where it belongs, once, and return it; None if it was the contractor's own or none is wanted.

	None, too, for what is of before its sender was erased.
	"""
	if not ports.settings().capture_texts:
		return None
	address = sender(sms.sender, ports.settings().default_region)
	known = contact_points.threads_of(ports.database, address)
	speaker = _speaker(ports, address, known)
	if speaker is not None:
		_note_consent(ports, address, sms)
		obey_text(ports, sms, address.value, speaker)
		return None
	thread = _thread_of(ports, address, sms, known)
	[text] = conceal(ports, clean(sms.text))
	posted = post_entry(
		ports,
		thread["name"],
		NewEntry(
			kind="Message",
			author="Customer",
			channel=sms.channel,
			text=text,
			occurred_us=sms.occurred_us,
			source_key=sms_key(sms),
			attachments=sms.attachments,
			sender=address.value,
		),
	)
	if posted.is_new:
		# a STOP that is delivered again after a START changes nothing
		is_other = _note_consent(ports, address, sms)
		if is_other and sms.keyword == "STOP":
			write_turned_off_line(ports, thread, sms.provider_sid)
		if not sms.is_for_provider:
			forward_sms(ports, thread, posted.entry, sms.channel, text, len(sms.attachments))
	return posted


def _note_consent(ports: Ports, address: Address, sms: InboundSms) -> bool:
	if sms.keyword not in _CONSENTS:
		return False
	said, how = _CONSENTS[sms.keyword], f"texted {sms.keyword}"
	return note_consent(ports, sms.channel, address.value, said, sms.occurred_us, how, said_to=sms.recipient)


def _speaker(ports: Ports, address: Address, known: Sequence[str]) -> str | None:
	"""Return which user of the business texts, empty for the contractor; None if it is a customer or stranger.

	What users say of themselves makes no customer's number theirs.
	"""
	phones = staff_phones(ports.settings())
	if address.value in phones:
		return phones[address.value]
	return None if known else ports.team.user_with(address.value) or None


def _thread_of(ports: Ports, address: Address, sms: InboundSms, known: Sequence[str]) -> ThreadRow:
	last = sent_to.last_spoken_to(ports.database, address.value, known) if len(known) > 1 else ""
	owner = owner_of_sms(known, last)
	found = threads.get(ports.database, owner.thread) if owner.thread else None
	title = readable_phone(address.value)
	return found or open_unmatched(ports, address, title, sms.occurred_us, sms_key(sms))
