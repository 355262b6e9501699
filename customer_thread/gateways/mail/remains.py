"""Tells machines' mails by what is left of them where a host keeps no headers (frappe/email/receive.py).

Only what no person writes counts: a customer's mail that is taken for a machine's would be lost.
"""

import re
from dataclasses import dataclass

from customer_thread.gateways.mail.bounces import MACHINES, RETURNED_ID, STATUS

#: what mail programs put before the subject of the mail they answer by themselves, always with a colon
_ANSWERS = re.compile(
	r"(automatic reply|automatic response|auto[- ]?reply|auto[- ]?response|out of office|automatische antwort"
	r"|abwesenheitsnotiz|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord"
	r"|resposta automática|autosvar|automaattinen vastaus|automatická odpověď|odpowiedź automatyczna)\s*:",
	re.IGNORECASE,
)
_DELAYED = re.compile(r"\b(delay(ed)?|warning)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_REFUSED = re.compile(r"\b5\d\d[ -]")


@dataclass(frozen=True)
class Undelivered:
	"""What a report says of a mail that will never arrive."""

	#: the mail's Message-ID with its angle brackets, where the report quotes it; else empty
	message_id: str
	#: every address it names, lower case, in order
	addresses: tuple[str, ...]
	#: enhanced status code, "5.1.1"
	status: str
	diagnostic: str


def is_automatic(sender: str, subject: str) -> bool:
	"""Return whether a machine wrote this: a mail server, or an out-of-office note."""
	return sender.partition("@")[0].lower() in MACHINES or bool(_ANSWERS.match(subject.strip()))


def undelivered(sender: str, subject: str, text: str) -> Undelivered | None:
	"""Return what a mail server says of a mail of ours that will never arrive; None for anything else."""
	status, refused = STATUS.search(text), _REFUSED.search(text)
	is_final = (status and status[1].startswith("5")) or (refused and not status)
	if sender.partition("@")[0].lower() not in MACHINES or _DELAYED.search(subject) or not is_final:
		return None
	returned = RETURNED_ID.search(text)
	named = dict.fromkeys(address.lower() for address in _ADDRESS.findall(text))
	line = next((line.strip() for line in text.splitlines() if _REFUSED.search(line)), "")
	return Undelivered(
		returned[1] if returned else "", tuple(named), status[1] if status else "5.0.0", line[:500]
	)
