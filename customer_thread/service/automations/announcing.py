"""What becomes of a card's notices where a message of its own tells the same."""

from customer_thread.domain.automations.announcing import Announcing, verdict_of
from customer_thread.domain.notices.model import Verdict
from customer_thread.service.ports import Ports
from customer_thread.store import scheduled_messages


def instead_of_notice(ports: Ports, entry: int) -> Verdict | None:
	"""Return that they are skipped as it was told, or until when they wait for that; None: they are decided as any."""
	event, rows = scheduled_messages.announcing(ports.database, entry)
	messages = [
		Announcing(row["state"], row["reason"], row["due_us"], row["entry"], row["event"] == event)
		for row in rows
	]
	return verdict_of(messages, entry, ports.clock.now_us())
