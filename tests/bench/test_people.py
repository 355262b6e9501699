"""Who reads which thread on a real site, where his tabs lead, and whom the socket tells."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from customer_thread.domain.choice import Unchosen
from customer_thread.domain.errors import NoConversation, NotFound

ASKED = {"My Project": "/project", "Invoices": "/invoices", "Messages": "/messages", "Schedule": "/schedule"}


def _user(site: Any, name: str, *roles: str) -> str:
	mail = f"test-{name}-{uuid4().hex[:8]}@example.com"
	document = site.get_doc(
		{"doctype": "User", "email": mail, "first_name": f"TEST {name}", "send_welcome_email": 0}
	)
	for role in roles:
		document.append("roles", {"role": role})
	return str(document.insert().name)


def _customer(site: Any, name: str, *users: str) -> Any:
	document = site.get_doc({"doctype": "Customer", "customer_name": f"TEST {name} {uuid4().hex[:6]}"})
	for user in users:
		document.append("portal_users", {"user": user})
	return document.insert()


@pytest.fixture(autouse=True)
def forget(site: Any) -> Iterator[None]:
	"""Keep what is rolled back out of the site's cache."""
	yield
	for single in ("Portal Settings", "Customer Thread Settings"):
		site.clear_document_cache(single, single)


@pytest.fixture
def pat(site: Any) -> str:
	"""Return a user with the role of a customer."""
	return _user(site, "pat", "Customer")


@pytest.fixture
def two(site: Any, pat: str) -> tuple[str, str]:
	"""Return two customers for whom Pat speaks; each has heard one sentence."""
	from customer_thread.api import desk

	names = []
	for name in ("homes", "rentals"):
		names.append(str(_customer(site, name, pat).name))
		desk.send(customer=names[-1], text=f"To {name}", channel="portal", client_id=str(uuid4()))
	return names[0], names[1]


