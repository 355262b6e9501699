"""A reader lets this browser be pushed to, or not any more."""

from collections.abc import Mapping
from hmac import compare_digest

from customer_thread.domain.errors import NotAllowed, Unavailable
from customer_thread.domain.push.subscription import subscription_in
from customer_thread.service.ports import Ports
from customer_thread.store import subscriptions
from customer_thread.store.rows import ThreadRow
from customer_thread.store.subscriptions import Whose


def subscribe(
	ports: Ports, thread: ThreadRow, user: str, session_hash: str, given: Mapping[str, object], browser: str
) -> None:
	"""Push to this browser from now on, and to nobody else in it. Raise BadInput, or Unavailable while nobody can be.

	`given` is as the browser gives it, `browser` its User-Agent.
	"""
	if not ports.settings().sends_pushes:
		raise Unavailable("Notifications on devices are not set up yet.")
	whose = Whose(thread["name"], user, session_hash, ports.settings().vapid_public_key, browser)
	subscriptions.keep(ports.database, whose, subscription_in(given), ports.clock.now_us())


def unsubscribe(ports: Ports, endpoint: str) -> None:
	"""Push to the browser of this endpoint no more, whoever let it: who knows it has that browser."""
	row = subscriptions.by_endpoint(ports.database, endpoint)
	if row:
		subscriptions.end(ports.database, row["name"], "Turned Off", ports.clock.now_us())


def replace_subscription(ports: Ports, endpoint: str, auth: str, given: Mapping[str, object]) -> None:
	"""Go on with another subscription of the same browser, which shows by the secret of the old one that it is it.

	For a service worker, which may have no session any more. Raise NotAllowed for an old one that is not there.
	"""
	row = subscriptions.by_endpoint(ports.database, endpoint)
	if row is None or row["ended_us"] or not compare_digest(row["auth"].encode(), auth.encode()):
		raise NotAllowed("This device is not known here. Please open your messages again.")
	new, now_us = subscription_in(given), ports.clock.now_us()
	key, browser = ports.settings().vapid_public_key, row["user_agent"] or ""
	whose = Whose(row["thread"], row["user"], row["session_hash"], key, browser)
	if new.endpoint != endpoint:
		subscriptions.end(ports.database, row["name"], "Turned Off", now_us)
	subscriptions.keep(ports.database, whose, new, now_us)
