"""What was put together goes to its gateway, outside of any transaction."""

from typing import Protocol, TypeVar

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import (
	Claimed,
	NotLeft,
	OutboundMail,
	OutboundPost,
	OutboundSms,
	SentMail,
	SentSms,
)
from customer_thread.domain.times import HOUR
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries
from customer_thread.store.database import Database

#: how much further back is looked: the provider's clock is not ours, and ours may have been set
_CLOCKS_APART = HOUR

Asked = TypeVar("Asked", OutboundSms, OutboundPost)
_Asked = TypeVar("_Asked", bound=OutboundSms | OutboundPost, contravariant=True)


class _Gateway(Protocol[_Asked]):
	"""What gives each message an id of its own, by which it is looked up."""

	def send(self, _message: _Asked, /) -> SentSms: ...

	def find_sent(self, _message: _Asked, _since_us: int, /) -> list[SentSms]: ...


def hand_over_text(ports: Ports, claimed: Claimed[OutboundSms]) -> SentSms | NotLeft:
	"""Send a text, unless an earlier try has left. Raise GatewayError."""
	return _once(ports, ports.texting[claimed.channel](), claimed)


def hand_over_post(ports: Ports, claimed: Claimed[OutboundPost]) -> SentSms | NotLeft:
	"""Write where the team talks, unless an earlier try is there. Raise GatewayError."""
	return _once(ports, ports.team_chats[claimed.channel](), claimed)


def _once(ports: Ports, gateway: _Gateway[Asked], claimed: Claimed[Asked]) -> SentSms | NotLeft:
	earlier = None if claimed.unsure_since_us is None else _taken_before(ports, gateway, claimed)
	if earlier is None and claimed.only_look:
		return NotLeft()
	return earlier or gateway.send(claimed.outbound)


def hand_over_mail(ports: Ports, claimed: Claimed[OutboundMail]) -> SentMail:
	"""Send a mail; another try carries the same Message-ID, by which mailboxes know it again. Raise GatewayError."""
	ports.mail().send(claimed.outbound)
	return SentMail(claimed.outbound.message_id)


def _taken_before(ports: Ports, gateway: _Gateway[Asked], claimed: Claimed[Asked]) -> SentSms | None:
	"""Return the text of an earlier try: what this delivery bears, else what no other one accounts for.

	The claim was not given before the earlier try's request could no longer arrive. Raise GatewayError, ambiguous.
	"""
	since = min(claimed.unsure_since_us or 0, ports.clock.now_us()) - _CLOCKS_APART
	try:
		found = gateway.find_sent(claimed.outbound, since)
	except GatewayError as error:
		# nothing is known of the earlier try for that, and nothing is final
		raise GatewayError("{0}", error.phrase, ambiguous=True, code=error.code) from error
	# asked after the provider: a report may have told this delivery its id meanwhile
	bearers = deliveries.bearers_of(ports.database, [sent.provider_sid for sent in found])
	earlier = deliveries.earlier_ids_to(ports.database, claimed.outbound.to)
	own = [sent for sent in found if bearers.get(sent.provider_sid) == claimed.delivery]
	nobodys = [sent for sent in found if sent.provider_sid not in bearers.keys() | earlier]
	return next(iter(own + nobodys), None) or _reported(ports.database, claimed.delivery)


def _reported(database: Database, delivery: str) -> SentSms | None:
	"""Return the text that a report has told this delivery of; the provider's list may be late."""
	row = deliveries.get(database, delivery)
	return SentSms(row["provider_id"], row["state"]) if row and row["provider_id"] else None
