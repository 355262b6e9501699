"""What was put together goes to its gateway, outside of any transaction."""

from customer_thread.domain.outbound import Claimed, OutboundMail, OutboundSms, SentMail, SentSms
from customer_thread.domain.times import MINUTE
from customer_thread.service.ports import Ports, Sms
from customer_thread.store import deliveries
from customer_thread.store.database import Database


def hand_over_text(ports: Ports, claimed: Claimed[OutboundSms]) -> SentSms:
	"""Send a text, unless an earlier try has left. Raise GatewayError."""
	gateway = ports.texting[claimed.channel]()
	earlier = None if claimed.unsure_since_us is None else _taken_before(ports, gateway, claimed)
	return earlier or gateway.send(claimed.outbound)


def hand_over_mail(ports: Ports, claimed: Claimed[OutboundMail]) -> SentMail:
	"""Send a mail; another try carries the same Message-ID, by which mailboxes know it again. Raise GatewayError."""
	ports.mail().send(claimed.outbound)
	return SentMail(claimed.outbound.message_id)


def _taken_before(ports: Ports, gateway: Sms, claimed: Claimed[OutboundSms]) -> SentSms | None:
	"""Return the text of an earlier try: what this delivery bears, else what no other one accounts for."""
	found = gateway.find_sent(claimed.outbound, (claimed.unsure_since_us or 0) - MINUTE)
	# asked after the provider: a report may have told this delivery its id meanwhile
	bearers = deliveries.bearers_of(ports.database, [sent.provider_sid for sent in found])
	own = [sent for sent in found if bearers.get(sent.provider_sid) == claimed.delivery]
	nobodys = [sent for sent in found if sent.provider_sid not in bearers]
	return next(iter(own + nobodys), None) or _reported(ports.database, claimed.delivery)


def _reported(database: Database, delivery: str) -> SentSms | None:
	"""Return the text that a report has told this delivery of; the provider's list may be late."""
	row = deliveries.get(database, delivery)
	return SentSms(row["provider_id"], row["state"]) if row and row["provider_id"] else None
