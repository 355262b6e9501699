"""Devices that are notified: the calls of the page and of its service worker, over HTTP."""

import sqlite3
from contextlib import closing

import pytest
import requests
from support.host import EmbeddedHost
from support.people import API, TIMEOUT, Browser, message_of

from customer_thread.gateways.web_push.keys import new_keys
from customer_thread.standalone.demo.push_stand_in import PushedBrowser
from customer_thread.store.subscriptions import hash_of


def device(number: int = 1) -> PushedBrowser:
	return PushedBrowser(f"https://push.example.com/{number}-{new_keys().public}")


def resubscribe(base: str, **given: object) -> requests.Response:
	return requests.post(f"{base}{API}.portal.resubscribe", json=given, timeout=TIMEOUT)


def select(host: EmbeddedHost, query: str) -> list[tuple[object, ...]]:
	with closing(sqlite3.connect(host.folder / "thread.db", timeout=60)) as reader:
		return reader.execute(query).fetchall()


def test_a_device_is_turned_on_and_off(sarah: Browser) -> None:
	sarah.open()
	phone = device()
	for _time in range(2):
		assert message_of(sarah.post("subscribe", subscription=phone.subscription, browser="Phone")) == {}
	assert message_of(sarah.post("unsubscribe", endpoint=phone.endpoint)) == {}
	assert message_of(sarah.post("unsubscribe", endpoint="https://push.example.com/none")) == {}


@pytest.mark.parametrize(
	"wrong", [None, "x", {}, {"endpoint": "https://push.example.com/1", "keys": {"p256dh": "x", "auth": "y"}}]
)
def test_it_refuses_what_no_browser_gives(sarah: Browser, wrong: object) -> None:
	sarah.open()
	assert sarah.post("subscribe", subscription=wrong).status_code == 400


def test_it_needs_the_pages_token(sarah: Browser) -> None:
	sarah.open()
	assert sarah.post("subscribe", csrf="wrong", subscription=device().subscription).status_code in (400, 403)


def test_a_guest_has_no_device(host: EmbeddedHost) -> None:
	answer = requests.post(
		f"{host.url}{API}.portal.subscribe", json={"subscription": device().subscription}, timeout=TIMEOUT
	)
	host.check_refused(answer)


def test_a_worker_exchanges_a_subscription_without_a_session(sarah: Browser) -> None:
	sarah.open()
	old, new = device(1), device(2)
	message_of(sarah.post("subscribe", subscription=old.subscription))
	auth = old.subscription["keys"]["auth"]
	refused = resubscribe(sarah.base, endpoint=old.endpoint, auth="x", subscription=new.subscription)
	assert refused.status_code == 403
	accepted = resubscribe(sarah.base, endpoint=old.endpoint, auth=auth, subscription=new.subscription)
	assert message_of(accepted) == {}
	again = resubscribe(sarah.base, endpoint=old.endpoint, auth=auth, subscription=new.subscription)
	assert again.status_code == 403


@pytest.mark.embedded("a site's are in its own tables")
def test_signing_out_ends_it(own_host: EmbeddedHost) -> None:
	sarah = own_host.sign_in(own_host.add_customer("Sarah Lee"))
	phone, laptop = device(1), device(2)
	message_of(sarah.post("subscribe", subscription=phone.subscription))
	sarah.http.post(f"{sarah.base}/sign-out", data={"csrf_token": sarah.csrf}, timeout=TIMEOUT)
	again = own_host.sign_in(sarah.customer)
	message_of(again.post("subscribe", subscription=laptop.subscription))
	kept = select(own_host, "SELECT endpoint_hash, ended_reason FROM `tabThread Push Subscription`")
	assert set(kept) == {(hash_of(phone.endpoint), "Signed Out"), (hash_of(laptop.endpoint), None)}


@pytest.mark.embedded("in a site they are made with a tap")
def test_the_host_makes_its_keys_and_keeps_them(own_host: EmbeddedHost) -> None:
	query = "SELECT value FROM `tabSingles` WHERE field LIKE 'vapid%' ORDER BY field"
	before = select(own_host, query)
	own_host.restart()
	assert select(own_host, query) == before
	assert len(before) == 2
	assert str(before[0][0]) not in own_host.logged()
