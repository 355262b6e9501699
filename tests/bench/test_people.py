"""Who reads which thread on a real site: one of their own, whom they chose, and nobody else's."""

import gzip
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from support.site_portal_users import ask, new_customer, new_user, pat, two

from customer_thread.domain.errors import NoConversation, NotFound
from customer_thread.domain.people.choice import Unchosen

__all__ = ["ask", "pat", "two"]


def _text(response: Any) -> str:
	return str(response.get_data(as_text=True))


def _outbox(page: str) -> str:
	return page.split('name="outbox" value="')[1].split('"')[0]


def test_it_asks_a_user_of_two_customers_first(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	strangers = new_customer(site, "strangers")
	asked = ask(pat, "/messages?q=deck")
	assert (asked.status_code, asked.location) == (303, "/messages/choose?to=/messages%3Fq%3Ddeck")

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


def test_it_takes_a_link_to_an_entry_for_a_choice(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	for text in ("To rentals", "To homes"):
		entry = site.db.get_value("Thread Entry", {"text": text}, order_by="name desc")
		assert text in _text(ask(pat, f"/messages?around={entry}"))
		assert text in _text(ask(pat, "/messages"))


def test_it_takes_no_link_to_anothers_entry_for_a_choice(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	from customer_thread.api import desk

	strangers = str(new_customer(site, "strangers").name)
	sent = desk.send(customer=strangers, text="Secret", channel="portal", client_id=str(uuid4()))
	ask(pat, "/messages/choose", customer=two[0])
	answers = [ask(pat, f"/messages?around={entry}") for entry in (sent["entry"]["id"], 999_999_999)]
	assert [answer.status_code for answer in answers] == [404, 404]
	said = [_text(answer).split("<main")[1] for answer in answers]
	assert said[0] == said[1]
	assert "Secret" not in said[0]


@pytest.mark.parametrize("to", ["//evil.example.com", "https://evil.example.com", "/\\evil.example.com"])
def test_it_leads_to_no_other_site(pat: str, two: tuple[str, str], ask: Callable[..., Any], to: str) -> None:
	answer = ask(pat, f"/messages/choose?to={quote(to, safe='')}", customer=two[0])
	assert answer.location == "/messages"


def test_it_lets_nobody_choose_anothers_thread(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	from customer_thread.api import portal

	strangers = str(new_customer(site, "strangers").name)
	assert ask(pat, "/messages/choose", customer=strangers).status_code == 404
	for name in (strangers, "nobody at all"):
		with pytest.raises(NotFound, match=r"There is no such thread\."):
			portal.switch(customer=name)


def test_it_takes_no_choice_from_another_user_of_the_same_browser(
	site: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	ask(pat, "/messages/choose", customer=two[0])
	site.set_user("Administrator")
	sam = new_user(site, "sam", "Customer")
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
	from customer_thread.service.reading.read_timeline import outbox_of

	strangers = str(new_customer(site, "strangers").name)
	desk.send(customer=strangers, text="Secret", channel="portal", client_id=str(uuid4()))
	thread = str(site.db.get_value("Customer Thread", {"party": strangers}))
	site.set_user(pat)
	for outbox in (outbox_of(thread), "0" * 16):
		with pytest.raises(NotFound, match="no longer open to you"):
			portal.reply(text="I am them", client_id=str(uuid4()), outbox=outbox)
		with pytest.raises(NotFound, match="no longer open to you"):
			portal.read(upto=1, outbox=outbox)


def test_it_has_a_page_for_a_user_who_is_nobodysnew_customer(site: Any, ask: Callable[..., Any]) -> None:
	page = ask(new_user(site, "nobody", "Customer"), "/messages")
	assert page.status_code == 404
	assert "There is no conversation here for you." in _text(page)
	assert page.headers["Cache-Control"] == "no-store"


def test_nobodys_page_says_how_to_reach_the_business(site: Any, ask: Callable[..., Any]) -> None:
	settings = site.get_doc("Customer Thread Settings")
	settings.update({"business_phone": "+1 503 555 0100", "mail_from": "office@mikes.example"})
	settings.save()
	page = ask(new_user(site, "nobody", "Customer"), "/messages")
	words = page.get_data(as_text=True)
	assert page.status_code == 404
	assert "(503) 555-0100" in words
	assert 'href="mailto:office@mikes.example"' in words


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


def test_it_packs_the_pages_scripts_itself(pat: str, ask: Callable[..., Any]) -> None:
	from customer_thread.service.portal import assets

	path = f"/messages/assets/{assets.version()}/js/messages/host.js"
	plain, small = ask(pat, path), ask(pat, path, accept="gzip")
	assert "Content-Encoding" not in plain.headers
	assert small.headers["Content-Encoding"] == "gzip"
	assert small.headers["Vary"] == "Accept-Encoding"
	assert gzip.decompress(small.get_data()) == plain.get_data()
