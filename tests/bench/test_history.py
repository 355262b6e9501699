"""What happened before the app was there becomes the thread it would have been, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from support.persons import MIKE
from support.site_cards import end_transaction, new_invoice, number, pay, told, void
from support.site_history import OwnArchive, bring_in, capture
from support.site_mails import new_mail
from support.site_portal_documents import COMPANY

from customer_thread.frappe_host.archive import CONTACTS, SiteArchive

if TYPE_CHECKING:
	from customer_thread.store.rows import HistoryRow

Bring = Callable[[], Any]


def customer(site: Any, name: str) -> Any:
	values = {"doctype": "Customer", "customer_name": f"TEST {name}", "customer_type": "Individual"}
	return site.get_doc(values).insert()


@pytest.fixture
def archive(site: Any) -> SiteArchive:
	"""Return the site's archive without what was there before the test."""
	return OwnArchive(site)


@pytest.fixture
def bring(site: Any, archive: SiteArchive) -> Bring:
	"""Return what brings the last month in, all of it, and returns the run."""
	site.db.delete("Thread History")
	return lambda: bring_in(site, archive)


def invoice_life(site: Any, who: Any, item: str) -> None:
	invoice = new_invoice(site, who, item)
	invoice.submit()
	end_transaction()
	pay(site, invoice, 1200)
	end_transaction()
	pay(site, invoice, 3000)
	end_transaction()
	second = new_invoice(site, who, item, 80)
	second.submit()
	end_transaction()
	second.reload().cancel()
	new_invoice(site, who, item, 5)


def estimate_life(site: Any, who: Any, item: str) -> None:
	from erpnext.selling.doctype.quotation.quotation import make_sales_order

	rows = [{"item_code": item, "qty": 2, "rate": 100}]
	values = {"doctype": "Quotation", "quotation_to": "Customer", "party_name": who.name, "company": COMPANY}
	quotation = site.get_doc({**values, "items": rows}).insert()
	quotation.submit()
	end_transaction()
	order = make_sales_order(quotation.name)
	order.delivery_date = site.utils.add_days(None, 7)
	order.insert()
	order.submit()


def visits_life(site: Any, who: Any, item: str) -> None:
	when = site.utils.get_datetime("2027-05-14 08:00:00")
	values = {"customer_name": "Sarah", "customer_email": "s@tests.example", "appointment_with": "Customer"}
	appointment = site.get_doc(
		{"doctype": "Appointment", "scheduled_time": when, "party": who.name, "status": "Open", **values}
	).insert()
	for days in (1, 2):
		end_transaction()
		appointment.reload()
		appointment.scheduled_time = when + timedelta(days=days)
		appointment.save()


def contract_life(site: Any, who: Any, item: str) -> None:
	values = {"doctype": "Contract", "party_type": "Customer", "party_name": who.name}
	contract = site.get_doc(
		{**values, "contract_terms": "A deck.", "start_date": site.utils.nowdate()}
	).insert()
	contract.submit()
	end_transaction()
	contract.reload()
	contract.is_signed, contract.signee = 1, "Sarah Lee"
	contract.signed_on = site.utils.now_datetime()
	contract.save()


def project_life(site: Any, who: Any, item: str) -> None:
	values = {"doctype": "Project", "project_name": f"Deck of {who.name}", "customer": who.name}
	project = site.get_doc({**values, "company": COMPANY}).insert()
	end_transaction()
	project.status = "Completed"
	project.save()


def deposit_life(site: Any, who: Any, item: str) -> None:
	invoice = new_invoice(site, who, item)
	invoice.submit()
	end_transaction()
	payment = pay(site, invoice, 4200)
	end_transaction()
	payment.reload().cancel()


def told_alike(who: Any) -> list[str]:
	"""Return a thread's lines without what differs from customer to customer: numbers of documents, their name."""
	import re

	return sorted(re.sub(r"#\S+|TEST \w+", "#", line) for line in told(who))


LIVES = [invoice_life, estimate_life, visits_life, contract_life, project_life]


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_it_tells_afterwards_what_it_would_have_told_at_the_time(
	site: Any, item: str, bring: Bring, life: Any
) -> None:
	live, past = customer(site, "Live"), customer(site, "Past")
	life(site, live, item)
	capture(site, is_on=False)
	life(site, past, item)
	assert told(past) == []
	capture(site, is_on=True)
	before = told(live)
	run = bring()
	assert (run["failed"], told(live)) == (0, before)
	assert told_alike(past) == told_alike(live)
	assert sorted(void(past)) == sorted(void(live))


