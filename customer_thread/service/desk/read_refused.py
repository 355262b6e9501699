"""Messages that were not received, and why: what came by a channel that is none of ours."""

from typing import TypedDict

from customer_thread.domain.times import iso
from customer_thread.service.ports import Ports
from customer_thread.store import refusals


class Refused(TypedDict):
	"""A message that was not received, by a channel that is none of ours."""

	#: ISO 8601 in UTC; the first of that sender's that day
	at: str
	#: as the provider gave it, such as "whatsapp:+15551234567"
	address: str
	reason: str


class RefusedView(TypedDict):
	"""What was not received in the last seven days, the latest first."""

	refused: list[Refused]


def read_refused(ports: Ports) -> RefusedView:
	"""Return the messages of the last seven days that were not received; none to who may not see every customer."""
	# a number may be that of a customer whom this reader may not see
	rows = [] if ports.visible() else refusals.latest(ports.database, ports.clock.now_us())
	return {
		"refused": [
			{"at": iso(row["creation_us"]), "address": row["address"], "reason": row["reason"]}
			for row in rows
		]
	}
