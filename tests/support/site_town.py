"""A town of customers, a lead and nobody yet, each with something of every kind, for whom an agent may see."""

from typing import Any
from uuid import uuid4

import pytest

from customer_thread.domain.model import Address, Attachment, Party
from customer_thread.domain.thread.new_entry import NewEntry


@pytest.fixture
def town(site: Any) -> dict[str, Any]:
	"""Return threads of two customers, of a lead and of nobody yet, each with something of every kind."""
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.open_thread import open_thread, open_unmatched

	mark, ports = uuid4().hex[:6], site_ports()
	for kind, title in (("Customer Group", "customer_group_name"), ("Territory", "territory_name")):
		for name, parent in (("North", ""), ("Hill", "North"), ("South", "")):
			values = {"doctype": kind, title: f"TEST {name} {mark}", "is_group": int(name == "North")}
			values[f"parent_{kind.lower().replace(' ', '_')}"] = f"TEST {parent} {mark}" if parent else ""
			site.get_doc(values).insert()
	found: dict[str, Any] = {"mark": mark}
	for name, place in (("sarah", "Hill"), ("bob", "South"), ("50% off", "South")):
		place = f"TEST {place} {mark}"
		customer = site.get_doc(
			{"doctype": "Customer", "customer_name": f"TEST {name} {mark}", "customer_type": "Individual"}
		)
		customer.update({"customer_group": place, "territory": place})
		found[name] = open_thread(ports, Party("Customer", str(customer.insert().name)))
	lead = site.get_doc(
		{"doctype": "Lead", "lead_name": f"TEST lee {mark}", "territory": f"TEST South {mark}"}
	)
	found["lee"] = open_thread(ports, Party("Lead", str(lead.insert().name)))
	found["nobody"] = open_unmatched(ports, Address("Email", f"who-{mark}@test.example"), "who")
	for number, name in enumerate(("sarah", "bob", "50% off", "lee", "nobody")):
		fill(site, found[name]["name"], f"zq{mark} of {name}", f"+1202555{int(mark, 16) % 1000:03}{number}")
	return found


def fill(site: Any, thread: str, words: str, phone: str) -> None:
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.post_entry import post_entry

	ports = site_ports()
	files = (Attachment("deck.txt", "text/plain", b"deck"),)
	said = NewEntry(
		kind="Message",
		author="Customer",
		channel="SMS",
		text=words,
		occurred_us=ports.clock.now_us(),
		source_key=f"test-{uuid4().hex}",
		attachments=files,
	)
	entry = post_entry(ports, thread, said).entry
	rows: list[dict[str, Any]] = [
		{"doctype": "Thread Note", "text": words, "occurred_us": 1},
		{
			"doctype": "Thread Delivery",
			"entry": entry,
			"state": "Failed",
			"purpose": "Message",
			"channel": "SMS",
		},
		{
			"doctype": "Thread Event",
			"title": words,
			"event_type": "Test",
			"source_key": uuid4().hex,
			"occurred_us": 1,
		},
		{"doctype": "Thread Calendar", "user": "Guest", "token": uuid4().hex, "made_us": 1},
		{"doctype": "Thread Upload", "file_name": "deck.jpg", "uploaded_us": 1},
		{"doctype": "Thread Preference", "user": "Guest", "changed_us": 1},
		{"doctype": "Thread Preference Change", "field": "sms", "way": "Page", "changed_us": 1},
		{"doctype": "Thread Contact Point", "kind": "Phone", "value": phone, "source_doctype": "Contact"},
	]
	for row in rows:
		ports.database.insert(row.pop("doctype"), {"thread": thread, **row})
	consent = {"phone": phone, "sender": "+12025550100", "state": "Opted Out"}
	ports.database.insert("Thread Text Consent", consent)


def permit(site: Any, user: str, allow: str, value: str, **more: Any) -> None:
	signed_in = site.session.user
	site.set_user("Administrator")
	permission = site.get_doc(
		{"doctype": "User Permission", "user": user, "allow": allow, "for_value": value}
	)
	permission.apply_to_all_doctypes = int("applicable_for" not in more)
	permission.update(more).insert()
	site.set_user(signed_in)
