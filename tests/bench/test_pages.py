"""The pages of single documents and the links of cards, of two customers of a real site."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from support.site_cards import end_transaction
from support.site_portal_documents import Customer, appointment, bob, contract, invoice, payment, sarah, visit

from customer_thread.domain.portal.pages import PAGES, Reference

__all__ = ["bob", "sarah"]

Open = Callable[[str, str], Any]
TERMS = (
	"<style>p { color: red }</style><h3 style='color: red'>Deck</h3><p onclick='x()'>Build <b>one</b></p>"
	"<script>alert(1)</script><a href='javascript:x()'>x</a><img src='https://example.com/x.png'>"
	"<ol><li data-list='bullet' class='ql-indent-1'>Boards</li><li class='app' id='x'>Nails</li></ol>"
)


@pytest.fixture
def open_page(site: Any, monkeypatch: pytest.MonkeyPatch) -> Open:
	"""Return what opens a page as a user, through Frappe's own way of finding who renders it."""
	from frappe.utils import set_request
	from frappe.website.serve import get_response

	# a page of ours that refuses takes back what the request wrote, and with it what the test did
	monkeypatch.setattr(site.db, "rollback", lambda **_options: None)

	def opened(user: str, path: str) -> Any:
		site.set_user(user)
		# set_user starts no session, which would make a token of its own
		site.session.data.csrf_token = "token"
		set_request(method="GET", path=path)
		response = get_response()
		site.set_user("Administrator")
		return response

	return opened


@pytest.fixture
def documents(site: Any) -> Any:
	from customer_thread.frappe_host.wiring import site_ports

	return site_ports().documents


def cards(site: Any, customer: Customer) -> dict[str, str | None]:
	"""Return the links of a customer's cards by what they tell of, as they get them."""
	from customer_thread.api import portal

	end_transaction()
	site.set_user(customer.user)
	entries = portal.timeline()["entries"]
	site.set_user("Administrator")
	return {entry["card"]["type"]: entry["card"]["url"] for entry in entries if entry["card"]}


def words(response: Any) -> str:
	return str(response.get_data(as_text=True))


def test_it_shows_a_contract_to_its_customer_alone(
	site: Any, sarah: Customer, bob: Customer, open_page: Open
) -> None:
	doc = contract(site, sarah, ip_address="10.9.8.7", requires_fulfilment=1)
	path = f"/messages/contracts/{doc.name}"
	assert open_page(sarah.user, path).status_code == 404
	doc.submit()
	# as an import may leave it
	doc.db_set("contract_terms", TERMS)
	page = open_page(sarah.user, path)
	assert page.status_code == 200
	assert page.headers["Cache-Control"] == "no-store"
	assert "default-src 'none'" in page.headers["Content-Security-Policy"]
	assert "<p>Build <b>one</b></p>" in words(page)
	assert "Fri May 1, 2026" in words(page)
	assert "Not signed yet" in words(page)
	assert '<li class="ql-indent-1" data-list="bullet">Boards</li><li>Nails</li>' in words(page)
	for secret in ("10.9.8.7", "alert(1)", "onclick", "javascript:", "<img", "color: red", "nfulfilled"):
		assert secret not in words(page)
	others = [open_page(bob.user, asked) for asked in (path, "/messages/contracts/nothing")]
	assert {page.status_code for page in others} == {404}
	assert "This document is not there." in words(others[0])
	doc.is_signed, doc.signee, doc.signed_on = 1, "Sarah", "2026-05-06 18:02:11"
	doc.save()
	assert "Signed by Sarah — Wed May 6, 2026" in words(open_page(sarah.user, path))
	doc.cancel()
	assert '<p class="state cancelled">Cancelled</p>' in words(open_page(sarah.user, path))


