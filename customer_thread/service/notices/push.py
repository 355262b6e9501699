"""A delivery's row becomes a push, and what came of it is noted of the browser."""

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import Claimed, OutboundPush, Outcome, SentPush
from customer_thread.domain.push.lifetime import lifetime
from customer_thread.domain.push.payload import payload
from customer_thread.domain.wording import amount_in
from customer_thread.service.notices.preferences import preferences_of
from customer_thread.service.ports import Ports
from customer_thread.service.reading.read_timeline import outbox_of
from customer_thread.service.thread.in_language import in_language_of
from customer_thread.store import entries, subscriptions, threads
from customer_thread.store.notice_rows import SubscriptionRow
from customer_thread.store.rows import DeliveryRow, PageRow, ThreadRow


def compose_push(ports: Ports, delivery: DeliveryRow) -> OutboundPush:
	"""Return what is to be sent to the browser that is the delivery's address. Raise GatewayError (permanent).

	The words are those of the delivery if it has any, else those of its entry.
	"""
	subscription = _live(ports, delivery["address"])
	thread = threads.get(ports.database, delivery["thread"]) if delivery["thread"] else None
	entry = entries.get(ports.database, thread["name"], delivery["entry"]) if thread else None
	# a test is of no entry
	if thread is None or (entry is None and delivery["entry"]):
		raise GatewayError("What was to be sent is gone.", permanent=True)
	_check_reads(ports, thread, subscription["user"])
	ports = in_language_of(ports, thread, subscription["user"])
	quiet_hours = preferences_of(ports, thread, subscription["user"]).quiet_hours
	urgent = bool(delivery["urgent"])
	ttl = lifetime(delivery["creation_us"], ports.clock.now_us(), quiet_hours, urgent=urgent)
	if not ttl:
		raise GatewayError("It came too late to be of use.", permanent=True)
	settings, tag = ports.settings(), outbox_of(thread["name"])
	return OutboundPush(
		subscription=subscription["name"],
		endpoint=subscription["endpoint"],
		p256dh=subscription["p256dh"],
		auth=subscription["auth"],
		payload=payload(
			title=settings.business_name,
			words=delivery["text"] or (push_words(ports, entry) if entry else ""),
			tag=tag,
			url=f"/messages?around={entry['name']}#{entry['name']}" if entry else "/messages",
			badge=thread["customer_unread"],
		),
		ttl=ttl,
		urgency="high" if urgent else "normal",
		topic=tag,
		private_key=settings.vapid_private_key,
		contact=settings.push_contact,
		push_id=delivery["provider_id"] or delivery["name"],
	)


def push_words(ports: Ports, entry: PageRow) -> str:
	"""Return what a locked screen may say of an entry: how much a card is about only if the admin allows it."""
	text = entry["text"] or entry["subject"]
	if entry["kind"] == "Event" and not ports.settings().push_amounts:
		amount = amount_in(text, entry["title"])
		return entry["title"] if amount else text
	return text or ports.translate("A picture")


def _live(ports: Ports, name: str) -> SubscriptionRow:
	row = subscriptions.get(ports.database, name)
	if row is None or row["ended_us"]:
		raise GatewayError("That device takes no notifications any more.", permanent=True)
	if row["public_key"] != ports.settings().vapid_public_key:
		subscriptions.end(ports.database, name, "Keys Replaced", ports.clock.now_us())
		raise GatewayError("The keys were replaced. The device must open the page again.", permanent=True)
	return row


def _check_reads(ports: Ports, thread: ThreadRow, user: str) -> None:
	party = threads.party_of(thread)
	if party is None or user not in {reader.user for reader in ports.parties.readers(party)}:
		raise GatewayError("Whoever uses that device does not read this thread any more.", permanent=True)


def hand_over_push(ports: Ports, claimed: Claimed[OutboundPush]) -> SentPush:
	"""Send a push; another try replaces it, on its way by its topic and on the screen by its tag. Raise GatewayError."""
	return ports.push().send(claimed.outbound)


def note_outcome(ports: Ports, claimed: Claimed[OutboundPush], outcome: Outcome) -> None:
	"""Note of a browser that it was reached, refused, or is gone."""
	database, name, now_us = ports.database, claimed.outbound.subscription, ports.clock.now_us()
	if not isinstance(outcome, GatewayError):
		subscriptions.note_reached(database, name, now_us)
	elif outcome.gone:
		subscriptions.end(database, name, "Gone", now_us)
		ports.notices.resort(ports, claimed.delivery)
	elif outcome.permanent and outcome.code:
		subscriptions.note_refused(database, name, now_us)