@pytest.mark.parametrize("life", [*LIVES, deposit_life], ids=lambda life: life.__name__)
def test_it_changes_nothing_when_it_is_brought_in_again(
	site: Any, item: str, bring: Bring, life: Any
) -> None:
	past = customer(site, "Past")
	capture(site, is_on=False)
	life(site, past, item)
	capture(site, is_on=True)
	bring()
	said = told(past)
	assert said
	again = bring()
	assert (again["entries"], told(past)) == (0, said)


def test_it_makes_no_double_of_what_comes_later(site: Any, item: str, bring: Bring) -> None:
	past = customer(site, "Past")
	capture(site, is_on=False)
	invoice = new_invoice(site, past, item)
	invoice.submit()
	end_transaction()
	payment = pay(site, invoice, 4200)
	capture(site, is_on=True)
	bring()
	name = f"Invoice {number(invoice)}"
	assert told(past) == [f"{name} sent — $4,200", f"{name} paid — $4,200"]
	site.get_doc("Sales Invoice", invoice.name).db_set("status", "Paid")
	assert len(told(past)) == 2
	payment.reload().cancel()
	assert told(past)[2:] == [f"{name} open again, to pay — $4,200"]
	assert void(past) == ["Invoice paid"]
	bring()
	assert len(told(past)) == 3


def test_it_fits_what_was_missed_in_before_what_was_told(site: Any, item: str, bring: Bring) -> None:
	past = customer(site, "Past")
	capture(site, is_on=False)
	invoice = new_invoice(site, past, item)
	invoice.submit()
	payment = pay(site, invoice, 4200)
	# the card of a later act is made a good while after
	site.db.sql(
		"UPDATE `tabVersion` SET creation = creation - INTERVAL 1 HOUR WHERE docname = %s", invoice.name
	)
	site.db.sql(
		"UPDATE `tabPayment Ledger Entry` SET creation = creation - INTERVAL 1 HOUR WHERE against_voucher_no = %s",
		invoice.name,
	)
	capture(site, is_on=True)
	payment.reload().cancel()
	end_transaction()
	pay(site, invoice, 1000)
	name = f"Invoice {number(invoice)}"
	live = [f"{name} open again, to pay — $4,200", f"{name} partly paid, still to pay — $3,200"]
	assert told(past) == live
	bring()
	# the ledger forgets a payment that was cancelled: what cannot be known is not told
	assert told(past) == [f"{name} sent — $4,200", *live]
	pay(site, invoice, 3200)
	assert told(past)[-1] == f"{name} paid — $4,200"
	assert bring()["entries"] == 0


def test_it_counts_as_read(site: Any, item: str, bring: Bring) -> None:
	past = customer(site, "Past")
	capture(site, is_on=False)
	invoice_life(site, past, item)
	capture(site, is_on=True)
	bring()
	thread = site.get_doc("Customer Thread", {"party": past.name})
	assert (thread.customer_unread, thread.contractor_unread) == (0, 0)
	assert thread.last_entry


def test_it_puts_a_document_from_elsewhere_at_its_own_date(site: Any, item: str, bring: Bring) -> None:
	past = customer(site, "Past")
	capture(site, is_on=False)
	day = site.utils.add_days(site.utils.nowdate(), -20)
	values = {"posting_date": day, "set_posting_time": 1, "due_date": site.utils.nowdate()}
	new_invoice(site, past, item, **values).submit()
	old = site.utils.add_days(site.utils.nowdate(), -200)
	new_invoice(site, past, item, **{**values, "posting_date": old}).submit()
	capture(site, is_on=True)
	bring()
	thread = site.db.get_value("Customer Thread", {"party": past.name})
	days = site.get_all("Thread Entry", {"thread": thread}, pluck="occurred_at")
	assert [str(at.date()) for at in days] == [day], "and what is older than a month is left out"


def mail(site: Any, **values: Any) -> str:
	"""Let the site have had a mail for nine days, and return its Communication's name."""
	date = site.utils.add_days(site.utils.now_datetime(), -9)
	return new_mail(site, **{"recipients": "past@test.example", "communication_date": date, **values})


