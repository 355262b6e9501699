"""The state machine of a delivery: forward only, whatever order reports come in."""

from collections.abc import Iterable
from typing import Literal

from customer_thread.domain.limits import TWILIO_ARRIVES_SECONDS, TWILIO_SECONDS, ZULIP_SECONDS
from customer_thread.domain.model import DeliveryState
from customer_thread.domain.times import DAY, HOUR, MINUTE, SECOND

#: of a message that is stored, as the customer who sent it sees it
ShownState = Literal["sending", "sent", "delivered"]
#: how far one delivery has come, and how many tries were begun
Progress = tuple[DeliveryState, int]

_RANK: dict[DeliveryState, int] = {
	"Held": 0,
	"Queued": 1,
	"Sending": 2,
	"Sent": 3,
	"Delivered": 4,
	"Failed": 4,
	"Skipped": 4,
}

#: waits between tries, µs; after the last the delivery fails visibly
WAITS = (30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR)
#: thousandths of a wait over which it varies
SPREAD = 400
#: a claim older than this was lost with its process
CLAIM_TIMEOUT = 10 * MINUTE
#: a request that was begun so long ago can no longer reach the provider
ARRIVES_WITHIN = (max(TWILIO_SECONDS, ZULIP_SECONDS) + TWILIO_ARRIVES_SECONDS) * SECOND
#: a first try that is so late is waited for no longer: nobody may be there to make it
LATE = 5 * MINUTE
#: how long after a text was accepted, and how often since, the provider is asked what became of it
ASK_AFTER = 5 * MINUTE
ASK_EVERY = HOUR
#: what a provider accepted and never spoke of again counts as sent
ASK_FOR = 2 * DAY
#: longer than any night, or any time between the hours in which the business writes
LONGEST_HOLD = 3 * DAY
#: how far two clocks may be apart
CLOCK_SLACK = MINUTE


def moves_forward(now: DeliveryState, reported: DeliveryState) -> bool:
	"""Return whether a status report moves a delivery on: a final state never changes, no state goes back."""
	return _RANK[reported] > _RANK[now]


def next_try(attempts: int, now_us: int, spread: int) -> int | None:
	"""Return when to try again after this many failed tries, or None if it was the last.

	`spread` is a random number 0–`SPREAD`: the wait varies by ± 20 % so that a crowd does not come back at once.
	"""
	if attempts > len(WAITS):
		return None
	wait = WAITS[attempts - 1]
	return now_us + wait * (1000 - SPREAD // 2 + spread) // 1000


def next_look(attempts: int, now_us: int, spread: int) -> int | None:
	"""Return when to look up what the last try left open, or None once that was tried as often as sending."""
	return next_try(min(attempts, len(WAITS)), now_us, spread) if attempts <= 2 * len(WAITS) else None


def longest_wait(attempts: int) -> int:
	"""Return the longest time, in µs, that a delivery may wait after so many tries, if its clock was right."""
	waits = WAITS[: attempts + 1] if attempts else ()
	return max((*waits, ARRIVES_WITHIN)) * (1000 + SPREAD) // 1000 + CLOCK_SLACK


def may_be_asked(claimed_us: int) -> int:
	"""Return from when on the provider can say whether it took what a lost try had handed over."""
	return claimed_us + ARRIVES_WITHIN


def is_last(attempts: int) -> bool:
	"""Return whether nothing may be sent in this try: what the one before left open is looked up, no more."""
	return attempts > len(WAITS) + 1


def progress(state: DeliveryState, tries: int, due_us: int, claimed_us: int, now_us: int) -> Progress:
	"""Return how far a delivery has come; one whose first try nobody makes or ends counts as tried in vain."""
	is_late = due_us < now_us - LATE
	is_lost = state == "Sending" and tries == 1 and claimed_us < now_us - CLAIM_TIMEOUT
	if is_late and (is_lost or (state == "Queued" and tries == 0)):
		return state, tries + 1
	return state, tries


def shown(deliveries: Iterable[Progress]) -> ShownState:
	"""Return what the customer sees of the deliveries of a message of theirs.

	Parts of a split message count as its slowest. What waits after a try that failed, or has failed for good, is
	stored all the same and read in the Desk: it is sent, and mending the rest is not for them.
	"""
	seen = set(deliveries)
	if any(_is_on_its_way(*progress) for progress in seen):
		return "sending"
	return "delivered" if _states(seen) == {"Delivered"} else "sent"


def has_left(deliveries: Iterable[Progress]) -> bool:
	"""Return whether a message is with the contractor, or with a provider who took it, and not only stored here."""
	states = _states(deliveries)
	return bool(states) and states <= {"Sent", "Delivered"}


def _is_on_its_way(state: DeliveryState, tries: int) -> bool:
	"""Return whether a delivery waits for its first try, or for what comes of it."""
	return (state == "Queued" and tries == 0) or (state == "Sending" and tries <= 1)


def _states(deliveries: Iterable[Progress]) -> set[DeliveryState]:
	return {state for state, _tries in deliveries} - {"Skipped"}
