"""A message reached one of the business's numbers by any of the provider's channels."""

from customer_thread.domain.inbound import InboundMessage, InboundSms, RefusedMessage
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.ports import Ports
from customer_thread.store import refusals


def receive_message(ports: Ports, came: InboundMessage) -> None:
	"""Put a text where it belongs; of what is none staff see that it was refused, and why."""
	if isinstance(came, RefusedMessage):
		refusals.add(ports.database, came.sender, came.reason, came.occurred_us)
	elif isinstance(came, InboundSms):
		receive_sms(ports, came)
