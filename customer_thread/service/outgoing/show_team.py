"""What a customer wrote appears where the team talks, besides whoever it is forwarded to."""

from customer_thread.domain.limits import STRANGERS_TEXTS_PER_HOUR
from customer_thread.domain.routing import Route
from customer_thread.domain.times import HOUR
from customer_thread.service.outgoing.queue_delivery import queue_delivery
from customer_thread.service.ports import Ports
from customer_thread.store import spending
from customer_thread.store.rows import ThreadRow


def show_team(ports: Ports, thread: ThreadRow, entry: int, text: str, attachments: int = 0) -> None:
	"""Queue it for each chat of the team that is set up. How the customer's reply got on says nothing of it."""
	settings = ports.settings()
	for name, channel in ports.channels.items():
		if channel.team_place is None or not channel.is_set_up(settings):
			continue
		since = ports.clock.now_us() - HOUR
		most = STRANGERS_TEXTS_PER_HOUR
		if not thread["party"] and spending.by_strangers(ports.database, name, since, most, "Team") >= most:
			# a crowd waits under Unmatched
			continue
		route = Route(name, channel.team_place(settings, thread), "the team talks there")
		queue_delivery(ports, thread, entry, "Team", route, text, attachments=attachments)
