"""Where a customer of the embedded host signs in, once."""

from urllib.parse import urlencode

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.standalone.server import PORT
from customer_thread.standalone.wiring import Host


def sign_in_url(host: Host, customer: str) -> str:
	"""Return an address that signs this customer in, once. Raise NotFound."""
	if host.parties.find(Party("Customer", customer)) is None:
		raise NotFound("There is no customer “{0}”.", customer)
	settings = host.settings()
	served = host.database.select("SELECT value FROM host_state WHERE name = 'url'")
	local = served[0]["value"] if served else f"http://127.0.0.1:{PORT}"
	token = host.sessions.make_link_token(customer, settings.sign_in_link_days * 24 * 60)
	return f"{(settings.public_url or local).rstrip('/')}/sign-in?{urlencode({'token': token})}"
