"""Whose a mail is, by the addresses it was sent to, the mails it answers and who sent it."""

from dataclasses import dataclass

from customer_thread.domain.inbound import InboundMail
from customer_thread.domain.limits import MAIL_REFERENCES_LOOKED_UP, MAIL_TOKENS
from customer_thread.domain.model import Address
from customer_thread.domain.people.identity import Owner, owner_of_mail, without_tag
from customer_thread.domain.people.reply_address import token_in
from customer_thread.service.outgoing.reach import contractor_mailbox
from customer_thread.service.outgoing.staff_phones import staff_mailboxes
from customer_thread.service.ports import Ports
from customer_thread.store import contact_points, deliveries, entries, sent_to, threads
from customer_thread.store.rows import ThreadRow


@dataclass(frozen=True)
class Addressed:
	"""The threads whose secret addresses a mail was sent to, each by its token."""

	customers: dict[str, ThreadRow]
	contractors: dict[str, ThreadRow]
	#: whether one of the addresses is none, made up or renewed since
	has_stale: bool


def addressed(ports: Ports, mail: InboundMail) -> Addressed:
	"""Return to whom a mail speaks by its recipients; of very many tokens only the first are looked up."""
	tokens = [token_in(recipient) for recipient in mail.recipients]
	kept = list(dict.fromkeys(token for token in tokens if token))[:MAIL_TOKENS]
	customers = threads.by_tokens(ports.database, kept, contractors=False)
	contractors = threads.by_tokens(ports.database, kept, contractors=True)
	has_stale = any(token not in customers and token not in contractors for token in kept)
	return Addressed(customers, contractors, has_stale)


def is_contractor(ports: Ports, mail: InboundMail) -> bool:
	"""Return whether a mail says that it is from the contractor's own address, or one that the settings say is the team's."""
	return bool(mail.from_address) and mail.from_address in staff_mailboxes(ports.settings())


def may_speak_as_contractor(ports: Ports, mail: InboundMail) -> bool:
	"""Return whether the sender is one of those whose mail to the contractor's secret address is the contractor's.

	Not if our own mail server has found that it does not come from there.
	"""
	return is_own(ports, mail.from_address) and not is_refuted(ports, mail)


def is_own(ports: Ports, address: str) -> bool:
	"""Return whether a mail address is the contractor's, the business's or a member of staff's."""
	own = {*staff_mailboxes(ports.settings()), ports.settings().from_address.lower()} - {""}
	return address in own or bool(address and ports.is_staff(address))


def user_at(ports: Ports, address: str) -> str | None:
	"""Return the user whose mailbox it is; None for the contractor's, and where none is known."""
	mailboxes = staff_mailboxes(ports.settings())
	if address in mailboxes:
		return mailboxes[address] or None
	return address if ports.is_staff(address) else None


def is_proven(ports: Ports, mail: InboundMail) -> bool:
	"""Return whether our own mail server says that the From address is genuine (DMARC)."""
	return bool(mail.dmarc_passed_by) and ports.settings().authserv_id.lower() in mail.dmarc_passed_by


def is_refuted(ports: Ports, mail: InboundMail) -> bool:
	"""Return whether our own mail server has looked and does not say so: no trust in an address outweighs that."""
	return bool(mail.dmarc_failed_by) and ports.settings().authserv_id.lower() in mail.dmarc_failed_by


def forwarded_in(ports: Ports, mail: InboundMail) -> ThreadRow | None:
	"""Return the thread of the mail to the contractor that this one answers: nobody else knows its Message-ID."""
	for reference in mail.references[:MAIL_REFERENCES_LOOKED_UP]:
		forwarded = deliveries.by_message_id(ports.database, reference)
		if forwarded and forwarded["purpose"] == "Forward" and forwarded["thread"]:
			return threads.get(ports.database, forwarded["thread"])
	return None


def referenced(ports: Ports, mail: InboundMail) -> list[str]:
	"""Return the threads of the mails this one answers, the nearest first."""
	found: list[str] = []
	for reference in mail.references[:MAIL_REFERENCES_LOOKED_UP]:
		sent = deliveries.by_message_id(ports.database, reference)
		if sent and sent["purpose"] != "Forward" and sent["thread"]:
			found.append(sent["thread"])
		found += entries.threads_of_mail(ports.database, reference)
	return list(dict.fromkeys(found))


def owner_of(ports: Ports, mail: InboundMail, *, has_stale: bool) -> Owner:
	"""Return whose a mail is that was sent to no thread's own address.

	One that was sent to an address which is none any more answers nothing: its Message-IDs leaked with the address.
	"""
	known = contact_points.of_address(ports.database, Address("Email", mail.from_address))
	on_file = list(dict.fromkeys(row["thread"] for row in known))
	proven, everybody = is_proven(ports, mail), ports.settings().trust_addresses
	trusted = [
		row["thread"]
		for row in known
		if proven or (row["trust"] != "Taken Back" and (everybody or row["trust"]))
	]
	trusted = [] if is_refuted(ports, mail) else list(dict.fromkeys(trusted))
	last = sent_to.last_spoken_to(ports.database, mail.from_address, trusted) if len(trusted) > 1 else ""
	owner = owner_of_mail([] if has_stale else referenced(ports, mail), on_file, trusted, last)
	if has_stale and not owner.thread:
		return Owner("", "was sent to a secret address that was renewed or never was")
	return owner


def concerns_us(ports: Ports, mail: InboundMail, tokens: bool) -> bool:
	"""Return whether a mail of nobody we know was written to the business's own address, or is about a thread."""
	settings = ports.settings()
	replies = f"reply@{settings.reply_domain.lower()}" if settings.reply_domain else ""
	own = {contractor_mailbox(settings), settings.from_address.lower(), replies} - {""}
	if tokens or not own or {without_tag(address) for address in mail.recipients} & own:
		return True
	on_file = contact_points.threads_of(ports.database, Address("Email", mail.from_address))
	return bool(on_file or referenced(ports, mail))
