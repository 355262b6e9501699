"""What cards cost whoever saves a document, counted in statements: time would be the machine's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from support.site_cards import end_transaction, new_invoice, pay, told

from customer_thread import tasks

#: of an invoice's card in a thread that is there, of its customer's language, and of its notice, which is one row
#: until a worker decides it;
#: each new one is a look-up that somebody should have thought about
STATEMENTS_OF_A_CARD = 15


@pytest.fixture
def sarah(site: Any) -> Any:
	doc = {"doctype": "Customer", "customer_name": "Sarah Lee of the tests", "customer_type": "Individual"}
	return site.get_doc(doc).insert()


@contextmanager
def statements(site: Any) -> Iterator[list[str]]:
	"""Return the list of what is asked of the database while the block lasts."""
	asked: list[str] = []
	database = site.local.db
	sql = database.sql

	def counted(query: object, *args: object, **options: object) -> object:
		asked.append(" ".join(str(query).split()))
		return sql(query, *args, **options)

	database.sql = counted
	try:
		yield asked
	finally:
		database.sql = sql


def _without_the_app(site: Any) -> dict[str, Any]:
	return {
		doctype: {
			event: [path for path in paths if not path.startswith("customer_thread.")]
			for event, paths in found.items()
		}
		for doctype, found in site.get_doc_hooks().items()
	}


@pytest.mark.parametrize("is_staff", [False, True], ids=["Administrator", "staff"])
def test_a_card_takes_few_statements(
	site: Any, sarah: Any, item: str, staff: Any, monkeypatch: pytest.MonkeyPatch, is_staff: bool
) -> None:
	if is_staff:
		staff("Accounts Manager", "Accounts User", "Sales User", "Stock User", "System Manager")
	new_invoice(site, sarah, item).submit()
	end_transaction()
	new_invoice(site, sarah, item).submit()
	# as a request does, which has not asked for them yet
	monkeypatch.delattr(site.local, "customer_thread_settings", raising=False)
	with statements(site) as asked:
		end_transaction()
	assert len(asked) <= STATEMENTS_OF_A_CARD, "\n".join(asked)
	assert not [query for query in asked if query.startswith("SELECT *") and "`tabSales Invoice`" in query]
	site.set_user("Administrator")
	assert len(told(sarah)) == 2


def test_who_is_notified_of_a_card_is_decided_by_the_worker(site: Any, sarah: Any, item: str) -> None:
	new_invoice(site, sarah, item).submit()
	end_transaction()
	[waiting] = notices_of(site, sarah)
	assert (waiting.state, waiting.channel, waiting.reason) == ("Held", None, "held: is decided in a moment")
	tasks.release()
	decided = notices_of(site, sarah)
	assert {row.channel for row in decided} == {"Push", "Email", "SMS"}
	assert waiting.name in {row.name for row in decided}
	assert not [row for row in decided if row.reason == waiting.reason]


def notices_of(site: Any, party: Any) -> list[Any]:
	found: list[Any] = site.get_all(
		"Thread Delivery",
		{"purpose": "Notice", "thread": site.db.get_value("Customer Thread", {"party": party.name})},
		["name", "state", "channel", "reason"],
	)
	return found


def test_a_card_is_announced_by_the_threads_own_events_alone(site: Any, sarah: Any, item: str) -> None:
	"""Frappe would broadcast two of each record that is written."""
	end_transaction()
	new_invoice(site, sarah, item).submit()
	end_transaction()
	said = [(event, message) for event, message, _room in site.local._realtime_log]
	assert "customer_thread_form_changed" in [event for event, _message in said]
	assert not [one for one in said if str(one[1].get("doctype")).startswith(("Thread ", "Customer Thread"))]


def test_nothing_is_asked_before_the_transaction_ends(site: Any, sarah: Any, item: str) -> None:
	counts = {}
	for is_installed in (True, False):
		invoice = new_invoice(site, sarah, item)
		hooks = site.get_doc_hooks()
		if not is_installed:
			site.local.doc_events_hooks = _without_the_app(site)
		with statements(site) as asked:
			invoice.submit()
		site.local.doc_events_hooks = hooks
		counts[is_installed] = len(asked)
	# the first one asks for what the second has in its request's memory
	assert not [query for query in asked if "customer_thread" in query.lower()]
	assert counts[True] >= counts[False]
	invoice = new_invoice(site, sarah, item)
	with statements(site) as asked:
		invoice.submit()
	assert len(asked) == counts[False]


def test_saving_a_document_without_a_rule_asks_nothing(site: Any) -> None:
	todo = site.get_doc({"doctype": "ToDo", "description": "the bench"}).insert()
	hooks = site.get_doc_hooks()
	todo.save()
	counts = []
	for known in (hooks, _without_the_app(site)):
		site.local.doc_events_hooks = known
		with statements(site) as asked:
			todo.save()
		counts.append(len(asked))
	site.local.doc_events_hooks = hooks
	assert counts[0] == counts[1]


def test_a_card_is_made_of_what_another_instance_has_set(site: Any, sarah: Any, item: str) -> None:
	"""The instance that is noted last says Unpaid; its row, by another one, that a part is paid."""
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	end_transaction()
	mine = site.get_doc("Sales Invoice", invoice.name)
	pay(site, mine, 1200)
	assert mine.status == "Unpaid"
	mine.db_set("remarks", "looked at", update_modified=False)
	assert told(sarah)[-1].endswith("partly paid, still to pay — $3,000")


def test_a_rule_that_works_a_name_out_sees_the_whole_document(site: Any, sarah: Any, item: str) -> None:
	rule = site.get_doc("Thread Card Rule", "invoice-sent")
	rule.title = "{{ doc['na' ~ 'me'] }} of {{ doc.get('cust' ~ 'omer_name') }}"
	rule.save()
	invoice = new_invoice(site, sarah, item)
	site.db.set_value("Sales Invoice", invoice.name, "customer_name", "Sarah")
	invoice.reload().submit()
	site.db.set_value("Sales Invoice", invoice.name, "customer_name", "Sarah L.")
	assert told(sarah) == [f"{invoice.name} of Sarah L. — $4,200"]


def test_a_card_without_an_amount_has_no_currency(site: Any, sarah: Any) -> None:
	"""Whoever made it has one as a default of their own."""
	assert site.defaults.get_defaults().get("currency")
	project = {"doctype": "Project", "project_name": "Deck of the tests", "customer": sarah.name}
	project = site.get_doc(project).insert()
	end_transaction()
	project.status = "Completed"
	project.save()
	assert told(sarah) == ["Deck of the tests — completed"]
	event = site.get_last_doc("Thread Event", {"reference_name": project.name})
	assert (event.currency, event.owner) == (None, "Administrator")
