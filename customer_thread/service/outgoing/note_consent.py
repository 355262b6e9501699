"""Keep what a number says to our sender."""

from customer_thread.domain.model import Address, Consent
from customer_thread.service.ports import Ports
from customer_thread.store import consents, contact_points, preferences


def note_consent(
	ports: Ports, channel: str, address: str, state: Consent, at_us: int, how: str, *, said_to: str = ""
) -> bool:
	"""Keep it for all that is sent there later, and return whether it is another than before.

	`said_to` is the business's number, where no sender is set up.
	What its owner said, not what the network found out, is written down in the threads that have the number.
	"""
	by = ports.channel(channel)
	consent_to, kind = by.consent_to, by.rule.contact_kind
	if not (consent_to and kind):
		return False
	sender = consent_to(ports.settings()) or said_to
	before = consents.among(ports.database, [address], sender).get(address)
	consents.record(ports.database, address, sender, state, at_us, how)
	after = consents.among(ports.database, [address], sender).get(address)
	if after and after != before and after != "Not Textable":
		_log(ports, Address(kind, address), (before or "", after))
	return after != before


def _log(ports: Ports, number: Address, values: tuple[str, str]) -> None:
	database, now_us = ports.database, ports.clock.now_us()
	for thread in contact_points.threads_of(database, number):
		preferences.note_change(database, thread, None, "consent", values, "STOP", number.value, now_us)
