"""Keep what a number says to our sender."""

from customer_thread.domain.model import Consent
from customer_thread.service.ports import Ports
from customer_thread.store import consents


def note_consent(
	ports: Ports, channel: str, address: str, state: Consent, at_us: int, how: str, *, said_to: str = ""
) -> None:
	"""Keep it for all that is sent there later; `said_to` is the business's number, where no sender is set up."""
	consent_to = ports.channel(channel).consent_to
	if consent_to:
		sender = consent_to(ports.settings()) or said_to
		consents.record(ports.database, address, sender, state, at_us, how)
