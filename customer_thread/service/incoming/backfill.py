"""Find the texts whose webhook never reached us."""

from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.times import DAY, MINUTE
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.ports import Ports

#: how far back is looked
REACH = 2 * DAY
#: a text younger than this may still be on its way here
SETTLED = MINUTE


def missed_sms(ports: Ports) -> list[InboundSms]:
	"""Return the provider's recent texts, oldest first. Outside of any transaction; raise GatewayError."""
	settings, now = ports.settings(), ports.clock.now_us()
	if not settings.capture_texts:
		return []
	return [
		text
		for channel, gateway in ports.texting.items()
		if ports.channel(channel).is_set_up(settings)
		for text in gateway().list_received(now - REACH)
		if text.occurred_us <= now - SETTLED
	]


def receive_missed_sms(ports: Ports, text: InboundSms) -> bool:
	"""Take one in at its own time if it is not here yet; return whether it was missing."""
	posted = receive_sms(ports, text)
	return posted is not None and posted.is_new
