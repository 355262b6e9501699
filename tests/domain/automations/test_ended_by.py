"""What ends a message that follows an event ends it for good, whatever happens behind it."""

import pytest

from customer_thread.domain.automations import reasons
from customer_thread.domain.automations.model import Automation, Cause, CauseEvent, DocumentNow, Wanted
from customer_thread.domain.automations.plan import wanted
from customer_thread.domain.model import Party
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import zone

HERE, SARAH = zone("America/New_York"), Party("Customer", "Sarah")
WAITING = Automation(
	name="waiting",
	title="Estimate waiting",
	document_type="Quotation",
	moment="After Event",
	text="Had a look?",
	enabled=True,
	after_event="Estimate shared",
	ended_by="Estimate approved,Estimate cancelled",
)


def answer(*event_types: str, carried_on_by: frozenset[str] = frozenset()) -> Wanted | Phrase:
	"""Return what is to be sent once these have happened, one after the other."""
	events = tuple(CauseEvent(str(place), kind, place) for place, kind in enumerate(event_types, 1))
	now = DocumentNow({"doctype": "Quotation", "name": "Q-1"}, frozenset({SARAH}), HERE)
	cause = Cause(Reference("Quotation", "Q-1"), "thread", SARAH, now, events, HERE)
	return wanted(WAITING, cause, 10, lambda _automation, _now: True, carried_on_by)


@pytest.mark.parametrize("behind", [(), ("Deposit received",), ("Deposit received", "Order changed")])
def test_approved_it_is_over_whatever_follows(behind: tuple[str, ...]) -> None:
	assert answer("Estimate shared", "Estimate approved", *behind) == reasons.OVER


def test_shared_anew_it_is_asked_about_again() -> None:
	found = answer("Estimate shared", "Estimate cancelled", "Estimate shared")
	assert isinstance(found, Wanted)
	assert found.event == "3"


def test_what_carries_it_on_takes_it_up_again() -> None:
	happened = "Estimate shared", "Estimate cancelled", "Estimate changed"
	assert answer(*happened) == reasons.OVER
	assert isinstance(answer(*happened, carried_on_by=frozenset({"Estimate changed"})), Wanted)
