"""Whose language has which forms of dates and money."""

import pytest

from customer_thread.domain.languages import base_of, locale_in
from customer_thread.domain.wording import known_locale


@pytest.mark.parametrize(
	("language", "base"), [("es", "es"), ("es-MX", "es"), ("es_419", "es"), ("FR", "fr"), ("", "")]
)
def test_a_language_is_told_without_its_country(language: str, base: str) -> None:
	assert base_of(language) == base


@pytest.mark.parametrize(
	("language", "locale", "given"),
	[
		("", "en_US", "en_US"),
		("en", "en_US", "en_US"),
		("en-GB", "en_US", "en_US"),
		("es", "en_US", "es_US"),
		("es-MX", "en_US", "es_US"),
		("fr", "en_US", "fr_CA"),
		("fr", "en_CA", "fr_CA"),
		("fr", "de_DE", "fr"),
		("xx", "en_US", "en_US"),
		("es", "en", "es"),
	],
)
def test_a_reader_has_the_forms_of_their_language_in_the_country_of_the_business(
	language: str, locale: str, given: str
) -> None:
	assert locale_in(language, known_locale(locale)) == given