@pytest.fixture
def ask(site: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
	"""Return a function that asks for a page as a user's browser does; the browser keeps the cookies."""
	from frappe.auth import CookieManager
	from frappe.utils import set_request
	from frappe.website.serve import get_response

	kept: dict[str, str] = {}
	undo = site.db.rollback
	# a refusal ends its request's transaction; here that is the whole test's
	monkeypatch.setattr(site.db, "rollback", lambda **to: undo(**to) if to else None)

	def get(user: str, path: str, **form: str) -> Any:
		site.set_user(user)
		site.local.session.data.csrf_token = "token"
		site.local.cookie_manager = CookieManager()
		cookies = "; ".join(f"{name}={value}" for name, value in kept.items())
		set_request(method="POST" if form else "GET", path=path, data=form, headers={"Cookie": cookies})
		site.local.form_dict = site._dict(site.request.args | form)
		response = get_response(path.split("?")[0].strip("/"))
		kept.update({name: made["value"] for name, made in site.local.cookie_manager.cookies.items()})
		return response

	yield get
	site.local.request = None


def _text(response: Any) -> str:
	return str(response.get_data(as_text=True))


def _outbox(page: str) -> str:
	return page.split('name="outbox" value="')[1].split('"')[0]


def test_it_asks_a_user_of_two_customers_first(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	strangers = _customer(site, "strangers")
	asked = ask(pat, "/messages?around=7")
	assert (asked.status_code, asked.location) == (303, "/messages/choose?to=/messages%3Faround%3D7")

	chooser = _text(ask(pat, "/messages/choose"))
	assert all(f'value="{name}"' in chooser for name in two)
	assert strangers.name not in chooser
	assert "To homes" not in chooser + _text(asked)


def test_it_remembers_whom_he_chose_and_lets_him_switch(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	for chosen, other in (two, two[::-1]):
		answer = ask(pat, "/messages/choose", customer=chosen)
		assert (answer.status_code, answer.location) == (303, "/messages")
		page = _text(ask(pat, "/messages"))
		heard, not_heard = ("To homes", "To rentals") if chosen == two[0] else ("To rentals", "To homes")
		assert heard in page
		assert not_heard not in page
		assert f'name="customer" value="{other}"' in page
		assert f'name="customer" value="{chosen}"' not in page


@pytest.mark.parametrize("to", ["//evil.example.com", "https://evil.example.com", "/\\evil.example.com"])
def test_it_leads_to_no_other_site(pat: str, two: tuple[str, str], ask: Callable[..., Any], to: str) -> None:
	answer = ask(pat, f"/messages/choose?to={quote(to, safe='')}", customer=two[0])
	assert answer.location == "/messages"


def test_it_lets_nobody_choose_anothers_thread(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	from customer_thread.api import portal

	strangers = str(_customer(site, "strangers").name)
	assert ask(pat, "/messages/choose", customer=strangers).status_code == 404
	for name in (strangers, "nobody at all"):
		with pytest.raises(NotFound, match=r"There is no such thread\."):
			portal.switch(customer=name)


def test_it_takes_no_choice_from_another_user_of_the_same_browser(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	ask(pat, "/messages/choose", customer=two[0])
	site.set_user("Administrator")
	sam = _user(site, "sam", "Customer")
	for name in two:
		customer = site.get_doc("Customer", name)
		customer.append("portal_users", {"user": sam})
		customer.save()
	assert ask(sam, "/messages").status_code == 303


def test_it_refuses_calls_until_he_has_chosen(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	from customer_thread.api import portal

	ask(pat, "/messages")
	for call in (portal.timeline, lambda: portal.reply(text="To whom?", client_id=str(uuid4()))):
		with pytest.raises(Unchosen):
			call()
	assert not site.db.exists("Thread Entry", {"text": "To whom?"})


def test_it_takes_words_for_the_thread_they_were_typed_in(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	from customer_thread.api import portal

	ask(pat, "/messages/choose", customer=two[0])
	outbox = _outbox(_text(ask(pat, "/messages")))
	ask(pat, "/messages/choose", customer=two[1])

	# by a page that was left open in another tab
	ask(pat, "/messages")
	portal.reply(text="by script", client_id=str(uuid4()), outbox=outbox)
	sent = ask(pat, "/messages", text="by form", client_id=str(uuid4()), outbox=outbox, csrf_token="token")

	assert sent.status_code == 303
	thread = site.db.get_value("Customer Thread", {"party": two[0]})
	for text in ("by script", "by form"):
		assert site.get_all("Thread Entry", {"text": text}, pluck="thread") == [thread]
	# who acts on a page has chosen it
	assert "by form" in _text(ask(pat, "/messages"))


def test_it_takes_no_words_for_anothers_thread(site: Any, pat: str, two: tuple[str, str]) -> None:
	from customer_thread.api import desk, portal
	from customer_thread.service.read_timeline import outbox_of

	strangers = str(_customer(site, "strangers").name)
	desk.send(customer=strangers, text="Secret", channel="portal", client_id=str(uuid4()))
	thread = {"name": site.db.get_value("Customer Thread", {"party": strangers})}
	site.set_user(pat)
	for outbox in (outbox_of(thread), "0" * 16):
		with pytest.raises(NotFound, match="no longer open to you"):
			portal.reply(text="I am them", client_id=str(uuid4()), outbox=outbox)
		with pytest.raises(NotFound, match="no longer open to you"):
			portal.read(upto=1, outbox=outbox)


def test_it_has_a_page_for_a_user_who_is_nobodys_customer(site: Any, ask: Callable[..., Any]) -> None:
	page = ask(_user(site, "nobody", "Customer"), "/messages")
	assert page.status_code == 404
	assert "There is no conversation here for you." in _text(page)
	assert page.headers["Cache-Control"] == "no-store"


def test_it_shows_nothing_more_once_he_is_taken_off(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	from customer_thread.api import portal

	ask(pat, "/messages/choose", customer=two[0])
	site.set_user("Administrator")
	for name in two:
		customer = site.get_doc("Customer", name)
		customer.portal_users = []
		customer.save()
	assert "To homes" not in _text(ask(pat, "/messages"))
	with pytest.raises(NoConversation):
		portal.timeline()


def test_it_shows_a_disabled_user_nothing(site: Any, pat: str, two: tuple[str, str]) -> None:
	from customer_thread.api import portal

	site.db.set_value("User", pat, "enabled", 0)
	site.clear_document_cache("User", pat)
	site.set_user(pat)
	with pytest.raises(NoConversation):
		portal.switch(customer=two[0])


def test_it_leads_staff_to_the_desk(ask: Callable[..., Any]) -> None:
	for path in ("/messages", "/messages/choose"):
		page = ask("Administrator", path)
		assert page.status_code == 403
		assert 'href="/app/customer-thread"' in _text(page)


@pytest.mark.parametrize("path", ["/messages/no-such-page", "/messages/choose/x"])
def test_it_leaves_no_page_in_frappes_cache(site: Any, pat: str, ask: Callable[..., Any], path: str) -> None:
	page = ask(pat, path)
	assert page.status_code == 404
	assert page.headers["Cache-Control"] == "no-store"
	assert not site.cache.hget("website_404", site.request.url)
	assert not site.cache.hget("website_page", path.strip("/"))


# Tabs


def _tabs(site: Any, user: str, customer: Any) -> dict[str, str]:
	from customer_thread.domain.model import Party
	from customer_thread.domain.tabs import shown_tabs
	from customer_thread.frappe_host.tabs import leads

	site.set_user(user)
	leading = leads(Party("Customer", str(customer.name)))
	site.set_user("Administrator")
	return {tab.title: tab.route for tab in shown_tabs(ASKED.items(), leading, "/messages")}


def _project(site: Any, customer: Any, *users: str, **more: object) -> str:
	name = f"TEST {uuid4().hex[:6]}"
	document = site.get_doc({"doctype": "Project", "project_name": name, "customer": customer.name, **more})
	for user in users:
		document.append("users", {"user": user, "welcome_email_sent": 1})
	return str(document.insert().name)


def test_it_names_the_portals_tabs_where_the_admin_has_named_none(site: Any) -> None:
	from customer_thread.frappe_host.settings import settings

	document = site.get_doc("Customer Thread Settings")
	document.tabs = []
	document.save()
	assert dict(settings().tabs) == ASKED
	document.append("tabs", {"title": "Shop", "route": "/shop"})
	document.save()
	assert settings().tabs == (("Shop", "/shop"),)


def test_it_shows_the_project_that_he_was_let_into(site: Any, pat: str) -> None:
	customer, other = _customer(site, "one", pat), _customer(site, "two", pat)
	_project(site, customer)
	assert "My Project" not in _tabs(site, pat, customer)

	done = _project(site, customer, pat, status="Completed")
	assert _tabs(site, pat, customer)["My Project"] == f"/projects?project={done}"
	opened = _project(site, customer, pat)
	_project(site, customer, pat, status="Completed")
	_project(site, other, pat)
	assert _tabs(site, pat, customer)["My Project"] == f"/projects?project={opened}"


def test_it_leads_to_a_project_that_opens(site: Any, pat: str, ask: Callable[..., Any]) -> None:
	customer = _customer(site, "one", pat)
	_project(site, customer, pat)
	route = _tabs(site, pat, customer)["My Project"]
	assert ask(pat, route).status_code == 200


@pytest.mark.parametrize("is_enabled", [True, False])
def test_it_shows_an_item_of_the_portals_menu_as_the_menu_does(site: Any, pat: str, is_enabled: bool) -> None:
	customer = _customer(site, "one", pat)
	settings = site.get_doc("Portal Settings")
	for item in settings.menu:
		if item.route == "/invoices":
			item.enabled = int(is_enabled)
	settings.save()
	assert ("Invoices" in _tabs(site, pat, customer)) is is_enabled


def test_it_shows_no_item_that_is_for_another_role(site: Any) -> None:
	plain = _user(site, "plain")
	customer = _customer(site, "one")
	assert set(_tabs(site, plain, customer)) == {"Messages", "Schedule"}


# The portal's menu


def test_it_adds_its_pages_to_the_portals_menu_once(site: Any, pat: str) -> None:
	from frappe.website.utils import get_portal_sidebar_items

	settings = site.get_doc("Portal Settings")
	for _migration in range(2):
		settings.sync_menu()
	site.cache.hdel("portal_menu_items", pat)
	site.set_user(pat)
	routes = [item["route"] for item in get_portal_sidebar_items()]
	site.cache.hdel("portal_menu_items", pat)
	assert [route for route in routes if route in ("/messages", "/schedule")] == ["/messages", "/schedule"]
	# what is copied there would stay when the app goes
	kept = {row.route for row in site.get_doc("Portal Settings").menu}
	assert not kept & {"/messages", "/schedule"}


def test_it_adds_nothing_to_a_suppliers_menu(site: Any) -> None:
	from frappe.website.utils import get_portal_sidebar_items

	user = _user(site, "supplier", "Supplier")
	site.set_user(user)
	routes = {item["route"] for item in get_portal_sidebar_items()}
	site.cache.hdel("portal_menu_items", user)
	assert not routes & {"/messages", "/schedule"}


# The socket


def _told(site: Any, act: Callable[[], object]) -> list[list[Any]]:
	"""Return what would go over the socket, once this is committed, because of an act."""
	site.local._realtime_log = []
	act()
	told = site.local._realtime_log
	del site.local._realtime_log
	return [said for said in told if said[0] == "customer_thread_changed"]


def _say(customer: str) -> Callable[[], object]:
	from customer_thread.api import desk

	return lambda: desk.send(customer=customer, text="News", channel="portal", client_id=str(uuid4()))


def test_it_tells_a_threads_users_that_there_is_news_and_not_what(site: Any, pat: str) -> None:
	sam = _user(site, "sam", "Customer")
	customer = _customer(site, "one", pat, sam)
	told = _told(site, _say(customer.name))
	assert sorted(room for _event, _words, room in told) == sorted(f"user:{user}" for user in (pat, sam))
	assert [words for _event, words, _room in told] == [{}, {}]


def test_it_tells_nobody_who_was_taken_off_or_disabled(site: Any, pat: str) -> None:
	sam = _user(site, "sam", "Customer")
	customer = _customer(site, "one", pat, sam)
	customer.portal_users = [row for row in customer.portal_users if row.user == sam]
	customer.save()
	assert [room for _event, _words, room in _told(site, _say(customer.name))] == [f"user:{sam}"]
	site.db.set_value("User", sam, "enabled", 0)
	site.clear_document_cache("User", sam)
	assert _told(site, _say(customer.name)) == []


def test_it_tells_of_changes_that_are_no_new_entries(site: Any, pat: str) -> None:
	from customer_thread.frappe_host.wiring import ports
	from customer_thread.service.record_outcome import mark

	customer = _customer(site, "one", pat)
	_say(customer.name)()
	thread = site.get_doc("Customer Thread", {"party": customer.name})
	delivery = site.get_doc(
		{"doctype": "Thread Delivery", "thread": thread.name, "state": "Queued", "channel": "SMS"}
	).insert(ignore_permissions=True)
	row = {"name": delivery.name, "thread": thread.name}
	assert _told(site, lambda: mark(ports(), row, {"state": "Sent"})) == [
		["customer_thread_changed", {}, f"user:{pat}"]
	]
	assert site.db.get_value("Customer Thread", thread.name, "revision") == thread.revision + 1
