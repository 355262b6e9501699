"""Each reads in their own language: what their browser asks for, else the business's."""

from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest
import requests
from support.host import EmbeddedHost
from support.people import API, Browser, Staff

TIMEOUT = 20
pytestmark = pytest.mark.embedded("Frappe finds out by itself which language a request speaks")


def _asking_for(who: Browser, language: str) -> Browser:
	who.http.headers["Accept-Language"] = language
	return who


@pytest.mark.parametrize(
	("asked", "lang", "words"),
	[
		("es-MX,es;q=0.9,en;q=0.8", "es-US", "Escriba una respuesta…"),
		("fr-CA", "fr-CA", "Écrivez une réponse…"),
		("en-US,en;q=0.9,es;q=0.8", "en-US", "Type a reply…"),
		("de", "en-US", "Type a reply…"),
		("de, fr;q=0.4", "fr-CA", "Écrivez une réponse…"),
		("*;;q=,,", "en-US", "Type a reply…"),
	],
)
def test_the_page_is_in_the_language_of_the_browser(
	sarah: Browser, asked: str, lang: str, words: str
) -> None:
	page = _asking_for(sarah, asked).open()

	assert f'<html lang="{lang}"' in page.text
	assert words in page.text
	assert "Accept-Language" in page.headers["Vary"]


def test_days_and_what_comes_while_it_is_open_are_too(sarah: Browser) -> None:
	sarah.reply("hola")

	assert "Hoy — " in _asking_for(sarah, "es").open().text
	answer = sarah.http.get(f"{sarah.base}{API}.portal.timeline", params={"as": "html"}, timeout=TIMEOUT)
	assert "Hoy — " in answer.text


def test_a_refusal_is_too(host: EmbeddedHost, sarah: Browser) -> None:
	guest = requests.Session()
	guest.headers["Accept-Language"] = "es"
	answer = guest.get(f"{host.url}{API}.portal.timeline", timeout=TIMEOUT)
	page = guest.get(f"{host.url}/messages/sign-in", timeout=TIMEOUT)

	assert answer.json()["message"] == "Inicie sesión para ver sus mensajes."
	assert "Enviarme un enlace" in page.text


def test_a_business_that_speaks_spanish_does_so_to_who_asks_for_nothing_else(own_host: EmbeddedHost) -> None:
	own_host.set(locale="es_US")
	maria = own_host.sign_in(own_host.add_customer("María López"))

	assert "Escriba una respuesta…" in maria.open().text
	assert "Type a reply…" in _asking_for(maria, "en-US").open().text


def test_a_card_is_told_in_the_language_of_its_customer(host: EmbeddedHost, staff: Staff) -> None:
	maria = host.run("customer", "--name", "María López", "--language", "es").line
	starts = datetime.now(timezone.utc) + timedelta(days=7)
	planned = {"title": "Deck", "starts_at": starts.isoformat(), "source_key": uuid4().hex}
	written = staff.do("record_appointment", customer=maria, **planned)

	assert written["card"]["title"].startswith("Cita programada — ")
	assert written["card"]["type"] == "Appointment scheduled"
