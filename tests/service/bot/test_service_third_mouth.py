"""A chat of the team is a line in tables: one that is made up is written to and writes, beside those that are there."""

from dataclasses import replace
from typing import cast

import pytest
from support.bot import noted_of, said_to
from support.mariadb_schema import doctypes
from support.persons import BOB, BUSINESS, SARAH
from support.world import World

from customer_thread.domain import channels as rules
from customer_thread.domain.inbound import InboundSms, TeamMessage
from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.team_place import TeamPlace
from customer_thread.service.bot.by_team_chat import receive_team_message
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.notices.channels import EVERY_CHANNEL
from customer_thread.service.ports import OutgoingChannel, Ports
from customer_thread.store.database import Row
from customer_thread.store.rows import ThreadRow

RAVEN: DeliveryChannel = cast("DeliveryChannel", "Raven")
BY_RAVEN: OutgoingChannel = replace(
	EVERY_CHANNEL["Zulip"],
	rule=replace(rules.ZULIP, name=RAVEN),
	is_set_up=lambda _settings: True,
	contractor=lambda _settings: TeamPlace("team", "everything").key,
	team_place=lambda _settings, thread: TeamPlace("team", f"{thread['title']} #{thread['code']}").key,
)

pytestmark = pytest.mark.embedded("the DocTypes of a site are in its database, and have no such option")


@pytest.fixture(autouse=True)
def schema(monkeypatch: pytest.MonkeyPatch) -> None:
	"""Add the line that a channel needs in the schema."""
	[field] = [one for one in doctypes()["Thread Delivery"]["fields"] if one["fieldname"] == "channel"]
	monkeypatch.setitem(field, "options", f"{field['options']}\n{RAVEN}")


@pytest.fixture
def ports(world: World) -> Ports:
	"""Return ports with a chat more."""
	return replace(world.ports, channels={**EVERY_CHANNEL, RAVEN: BY_RAVEN})


def _said(world: World, text: str, thread: ThreadRow | None = None) -> TeamMessage:
	world.clock.move(1)
	place = TeamPlace("team", f"{thread['title']} #{thread['code']}") if thread else TeamPlace(user="8")
	now = world.clock.now_us()
	return TeamMessage(RAVEN, f"raven:{now}", place, "8", "Ann Field", "ann@chat.example", text, now)


def _by_raven(world: World) -> list[Row]:
	return world.database.select(
		"SELECT purpose, address, text FROM `tabThread Delivery` WHERE channel = 'Raven' ORDER BY creation_us"
	)


def test_it_shows_the_team_what_a_customer_writes(world: World, ports: Ports) -> None:
	sarah = world.customer()
	came = InboundSms("SM1", SARAH.phone, BUSINESS.phone, "when?", (), world.clock.now_us())
	world.do(lambda: receive_sms(ports, came))
	[shown] = _by_raven(world)
	assert (shown["purpose"], shown["text"]) == ("Team", "when?")
	assert shown["address"] == f"#team>Sarah Lee #{sarah['code']}"


def test_it_obeys_what_is_written_there_once(world: World, ports: Ports) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	words, note = _said(world, "on my way", sarah), _said(world, "note gate 4711", sarah)
	for said in (words, note, words, note):
		world.do(lambda said=said: receive_team_message(ports, said))  # type: ignore[misc]
	assert (said_to(world, sarah), noted_of(world, sarah)) == (["on my way"], ["gate 4711"])
	assert said_to(world, bob) == []
	assert [(row["purpose"], row["text"]) for row in _by_raven(world)] == [("Answer", "Noted for Sarah Lee.")]


def test_it_asks_who_is_meant_in_a_conversation_with_the_bot_alone(world: World, ports: Ports) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	for number, person in enumerate((SARAH, BOB)):
		world.clock.move(1)
		came = InboundSms(f"SM{number}", person.phone, BUSINESS.phone, "when?", (), world.clock.now_us())
		world.do(lambda came=came: receive_sms(ports, came))  # type: ignore[misc]
	# who wrote in the channel is of the team
	for text, place in (("note gate", sarah), ("tomorrow at 8", None), ("2", None)):
		said = _said(world, text, place)
		world.do(lambda said=said: receive_team_message(ports, said))  # type: ignore[misc]
	answers = [row["text"] for row in _by_raven(world) if row["address"] == "@8"]
	assert answers == ["Who is this for? 1 Bob Miller, 2 Sarah Lee"]
	assert (said_to(world, sarah), said_to(world, bob)) == (["tomorrow at 8"], [])
