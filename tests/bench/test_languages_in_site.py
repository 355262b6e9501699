"""A site reads the languages by itself, and speaks each to whom it belongs."""

from collections.abc import Callable
from typing import Any

import pytest
from support.site_portal_users import ask, new_customer, new_user, pat

from customer_thread.frappe_host.wiring import site_ports
from customer_thread.standalone.languages import texts_in

__all__ = ["ask", "pat"]


@pytest.mark.parametrize("language", ["es", "fr"])
def test_frappe_has_every_text_as_the_file_has_it(site: Any, language: str) -> None:
	from frappe.translate import get_all_translations, get_translations_from_csv

	texts = texts_in(language)
	assert get_translations_from_csv(language, "customer_thread") == texts
	# what the Desk's scripts get: ours, also of a word that other apps have
	served = get_all_translations(language)
	assert {text: served.get(text) for text in texts} == texts


def test_a_country_s_own_form_of_a_language_has_every_text_too(site: Any) -> None:
	from frappe.gettext.translate import get_translations_from_mo
	from frappe.translate import get_all_translations

	served, texts = get_all_translations("es-GT"), texts_in("es")
	# here Frappe's own words come first
	theirs = get_translations_from_mo("es_GT", "frappe") | get_translations_from_mo("es_GT", "erpnext")
	assert {text: served.get(text) for text in texts if text not in theirs} == {
		text: said for text, said in texts.items() if text not in theirs
	}
	assert set(texts) <= set(served)


def test_a_translator_speaks_the_language_it_is_asked_for(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(site.local, "lang", "fr")
	ports = site_ports()

	assert ports.translate("Type a reply…") == "Écrivez une réponse…"
	assert ports.translator("es")("Type a reply…") == "Escriba una respuesta…"
	assert ports.translator("")("Type a reply…") == "Type a reply…"
	assert ports.language() == "fr"


def test_a_page_is_in_the_language_of_its_user(
	site: Any, pat: str, ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
	from frappe.translate import get_user_lang

	maria = new_user(site, "maria", "Customer")
	site.db.set_value("User", maria, "language", "es")
	site.clear_cache(user=maria)
	new_customer(site, "lopez", maria)
	monkeypatch.setattr(site.local, "lang", get_user_lang(maria))
	page = str(ask(maria, "/messages").get_data(as_text=True))

	assert '<html lang="es-US"' in page
	assert "Aún no hay mensajes" in page or "Escriba una respuesta…" in page
