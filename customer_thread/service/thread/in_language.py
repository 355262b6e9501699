"""What a customer is told is in their own language."""

from dataclasses import replace

from customer_thread.domain.speech import Speech
from customer_thread.domain.wording import known_locale
from customer_thread.service.ports import PartyInfo, Ports
from customer_thread.service.reading.reader import info_of, locale_of
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of


def in_language(ports: Ports, language: str) -> Ports:
	"""Return the ports that speak a language ("es"), the site's if it is empty."""
	spoken = language or ports.site_language()
	return replace(ports, translate=ports.translator(spoken), language=lambda: spoken)


def in_office_language(ports: Ports) -> Ports:
	"""Return the ports that speak to the contractor, whoever asks."""
	return in_language(ports, "")


def in_thread_language(ports: Ports, thread: ThreadRow, info: PartyInfo | None = None) -> Ports:
	"""Return the ports that speak to a thread's customer: in their language, else their first reader's, else the site's.

	`info`: what the host knows of them, if it was asked already.
	"""
	return in_language(ports, (info or info_of(ports.parties, thread)).language)


def speech_to(ports: Ports, info: PartyInfo | None) -> Speech:
	"""Return in which language a customer is written to by what the app is shipped with; `info`: what is known of them."""
	theirs = in_language(ports, info.language if info else "")
	return Speech(
		locale=known_locale(ports.settings().locale),
		their_locale=locale_of(theirs),
		translate=theirs.translate,
		translate_here=in_office_language(ports).translate,
	)


def in_language_of(ports: Ports, thread: ThreadRow, user: str) -> Ports:
	"""Return the ports that speak to one of a thread's readers; to whom no language is known, in their customer's."""
	party = party_of(thread)
	readers = ports.parties.readers(party) if party else ()
	language = next((reader.language for reader in readers if reader.user == user), "")
	return in_language(ports, language) if language else in_thread_language(ports, thread)
