"""A phone call happened: a call entry, never what was said."""

from customer_thread.domain.errors import BadInput
from customer_thread.domain.inbound import CallReport
from customer_thread.domain.model import Address
from customer_thread.domain.people.addresses import phone, readable_phone
from customer_thread.domain.people.identity import owner_of_sms
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.outgoing.staff_phones import staff_phones
from customer_thread.service.ports import Ports
from customer_thread.service.settings import Settings
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.service.thread.post_entry import Posted, post_entry
from customer_thread.service.thread.refuse_erased import unless_erased
from customer_thread.store import contact_points, threads
from customer_thread.store.rows import ThreadRow

DIRECTIONS = ("inbound", "outbound")
#: a call longer than a day is a wrong number of seconds
LONGEST = 86_400


def is_left_out(settings: Settings, seconds: int) -> bool:
	"""Return whether it is a missed call and the settings leave those out."""
	return seconds == 0 and not settings.show_missed_calls


def record_call(
	ports: Ports,
	thread: ThreadRow,
	*,
	seconds: int,
	occurred_us: int,
	direction: str,
	key: str,
	from_history: bool = False,
) -> Posted | None:
	"""Write the call entry, once; None for a missed call that the settings leave out. Raise BadInput."""
	if not 0 <= seconds <= LONGEST:
		raise BadInput("seconds must be the length of the call, between 0 and 86400.")
	if direction not in DIRECTIONS:
		raise BadInput("direction must be one of {0}.", ", ".join(DIRECTIONS))
	if is_left_out(ports.settings(), seconds):
		return None
	_ = ports.translate
	return post_entry(
		ports,
		thread["name"],
		NewEntry(
			kind="Call",
			author="Customer" if direction == "inbound" else "Contractor",
			channel="Phone",
			text=_("Phone call") if seconds else _("Missed call"),
			occurred_us=occurred_us,
			source_key=source_key("call", key),
			call_seconds=seconds,
			from_history=from_history,
		),
	)


@unless_erased
def record_reported_call(ports: Ports, call: CallReport, *, from_history: bool = False) -> Posted | None:
	"""Write the entry of a call the provider reports; None if it is nobody's, left out or erased.

	A click to call has two legs, of which the one to the contractor is nobody's.
	`from_history`: a stranger's call of long ago is left out too.
	"""
	seconds = call.seconds if call.answered else 0
	if not ports.settings().capture_calls or is_left_out(ports.settings(), seconds):
		return None
	address = Address("Phone", call.caller if call.incoming else call.called)
	if is_own_number(ports, address.value):
		return None
	if from_history and not contact_points.threads_of(ports.database, address):
		return None
	thread = thread_by_phone(ports, address, call.occurred_us, call.provider_sid.lower())
	if thread is None:
		return None
	return record_call(
		ports,
		thread,
		seconds=seconds,
		occurred_us=call.occurred_us,
		direction="inbound" if call.incoming else "outbound",
		key=call.provider_sid.lower(),
		from_history=from_history,
	)


def is_own_number(ports: Ports, number: str) -> bool:
	"""Return whether a number is the business's, the contractor's or one of their people's."""
	settings = ports.settings()
	own = (settings.twilio_from_number, settings.business_phone)
	known = (phone(written, settings.default_region) for written in own if written)
	ours = {address.value for address in known if address} | set(staff_phones(settings))
	return number in ours or number in ports.staff_numbers()


def thread_by_phone(ports: Ports, address: Address, at_us: int, key: str) -> ThreadRow | None:
	"""Return whose call it was; an unknown number waits unmatched, what is no number is nobody's.

	`key`: by which the call is written once. Raise Erased for one of before its number was erased.
	"""
	if not address.value.startswith("+"):
		return None
	owner = owner_of_sms(contact_points.threads_of(ports.database, address), "")
	found = threads.get(ports.database, owner.thread) if owner.thread else None
	title = readable_phone(address.value)
	return found or open_unmatched(ports, address, title, at_us, source_key("call", key))