def test_it_brings_in_mails_calls_and_texts_and_passes_nothing_on(site: Any, bring: Bring) -> None:
	past = customer(site, "Past")
	contact: dict[str, Any] = {"doctype": "Contact", "first_name": "TEST Past"}
	contact["links"] = [{"link_doctype": "Customer", "link_name": past.name}]
	contact["email_ids"] = [{"email_id": "past@test.example", "is_primary": 1}]
	contact["phone_nos"] = [{"phone": "(212) 555-0177", "is_primary_mobile_no": 1}]
	site.get_doc(contact).insert()
	settings = site.get_doc("Customer Thread Settings")
	settings.capture_calls = settings.capture_texts = 0
	settings.save()
	sent = mail(site)
	received = {"sent_or_received": "Received", "delivery_status": "", "recipients": MIKE.email}
	mail(site, **received, sender="past@test.example", in_reply_to=sent, content="<p>Good!</p>")
	mail(site, **received, sender="stranger@test.example", content="<p>Buy now</p>")
	call = {
		"doctype": "Call Log",
		"id": "TEST-history",
		"type": "Outgoing",
		"status": "Completed",
		"duration": 60,
	}
	call |= {"from": "+12125550199", "to": "+12125550177"}
	site.get_doc({**call, "start_time": site.utils.add_days(site.utils.now_datetime(), -8)}).insert()
	site.get_doc({**call, "id": "TEST-stranger", "to": "+12125550166"}).insert()
	site.get_doc({"doctype": "SMS Log", "message": "On our way", "sent_to": "2125550177"}).insert()
	settings.capture_calls = settings.capture_texts = 1
	settings.save()
	waiting, forwarded = site.db.count("Customer Thread"), site.db.count("Thread Delivery")

	run = bring()

	assert run["failed"] == 0
	thread = site.get_doc("Customer Thread", {"party": past.name})
	fields = ["author", "channel", "text", "from_history"]
	rows = site.get_all("Thread Entry", {"thread": thread.name}, fields, order_by="occurred_us")
	assert [tuple(row.values()) for row in rows] == [
		("Contractor", "Email", "Here is your estimate.", 1),
		("Customer", "Email", "Good!", 1),
		("Contractor", "Phone", "Phone call", 1),
		("Automated", "SMS", "On our way", 1),
	]
	assert (thread.contractor_unread, thread.customer_unread) == (0, 0)
	assert site.db.count("Customer Thread") == waiting, "strangers of long ago open no thread"
	assert site.db.count("Thread Delivery") == forwarded
	assert bring()["entries"] == 0


def test_it_tells_nobody_of_an_old_mail_that_is_opened_today(site: Any, open_thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.domain.model import Address

	thread = open_thread("Sarah Lee", Address("Email", "past@test.example"))
	hers = {"sent_or_received": "Received", "sender": "past@test.example"}
	name = mail(site, **hers, recipients=f"reply+{thread['reply_token']}@test.example")
	site.db.set_value("Communication", name, "creation", site.utils.add_days(site.utils.now_datetime(), -3))
	tasks.receive_communication(name)
	entry = site.get_doc("Thread Entry", {"thread": thread["name"]})
	assert entry.from_history
	assert site.db.get_value("Customer Thread", thread["name"], "contractor_unread") == 0
	assert not site.db.exists("Thread Delivery", {"entry": entry.name})


def test_it_goes_on_where_a_lost_worker_stopped(
	site: Any, item: str, archive: Any, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.cards import bring_in_history as past

	monkeypatch.setattr(past, "BATCH", 3)
	who = customer(site, "Past")
	capture(site, is_on=False)
	for rate in range(1, 11):
		new_invoice(site, who, item, rate).submit()
	# a data import gives many documents one time
	site.db.sql(
		"UPDATE `tabSales Invoice` SET creation = %s WHERE customer = %s", (site.utils.now(), who.name)
	)
	capture(site, is_on=True)
	run: HistoryRow | None = past.start_history(site_ports(), 1)
	assert run
	assert past.start_history(site_ports(), 5)["name"] == run["name"], "one at a time"
	batches = 0
	while run and run["state"] == "Running":
		run = past.advance_history(site_ports(), archive)
		batches += 1
	assert batches > 4
	assert len(told(who)) == 10
	assert run
	assert run["done"] == 10


def test_it_begins_with_the_contact_points(site: Any, bring: Bring) -> None:
	past = customer(site, "Past")
	contact = {"doctype": "Contact", "first_name": "TEST Past", "phone_nos": [{"phone": "(212) 555-0177"}]}
	links = [{"link_doctype": "Customer", "link_name": past.name}]
	name = site.get_doc({**contact, "links": links}).insert().name
	site.db.delete("Thread Contact Point", {"source_name": name})
	archive = SiteArchive()
	assert archive.steps()[0] == CONTACTS
	assert archive.bring_in(CONTACTS, archive.items(CONTACTS, 0, "", 1)[0].name, 0) == 0
	assert site.db.get_value("Thread Contact Point", {"source_name": name}, "value") == "+12125550177"
