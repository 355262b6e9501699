"""Whose phone, whose e-mail: Customer, Lead and Contact of a real site."""

from typing import Any

from support.persons import SARAH, national

from customer_thread.domain.model import Address, Party
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.frappe_host.contacts import repair
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.store import contact_points, entries, threads

HER_MOBILE, HER_OFFICE = national(SARAH.phone), national(SARAH.work)


def new_customer(site: Any, name: str = "Sarah Lee of the tests", **values: object) -> Any:
	doc = {"doctype": "Customer", "customer_name": name, "customer_type": "Individual"}
	return site.get_doc({**doc, **values}).insert()


def new_lead(site: Any, **values: object) -> Any:
	return site.get_doc({"doctype": "Lead", "first_name": "Sarah of the tests", **values}).insert()


def new_contact(site: Any, *links: Any, numbers: tuple[str, ...] = (), mails: tuple[str, ...] = ()) -> Any:
	doc = site.get_doc(
		{
			"doctype": "Contact",
			"first_name": "Sarah of the tests",
			"phone_nos": [{"phone": number} for number in numbers],
			"email_ids": [{"email_id": mail} for mail in mails],
			"links": [{"link_doctype": link.doctype, "link_name": link.name} for link in links],
		}
	)
	return doc.insert()


def thread_of(party: Any) -> Any:
	return threads.of_party(site_ports().database, Party(party.doctype, party.name))


def reached(party: Any) -> list[str]:
	row = thread_of(party)
	return (
		sorted(a.value for a in contact_points.of_thread(site_ports().database, row["name"])) if row else []
	)


def said(thread: str) -> list[str]:
	return [row["text"] for row in reversed(entries.older(site_ports().database, thread, 50))]


def say(thread: str, text: str, key: str) -> None:
	now = site_ports().clock.now_us()
	post_entry(site_ports(), thread, NewEntry("Message", "Customer", "SMS", text, now, f"text:bench-{key}"))


def test_it_knows_every_number_and_address_of_a_contact(site: Any) -> None:
	sarah = new_customer(site)
	contact = new_contact(
		site,
		sarah,
		numbers=(HER_MOBILE, HER_OFFICE.replace(" ", ".")),
		mails=(SARAH.email.title(), "office@tests.example"),
	)
	assert reached(sarah) == [SARAH.phone, SARAH.work, "office@tests.example", SARAH.email]
	contact.phone_nos = contact.phone_nos[1:]
	contact.save()
	assert reached(sarah) == [SARAH.work, "office@tests.example", SARAH.email]
	contact.delete()
	assert reached(sarah) == []


def test_it_follows_a_contact_to_another_customer(site: Any) -> None:
	sarah, charlie = new_customer(site), new_customer(site, "Charlie Day of the tests")
	contact = new_contact(site, sarah, numbers=(HER_MOBILE,))
	say(thread_of(sarah)["name"], "Hello", "moved")
	contact.links[0].link_name = charlie.name
	contact.save()
	assert (reached(sarah), reached(charlie)) == ([], [SARAH.phone])
	assert said(thread_of(sarah)["name"]) == ["Hello"]


def test_it_takes_the_customers_own_number_from_his_contact_alone(site: Any) -> None:
	sarah = new_customer(site, mobile_no=HER_MOBILE, email_id=SARAH.email)
	assert reached(sarah) == [SARAH.phone, SARAH.email]
	contact = site.get_doc("Contact", sarah.reload().customer_primary_contact)
	contact.phone_nos[0].phone = HER_OFFICE
	contact.save()
	assert reached(sarah) == [SARAH.work, SARAH.email]


def test_it_gives_a_new_customer_what_his_number_had_texted(site: Any) -> None:
	waiting = open_unmatched(site_ports(), Address("Phone", SARAH.phone), SARAH.phone)
	say(waiting["name"], "Are you free on Friday?", "waiting")
	sarah = new_customer(site, mobile_no=HER_MOBILE)
	assert said(thread_of(sarah)["name"]) == ["Are you free on Friday?"]


