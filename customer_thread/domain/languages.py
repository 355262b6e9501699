"""Which language somebody reads, and how dates and money are written in it."""

from babel import Locale, UnknownLocaleError

#: what every text is written in
ENGLISH = "en"


def base_of(language: str) -> str:
	"""Return "es" for "es", "es-MX" and "es_MX"; empty for none."""
	return language.replace("_", "-").partition("-")[0].strip().lower()


def locale_in(language: str, locale: str) -> str:
	"""Return the locale for a reader of a language where the business has another: "es_US" for "es" and "en_US".

	The business's own if no language is given, or the same. A country in which nobody keeps forms of that language
	lends it those of a neighbour: French in the United States is written as in Canada.
	"""
	wanted, (_own, _sign, country) = base_of(language), locale.partition("_")
	if not wanted or wanted == base_of(locale):
		return locale
	neighbour = "CA" if country == "US" else ""
	for name in (f"{wanted}_{country}", f"{wanted}_{neighbour}", wanted):
		try:
			return str(Locale.parse(name))
		except (UnknownLocaleError, ValueError):
			continue
	return locale
