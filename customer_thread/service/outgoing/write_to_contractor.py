"""A line from the program itself to the contractor, where they are."""

from customer_thread.domain.routing import Route
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries


def write_to_contractor(ports: Ports, text: str, source_key: str) -> None:
	"""Text the contractor this line, or mail it where they take no texts; the same key again is nothing new."""
	settings = ports.settings()
	for name, channel in ports.channels.items():
		address = channel.contractor(settings)
		if not address or not channel.is_set_up(settings):
			continue
		message_id = channel.new_message_id(ports) if channel.new_message_id else ""
		route = Route(name, address, "a line to the contractor")
		now = ports.clock.now_us()
		if deliveries.queue(
			ports.database, "Answer", route, now, text=text, message_id=message_id, source_key=source_key
		):
			ports.queue.run_soon("deliver")
		return
