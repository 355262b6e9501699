"""Months of two customers, in any order: what they read contradicts no document, and history adds nothing to it.

MONTHS=200 plays so many, and others each time.
"""

import os

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from support.site import undone
from support.site_history import OwnArchive, bring_in, capture
from support.site_month_steps import STEPS, Office, Step
from support.site_month_truth import faults_of

MONTHS = int(os.environ.get("MONTHS", "0"))
playing = settings(
	max_examples=MONTHS or 8,
	derandomize=not MONTHS,
	# what would be left out of a month takes as long as a month each time
	phases=[Phase.generate],
	database=None,
	deadline=None,
	suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

_EVERY = list(STEPS)
#: half of what is done is what is done most
_STEP: st.SearchStrategy[Step] = st.tuples(
	st.one_of(st.sampled_from(_EVERY[:6]), st.sampled_from(_EVERY)), st.integers(0, 41)
)
#: what one request does: one step, or a few
_ACT = st.one_of(st.lists(_STEP, min_size=1, max_size=1), st.lists(_STEP, min_size=2, max_size=3))


def months(at_least: int, at_most: int) -> st.SearchStrategy[list[list[Step]]]:
	return st.lists(_ACT, min_size=at_least, max_size=at_most)


def lines(office: Office) -> dict[str, list[str]]:
	return {who.name: office.lines(who) for who in (office.sarah, office.bob)}


def faults(office: Office) -> list[str]:
	return [fault for who in (office.sarah, office.bob) for fault in faults_of(office.site, who)]


def tell(office: Office) -> None:
	"""Let a failure show what was done and what is read of it."""
	note("\n".join([*office.done, *(str(read) for read in lines(office).items())]))


@playing
@given(months(5, 12), months(0, 3))
def test_history_adds_nothing_to_a_month_that_was_lived(
	first: list[list[Step]], rest: list[list[Step]]
) -> None:
	with undone() as site:
		archive, office = OwnArchive(site), Office(site)
		for acts in (first, rest):
			for steps in acts:
				office.play(steps)
				found = faults(office)
				tell(office)
				assert found == []
			read = lines(office)
			run = bring_in(site, archive)
			tell(office)
			assert lines(office) == read
			assert (run["failed"], run["entries"]) == (0, 0)


@playing
@given(months(3, 8), months(1, 5))
def test_history_puts_what_was_before_before_what_was_lived(
	before: list[list[Step]], lived: list[list[Step]]
) -> None:
	with undone() as site:
		archive, office = OwnArchive(site), Office(site)
		capture(site, is_on=False)
		for steps in before:
			office.play(steps)
		capture(site, is_on=True)
		for steps in lived:
			office.play(steps)
		told = lines(office)
		run = bring_in(site, archive)
		tell(office)
		read = lines(office)
		assert run["failed"] == 0
		for name, live in told.items():
			titles = iter(line.removeprefix("void: ") for line in read[name])
			assert all(line.removeprefix("void: ") in titles for line in live), "each stands where it stood"
		assert bring_in(site, archive)["entries"] == 0
		assert lines(office) == read
