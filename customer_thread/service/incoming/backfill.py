"""Find the texts whose webhook never reached us."""

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.thread.keys import text_key
from customer_thread.domain.times import DAY, MINUTE
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.ports import Ports
from customer_thread.store import entries

#: how far back is looked
REACH = 2 * DAY
#: a text younger than this may still be on its way here
SETTLED = MINUTE


def missed_sms(ports: Ports) -> list[InboundSms]:
	"""Return the providers' recent texts, oldest first. Outside of any transaction.

	One provider that fails keeps back its own texts alone. Raise GatewayError if none answers.
	"""
	settings, now = ports.settings(), ports.clock.now_us()
	if not settings.capture_texts:
		return []
	found: list[InboundSms] = []
	errors = []
	asked = [name for name in ports.texting if ports.channel(name).is_set_up(settings)]
	for name in asked:
		try:
			texts = ports.texting[name]().list_received(now - REACH, lambda sid: _is_known(ports, sid))
			found += [text for text in texts if text.occurred_us <= now - SETTLED]
		except GatewayError as error:
			errors.append(error)
	if errors and len(errors) == len(asked):
		raise errors[0]
	return found


def _is_known(ports: Ports, provider_sid: str) -> bool:
	return bool(entries.thread_of_source(ports.database, text_key(provider_sid)))


def receive_missed_sms(ports: Ports, text: InboundSms) -> bool:
	"""Take one in at its own time if it is not here yet; return whether it was missing."""
	posted = receive_sms(ports, text)
	return posted is not None and posted.is_new
