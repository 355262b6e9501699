"""When a message would go, with all that may hold it by then."""

from collections.abc import Callable

from customer_thread.domain.automations import reasons
from customer_thread.domain.automations.model import Automation, Wanted
from customer_thread.domain.automations.reconcile import QUIET
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.phrase import Phrase

#: gives which message an automation has to send at a moment, µs, or why none
WantedAt = Callable[[int], Wanted | Phrase]
#: gives until when a message waits that would leave at a moment, µs
HoldAt = Callable[[int], Verdict | None]


def goes(automation: Automation, now_us: int, wanted_at: WantedAt, hold_at: HoldAt) -> tuple[int, Phrase]:
	"""Return when an automation's message goes, µs, and what it waits for until then; 0 and why, if it does not."""
	message = wanted_at(now_us)
	if isinstance(message, Phrase):
		return 0, message
	if automation.moment == "By Hand":
		# nobody knows when its button is pressed
		return 0, reasons.PRESSED
	at_us, why = message.planned_us, reasons.PLANNED
	if _at(wanted_at, at_us, message).settles:
		at_us, why = at_us + QUIET, reasons.SETTLING
	hold: Verdict | None = None
	while at_us < message.valid_until_us:
		hold = hold_at(at_us)
		is_urgent = _at(wanted_at, at_us, message).is_urgent(hold.until_us if hold else 0)
		if hold is None or (is_urgent and not automation.promotional):
			return at_us, why
		at_us, why = hold.until_us, hold.reason
	return 0, reasons.held_too_long(hold.reason) if hold else reasons.TOO_LATE


def _at(wanted_at: WantedAt, at_us: int, otherwise: Wanted) -> Wanted:
	"""Return the message as it is at that moment: what it tells of may be soon by then."""
	found = wanted_at(at_us)
	return otherwise if isinstance(found, Phrase) else found