def test_it_makes_a_leads_thread_the_customers(site: Any) -> None:
	lead = new_lead(site, mobile_no=HER_MOBILE, phone=HER_OFFICE, email_id=SARAH.email)
	before = thread_of(lead)
	say(before["name"], "Can you build a deck?", "lead")
	sarah = new_customer(site, lead_name=lead.name)
	after = thread_of(sarah)
	assert after["name"] == before["name"]
	assert (after["title"], thread_of(lead)) == ("Sarah Lee of the tests", None)
	assert said(after["name"]) == ["Can you build a deck?"]
	assert reached(sarah) == [SARAH.phone, SARAH.work, SARAH.email]
	lead.reload().save()
	assert thread_of(lead) is None


def test_it_joins_a_leads_thread_to_the_one_the_customer_has(site: Any) -> None:
	lead = new_lead(site, mobile_no=HER_MOBILE)
	say(thread_of(lead)["name"], "Can you build a deck?", "lead-2")
	sarah = new_customer(site, mobile_no=HER_OFFICE)
	say(thread_of(sarah)["name"], "And a porch?", "customer-2")
	own = thread_of(sarah)["name"]
	sarah.reload().lead_name = lead.name
	sarah.save()
	assert thread_of(sarah)["name"] == own
	assert said(own) == ["Can you build a deck?", "And a porch?"]
	assert reached(sarah) == [SARAH.phone, SARAH.work]


def test_it_follows_a_new_name_and_joins_merged_customers(site: Any) -> None:
	sarah, twin = new_customer(site), new_customer(site, "Sarah Lee once more")
	new_contact(site, sarah, numbers=(HER_MOBILE,))
	new_contact(site, twin, numbers=(HER_MOBILE, HER_OFFICE))
	say(thread_of(sarah)["name"], "First", "merge-1")
	say(thread_of(twin)["name"], "Second", "merge-2")
	site.rename_doc("Customer", sarah.name, "Sarah of the tests renamed", force=True)
	renamed = site.get_doc("Customer", "Sarah of the tests renamed")
	assert (said(thread_of(renamed)["name"]), reached(renamed)) == (["First"], [SARAH.phone])
	site.rename_doc("Customer", renamed.name, twin.name, merge=True, force=True)
	assert said(thread_of(twin)["name"]) == ["First", "Second"]
	assert reached(twin) == [SARAH.phone, SARAH.work]
	assert thread_of(renamed) is None


def test_it_deletes_a_customer_to_whom_nobody_ever_spoke(site: Any) -> None:
	sarah = new_customer(site, mobile_no=HER_MOBILE)
	row = thread_of(sarah)
	assert contact_points.threads_of(site_ports().database, Address("Phone", SARAH.phone)) == [row["name"]]
	sarah.reload().delete()
	assert threads.get(site_ports().database, row["name"]) is None
	assert contact_points.threads_of(site_ports().database, Address("Phone", SARAH.phone)) == []


def test_it_puts_right_at_night_what_was_written_past_it(site: Any) -> None:
	sarah = new_customer(site)
	contact = new_contact(site, sarah, numbers=(HER_MOBILE,))
	repair()
	assert repair() == 0
	site.db.set_value("Contact Phone", contact.phone_nos[0].name, "phone", HER_OFFICE)
	site.db.set_value("Contact", contact.name, {"phone": "", "mobile_no": ""})
	assert repair() == 1
	assert reached(sarah) == [SARAH.work]
	site.db.delete("Contact Phone", {"parent": contact.name})
	assert (repair(), reached(sarah)) == (1, [])


def test_it_gives_the_thread_the_name_the_customer_has_now(site: Any) -> None:
	sarah = new_customer(site, mobile_no=HER_MOBILE).reload()
	sarah.customer_name = "Sarah Lee-Day of the tests"
	sarah.save()
	assert thread_of(sarah)["title"] == "Sarah Lee-Day of the tests"
