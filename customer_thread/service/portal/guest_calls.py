"""The calls `customer_thread.api.portal.*` of whoever is not signed in; each asks for a proof of its own."""

from customer_thread.service.calls import Calls
from customer_thread.service.notices.subscribe import replace_subscription
from customer_thread.service.params import Params
from customer_thread.service.ports import Ports

GUEST = Calls()


@GUEST.post_call("resubscribe", "endpoint auth subscription")
def resubscribe(ports: Ports, params: Params) -> dict[str, str]:
	"""Go on with another subscription of a browser, as its service worker asks."""
	given = params.mapping("subscription")
	replace_subscription(ports, params.text("endpoint"), params.text("auth"), given)
	return {}
