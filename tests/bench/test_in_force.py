"""History asks a rule about what happened before it was in force, and about what it failed to tell."""

from collections.abc import Callable
from typing import Any

import pytest
from support.site_cards import end_transaction, new_invoice, number, told
from support.site_history import OwnArchive, bring_in

from customer_thread.frappe_host import transaction
from customer_thread.frappe_host.enabled_rules import put_in_force

RULE = "Thread Card Rule"


@pytest.fixture
def sarah(site: Any) -> Any:
	doc = {"doctype": "Customer", "customer_name": "TEST Sarah", "customer_type": "Individual"}
	return site.get_doc(doc).insert()


@pytest.fixture
def rule(site: Any) -> Any:
	return site.get_doc(RULE, {"event_type": "Invoice sent"})


@pytest.fixture
def bring(site: Any) -> Callable[[], int]:
	archive = OwnArchive(site)
	return lambda: bring_in(site, archive)["entries"]


def test_a_rule_is_in_force_since_it_was_made(site: Any, rule: Any) -> None:
	before_us = rule.in_force_since_us
	copy = site.copy_doc(rule).insert()
	assert copy.in_force_since_us > before_us > 0


@pytest.mark.parametrize(
	("change", "is_anew"),
	[
		({"title": "Invoice {{ doc | number }} is here"}, False),
		({"condition": "doc.grand_total > 5"}, True),
		({"value": "", "moment": "Created"}, True),
	],
	ids=str,
)
def test_it_is_anew_once_it_asks_for_something_else(rule: Any, change: dict[str, Any], is_anew: bool) -> None:
	before_us = rule.in_force_since_us
	rule.update(change).save()
	assert (rule.in_force_since_us > before_us) is is_anew


def test_what_happened_while_it_was_off_is_found(
	site: Any, sarah: Any, item: str, rule: Any, bring: Callable[[], int]
) -> None:
	rule.enabled = 0
	rule.save()
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	assert told(sarah) == []
	assert bring() == 0
	rule.enabled = 1
	rule.save()
	assert bring() == 1
	assert told(sarah) == [f"Invoice {number(invoice)} sent — $4,200"]


def test_what_no_rule_told_at_the_time_is_not_told_later(
	site: Any, sarah: Any, item: str, bring: Callable[[], int]
) -> None:
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	# nobody has seen an invoice that was sent and cancelled in one transaction
	invoice.reload().cancel()
	assert told(sarah) == []
	assert bring() == 0
	put_in_force()
	assert bring() > 0


def test_what_failed_is_found_once_it_is_mended(
	site: Any, sarah: Any, item: str, monkeypatch: pytest.MonkeyPatch, bring: Callable[[], int]
) -> None:
	def fail(*given: object, **named: object) -> None:
		raise RuntimeError("a mistake")

	with monkeypatch.context() as broken:
		broken.setattr(transaction, "make_cards", fail)
		invoice = new_invoice(site, sarah, item)
		invoice.submit()
		end_transaction()
	site.db.delete("Error Log", {"method": ("like", f"%{invoice.name}%")})
	assert told(sarah) == []
	assert bring() == 1
	assert told(sarah) == [f"Invoice {number(invoice)} sent — $4,200"]


def test_what_a_broken_rule_could_not_tell_is_found(
	site: Any, sarah: Any, item: str, rule: Any, bring: Callable[[], int]
) -> None:
	# as if the field had been removed since
	site.db.set_value(RULE, rule.name, "party_field", "nobody")
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	end_transaction()
	site.db.delete("Error Log", {"error": ("like", "%nobody%")})
	assert told(sarah) == []
	site.db.set_value(RULE, rule.name, "party_field", rule.party_field)
	assert bring() == 1
	assert told(sarah) == [f"Invoice {number(invoice)} sent — $4,200"]
