"""The set-up page of a real site: what its steps read there, and whom it answers."""

from datetime import datetime, timezone
from typing import Any

import pytest
from support.site_cards import end_transaction, number
from support.site_portal_documents import Customer, appointment, invoice, sarah
from support.site_set_up import ready

from customer_thread.domain.errors import NotAllowed
from customer_thread.gateways.mail.message import build

__all__ = ["ready", "sarah"]


def _steps() -> dict[str, Any]:
	from customer_thread.api import admin

	return {step["key"]: step for step in admin.setup_steps()["steps"]}


def test_its_page_is_for_managers(site: Any) -> None:
	page = site.get_doc("Page", "thread-setup")
	assert {row.role for row in page.roles} == {"Thread Manager", "System Manager"}


def test_an_agent_is_told_nothing(site: Any, staff: Any) -> None:
	from customer_thread.api import admin

	site.set_user(staff("Thread Agent"))
	for call in (
		*(admin.setup_steps, admin.send_test_text, admin.send_test_mail, admin.number),
		*(admin.enter_addresses, admin.setup_examples),
	):
		with pytest.raises(NotAllowed):
			call()


def test_a_manager_reads_every_step(site: Any, staff: Any) -> None:
	from customer_thread.api import admin

	site.set_user(staff("Thread Manager"))
	found = admin.setup_steps()
	keys = ["business", "texts", "mail", "push", "card_rules", "automations", "history", "invitations"]
	assert [step["key"] for step in found["steps"]] == keys
	assert len(found["webhooks"]) == 3
	assert "0" * 32 not in str(found).replace("AC" + "0" * 32, "")


def test_rules_and_automations_are_shown_on_the_sites_own_documents(site: Any, sarah: Customer) -> None:
	from customer_thread.api import admin

	visit, sold = (
		appointment(site, sarah, site.utils.add_days(site.utils.now_datetime(), 3)),
		invoice(site, sarah),
	)
	end_transaction()
	before = site.db.count("Thread Event")
	told = admin.setup_examples()
	assert f"{sold.name}: “Invoice {number(sold)} sent — $4,200”, for {sarah.name}" in told["card_rules"]
	assert any(line.startswith(f"{visit.name}: “Hi ") for line in told["automations"])
	assert site.db.count("Thread Event") == before


def test_no_document_is_shown_that_whoever_asks_may_not_read(site: Any, staff: Any, sarah: Customer) -> None:
	from customer_thread.api import admin

	invoice(site, sarah)
	site.set_user(staff("Thread Manager"))
	assert admin.setup_examples() == {"card_rules": [], "automations": []}


def test_card_rules_are_those_in_force(site: Any) -> None:
	in_force = site.db.count("Thread Card Rule", {"enabled": 1})
	assert f"{in_force} rules" in _steps()["card_rules"]["why"]
	site.db.set_value("Thread Card Rule", {"enabled": 1}, "enabled", 0)
	assert _steps()["card_rules"]["state"] == "missing"


def test_mail_wants_an_account_that_receives(site: Any) -> None:
	site.db.set_value("Email Account", {"enable_incoming": 1}, "enable_incoming", 0)
	settings = site.get_doc("Customer Thread Settings")
	settings.reply_domain = "reply.test.example"
	settings.save()
	step = _steps()["mail"]
	assert (step["state"], step["field"]) == ("missing", "")
	assert "No Email Account receives" in step["why"]
	site.db.set_value("Email Account", {"enable_outgoing": 1}, "enable_incoming", 1)
	assert _steps()["mail"]["state"] == "done"


def test_a_test_text_waits_for_the_worker(site: Any) -> None:
	from customer_thread.api import admin

	settings = site.get_doc("Customer Thread Settings")
	settings.contractor_mobile = "+12125550117"
	settings.save()
	delivery = admin.send_test_text()["delivery"]
	assert site.db.get_value("Thread Delivery", delivery, ["address", "state"]) == ("+12125550117", "Queued")
	step = _steps()["texts"]
	assert (step["state"], step["is_moving"]) == ("missing", True)


def test_the_accounts_that_were_found_are_told(site: Any) -> None:
	account = site.db.get_value("Email Account", {"enable_outgoing": 1, "default_outgoing": 1})
	site.db.set_value("Email Account", account, {"email_id": "office@test.example", "enable_incoming": 1})
	other = site.get_doc({"doctype": "Email Account", "email_account_name": "TEST other"})
	other.update({"enable_incoming": 1, "email_id": "info@else.example"})
	other.name = "TEST other"
	other.db_insert()
	found = [(line["state"], line["text"]) for line in _steps()["mail"]["found"]]
	assert ("done", "office@test.example: sends to customers, receives answers") in found
	assert ("optional", "info@else.example: receives, but no answers") in found


def test_a_test_mail_comes_back_through_frappe(site: Any) -> None:
	"""By Frappe's own way in, which drops what an account sends to itself unless it answers something."""
	from frappe.email.receive import InboundMail

	from customer_thread.api import admin
	from customer_thread.frappe_host import communications
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.outgoing.compose_mail import compose_mail
	from customer_thread.store import deliveries

	site.db.set_value("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}, "enable_incoming", 1)
	account = site.get_doc("Email Account", {"enable_outgoing": 1, "default_outgoing": 1})
	settings = site.get_doc("Customer Thread Settings")
	settings.update({"reply_domain": "", "mail_from": account.email_id})
	settings.save()
	delivery = admin.send_test_mail(key="once")["delivery"]
	assert admin.send_test_mail(key="once")["delivery"] == delivery
	row = deliveries.get(site_ports().database, delivery)
	assert row
	threads = site.db.count("Customer Thread")
	letter = build(compose_mail(site_ports(), row), datetime.now(timezone.utc))
	assert letter["To"].addresses[0].addr_spec == account.email_id
	received = InboundMail(letter.as_bytes(), account).process()
	assert received
	communications.receive(received.name)
	row = deliveries.get(site_ports().database, delivery)
	assert row
	assert row["state"] == "Delivered"
	assert site.db.count("Thread Entry", {"message_id": row["provider_id"]}) == 0
	assert site.db.count("Customer Thread") == threads
