"""The pictures of a message that a text carries: which, where the provider fetches them, and what if they cannot go."""

import re

from customer_thread.domain.errors import GatewayError, NotFound
from customer_thread.domain.limits import MMS_LINK_SECONDS, MMS_PICTURES
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Ports
from customer_thread.service.reading.picture_link import picture_link
from customer_thread.service.reading.small_picture import can_be_small
from customer_thread.store import attachments, deliveries, threads
from customer_thread.store.deliveries import NO_PICTURES
from customer_thread.store.rows import DeliveryRow

_CARRIED = ("Forward", "Message")


def choose_pictures(ports: Ports, row: DeliveryRow) -> str:
	"""Return the positions of the attachments that go along with a text, decided at its first try and kept.

	All of a message or none: what a text cannot carry is seen at its address, and the others with it.
	"""
	if (
		row["pictures"]
		or row["attempts"]
		or row["purpose"] not in _CARRIED
		or not _address_in(ports, row["text"])
	):
		return row["pictures"]
	channel = ports.channel(row["channel"] or "")
	if not channel.rule.carries_pictures(ports.settings().sender, row["address"]):
		return ""
	listed = attachments.of_entries(ports.database, [row["entry"]])
	ready = attachments.ready_files(ports.database, row["entry"])
	if not ready or len(ready) != len(listed) or len(ready) > MMS_PICTURES:
		return ""
	try:
		fit = all(can_be_small(ports.files.read(file["file"])) for file in ready)
	except NotFound:
		return ""
	return " ".join(str(file["position"]) for file in listed) if fit else ""


def words_beside(ports: Ports, row: DeliveryRow) -> str:
	"""Return the words of a text, without the address of pictures that go along."""
	found = _address_in(ports, row["text"])
	if row["pictures"] in ("", NO_PICTURES) or not found:
		return row["text"]
	return row["text"][: found.start()] + row["text"][found.end() :]


def picture_addresses(ports: Ports, row: DeliveryRow) -> tuple[str, ...]:
	"""Return where the provider fetches the pictures that go along; it is given some hours for it."""
	thread = threads.get(ports.database, row["thread"] or "")
	if thread is None or row["pictures"] in ("", NO_PICTURES):
		return ()
	base = picture_link(ports, thread, row["entry"], MMS_LINK_SECONDS * SECOND)
	return tuple(f"{base}/{position}/small" for position in row["pictures"].split())


def send_without_pictures(ports: Ports, row: DeliveryRow, error: GatewayError) -> bool:
	"""Send the words of a text alone, with the pictures' address, if it failed for these; return whether it did."""
	if not error.of_pictures or row["pictures"] in ("", NO_PICTURES):
		return False
	if deliveries.give_up_pictures(ports.database, row, error, ports.clock.now_us()):
		ports.queue.run_soon("deliver")
	return True


def _address_in(ports: Ports, text: str) -> re.Match[str] | None:
	"""Return where the address stands behind the hint "[2 pictures]", with the blank before it."""
	base = ports.settings().public_url.rstrip("/")
	return re.search(rf"(?<=\]) {re.escape(base)}/\S+", text) if base else None
