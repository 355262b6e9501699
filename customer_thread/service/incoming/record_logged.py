"""What the site has already done by itself: calls and texts that its own logs tell of."""

from customer_thread.domain.inbound import CallReport
from customer_thread.domain.people.addresses import phone
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.words import clean
from customer_thread.service.incoming.record_call import record_reported_call
from customer_thread.service.ports import Ports
from customer_thread.service.thread.post_entry import Posted, post_entry
from customer_thread.service.thread.refuse_erased import unless_erased
from customer_thread.store import contact_points


def record_logged_call(
	ports: Ports,
	call_id: str,
	numbers: tuple[str, str],
	*,
	incoming: bool,
	seconds: int,
	occurred_us: int,
	from_history: bool = False,
) -> Posted | None:
	"""Write the entry of a call from and to `numbers`, as somebody typed them; None if it is nobody's.

	The same call reported by the provider as well is one entry: both have its id.
	"""
	region = ports.settings().default_region
	caller, called = (_number(text, region) for text in numbers)
	answered = seconds > 0
	call = CallReport(call_id, caller, called, incoming, seconds, answered, occurred_us)
	return record_reported_call(ports, call, from_history=from_history)


@unless_erased
def record_logged_sms(
	ports: Ports, number: str, text: str, occurred_us: int, key: str, *, from_history: bool = False
) -> Posted | None:
	"""Show a text that the site sent through another gateway; None unless exactly one customer has the number."""
	address = phone(number, ports.settings().default_region)
	known = contact_points.threads_of(ports.database, address) if address else []
	words = clean(text)
	if len(known) != 1 or not words or not ports.settings().capture_texts:
		return None
	entry = NewEntry(
		"Message",
		"Automated",
		"SMS",
		words,
		occurred_us,
		source_key("sms-log", key),
		from_history=from_history,
	)
	return post_entry(ports, known[0], entry)


def _number(text: str, region: str) -> str:
	found = phone(text, region)
	return found.value if found else text.strip()
