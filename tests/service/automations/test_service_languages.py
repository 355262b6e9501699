"""Each side is written to in its own language: the customer in theirs, the contractor in the business's."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from support.automated import REMINDER, Visit, at, automate, pass_time, tick
from support.notified import texts, work
from support.persons import BUSINESS, MIKE, SARAH
from support.world import World

from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.times import to_us
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.standalone.languages import translator
from customer_thread.standalone.shipped_automations import FIXTURE
from customer_thread.store.rows import ThreadRow

SHIPPED = {row["name"]: row["text"] for row in json.loads(FIXTURE.read_text("utf-8"))}
NOON, VISIT, DUE = at("2025-05-12 12:00"), at("2025-05-14 14:00"), at("2025-05-13 09:00")


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	"""Return the thread of a customer who reads Spanish, of a business that speaks English."""
	world.set(mail_from=BUSINESS.email, default_timezone="America/New_York", contractor_email="")
	world.clock.us = to_us(NOON)
	# somebody of the office who reads French has the Desk open: it is nobody's language here
	world.ports = replace(
		world.ports,
		translate=translator("fr"),
		translator=translator,
		language=lambda: "fr",
		site_language=lambda: "en",
	)
	thread = world.customer(SARAH)
	[party] = world.parties.known
	world.parties.languages[party] = "es"
	return thread


def _reminded(world: World, sarah: ThreadRow, text: str) -> Visit:
	automate(world, **{**REMINDER, "text": text})
	visit = Visit(world, sarah)
	visit.schedule(VISIT)
	pass_time(world, DUE + timedelta(minutes=1), timedelta(hours=7))
	tick(world)
	work(world)
	return visit


def _says(world: World, words: str) -> None:
	sms = InboundSms(
		provider_sid=f"SM{len(words):032}",
		sender=SARAH.phone,
		recipient=BUSINESS.phone,
		text=words,
		occurred_us=world.clock.us,
		attachments=(),
		keyword=None,
	)
	world.do(lambda: receive_sms(world.ports, sms))
	work(world)


def test_a_shipped_automation_speaks_the_customers_language(world: World, sarah: ThreadRow) -> None:
	_reminded(world, sarah, SHIPPED["appointment-reminder"])

	assert texts(world, SARAH.phone)[-1] == (
		f"Hola Sarah, un recordatorio de {BUSINESS.name}: nos vemos el miércoles 14 de mayo, 2:00 pm. "
		"Responda SI para confirmar."
	)


def test_the_words_of_an_admin_stay_as_they_are(world: World, sarah: ThreadRow) -> None:
	_reminded(world, sarah, "Hey {{ customer.first_name }}: {{ doc.scheduled_time | day }}!")

	assert texts(world, SARAH.phone)[-1] == "Hey Sarah: Wednesday, May 14!"


def test_what_is_true_now_is_said_in_hers_and_what_she_answered_in_the_contractors(
	world: World, sarah: ThreadRow
) -> None:
	visit = _reminded(world, sarah, SHIPPED["appointment-reminder"])
	visit.cancel()
	_says(world, "sí")

	assert texts(world, SARAH.phone)[-1] == "Esa visita se ha cancelado."
	lines = [line for line in texts(world, MIKE.phone) if "nothing was confirmed" in line]
	assert len(lines) == 1
	assert lines[0].endswith("It was cancelled, so nothing was confirmed.")
