"""What a document says stays its words in what the system writes: nothing in it is run, and it has an end."""

import re
from datetime import timedelta

import pytest
from support.automated import Visit, at, automate, pass_time
from support.notified import PUBLIC, mails, plain, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.times import to_us
from customer_thread.service.reading.read_timeline import Query, read_timeline

NOON = at("2025-05-12 12:00")
TOLD = {
	"title": "Told",
	"moment": "After Event",
	"after_event": "Appointment scheduled",
	"text": "About {{ doc.subject }}: fine?",
}
#: what a document says, and what of it is sent
VALUES = {
	"an expression": ("{{ 7*7 }}", "{{ 7*7 }}"),
	"a statement": ("{% for x in y %}{# gone #}", "{% for x in y %}{# gone #}"),
	"a name of the document": ("{{ doc.name }} {0} %s %(name)s", "{{ doc.name }} {0} %s %(name)s"),
	"HTML": ("<b>Deck</b><script>alert(1)</script>&amp;", "<b>Deck</b><script>alert(1)</script>&amp;"),
	"control characters": ("De\x00c\x07k\x1b[31m", "Deck[31m"),
	"another direction": ("Deck \u202efdp.exe\u2066", "Deck \u202efdp.exe\u2066"),
	"an emoji of several": ("👩\u200d🔧 Deck", "👩\u200d🔧 Deck"),
	"half a character": ("Deck \ud83d", "Deck ?"),
	"a link": ("https://evil.example/a?b=1", "https://evil.example/a?b=1"),
	"lines": ("Deck\r\nBcc: eve@evil.example\rX", "Deck\nBcc: eve@evil.example\nX"),
	"lines of other kinds": ("Deck\u2028a\u2029b\x0bc", "Deck\u2028a\u2029bc"),
}


def _told_of(world: World, subject: str, channel: str) -> Visit:
	"""Let a document of this subject be told of."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(NOON)
	automate(world, **TOLD, channel=channel)
	visit = Visit(world, world.customer(SARAH))
	visit.schedule(at("2025-05-14 14:00"), subject=subject)
	pass_time(world, NOON + timedelta(minutes=13))
	return visit


@pytest.mark.parametrize(("said", "sent"), VALUES.values(), ids=VALUES)
def test_a_text_has_the_words_as_they_are(world: World, said: str, sent: str) -> None:
	visit = _told_of(world, said, "SMS")
	assert visit.told() == [("Sent", "sent when it was due")]
	assert texts(world) == [f"About {sent}: fine?"]
	entries = read_timeline(world.ports, visit.thread["name"], Query(), html=True)["entries"]
	assert entries[-1]["text"] == f"About {sent}: fine?"
	html = str(dict(entries[-1])["html"])
	assert "About" in html
	assert "<script" not in html
	assert "<b>Deck" not in html


@pytest.mark.parametrize(("said", "sent"), VALUES.values(), ids=VALUES)
def test_a_mail_has_them_as_words_too(world: World, said: str, sent: str) -> None:
	_told_of(world, said, "Email")
	[mail] = [mail for mail in mails(world) if "fine?" in plain(mail)]
	assert f"About {sent}: fine?" in plain(mail).replace("\r\n", "\n")
	assert not re.search(r"[\r\n]", str(mail["Subject"]))
	assert mail["Bcc"] is None
	html = mail.get_body(("html",))
	assert html is not None
	assert "<script" not in html.get_content()
	assert "<b>Deck" not in html.get_content()


def test_what_has_no_end_is_not_sent_and_says_so(world: World) -> None:
	visit = _told_of(world, "x" * 10_000, "SMS")
	why = "skipped: “Told”: the text prints more than 2,000 characters. Make it shorter."
	assert visit.told() == [("Skipped", why)]
	assert texts(world) == []
