"""Somebody signs in again in the same browser: what they allowed there ends with the session that goes on."""

from types import SimpleNamespace
from typing import Any

import pytest
from support.site_portal_documents import Customer, sarah

from customer_thread.domain.push.subscription import Subscription
from customer_thread.frappe_host import sessions
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import subscriptions
from customer_thread.store.subscriptions import Whose

__all__ = ["sarah"]


def test_what_was_allowed_before_ends_with_the_session_that_began_since(
	site: Any, sarah: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
	thread = open_thread(site_ports(), sarah.party)["name"]
	whose = Whose(thread, str(site.session.user), sessions.session_hash("old-sid"), "key")
	given = Subscription("https://push.example.com/again", "p", "a")
	kept = subscriptions.keep(site_ports().database, whose, given, 1)
	monkeypatch.setattr(site.local, "request", SimpleNamespace(cookies={"sid": "old-sid"}), raising=False)
	sessions.on_session_creation(SimpleNamespace())
	monkeypatch.undo()
	assert site.db.get_value("Thread Push Subscription", kept, "ended_us") == 0

	sessions.on_logout(SimpleNamespace())
	assert site.db.get_value("Thread Push Subscription", kept, "ended_reason") == "Signed Out"
