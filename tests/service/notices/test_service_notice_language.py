"""Each customer is told in their own language, whoever of the business caused it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from support.notified import card, mails, plain, texts, work
from support.persons import BUSINESS, SARAH, Person
from support.world import World

from customer_thread.domain.times import MINUTE
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

WORDS = {
	"es": {"View in Portal": "Ver en el portal", "and {0} more": "y {0} más"},
	"": {"View in Portal": "View it"},
}


def translator(language: str) -> Callable[[str], str]:
	return lambda text: WORDS[language].get(text, text)


@pytest.fixture(autouse=True)
def business(world: World) -> None:
	world.set(public_url="https://messages.mikes.example", mail_from=BUSINESS.email)
	# whoever of the staff acts reads French
	world.ports = replace(world.ports, translate=lambda text: f"fr: {text}", translator=translator)


def customer(world: World, person: Person, language: str, **how: str) -> ThreadRow:
	thread = world.customer(person, **how)
	party = party_of(thread)
	assert party
	world.parties.languages[party] = language
	return thread


def test_a_mail_is_in_the_readers_language_else_in_the_sites(world: World) -> None:
	card(world, customer(world, SARAH, "es"))
	card(world, customer(world, SARAH, "", phone="", email="bob@x.example"))
	world.clock.move(2 * MINUTE)
	work(world)
	[spanish], [other] = mails(world), mails(world, "bob@x.example")
	assert "Ver en el portal: https://" in plain(spanish)
	assert "View it: https://" in plain(other)
	assert "fr: " not in plain(spanish) + plain(other)


def test_a_text_is_too(world: World) -> None:
	thread = customer(world, SARAH, "es", email="")
	for number in range(25):
		card(world, thread, number)
	world.clock.move(3 * MINUTE)
	work(world)
	[text] = texts(world)
	assert " más" in text
