"""Whether one setting can be what it is to be, before it is saved."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import phonenumbers
from babel import Locale, UnknownLocaleError

from customer_thread.domain.errors import BadInput
from customer_thread.domain.invitation import check_words
from customer_thread.domain.limits import HISTORY_MONTHS, KEEP_MONTHS, NOTICE_DELAY_MINUTES, SIGN_IN_LINK_DAYS
from customer_thread.domain.notices.wishes import is_clock
from customer_thread.domain.people.addresses import email, phone
from customer_thread.domain.push.subject import is_usable
from customer_thread.domain.times import check_zone
from customer_thread.domain.working_time import WORKING_DAYS

CLOCKS = ("quiet_start", "quiet_end", "window_start", "window_end", "work_start", "work_end")
ADDRESSES = ("public_url", "push_service_base", "twilio_api_base", "zulip_site")
#: what the SIDs of each begin with: https://www.twilio.com/docs/glossary/what-is-a-sid
SIDS = {"twilio_account_sid": "AC", "twilio_api_key": "SK", "twilio_messaging_service_sid": "MG"}
#: shown and called, and asked whether a call was with the business
PHONES = ("business_phone", "contractor_mobile")
EMAILS = ("contractor_email", "mail_from", "zulip_bot_email")
#: how large a whole number may be
MOST = {
	"sign_in_link_days": SIGN_IN_LINK_DAYS,
	"notice_delay_minutes": NOTICE_DELAY_MINUTES,
	"history_months": HISTORY_MONTHS,
	"keep_months": KEEP_MONTHS,
}
#: as a page can show it, a site's own file among them
_LOGO = re.compile(r"https?://[^\s/]|/|data:image/|files/|private/")
_HOST = re.compile(r"[\w.:-]+")
_DOMAIN = re.compile(r"(?!-)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
#: E.164, as Twilio takes it
_NUMBER = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


def as_kept(name: str, value: str) -> str:
	"""Return a text as it is kept in a setting: without blanks around it, a country in capital letters."""
	value = value.strip()
	return value.upper() if name == "default_region" else value


def check_setting(name: str, value: str, called: str = "", region: str = "") -> None:
	"""Raise BadInput if a text is not what a setting of Customer Thread Settings takes; empty is always fine.

	`called`: what whoever set it calls it; `region` (US): of numbers without a country.
	"""
	called = called or name
	if not value:
		return
	if name in ADDRESSES:
		check_address(called, value, ("http", "https"))
		if "?" in value or "#" in value:
			raise BadInput("{0} ends where its path ends: leave out what begins with ? or #.", called)
	elif name == "default_timezone":
		check_zone(value)
	elif name in CLOCKS and not is_clock(value):
		raise BadInput("{0} must be a time of day, such as 21:00.", called)
	elif name == "working_days" and value not in WORKING_DAYS:
		raise BadInput("{0} must be one of {1}.", called, ", ".join(WORKING_DAYS))
	elif name == "default_region" and value not in phonenumbers.SUPPORTED_REGIONS:
		raise BadInput("{0} must be a country in two letters, such as US.", called)
	elif name in SIDS and not re.fullmatch(rf"{SIDS[name]}[0-9a-fA-F]{{32}}", value):
		raise BadInput(
			"{0} must be {1} and 32 digits or letters from a to f, as the Twilio console has it.",
			called,
			SIDS[name],
		)
	elif name == "twilio_from_number" and not _NUMBER.fullmatch(value):
		raise BadInput("{0} must be a number with + and its country, such as +15551234567.", called)
	elif name in PHONES and phone(value, region) is None:
		raise BadInput("{0} must be a phone number, such as +15551234567.", called)
	elif name in EMAILS and email(value) is None:
		raise BadInput("{0} must be an e-mail address, such as mike@example.com.", called)
	elif name == "reply_domain" and not _DOMAIN.fullmatch(value):
		raise BadInput("{0} must be a domain, such as reply.example.com.", called)
	elif name in MOST and value.isdecimal() and int(value) > MOST[name]:
		raise BadInput("{0} can be {1} at most.", called, MOST[name])
	elif name == "logo" and not _LOGO.match(value):
		raise BadInput("{0} must be an address that begins with https://, / or data:image/.", called)
	elif name == "invitation_text":
		check_words(called, value)
	elif name == "vapid_subject" and not is_usable(value):
		raise BadInput(
			"{0} must be an address of yours that push services can write to, such as mailto:mike@example.com or "
			"https://example.com: they refuse one on this machine.",
			called,
		)
	elif name == "locale":
		try:
			Locale.parse(value.replace("-", "_"))
		except (UnknownLocaleError, ValueError):
			raise BadInput("{0} must be a language and a country, such as en_US.", called) from None


def check_team(rows: Iterable[tuple[str, str, str]], contractor: str, region: str) -> None:
	"""Raise BadInput if a phone or address of the team is none, or two people have the same."""
	first = phone(contractor, region)
	seen = {first.value} if first else set()
	for user, number, address in rows:
		found = [known for known in (phone(number, region), email(address)) if known]
		if not user or len(found) != bool(number) + bool(address):
			raise BadInput(
				"Phones of the team: give each a name, and a phone such as +15551234567 or an e-mail address."
			)
		for known in found:
			if known.value in seen:
				raise BadInput("Phones of the team: {0} is there twice.", known.value)
			seen.add(known.value)


def check_address(called: str, value: str, schemes: tuple[str, ...]) -> None:
	"""Raise BadInput if a text is no address with one of these schemes and a host."""
	try:
		parts = urlsplit(value)
		usable = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
		usable = usable and not re.search(r"\s", value) and bool(_HOST.fullmatch(parts.hostname or ""))
	except ValueError:
		usable = False
	if not usable:
		raise BadInput("{0} must be an address beginning with {1}://.", called, schemes[-1])
