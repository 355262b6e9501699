"""A mail to where customers' answers arrive, to see that mails leave and come in."""

from customer_thread.domain.delivery_states import moves_forward
from customer_thread.domain.errors import BadInput, Conflict, TooMany
from customer_thread.domain.inbound import InboundMail
from customer_thread.domain.limits import TEST_TEXTS
from customer_thread.domain.people.reply_address import reply_address
from customer_thread.domain.routing import Route
from customer_thread.domain.times import SECOND
from customer_thread.service.outgoing.compose_mail import TEST_REASON, new_message_id
from customer_thread.service.ports import Ports
from customer_thread.service.settings import Settings
from customer_thread.store import deliveries, sent_to
from customer_thread.store.rows import DeliveryRow

#: in place of a thread's secret: it is none, and nobody speaks by it
_NOBODYS = "test" * 5
#: characters
_KEY = 100


def send_test_mail(ports: Ports, key: str = "") -> str:
	"""Mail ourselves where answers arrive and return the delivery's id; the same key again is the same mail.

	Raise BadInput, Conflict if it cannot be, TooMany.
	"""
	if len(key) > _KEY:
		raise BadInput("{0} is too long.", "key")
	settings, _ = ports.settings(), ports.translate
	if not (settings.sends_mail and settings.from_address):
		raise Conflict("E-mails are not set up yet.")
	if not settings.capture_emails:
		raise Conflict("E-mails that come in are not looked at: switch that on first.")
	source_key = f"test-mail:{key or ports.ids.token()}"
	if known := deliveries.by_source(ports.database, source_key):
		return known["name"]
	address, now, (most, seconds) = answers_arrive_at(settings), ports.clock.now_us(), TEST_TEXTS
	if sent_to.answers_since(ports.database, address, now - seconds * SECOND, TEST_REASON) >= most:
		raise TooMany("That were {0} tests within ten minutes. Please wait a little.", most)
	words = _("A test by {0}: it comes back to where customers’ answers arrive. Nobody needs to answer it.")
	delivery = deliveries.queue(
		ports.database,
		"Answer",
		Route("Email", address, TEST_REASON),
		now,
		text=words.format(settings.business_name),
		message_id=new_message_id(ports),
		source_key=source_key,
	)
	ports.queue.run_soon("deliver")
	return str(delivery)


def answers_arrive_at(settings: Settings) -> str:
	"""Return an address like those to which customers answer."""
	return reply_address(_NOBODYS, settings.reply_domain) or settings.from_address


def last_test_mail(ports: Ports) -> DeliveryRow | None:
	"""Return the last one that went to where answers arrive now; once Delivered, `due_us` is when it came back."""
	return sent_to.last_answer(ports.database, answers_arrive_at(ports.settings()), TEST_REASON)


def came_back(ports: Ports, mail: InboundMail) -> bool:
	"""Return whether a mail that came in is a test of ours, and note that it did."""
	known = deliveries.by_message_id(ports.database, mail.message_id)
	if known is None or known["reason"] != TEST_REASON:
		return False
	row = deliveries.lock(ports.database, known["name"])
	if row and moves_forward(row["state"], "Delivered"):
		deliveries.record_back(ports.database, row, ports.clock.now_us())
	return True
