"""Who plays in the demo, and what they say: the example of docs/behaviour.md."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from customer_thread.domain.times import to_us

ZONE = "America/New_York"
BUSINESS = "Mike's Contracting"
#: numbers with 555-01 are kept free for fiction, addresses under .example for examples
BUSINESS_NUMBER = "+12125550100"
PROJECT = "Deck Replacement Project · Active"
ACCENT = "#1f5fbf"
_LOGO = (
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5fbf"/>'
	'<path d="M6 15.5 16 7l10 8.5M9 14v11h14V14M9 19.5h14" fill="none" stroke="#fff" stroke-width="2.5" '
	'stroke-linecap="round" stroke-linejoin="round"/></svg>'
)
LOGO = f"data:image/svg+xml;base64,{b64encode(_LOGO.encode()).decode()}"
MAIL_FROM = "messages@mikescontracting.example"
REPLY_DOMAIN = "reply.mikescontracting.example"


@dataclass(frozen=True)
class Person:
	"""Somebody with a phone and a mailbox."""

	key: str
	name: str
	phone: str
	email: str


SARAH = Person("sarah", "Sarah Lee", "+12125550142", "sarah.lee@mail.example")
BOB = Person("bob", "Bob Miller", "+12125550167", "bob.miller@mail.example")
MIKE = Person("mike", "Mike", "+12125550123", "mike@mikescontracting.example")

SCHEDULED = "Hi Sarah! Your deck project is scheduled for Thursday 8–9am. Reply CONFIRM to confirm."
CONFIRM = "CONFIRM"
ON_OUR_WAY = "Good morning Sarah! Our crew is on their way — arriving in about 20 minutes."
HOW_WAS_IT = "Hi Sarah, how did the deck come out? Hope you love it!"
SOUNDS_GOOD = "Sounds good! What time works for you?"
TO_BOB = "Hi Bob, your estimate for the garage roof is ready. Call me if anything is unclear."


def on_may(day: int, hour: int, minute: int) -> int:
	"""Return a moment of May 2025 in New York as µs since 1970 UTC."""
	return to_us(datetime(2025, 5, day, hour, minute, tzinfo=ZoneInfo(ZONE)))
