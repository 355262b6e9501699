"""Documents of a real site become cards: the right ones, once each."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from support.persons import SARAH
from support.site_cards import cards, end_transaction, new_invoice, number, pay, told, void
from support.site_portal_documents import COMPANY

from customer_thread.frappe_host.cards import report

Logged = Callable[[], list[str]]


@pytest.fixture
def sarah(site: Any) -> Any:
	doc = {"doctype": "Customer", "customer_name": "Sarah Lee of the tests", "customer_type": "Individual"}
	return site.get_doc(doc).insert()


@pytest.fixture
def errors(site: Any) -> Iterator[Logged]:
	"""Return what asks for the errors logged since then. Their table knows no rollback: they are removed."""
	known = set(site.get_all("Error Log", pluck="name"))

	def logged() -> dict[str, str]:
		rows = site.get_all("Error Log", ["name", "error"])
		return {row.name: row.error for row in rows if row.name not in known}

	yield lambda: list(logged().values())
	for name in logged():
		site.db.delete("Error Log", {"name": name})


def test_each_is_told_in_their_own_language(site: Any, sarah: Any, item: str) -> None:
	sarah.language = "es"
	sarah.save()
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	pay(site, invoice, 1200)
	name = number(invoice)
	assert told(sarah) == [
		f"Factura {name} enviada — $4,200",
		f"Factura {name} pagada en parte, queda por pagar — $3,000",
	]


def test_it_tells_the_life_of_an_invoice_once(site: Any, sarah: Any, item: str, errors: Logged) -> None:
	invoice = new_invoice(site, sarah, item)
	invoice.save()
	assert told(sarah) == []
	invoice.submit()
	name = f"Invoice {number(invoice)}"
	assert told(sarah) == [f"{name} sent — $4,200"]
	pay(site, invoice, 1200)
	end_transaction()
	second = pay(site, invoice, 3000)
	said = [f"{name} sent — $4,200", f"{name} partly paid, still to pay — $3,000", f"{name} paid — $4,200"]
	assert told(sarah) == said
	second.reload().cancel()
	assert told(sarah) == [*said, f"{name} partly paid, still to pay — $3,000"]
	assert void(sarah) == ["Invoice partly paid", "Invoice paid"]
	pay(site, invoice, 3000)
	assert told(sarah)[4:] == [f"{name} paid — $4,200"]
	for row in site.get_all("Payment Entry", {"party": sarah.name, "docstatus": 1}, pluck="name"):
		site.get_doc("Payment Entry", row).cancel()
	end_transaction()
	site.get_doc("Sales Invoice", invoice.name).cancel()
	assert told(sarah)[-1] == f"{name} cancelled — $4,200"
	assert len(told(sarah)) == len(void(sarah)) + 1
	assert errors() == []


def test_it_tells_how_an_estimate_becomes_an_order(site: Any, sarah: Any, item: str) -> None:
	from erpnext.selling.doctype.quotation.quotation import make_sales_order

	row = {"item_code": item, "qty": 2, "rate": 100}
	values = {
		"doctype": "Quotation",
		"quotation_to": "Customer",
		"party_name": sarah.name,
		"company": COMPANY,
	}
	quotation = site.get_doc({**values, "items": [row]}).insert()
	quotation.submit()
	order = make_sales_order(quotation.name)
	order.delivery_date = site.utils.add_days(None, 7)
	order.insert()
	order.submit()
	approved = f"Estimate {number(quotation)} approved, order {number(order)} — $200"
	assert told(sarah) == [f"Estimate {number(quotation)} shared — $200", approved]
	order.cancel()
	assert told(sarah)[2:] == [f"Order {number(order)} cancelled — $200"]
	assert void(sarah) == ["Estimate approved"]


def test_it_shows_a_leads_estimate_to_the_customer_he_became(site: Any, item: str) -> None:
	lead = site.get_doc({"doctype": "Lead", "first_name": "Sarah of the tests"}).insert()
	values = {"doctype": "Quotation", "quotation_to": "Lead", "party_name": lead.name, "company": COMPANY}
	rows = [{"item_code": item, "qty": 1, "rate": 50}]
	site.get_doc({**values, "items": rows}).insert().submit()
	assert len(told(lead)) == 1
	doc = {"doctype": "Customer", "customer_name": "Sarah Lee of the tests", "customer_type": "Individual"}
	sarah = site.get_doc({**doc, "lead_name": lead.name}).insert()
	site.get_doc({**values, "items": rows}).insert().submit()
	assert (len(told(sarah)), told(lead)) == (2, [])


def test_it_tells_when_an_appointment_moves(site: Any, sarah: Any) -> None:
	when = site.utils.get_datetime("2027-05-14 08:00:00")
	appointment = site.get_doc(
		{
			"doctype": "Appointment",
			"scheduled_time": when,
			"customer_name": "Sarah Lee",
			"customer_email": SARAH.email,
			"appointment_with": "Customer",
			"party": sarah.name,
			"status": "Open",
		}
	).insert()
	assert len(told(sarah)) == 1
	appointment.reload()
	appointment.scheduled_time = when + timedelta(days=1)
	appointment.save()
	appointment.save()
	assert len(told(sarah)) == 2
	assert "8:00am" in told(sarah)[0]
	assert void(sarah) == ["Appointment scheduled"]


def test_it_tells_of_a_contract_at_its_own_time(site: Any, sarah: Any) -> None:
	values = {"doctype": "Contract", "party_type": "Customer", "party_name": sarah.name}
	contract = site.get_doc(
		{**values, "contract_terms": "A deck.", "start_date": site.utils.nowdate()}
	).insert()
	contract.submit()
	contract.reload()
	contract.is_signed, contract.signee = 1, "Sarah Lee"
	contract.signed_on = site.utils.add_to_date(None, minutes=-1, as_datetime=True)
	contract.save()
	assert [line.split(" ")[-1] for line in told(sarah)] == ["signed", "delivered"]
	contract.cancel()
	assert len(told(sarah)) == 3


def test_it_obeys_a_rule_as_soon_as_it_is_saved(site: Any, sarah: Any) -> None:
	rule = site.get_doc(
		{
			"doctype": "Thread Card Rule",
			"document_type": "Issue",
			"moment": "Created",
			"party_field": "customer",
			"event_type": "Request noted",
			"title": "Request noted",
		}
	).insert()
	site.get_doc({"doctype": "Issue", "subject": "A nail", "customer": sarah.name}).insert()
	assert told(sarah) == ["Request noted"]
	rule.delete()
	site.get_doc({"doctype": "Issue", "subject": "Another", "customer": sarah.name}).insert()
	assert told(sarah) == ["Request noted"]


def test_it_logs_a_rule_with_a_mistake_and_saves_the_document(
	site: Any, sarah: Any, item: str, errors: Logged
) -> None:
	rule = site.get_doc(
		{
			"doctype": "Thread Card Rule",
			"document_type": "Sales Invoice",
			"moment": "Submitted",
			"party_field": "customer",
			"event_type": "Broken",
			"title": "Broken",
		}
	).insert()
	# as if the field had been removed since
	site.db.set_value("Thread Card Rule", rule.name, "party_field", "nobody")
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	assert invoice.docstatus == 1
	assert told(sarah) == [f"Invoice {number(invoice)} sent — $4,200"]
	assert any("nobody" in error for error in errors())


def test_it_survives_a_mistake_of_its_own(
	site: Any, sarah: Any, item: str, monkeypatch: Any, errors: Logged
) -> None:
	def fail(*given: object, **named: object) -> None:
		site.db.sql("INSERT INTO `tabThread Note` (name, text) VALUES ('half-done', 'x')")
		raise RuntimeError("a mistake")

	monkeypatch.setattr("customer_thread.frappe_host.transaction.make_cards", fail)
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	end_transaction()
	assert site.db.get_value("Sales Invoice", invoice.name, "docstatus") == 1
	assert not site.db.exists("Thread Note", "half-done")
	assert any("a mistake" in error for error in errors())


def test_it_asks_nothing_about_documents_without_a_rule(site: Any, sarah: Any, item: str) -> None:
	note = site.get_doc({"doctype": "ToDo", "description": "Call"}).insert()
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	asked: list[str] = []
	sql = site.db.sql

	def noted(query: str, *rest: Any, **named: Any) -> Any:
		asked.append(query)
		return sql(query, *rest, **named)

	site.db.sql = noted
	try:
		report(note, "Saved")
		assert asked == []
		report(invoice, "Saved")
		end_transaction()
		assert asked
	finally:
		site.db.sql = sql


def test_it_lets_a_document_with_cards_be_deleted(site: Any, sarah: Any) -> None:
	when = site.utils.get_datetime("2027-05-14 08:00:00")
	doc = {"doctype": "Appointment", "scheduled_time": when, "appointment_with": "Customer", "status": "Open"}
	who = {"customer_name": "Sarah Lee", "customer_email": SARAH.email, "party": sarah.name}
	appointment = site.get_doc({**doc, **who}).insert()
	said = told(sarah)
	site.delete_doc("Appointment", appointment.name)
	assert not site.db.exists("Appointment", appointment.name)
	assert told(sarah) == [*said, "Appointment cancelled — Fri May 14, 8:00am"]
	assert void(sarah) == ["Appointment scheduled"]


def test_it_makes_the_cards_when_the_transaction_commits(site: Any, sarah: Any, item: str) -> None:
	from customer_thread.frappe_host import transaction

	# what a commit runs, without one
	commit = site.db.before_commit.run
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	assert site.db.count("Thread Event", {"reference_name": invoice.name}) == 0
	commit()
	assert site.db.count("Thread Event", {"reference_name": invoice.name}) == 1
	todo = site.get_doc(
		{"doctype": "Project", "project_name": "Deck of the tests", "company": COMPANY}
	).insert()
	site.delete_doc("Project", todo.name)
	commit()
	assert transaction.noted() == {}
	invoice.reload().cancel()
	assert transaction.noted()
	# what a rollback runs
	site.db.before_commit.reset()
	site.db.after_rollback.run()
	assert transaction.noted() == {}
	commit()
	assert told(sarah) == [f"Invoice {number(invoice)} sent — $4,200"]


def test_it_notes_no_transaction_without_end(
	site: Any, sarah: Any, item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
	from customer_thread.frappe_host import transaction

	monkeypatch.setattr(transaction, "TRANSACTION_DOCUMENTS", 2)
	noted = []
	for rate in (1, 2, 3):
		new_invoice(site, sarah, item, rate).submit()
		noted.append(len(transaction.noted()))
	assert max(noted) <= 2
	assert len(told(sarah)) == 3


def test_it_keeps_a_customer_to_whom_something_was_said(site: Any, sarah: Any, item: str) -> None:
	site.get_doc(
		{
			"doctype": "Project",
			"project_name": "Deck of the tests",
			"customer": sarah.name,
			"company": COMPANY,
		}
	).insert()
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	end_transaction()
	invoice.cancel()
	site.delete_doc("Sales Invoice", invoice.name, force=True)
	with pytest.raises(site.LinkExistsError):
		site.delete_doc("Customer", sarah.name)
	assert len(told(sarah)) == 2


def test_it_tells_of_a_credit_note_with_what_the_customer_gets(site: Any, sarah: Any, item: str) -> None:
	from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return

	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	note = make_sales_return(invoice.name)
	end_transaction()
	note.insert()
	note.submit()
	assert told(sarah)[1:] == [f"Credit note {number(note)} for invoice {number(invoice)} — $4,200"]
	assert void(sarah) == []


def test_it_tells_nothing_of_what_a_guest_books_until_staff_accept_it(site: Any, sarah: Any) -> None:
	when = site.utils.get_datetime("2027-05-14 08:00:00")
	doc = {"doctype": "Appointment", "scheduled_time": when, "appointment_with": "Customer", "status": "Open"}
	who = {"customer_name": "Sarah Lee", "customer_email": SARAH.email, "party": sarah.name}
	site.set_user("Guest")
	appointment = site.get_doc({**doc, **who}).insert(ignore_permissions=True)
	assert told(sarah) == []
	site.set_user("Administrator")
	accepted = site.get_doc("Appointment", appointment.name)
	accepted.customer_details = "On the left side."
	accepted.save()
	assert len(told(sarah)) == 1
	accepted.save()
	assert len(told(sarah)) == 1


def test_it_makes_cards_of_imported_documents_and_none_of_opening_ones(
	site: Any, sarah: Any, item: str
) -> None:
	invoice = new_invoice(site, sarah, item)
	account = site.db.get_value("Account", {"company": COMPANY, "account_type": "Temporary"})
	row = {"item_code": item, "qty": 1, "rate": 80, "income_account": account}
	opening = new_invoice(site, sarah, item, is_opening="Yes", items=[row])
	site.flags.in_import = True
	invoice.submit()
	opening.submit()
	assert told(sarah) == [f"Invoice {number(invoice)} sent — $4,200"]


def new_estimate(site: Any, customer: Any, item: str, rate: float) -> Any:
	doc = {"doctype": "Quotation", "quotation_to": "Customer", "party_name": customer.name}
	doc |= {"company": COMPANY, "items": [{"item_code": item, "qty": 1, "rate": rate}]}
	estimate = site.get_doc(doc).insert()
	estimate.submit()
	return estimate


def test_it_tells_of_a_document_that_took_the_number_of_a_deleted_one(
	site: Any, sarah: Any, item: str, errors: Logged
) -> None:
	bob = site.get_doc({"doctype": "Customer", "customer_name": "Bob of the tests"}).insert()
	wrong = new_estimate(site, sarah, item, 4200)
	end_transaction()
	wrong.cancel()
	said = told(sarah)
	site.delete_doc("Quotation", wrong.name)
	right = new_estimate(site, bob, item, 900)
	assert right.name == wrong.name, "Frappe gives the number again"
	assert told(bob) == [f"Estimate {number(right)} shared — $900"]
	right.cancel()
	assert len(told(bob)) == 2
	assert void(bob) == ["Estimate shared"]
	assert told(sarah) == said
	again = new_estimate(site, sarah, item, 100)
	end_transaction()
	site.delete_doc("Quotation", again.cancel().name)
	assert [card["url"] for card in cards(sarah)] == [None] * 4
	assert errors() == []


@pytest.mark.parametrize("links", [None, {}], ids=["Frappe renames the references", "Frappe renames none"])
def test_it_lets_the_cards_of_a_renamed_contract_follow_it(
	site: Any, sarah: Any, errors: Logged, links: dict[str, Any] | None
) -> None:
	from customer_thread.frappe_host.archive import SiteArchive

	doc = {
		"doctype": "Contract",
		"party_type": "Customer",
		"party_name": sarah.name,
		"contract_terms": "A deck.",
	}
	contract = site.get_doc({**doc, "start_date": site.utils.nowdate()}).insert()
	contract.submit()
	said = told(sarah)
	# what refers to what is looked up once in a request
	site.local.dynamic_link_map = links
	name = site.rename_doc("Contract", contract.name, "TEST deck & more")
	assert SiteArchive().bring_in("Contract", name, 0) == 0
	assert told(sarah) == said
	assert [card["url"] for card in cards(sarah)] == ["/messages/contracts/TEST%20deck%20%26%20more"]
	site.get_doc("Contract", name).cancel()
	assert void(sarah) == ["Contract delivered"]
	assert errors() == []
