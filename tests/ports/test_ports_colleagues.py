"""What every Colleagues port promises."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from support.clock import FixedClock
from support.site import IN_SITE

from customer_thread.domain.limits import COLLEAGUE_SECONDS, PRESENT_READERS
from customer_thread.domain.times import SECOND
from customer_thread.service.colleagues import Colleagues
from customer_thread.standalone.colleagues import MemoryColleagues


@pytest.fixture
def clock() -> FixedClock:
	"""Return the time."""
	return FixedClock()


@pytest.fixture(params=["site"] if IN_SITE else ["memory"])
def colleagues(request: pytest.FixtureRequest, clock: FixedClock) -> Iterator[Colleagues]:
	"""Return each Colleagues port."""
	if request.param == "memory":
		yield MemoryColleagues(clock)
		return
	from support.site_ports import site_colleagues

	with site_colleagues(clock) as made:
		yield made


def test_it_says_what_is_new(colleagues: Colleagues) -> None:
	thread = uuid4().hex
	assert colleagues.in_thread(thread) == {}
	assert colleagues.note(thread, "ann", writing=False)
	assert not colleagues.note(thread, "ann", writing=False)
	assert colleagues.note(thread, "ann", writing=True)
	assert colleagues.note(thread, "mike", writing=False)
	assert colleagues.in_thread(thread) == {"ann": True, "mike": False}
	assert colleagues.leave(thread, "ann")
	assert not colleagues.leave(thread, "ann")
	assert colleagues.in_thread(thread) == {"mike": False}


def test_it_forgets_whoever_is_not_noted_again(colleagues: Colleagues, clock: FixedClock) -> None:
	thread = uuid4().hex
	colleagues.note(thread, "ann", writing=True)
	clock.move((COLLEAGUE_SECONDS - 1) * SECOND)
	assert colleagues.in_thread(thread) == {"ann": True}
	colleagues.note(thread, "mike", writing=False)
	clock.move(SECOND)
	assert colleagues.in_thread(thread) == {"mike": False}
	assert colleagues.note(thread, "ann", writing=True)


def test_it_holds_so_many_and_no_more() -> None:
	colleagues = MemoryColleagues(FixedClock())
	for number in range(PRESENT_READERS + 1):
		colleagues.note("t", str(number), writing=False)
	assert len(colleagues.in_thread("t")) == PRESENT_READERS
	assert "0" not in colleagues.in_thread("t")