def test_it_shows_a_payment_and_what_it_pays(
	site: Any, sarah: Customer, bob: Customer, open_page: Open
) -> None:
	sold = invoice(site, sarah)
	paid = payment(site, sold, 1200)
	path = f"/messages/payments/{paid.name}"
	assert open_page(sarah.user, path).status_code == 404
	paid.submit()
	page = open_page(sarah.user, path)
	assert "$1,200" in words(page)
	assert "TX 4711" in words(page)
	assert f'<a href="/invoices/{sold.name}">Invoice #{sold.name} — $1,200</a>' in words(page)
	assert "Received" in words(page)
	for account in (paid.paid_from, paid.paid_to):
		assert account not in words(page)
	assert open_page(bob.user, path).status_code == 404
	paid.cancel()
	assert "Cancelled" in words(open_page(sarah.user, path))


def test_it_shows_an_appointment_whose_name_has_everything(
	site: Any, sarah: Customer, bob: Customer, open_page: Open
) -> None:
	when = site.utils.now_datetime().replace(hour=8, minute=0) + timedelta(days=40)
	doc = appointment(site, sarah, when, customer_details="SECRET dog")
	path = cards(site, sarah)["Appointment scheduled"]
	assert path == f"/messages/appointments/{quote(doc.name, safe='/')}"
	page = open_page(sarah.user, path)
	assert page.status_code == 200
	assert "8:00am" in words(page)
	assert "Scheduled" in words(page)
	assert "SECRET" not in words(page)
	assert open_page(bob.user, path).status_code == 404


def test_it_shows_a_visit_without_what_was_done(
	site: Any, sarah: Customer, bob: Customer, open_page: Open
) -> None:
	doc = visit(site, sarah, "2026-05-14", mntc_time="09:30:00", customer_feedback="SECRET feedback")
	path = f"/messages/visits/{doc.name}"
	assert open_page(sarah.user, path).status_code == 404
	doc.submit()
	page = words(open_page(sarah.user, path))
	assert "Thu May 14" in page
	assert "9:30am" in page
	assert "Done" in page
	assert "SECRET" not in page
	assert open_page(bob.user, path).status_code == 404
	doc.cancel()
	assert "Cancelled" in words(open_page(sarah.user, path))


def test_it_leads_everybody_else_to_a_friendly_page(site: Any, open_page: Open) -> None:
	stranger = Customer(site, "TEST Nobody")
	site.get_doc("Customer", stranger.name).delete()
	for path in ("/schedule", "/messages/contracts/Müller #1?"):
		away = open_page("Guest", quote(path))
		assert (away.status_code, away.headers["Cache-Control"]) == (303, "no-store")
		assert away.headers["Location"].endswith(f"/login?redirect-to={quote(quote(path), safe='/')}#login")
		assert open_page(stranger.user, path).status_code == 404
		staff = open_page("Administrator", path)
		assert staff.status_code == 403
		assert "your customers&#39; view" in words(staff)


def test_it_shows_a_schedule(site: Any, sarah: Customer, bob: Customer, open_page: Open) -> None:
	now = site.utils.now_datetime()
	appointment(site, sarah, now + timedelta(days=3))
	closed = appointment(site, sarah, now - timedelta(days=3))
	closed.status = "Closed"
	closed.save()
	visit(site, sarah, now.date() - timedelta(days=8)).submit()
	visit(site, sarah, now.date() + timedelta(days=8))
	page = words(open_page(sarah.user, "/schedule"))
	assert page.count('<li class="visit') == 3
	assert page.index("Coming up") < page.index("Scheduled") < page.index("Closed") < page.index("Done")
	assert page.count('<a href="/messages/appointments/') == 2
	assert page.count('<a href="/messages/visits/') == 1
	assert "SECRET" not in page
	assert '<li class="visit' not in words(open_page(bob.user, "/schedule"))


def test_it_asks_one_who_speaks_for_two_customers_first(
	site: Any, sarah: Customer, bob: Customer, open_page: Open
) -> None:
	both = site.get_doc("Customer", bob.name)
	both.append("portal_users", {"user": sarah.user})
	both.save()
	doc = contract(site, sarah)
	doc.submit()
	for path in ("/schedule", f"/messages/contracts/{doc.name}"):
		away = open_page(sarah.user, path)
		assert (away.status_code, away.headers["Location"]) == (303, f"/messages/choose?to={path}")


