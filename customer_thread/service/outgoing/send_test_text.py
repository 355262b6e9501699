"""A text to the contractor's own phone, to see that texts leave."""

from customer_thread.domain.errors import Conflict, TooMany
from customer_thread.domain.limits import TEST_TEXTS
from customer_thread.domain.people.addresses import phone
from customer_thread.domain.routing import Route
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, sent_to

#: what staff read of it
TEST_REASON = "a line to the contractor: a test"


def send_test_text(ports: Ports) -> str:
	"""Text the contractor's phone and return the delivery's id. Raise Conflict if it cannot be, TooMany."""
	settings, _ = ports.settings(), ports.translate
	mobile = phone(settings.contractor_mobile, settings.default_region)
	if not settings.sends_texts:
		raise Conflict("Texts are not set up yet.")
	if mobile is None:
		raise Conflict("There is no contractor's mobile to text to.")
	now, (most, seconds) = ports.clock.now_us(), TEST_TEXTS
	if sent_to.answers_since(ports.database, mobile.value, now - seconds * SECOND, TEST_REASON) >= most:
		raise TooMany("That were {0} tests within ten minutes. Please wait a little.", most)
	words = _("A test by {0}: texts reach you here. Answer HELP to see what you can write back.")
	delivery = deliveries.queue(
		ports.database,
		"Answer",
		Route("SMS", mobile.value, TEST_REASON),
		now,
		text=words.format(settings.business_name),
		source_key=f"test-text:{ports.ids.token()}",
	)
	ports.queue.run_soon("deliver")
	return str(delivery)
