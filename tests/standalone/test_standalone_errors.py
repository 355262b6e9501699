"""Every refusal is worded in the language of the host, wherever it is shown."""

from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import Client

from customer_thread.standalone.add_customer import add_customer
from customer_thread.standalone.security import SESSION_COOKIE
from customer_thread.standalone.web import App
from customer_thread.standalone.wiring import Host

API = "/api/method/customer_thread.api"
GERMAN = {
	"{0} is missing.": "Es fehlt {0}.",
	"{0} must be a whole number.": "{0} muss eine ganze Zahl sein.",
	"This message is too long: at most {0:,} characters, please.": "Bitte höchstens {0} Zeichen.",
	"This page is not there.": "Diese Seite gibt es nicht.",
	"Use {0} here.": "Hier geht nur {0}.",
}


@pytest.fixture
def host(tmp_path: Path) -> Host:
	host = Host(tmp_path)
	host.ports = replace(host.ports, translate=lambda text: GERMAN.get(text, text))
	return host


@pytest.fixture
def sarah(host: Host) -> Client:
	"""Return the browser of a signed-in customer."""
	customer = add_customer(host, "Sarah")
	with host.database.transaction():
		session = host.sessions.start(customer)
	client = Client(App(host, lambda: True))
	client.set_cookie(SESSION_COOKIE, session)
	return client


def test_it_words_what_a_call_refuses(sarah: Client) -> None:
	said = [
		sarah.get(f"{API}.portal.original"),
		sarah.get(f"{API}.portal.timeline?limit=few"),
		sarah.put(f"{API}.portal.timeline"),
	]

	assert [(answer.status_code, answer.get_json()["message"]) for answer in said] == [
		(400, "Es fehlt entry."),
		(400, "limit muss eine ganze Zahl sein."),
		(405, "Hier geht nur GET."),
	]


def test_it_words_what_a_page_refuses(host: Host, sarah: Client) -> None:
	session = host.sessions.find(sarah.get_cookie(SESSION_COOKIE).value)  # type: ignore[union-attr]
	form = {"text": "long" * 10_000, "client_id": "x", "csrf_token": session.csrf_token if session else ""}

	assert "Diese Seite gibt es nicht." in sarah.get("/nothing").text
	assert "Bitte höchstens 20000 Zeichen." in sarah.post("/messages", data=form).text
