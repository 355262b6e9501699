"""Ask the provider what became of texts it accepted and never spoke of again: its report was missed, or nobody takes any."""

from customer_thread.domain.delivery_states import ASK_EVERY, ASK_FOR, moves_forward
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import STATUS_ROWS
from customer_thread.domain.outbound import SentSms
from customer_thread.service.outgoing.record_outcome import is_looked_up, record_status
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries
from customer_thread.store.rows import DeliveryRow


def silent_deliveries(ports: Ports) -> list[DeliveryRow]:
	"""Return the accepted deliveries to ask about now, the longest silent first."""
	return deliveries.to_ask_about(ports.database, ports.clock.now_us(), STATUS_ROWS)


def ask_outcome(ports: Ports, row: DeliveryRow) -> SentSms | GatewayError:
	"""Return what the provider says of one, outside of any transaction."""
	try:
		channel = ports.channel(row["channel"] or "")
		if not row["provider_id"] or not is_looked_up(ports, row):
			raise GatewayError("The provider gave it no id.", permanent=True)
		return ports.texting[channel.rule.name]().status_of(row["provider_id"])
	except GatewayError as error:
		return error


def record_answer(ports: Ports, asked: DeliveryRow, answer: SentSms | GatewayError) -> None:
	"""Note what it says; what is never spoken of again counts as sent in the end."""
	row = deliveries.lock(ports.database, asked["name"])
	if row is None or row["state"] != "Sending" or row["claim"] or row["provider_id"] != asked["provider_id"]:
		return
	now = ports.clock.now_us()
	if isinstance(answer, SentSms) and moves_forward(row["state"], answer.state):
		record_status(ports, row, row["provider_id"], answer.state, answer.error)
	elif now - row["creation_us"] >= ASK_FOR:
		record_status(ports, row, row["provider_id"], "Sent", None)
	else:
		deliveries.ask_again(ports.database, row["name"], now + ASK_EVERY)