def test_it_links_only_what_opens(site: Any, sarah: Customer, bob: Customer, open_page: Open) -> None:
	sold = invoice(site, sarah)
	payment(site, sold, 1200).submit()
	doc = contract(site, sarah)
	doc.submit()
	visit(site, sarah, "2026-05-14").submit()
	links = cards(site, sarah)
	assert links == {
		"Invoice sent": f"/invoices/{sold.name}",
		"Invoice partly paid": f"/invoices/{sold.name}",
		"Contract delivered": f"/messages/contracts/{doc.name}",
		"Visit done": links["Visit done"],
	}
	assert {open_page(sarah.user, str(url)).status_code for url in links.values()} == {200}
	# the sale was another's, and the contract is gone
	site.db.set_value("Sales Invoice", sold.name, "customer", bob.name)
	site.db.delete("Contract", {"name": doc.name})
	links = cards(site, sarah)
	assert [links["Invoice sent"], links["Contract delivered"]] == [None, None]
	assert str(links["Visit done"]).startswith("/messages/visits/")


def test_it_links_cancelled_documents_which_say_so(site: Any, sarah: Customer, open_page: Open) -> None:
	sold = invoice(site, sarah)
	end_transaction()
	sold.cancel()
	url = cards(site, sarah)["Invoice cancelled"]
	assert url == f"/invoices/{sold.name}"
	assert open_page(sarah.user, url).status_code == 200


def test_it_links_no_page_of_erpnext_without_its_role(site: Any, sarah: Customer, open_page: Open) -> None:
	sold = invoice(site, sarah)
	doc = contract(site, sarah)
	doc.submit()
	site.get_doc("User", sarah.user).remove_roles("Customer")
	links = cards(site, sarah)
	assert links == {"Invoice sent": None, "Contract delivered": f"/messages/contracts/{doc.name}"}
	assert open_page(sarah.user, f"/invoices/{sold.name}").status_code == 403
	assert open_page(sarah.user, str(links["Contract delivered"])).status_code == 200


def test_it_links_no_draft(site: Any, documents: Any, sarah: Customer) -> None:
	references = {
		Reference("Contract", contract(site, sarah).name),
		Reference("Maintenance Visit", visit(site, sarah, "2026-05-14").name),
	}
	assert documents.openable(sarah.party, references) == set()


def test_it_asks_the_database_once_for_all_links(site: Any, documents: Any, sarah: Customer) -> None:
	asked = {Reference(kind, f"X-{number}") for kind in PAGES.values() for number in range(6)}
	queries: list[str] = []
	run = site.db.sql

	def noted(query: str, *rest: Any, **more: Any) -> Any:
		queries.append(query)
		return run(query, *rest, **more)

	site.db.sql = noted
	documents.openable(sarah.party, asked)
	assert len(queries) == 1


def test_it_gives_an_older_sites_rules_their_links(site: Any) -> None:
	from customer_thread.frappe_host.shipped_rules import restore_rules
	from customer_thread.patches.v0_1.link_own_pages import LINKS, execute

	rules = [name for names in LINKS.values() for name in names]
	site.db.set_value("Thread Card Rule", {"name": ("in", rules)}, "link", None)
	site.db.set_value("Thread Card Rule", "visit-done", "link", "/orders/x")
	for _time in range(2):
		execute()
		restore_rules()
	links = dict(site.get_all("Thread Card Rule", {"name": ("in", rules)}, ["name", "link"], as_list=True))
	assert links.pop("visit-done") == "/orders/x"
	assert links["contract-signed"] == "/messages/contracts/{{ doc.name | urlencode }}"
	assert all(links.values())
	assert len(links) == len(rules) - 1
