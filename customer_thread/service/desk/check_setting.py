"""Whether one setting can be what it is to be, before it is saved."""

from urllib.parse import urlsplit

import phonenumbers
from babel import Locale, UnknownLocaleError

from customer_thread.domain.errors import BadInput
from customer_thread.domain.times import check_zone

ADDRESSES = ("public_url", "twilio_api_base")


def check_setting(name: str, value: str, called: str = "") -> None:
	"""Raise BadInput if a text is not what a setting of Customer Thread Settings takes; empty is always fine.

	`called`: what whoever set it calls it.
	"""
	called = called or name
	if not value:
		return
	if name in ADDRESSES:
		check_address(called, value, ("http", "https"))
	elif name == "default_timezone":
		check_zone(value)
	elif name == "default_region" and value not in phonenumbers.SUPPORTED_REGIONS:
		raise BadInput("{0} must be a country in two capital letters, such as US.", called)
	elif name == "locale":
		try:
			Locale.parse(value.replace("-", "_"))
		except (UnknownLocaleError, ValueError):
			raise BadInput("{0} must be a language and a country, such as en_US.", called) from None


def check_address(called: str, value: str, schemes: tuple[str, ...]) -> None:
	"""Raise BadInput if a text is no address with one of these schemes and a host."""
	try:
		parts = urlsplit(value)
		usable = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
	except ValueError:
		usable = False
	if not usable:
		raise BadInput("{0} must be an address beginning with {1}://.", called, schemes[-1])
