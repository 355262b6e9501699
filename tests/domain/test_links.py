"""Which words of a text are links, how they are shown and where they lead."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.limits import (
	LINK_CHARACTERS,
	LINKED_CHARACTERS,
	LINKS_IN_TEXT,
	MESSAGE_CHARACTERS,
)
from customer_thread.domain.links import link_parts

#: pieces of which texts with links in them are made, and with what comes near to one
PIECES = st.sampled_from(
	[
		"https://x.test/a?b=c", "http://", "www.x.com", "x.com", "müller.de", "аррӏе.com", "a@x.com", "mailto:a@x.com",
		"javascript:alert(1)", "javascript://x.com/%0aalert(1)", "data:text/html,<b>", "//x.com", "tel:1", "+44 20 7946 0958",
		"(212) 555-0100", "212-555-0100 x12", "#2041", "$4,200.00", " ", "\n", ".", ",", "(", ")", "]", '"', "'", "»", "…", "!",
		"\u202e", "\u200b", "\xad", "<a href=", ">", "@", ":", "/", "é", "。", "x", "8", "done.It",
	]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join))
#: the other name of a host, which is shown behind it
NAMED = re.compile(r" \([a-z0-9.-]*xn--[a-z0-9.-]+\)$")


def links(text: str, region: str = "US") -> list[tuple[str, str]]:
	"""Return each link as it is shown, and where it leads."""
	return [(part["text"], part["href"]) for part in link_parts(text, region) if part["href"]]


@given(TEXTS, st.sampled_from(["US", "DE", ""]))
def test_what_is_no_long_link_is_shown_as_it_was_written(text: str, region: str) -> None:
	pattern = ""
	for part in link_parts(text, region):
		shown = re.escape(NAMED.sub("", part["text"]) if part["href"] else part["text"])
		# a long one is shown by its host
		pattern += f"(?:{shown}|.{{41,}})" if len(part["href"]) > 40 else shown
	assert re.fullmatch(pattern, text, re.DOTALL)


@given(TEXTS)
def test_a_link_leads_to_the_web_to_mail_or_to_a_phone_and_nowhere_else(text: str) -> None:
	for shown, href in links(text):
		assert re.match(r"(?:https?://[a-z0-9_]|mailto:[^@]+@[a-z0-9_]|tel:\+\d)", href)
		assert href.isascii()
		assert not re.search(r"[\s\"<>\\^`{|}]", href)
		assert not re.search(r"[\s\u200b\u202e\xad]", shown) or href.startswith("tel:") or NAMED.search(shown)
		if href.startswith("http"):
			assert urlsplit(href).username is None
			# who reads it reads where it leads
			assert str(urlsplit(href).hostname) in shown.lower()


@given(TEXTS)
def test_a_link_ends_before_the_punctuation_of_its_sentence(text: str) -> None:
	for shown, href in links(text):
		if href.startswith("http"):
			assert shown[-1] not in ".,;:!?»”’…。" or shown.endswith("/…")


@pytest.mark.parametrize(
	("text", "expected"),
	[
		("see https://x.test/a?b=c&d#e.", [("https://x.test/a?b=c&d#e", "https://x.test/a?b=c&d#e")]),
		("(http://x.test) and HTTPS://Y.test!", [("http://x.test", "http://x.test"), ("HTTPS://Y.test", "https://y.test")]),
		('<a href="https://x.test">', [("https://x.test", "https://x.test")]),
		("(see https://x.test/deck_(wood)).", [("https://x.test/deck_(wood)", "https://x.test/deck_(wood)")]),
		("“https://x.test/a”…", [("https://x.test/a", "https://x.test/a")]),
		("http://x.test/a/: it", [("http://x.test/a/", "http://x.test/a/")]),
		("in «https://x.test/a».", [("https://x.test/a", "https://x.test/a")]),
		("https://x.test。", [("https://x.test", "https://x.test")]),
		("https://x.test/ä ö", [("https://x.test/ä", "https://x.test/%C3%A4")]),
		("mikes.com, or www.mikes.com/decks", [("mikes.com", "http://mikes.com"), ("www.mikes.com/decks", "http://www.mikes.com/decks")]),
		("sarah@x.test.com, please", [("sarah@x.test.com", "mailto:sarah@x.test.com")]),
		("mailto:a@x.com?subject=hi", [("mailto:a@x.com", "mailto:a@x.com")]),
		("call (212) 555-0100.", [("(212) 555-0100", "tel:+1-212-555-0100")]),
		("+44 20 7946 0958!", [("+44 20 7946 0958", "tel:+44-20-7946-0958")]),
		("212-555-0100 x12", [("212-555-0100 x12", "tel:+1-212-555-0100;ext=12")]),
		("(212) 555-0100 #2041", [("(212) 555-0100", "tel:+1-212-555-0100")]),
		("x.com/212-555-0100", [("x.com/212-555-0100", "http://x.com/212-555-0100")]),
	],
)  # fmt: skip
def test_it_links_addresses_and_numbers(text: str, expected: list[tuple[str, str]]) -> None:
	assert links(text) == expected


@pytest.mark.parametrize(
	"text",
	[
		"javascript:alert(1)", "javascript://x.com/%0aalert(1)", "vbscript:x", "data:text/html;base64,PGI+", "ftp://x.com",
		"//x.com", "file:///etc/passwd", "https://", "https://...", "http://x.com@evil.test/", "https://mikes.com:pay@evil.test",
		"done.It was great", "at 8.30", "p.m.So", "3.so", "e.g. this", "U.S.", "photo.jpg", "v1.2.3", "@mike", "a@b",
		"#2125550100", "invoice #2041", "$4,200.00", "2025-05-13 10:15", "05/13/2025", "1234567890123456", "555-0100",
		"192.168.1.100", "8-9am", "x" * 3000 + ".com", "https://x.test/" + "a" * LINK_CHARACTERS,
	],
)  # fmt: skip
def test_all_else_stays_text(text: str) -> None:
	assert link_parts(text, "US") == [{"text": text, "href": ""}]


def test_a_number_without_its_country_is_one_of_the_business_s_region() -> None:
	assert links("030 901820", "DE") == [("030 901820", "tel:+49-30-901820")]
	assert links("(212) 555-0100", "") == []
	assert links("+1 212 555 0100", "") == [("+1 212 555 0100", "tel:+1-212-555-0100")]


def test_a_long_address_is_shown_by_its_host() -> None:
	long = "https://maps.example.com/place/" + "a" * 60 + "?x=1"

	assert links(f"Here: {long}.") == [("maps.example.com/…", long)]
	assert links("https://" + "a" * 50 + ".com") == [("a" * 50 + ".com", "https://" + "a" * 50 + ".com")]
	assert links(f"http://mikes.com.evil.test:8080/{'x' * 50}")[0][0] == "mikes.com.evil.test:8080/…"


@pytest.mark.parametrize(
	("text", "shown", "href"),
	[
		# Cyrillic
		("аррӏе.com", "аррӏе.com (xn--80ak6aa92e.com)", "http://xn--80ak6aa92e.com"),
		("https://müller.de/x", "https://müller.de/x (xn--mller-kva.de)", "https://xn--mller-kva.de/x"),
		("info@müller.de", "info@müller.de (xn--mller-kva.de)", "mailto:info@xn--mller-kva.de"),
		("https://gооgle.com/" + "a" * 60, "xn--ggle-55da.com/…", "https://xn--ggle-55da.com/" + "a" * 60),
		# what cannot be seen, or turns round what is read
		("https://x.test/\u202egpj.exe", "https://x.test/", "https://x.test/"),
		("https://x.test\u200b.evil.com", "https://x.test", "https://x.test"),
	],
)
def test_look_alikes_are_shown_for_what_they_are(text: str, shown: str, href: str) -> None:
	assert (shown, href) in links(text)


def test_what_is_beyond_its_limits_is_text() -> None:
	assert len(links("x.com " * 300)) == LINKS_IN_TEXT
	assert len(links("(212) 555-0100 " * 300)) == LINKS_IN_TEXT
	filler = "a " * (LINKED_CHARACTERS // 2)
	assert links(f"{filler}x.com (212) 555-0100") == []
	assert links(f"{filler[:-6]}x.com") == [("x.com", "http://x.com")]
	assert links(f"{filler[:-4]}x.com") == []
	assert links(f"{filler[:-4]}x.company") == []


@pytest.mark.parametrize(
	"unit",
	["http://a.b/[", "(https://a", "mailto:", "www.", "a.", "a@", "a-", "'x\"", "(1", "1 ", "212-555-0100x", "x.co ", "ü.ü ", "xn--"],
)  # fmt: skip
def test_no_text_takes_more_than_a_few_looks(unit: str) -> None:
	text = (unit * MESSAGE_CHARACTERS)[:MESSAGE_CHARACTERS]

	assert len(links(text)) <= LINKS_IN_TEXT
