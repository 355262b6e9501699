"""Whether a customer reads what she should, and still does after the history is brought in."""

from collections.abc import Callable
from typing import Any

from customer_thread.frappe_host.enabled_rules import put_in_force
from support.site_history import OwnArchive, bring_in
from support.site_month_plans import Plans
from support.site_month_truth import faults_of

#: does something for a customer and returns what she should read of it, oldest first
Case = Callable[[Plans], list[str]]


def check(site: Any, case: Case, *, again: bool = True) -> None:
	"""Play a case, and compare what is read with what should be.

	again: whether the site keeps enough of it that the history says nothing else either if it is not known that the
	rules were asked at the time.
	"""
	archive = OwnArchive(site)
	office = Plans(site)
	expected = case(office)
	lines = office.lines()
	assert lines == expected
	assert faults_of(site, office.sarah) == []
	run = bring_in(site, archive)
	assert (run["failed"], run["entries"], office.lines()) == (0, 0, lines)
	if not again:
		return
	put_in_force()
	run = bring_in(site, archive)
	assert (run["failed"], office.lines()) == (0, lines)
