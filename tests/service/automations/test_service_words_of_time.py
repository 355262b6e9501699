"""Times in what the system writes are told as the setting Locale writes them, where the customer lives."""

from datetime import timedelta

import pytest
from support.automated import Visit, at, automate, pass_time
from support.notified import PUBLIC, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.times import to_us

NOON = at("2025-05-12 12:00")
TOLD = {
	"title": "Told",
	"moment": "After Event",
	"after_event": "Appointment scheduled",
	"text": "{{ doc.scheduled_time | day }} / {{ doc.scheduled_time | time }} / {{ doc.scheduled_time | when }}",
}
#: 2pm in New York is eleven in Los Angeles
TIMES = {
	("en-US", ""): "Wednesday, May 14 / 2:00pm / Wed May 14, 2:00pm",
	("en-US", "America/Los_Angeles"): "Wednesday, May 14 / 11:00am / Wed May 14, 11:00am",
	("de-DE", "America/Los_Angeles"): "Mi., 14. Mai / 11:00 / Mi., 14. Mai, 11:00",
	("es-MX", ""): "miércoles 14 de mayo / 2:00 pm / mié 14 may, 2:00 pm",
	("fr-CA", ""): "mercredi 14 mai / 14 h 00 / mer. 14 mai, 14 h 00",
	("xx-YY", ""): "Wednesday, May 14 / 2:00pm / Wed May 14, 2:00pm",
}


@pytest.mark.parametrize(("where", "words"), TIMES.items(), ids=map(str, TIMES))
def test_it_tells_times_in_words_of_the_locale(world: World, where: tuple[str, str], words: str) -> None:
	locale, zone = where
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York", locale=locale)
	world.clock.us = to_us(NOON)
	automate(world, **TOLD, channel="SMS")
	sarah = world.customer(SARAH)
	if zone:
		world.do(lambda: world.database.update("Customer Thread", sarah["name"], {"timezone": zone}))
	Visit(world, sarah).schedule(at("2025-05-14 14:00"))
	pass_time(world, NOON + timedelta(minutes=13))
	assert texts(world) == [words]
