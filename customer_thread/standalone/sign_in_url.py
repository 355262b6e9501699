"""Where a customer of the embedded host signs in, once."""

from urllib.parse import urlencode

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.service.sign_in.make_link import WAY_IN, new_token
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.standalone.server import PORT
from customer_thread.standalone.wiring import Host


def sign_in_url(host: Host, customer: str) -> str:
	"""Return an address that signs this customer in, once. Raise NotFound."""
	party = Party("Customer", customer)
	if host.parties.find(party) is None:
		raise NotFound("There is no customer “{0}”.", customer)
	served = host.database.select("SELECT value FROM host_state WHERE name = 'url'")
	local = served[0]["value"] if served else f"http://127.0.0.1:{PORT}"
	with host.database.transaction():
		thread = open_thread(host.ports, party)
		token = new_token(host.ports, customer, thread["name"], "Office")
	# in the query, not behind a #: so that a program can open it and press its button
	return f"{(host.settings().public_url or local).rstrip('/')}{WAY_IN}?{urlencode({'t': token})}"
