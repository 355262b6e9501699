"""What staff read of how a customer is notified."""

import pytest
from support.persons import SARAH
from support.world import World

from customer_thread.domain.notices.wishes import default_wishes, with_chosen
from customer_thread.domain.times import zone
from customer_thread.domain.wording import Reader
from customer_thread.service.desk.read_thread import read_thread
from customer_thread.service.desk.wishes_words import wishes_words
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.service.reading.read_timeline import Query

DEFAULT = default_wishes("21:00", "08:00", "America/New_York")
READER = Reader(zone("UTC"), "en_US", str, 0)


@pytest.mark.parametrize(
	("chosen", "words"),
	[
		({}, "Texts, e-mail, push · quiet 9:00pm–8:00am New York"),
		({"sms": "Off", "timezone": "Asia/Kolkata"}, "E-mail, push · quiet 9:00pm–8:00am Kolkata"),
		({"push": "Off", "quiet": "Off"}, "Texts, e-mail"),
		({"quiet_start": "08:00"}, "Texts, e-mail, push"),
		({"sms": "Off", "email": "Off", "push": "Off", "quiet": "Off"}, "No notices"),
		(
			{"quiet_start": "00:00", "quiet_end": "12:30"},
			"Texts, e-mail, push · quiet 12:00am–12:30pm New York",
		),
	],
)
def test_it_says_it_in_a_line(chosen: dict[str, str], words: str) -> None:
	assert wishes_words(with_chosen(DEFAULT, chosen), READER) == words


def test_it_says_it_with_the_thread(world: World) -> None:
	sarah = world.customer(SARAH)
	user = sarah["party"] or ""
	world.do(lambda: save_wishes(world.ports, sarah, user, {"push": "Off"}, "Page"))
	assert read_thread(world.ports, sarah, Query())["preferences"] == [
		{"user": user, "words": "Texts, e-mail · quiet 9:00pm–8:00am New York"}
	]
