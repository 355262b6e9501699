"""A customer has another name now."""

from customer_thread.domain.model import Party
from customer_thread.domain.routing import Route
from customer_thread.domain.words import preview
from customer_thread.service.ports import Ports
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import deliveries, sent_to, threads
from customer_thread.store.rows import ThreadRow


def retitle_thread(ports: Ports, party: Party) -> bool:
	"""Give the party's thread their present name and return whether it had another; what was said keeps the old."""
	row, info = threads.of_party(ports.database, party), ports.parties.find(party)
	if row is None or info is None or row["title"] == preview(info.name):
		return False
	threads.retitle(ports.database, row["name"], preview(info.name))
	show_change(ports, row["name"])
	_tell_team(ports, row, threads.require(ports.database, row["name"]))
	return True


def _tell_team(ports: Ports, before: ThreadRow, after: ThreadRow) -> None:
	"""Say it where the team talks of them: the topic takes the name with the message."""
	for name, channel in ports.channels.items():
		settings = ports.settings()
		if channel.team_place is None or not channel.is_set_up(settings):
			continue
		if not any(sent_to.last_post(ports.database, after["name"], name)):
			continue
		words = ports.translate("{0} is called {1} from now on.").format(before["title"], after["title"])
		route = Route(name, channel.team_place(settings, after), "the topic takes the customer's name")
		now = ports.clock.now_us()
		if deliveries.queue(ports.database, "Answer", route, now, thread=after["name"], text=words):
			ports.queue.run_soon("deliver")
