"""Devices that are notified, in a site: keys by a tap, and the sessions that a subscription ends with."""

from types import SimpleNamespace
from typing import Any

import pytest
from support.site_threads import sarah

from customer_thread.api import admin
from customer_thread.domain.push.subscription import Subscription
from customer_thread.frappe_host import sessions
from customer_thread.frappe_host.settings import settings
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.gateways.web_push.keys import public_of
from customer_thread.store import subscriptions
from customer_thread.store.subscriptions import Whose

__all__ = ["sarah"]

USER = "Guest"


def keep(thread: Any, of_session: str, number: int = 1) -> str:
	whose = Whose(thread["name"], USER, sessions.session_hash(of_session), settings().vapid_public_key)
	given = Subscription(f"https://push.example.com/{of_session}/{number}", "p", "a")
	return subscriptions.keep(site_ports().database, whose, given, 1)


def ended(site: Any, subscription: str) -> str | None:
	found: str | None = site.db.get_value("Thread Push Subscription", subscription, "ended_reason")
	return found


def test_keys_are_made_with_a_tap_and_the_private_one_stays(site: Any, sarah: Any) -> None:
	answer = admin.make_push_keys()
	assert answer == {"public_key": settings().vapid_public_key}
	assert public_of(settings().vapid_private_key) == answer["public_key"]
	shown = site.get_doc("Customer Thread Settings").as_dict()
	assert settings().vapid_private_key not in str(shown)
	old = keep(sarah, "a")
	assert admin.make_push_keys() != answer
	assert ended(site, old) == "Keys Replaced"


def test_a_contact_that_push_services_refuse_is_not_saved(site: Any) -> None:
	document = site.get_doc("Customer Thread Settings")
	document.vapid_subject = "mailto:admin@localhost"
	with pytest.raises(site.ValidationError):
		document.save()


def test_signing_out_ends_what_was_allowed_in_that_session(
	site: Any, sarah: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	admin.make_push_keys()
	here, elsewhere = keep(sarah, str(site.session.sid)), keep(sarah, "elsewhere")
	sessions.on_logout(SimpleNamespace())
	assert (ended(site, here), ended(site, elsewhere)) == ("Signed Out", None)


def test_whoever_signs_in_over_another_ends_theirs(
	site: Any, sarah: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	admin.make_push_keys()
	before = keep(sarah, "old-sid")
	monkeypatch.setattr(site.local, "request", SimpleNamespace(cookies={"sid": "old-sid"}), raising=False)
	sessions.on_session_creation(SimpleNamespace())
	assert ended(site, before) == "Signed Out"
