"""What a push says, for how long, to whom."""

import json
from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import PUSH_CHARACTERS, PUSH_PAYLOAD_BYTES
from customer_thread.domain.notices.quiet_hours import QuietHours
from customer_thread.domain.push.device import device_name
from customer_thread.domain.push.lifetime import lifetime
from customer_thread.domain.push.payload import cut_at_word, payload
from customer_thread.domain.push.subject import contact_of, is_usable
from customer_thread.domain.push.subscription import encoded, subscription_in
from customer_thread.domain.times import HOUR, MINUTE, to_us

NIGHT = QuietHours(time(21), time(8), ZoneInfo("America/New_York"))
KEYS = {"p256dh": encoded(b"\x04" + b"x" * 64), "auth": encoded(b"y" * 16)}


@given(words=st.text(max_size=5000), title=st.text(max_size=400))
def test_it_always_fits(words: str, title: str) -> None:
	made = payload(title=title, words=words, tag="t" * 16, url="/messages?around=1#1", badge=10**9)
	assert len(made) <= PUSH_PAYLOAD_BYTES
	said = json.loads(made)
	assert len(said["body"]) <= PUSH_CHARACTERS
	assert said["tag"] == "t" * 16


@pytest.mark.parametrize("character", ["\x00", "😀", '"', "é", "\u2028"])
def test_it_is_cut_by_bytes_at_a_character(character: str) -> None:
	made = payload(title=character * 140, words=character * 300, tag="t", url="/messages", badge=0)
	assert len(made) <= PUSH_PAYLOAD_BYTES
	assert set(json.loads(made)["body"]) <= {character, "…"}


def test_it_is_cut_at_a_word() -> None:
	assert cut_at_word("We will be there at nine, weather permitting", 30) == "We will be there at nine…"
	assert cut_at_word("  two\nlines ") == "two lines"
	assert cut_at_word("x" * 50, 10) == "x" * 9 + "…"


def at(hour: int, minute: int = 0) -> int:
	return to_us(
		datetime(2026, 5, 14, hour, minute, tzinfo=ZoneInfo("America/New_York")).astimezone(timezone.utc)
	)


def test_it_waits_until_the_night_begins() -> None:
	assert lifetime(at(20), at(20), NIGHT, urgent=False) == 3600
	assert lifetime(at(20), at(20, 59), NIGHT, urgent=False) == 60
	assert lifetime(at(8), at(8), NIGHT, urgent=False) == 13 * 3600


def test_without_nights_it_waits_a_day() -> None:
	never = QuietHours(time(8), time(8), ZoneInfo("UTC"))
	for hours in (None, never):
		assert lifetime(at(8), at(8), hours, urgent=False) == 86_400


def test_what_is_urgent_waits_a_quarter_of_an_hour_from_its_beginning() -> None:
	assert lifetime(at(23), at(23), NIGHT, urgent=True) == 900
	assert lifetime(at(23), at(23) + 14 * MINUTE, NIGHT, urgent=True) == 60
	assert lifetime(at(23), at(23) + HOUR, NIGHT, urgent=True) == 0


@pytest.mark.parametrize(
	"contact",
	["mailto:mike@mikes.example", "mailto:Mike@Example.com", "https://mikes.example", "https://a.b-c.com/x"],
)
def test_a_contact_that_push_services_take(contact: str) -> None:
	assert is_usable(contact)


@pytest.mark.parametrize(
	"contact",
	[
		*("", "mike@mikes.example", "mailto:", "mailto:mike", "mailto:mike@localhost", "mailto:a@b.invalid"),
		*("http://mikes.example", "https://localhost", "https://portal.local", "https://127.0.0.1"),
		*("https://mikes.test", "https://mikes", "https://u:p@mikes.example", "https://[::1]"),
		*("tel:+15551234567", "mailto:mike@mikes.example?subject=x", "mailto:<mike@mikes.example>"),
	],
)
def test_a_contact_that_they_refuse(contact: str) -> None:
	assert not is_usable(contact)


def test_the_contact_is_what_the_admin_named_else_the_business() -> None:
	assert contact_of("", "mike@mikes.example", "https://p.example") == "mailto:mike@mikes.example"
	assert contact_of("", "", "https://p.example") == "https://p.example"
	assert contact_of("", "", "http://127.0.0.1:8420") == ""
	assert contact_of("https://me.example", "mike@mikes.example", "") == "https://me.example"


@pytest.mark.parametrize(
	"wrong",
	[
		{},
		{"endpoint": "https://p.example/1"},
		{"endpoint": "https://p.example/1", "keys": {}},
		{"endpoint": "https://p.example/1", "keys": {**KEYS, "auth": "x"}},
		{"endpoint": "https://p.example/1", "keys": {**KEYS, "p256dh": encoded(b"\x02" + b"x" * 64)}},
		{"endpoint": "ftp://p.example/1", "keys": KEYS},
		{"endpoint": "https://", "keys": KEYS},
		{"endpoint": "https://p.example:99999/1", "keys": KEYS},
		{"endpoint": "https://p.example/é", "keys": KEYS},
		{"endpoint": "https://p.example/" + "x" * 1000, "keys": KEYS},
		{"endpoint": 7, "keys": KEYS},
	],
)
def test_what_no_browser_gives(wrong: dict[str, object]) -> None:
	with pytest.raises(BadInput):
		subscription_in(wrong)


def test_what_a_browser_gives() -> None:
	found = subscription_in({"endpoint": "https://p.example/1", "expirationTime": None, "keys": KEYS})
	assert found.endpoint == "https://p.example/1"
	assert KEYS["auth"] not in repr(found)


@pytest.mark.parametrize(
	("said", "name"),
	[
		(
			"(Linux; Android 10; K) AppleWebKit/537.36 Chrome/150.0.0.0 Mobile Safari/537.36",
			"Chrome on Android",
		),
		(
			"(Linux; Android 10; K) SamsungBrowser/28.0 Chrome/130.0 Safari/537.36",
			"Samsung Internet on Android",
		),
		(
			"(iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Mobile/15E148 Safari/604.1",
			"Safari on iPhone",
		),
		("(iPhone; CPU iPhone OS 17_4 like Mac OS X) CriOS/150.0 Safari/604.1", "Chrome on iPhone"),
		("(Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Mac"),
		("(Windows NT 10.0; Win64; x64) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge on Windows"),
		("(X11; CrOS x86_64) Chrome/150.0 Safari/537.36", "Chrome on ChromeOS"),
		("(X11; Linux x86_64) Chrome/150.0 Safari/537.36 OPR/120.0", "Opera on Linux"),
		("Lynx/2.9", "Lynx/2.9"),
		("  x" * 100, " ".join("x" * 20) + " "),
		("", ""),
	],
)
def test_a_device_is_known_by_two_words(said: str, name: str) -> None:
	assert device_name(said) == name


def test_a_short_name_ends_with_a_word_that_is_half_of_it() -> None:
	assert cut_at_word("Mike's Contracting", 12) == "Mike's…"
