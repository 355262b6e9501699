"""Random months of two customers: what they read contradicts no document, and the history adds nothing to it.

MONTHS=500 plays so many; MONTHS_FROM=1000 others. A month is played again by its number.
"""

import os
from random import Random

import pytest
from support.site import undone
from support.site_history import OwnArchive, bring_in
from support.site_month_steps import STEPS, Office, Step
from support.site_month_truth import faults_of

FIRST = int(os.environ.get("MONTHS_FROM", "0"))
MONTHS = range(FIRST, FIRST + int(os.environ.get("MONTHS", "6")))


def random_month(number: int) -> list[list[Step]]:
	"""Return the acts of a month, each of one step or a few."""
	random = Random(number)
	every = list(STEPS)
	often = every[:6]
	return [
		[
			(random.choice(often if random.random() < 0.5 else every), random.randrange(42))
			for _step in range(random.choice((1, 1, 1, 2, 3)))
		]
		for _act in range(random.randrange(5, 13))
	]


def lines(office: Office) -> dict[str, list[str]]:
	return {who.name: office.lines(who) for who in (office.sarah, office.bob)}


def faults(office: Office) -> list[str]:
	return [fault for who in (office.sarah, office.bob) for fault in faults_of(office.site, who)]


@pytest.mark.parametrize("number", MONTHS)
def test_no_card_of_a_month_contradicts_and_the_history_adds_nothing(number: int) -> None:
	with undone() as site:
		archive, office = OwnArchive(site), Office(site)
		for steps in random_month(number):
			office.play(steps)
			assert faults(office) == [], story(office)
		read = lines(office)
		for _time in range(2):
			run = bring_in(site, archive)
			assert lines(office) == read, story(office)
			assert (run["failed"], run["entries"]) == (0, 0)
		assert faults(office) == [], story(office)


def story(office: Office) -> str:
	"""Return what was done and what is read of it, for who looks for the mistake."""
	return "\n".join([*office.done, *(str(read) for read in lines(office).items())])
