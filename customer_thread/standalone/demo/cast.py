"""Who plays in the demo, and what they say: the example of docs/behaviour.md."""

import re
import unicodedata
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32
from zoneinfo import ZoneInfo

from customer_thread.domain.errors import BadInput
from customer_thread.domain.portal.colors import accents
from customer_thread.domain.times import to_us
from customer_thread.domain.words import clean

ZONE = "America/New_York"
BUSINESS = "Mike's Contracting"
#: numbers with 555-01 are kept free for fiction, addresses under .example for examples
BUSINESS_NUMBER = "+12125550100"
PROJECT = "Deck Replacement Project · Active"
ACCENT = "#1f5fbf"
#: of other businesses, each always the same
_ACCENTS = ("#0b6b53", "#9a3412", "#6d28d9", "#a21a4a", "#0e5a7a", "#7a4b00")
_LOGO = (
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="{0}"/>'
	'<path d="M6 15.5 16 7l10 8.5M9 14v11h14V14M9 19.5h14" fill="none" stroke="{1}" stroke-width="2.5" '
	'stroke-linecap="round" stroke-linejoin="round"/></svg>'
)
#: characters of a business's name that fit a phone's header
_NAME = 60
_POSSESSIVE = re.compile(r"(\w.*?)(?:['’]s|(?<=s)['’])(?=\s|$)")


@dataclass(frozen=True)
class Person:
	"""Somebody with a phone and a mailbox."""

	key: str
	name: str
	phone: str
	email: str


SARAH = Person("sarah", "Sarah Lee", "+12125550142", "sarah.lee@mail.example")
BOB = Person("bob", "Bob Miller", "+12125550167", "bob.miller@mail.example")
CONTRACTOR_NUMBER = "+12125550123"


@dataclass(frozen=True)
class Business:
	"""The business that the demo shows, and the person who answers for it."""

	name: str
	accent: str
	contractor: Person
	#: what its mail addresses end in
	domain: str

	@property
	def logo(self) -> str:
		"""Return a picture as the address of itself."""
		drawn = _LOGO.format(self.accent, accents(self.accent)["on_accent"])
		return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"

	@property
	def mail_from(self) -> str:
		"""Return the address mails are sent from."""
		return f"messages@{self.domain}"

	@property
	def reply_domain(self) -> str:
		"""Return where answers to mails go."""
		return f"reply.{self.domain}"


def business_of(name: str = "", accent: str = "") -> Business:
	"""Return a business of this name, Mike's if there is none; "Ann's Roofs" is Ann's. Raise BadInput."""
	name = " ".join(clean(name).split()) or BUSINESS
	if len(name) > _NAME:
		raise BadInput("The name of a business has {0} characters at most here.", _NAME)
	accent = f"#{accent.strip().lstrip('#').lower()}" if accent.strip() else ""
	if accent and not re.fullmatch(r"#[0-9a-f]{6}", accent):
		raise BadInput("The accent must be a colour such as #1f5fbf.")
	if not accent:
		accent = ACCENT if name == BUSINESS else _ACCENTS[crc32(name.encode()) % len(_ACCENTS)]
	owner = _POSSESSIVE.match(name)
	person = owner[1] if owner else name
	domain = f"{_slug(name) or 'business'}.example"
	contractor = Person("mike", person, CONTRACTOR_NUMBER, f"{_slug(person) or 'office'}@{domain}")
	return Business(name, accent, contractor, domain)


def _slug(words: str) -> str:
	plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
	return re.sub(r"[^a-z0-9]", "", plain)[:40]


OLD_DECK = "Here is the old deck. Some boards are rotten. Can you replace all of it?"
BOOKED = "Thank you, Sarah! You are booked for Thu May 15, 8–9am. We will text you before we come."

SCHEDULED = "Hi Sarah! Your deck project is scheduled for Thursday 8–9am. Reply CONFIRM to confirm."
CONFIRM = "CONFIRM"
ON_OUR_WAY = "Good morning Sarah! Our crew is on their way — arriving in about 20 minutes."
HOW_WAS_IT = "Hi Sarah, how did the deck come out? Hope you love it!"
SOUNDS_GOOD = "Sounds good! What time works for you?"
TO_BOB = "Hi Bob, your estimate for the garage roof is ready. Call me if anything is unclear."


def on_may(day: int, hour: int, minute: int) -> int:
	"""Return a moment of May 2025 in New York as µs since 1970 UTC."""
	return to_us(datetime(2025, 5, day, hour, minute, tzinfo=ZoneInfo(ZONE)))
