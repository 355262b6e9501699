"""No secret address stays in what Frappe keeps of a mail.

It is replaced before the Communication is checked and saved, so before Frappe makes Contacts of its receivers.
To which threads the mail was sent is remembered beside it, until the job that takes it in asks: thread and side,
no address.
"""

from typing import TYPE_CHECKING

import frappe

from customer_thread.domain.people.reply_address import reply_address
from customer_thread.domain.people.secret_addresses import tokens_in, without_secrets
from customer_thread.domain.times import DAY, SECOND
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.store import threads

if TYPE_CHECKING:
	from frappe.model.document import Document

_RECEIVERS = ("recipients", "cc", "bcc")
_WORDS = (*_RECEIVERS, "sender", "sender_full_name", "subject", "content", "text_content")
#: stands for a secret address where the business mails from none (RFC 2606 §2)
_NOBODY = "private@reply.invalid"
#: how long a mail may wait to be taken in
_REMEMBERED = 8 * DAY // SECOND


def conceal_in_communication(document: "Document") -> None:
	"""Replace every secret address, and remember to which threads a received mail was sent."""
	database = site_ports().database
	if document.sent_or_received == "Received":
		named = tokens_in(" ".join(document.get(field) or "" for field in _RECEIVERS))
		secret = threads.tokens_among(database, named)
		found = [
			*((threads.by_reply_token(database, token), "customer") for token in secret),
			*((threads.by_contractor_reply_token(database, token), "contractor") for token in secret),
		]
		of_threads = [(thread["name"], side) for thread, side in found if thread]
		if of_threads:
			frappe.cache.set_value(_key(document.name), of_threads, expires_in_sec=_REMEMBERED)
	_conceal(document, _WORDS)


def conceal_in_unhandled(document: "Document") -> None:
	"""Replace every secret address in a mail that Frappe could not read."""
	_conceal(document, ("raw", "reason"))


def _conceal(document: "Document", fields: tuple[str, ...]) -> None:
	values = {field: document.get(field) for field in fields}
	said = {field: value for field, value in values.items() if value and isinstance(value, str)}
	named = {token for value in said.values() for token in tokens_in(value)}
	ports = site_ports()
	secrets = threads.tokens_among(ports.database, named) if named else set()
	# Frappe lets no Communication be saved in which a receiver is no address
	instead = ports.settings().from_address or _NOBODY
	for field, value in said.items():
		concealed = without_secrets(value, secrets, instead)
		if concealed != value:
			document.set(field, concealed)


def sent_to(communication: str) -> list[str]:
	"""Return the secret addresses to which a mail was sent, as they are today."""
	ports, found = site_ports(), []
	for name, side in frappe.cache.get_value(_key(communication), expires=True) or ():
		thread = threads.get(ports.database, name)
		if thread:
			token = thread["reply_token"] if side == "customer" else thread["contractor_token"]
			found.append(reply_address(token, ports.settings().reply_domain or "reply.invalid"))
	return found


def _key(communication: str) -> str:
	return f"customer_thread_sent_to:{communication}"
