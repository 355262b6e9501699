"""The bot's second mouth: who it was is kept, and nothing is heard where the team talks nowhere."""

from dataclasses import replace
from typing import Any

import pytest
from support.persons import BOB, BUSINESS, SARAH
from support.world import World

from customer_thread.domain.inbound import InboundSms, TeamMessage
from customer_thread.domain.model import Address
from customer_thread.domain.team_chat import topic_of
from customer_thread.domain.team_place import TeamPlace
from customer_thread.service.bot.by_team_chat import receive_team_message
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.store import notes
from customer_thread.store.rows import ThreadRow


def _said(world: World, thread: ThreadRow, text: str, **more: Any) -> TeamMessage:  # noqa: ANN401
	place = TeamPlace("customers", topic_of(thread["title"], thread["code"]))
	now = world.clock.now_us()
	said = TeamMessage("Zulip", "zulip:1", place, "20", "Ann Field", "ann@zulip.example", text, now)
	return replace(said, **more)


def _hear(world: World, said: TeamMessage) -> None:
	world.do(lambda: receive_team_message(world.ports, said))


def _entries(world: World) -> list[dict[str, Any]]:
	return world.database.select("SELECT thread, text, author, sent_by, occurred_us FROM `tabThread Entry`")


def test_it_keeps_who_answered(world: World) -> None:
	world.talk_in_zulip()
	thread = world.customer()
	_hear(world, _said(world, thread, "On my way"))
	[entry] = _entries(world)
	assert (entry["thread"], entry["text"], entry["author"]) == (thread["name"], "On my way", "Contractor")
	assert entry["sent_by"] == "Ann Field"


def test_it_keeps_a_user_of_the_site_by_their_name_there(world: World) -> None:
	world.talk_in_zulip()
	ports = replace(world.ports, is_staff=lambda address: address == "ann@zulip.example")
	said = _said(world, world.customer(), "On my way")
	world.do(lambda: receive_team_message(ports, said))
	assert _entries(world)[0]["sent_by"] == "ann@zulip.example"


@pytest.mark.parametrize("missing", ["zulip_site", "zulip_api_key", "zulip_channel"])
def test_it_hears_nothing_where_the_team_talks_nowhere(world: World, missing: str) -> None:
	world.talk_in_zulip()
	world.set(**{missing: ""})
	_hear(world, _said(world, world.customer(), "On my way"))
	assert _entries(world) == []
	assert world.database.select("SELECT name FROM `tabThread Delivery`") == []


def test_the_number_of_a_thread_that_was_joined_means_the_other(world: World) -> None:
	world.talk_in_zulip()
	address = Address("Phone", "+15550107777")
	unmatched = world.do(lambda: open_unmatched(world.ports, address, "(555) 010-7777"))
	thread = world.customer(SARAH)
	world.do(lambda: assign_thread(world.ports, unmatched, thread))
	_hear(world, _said(world, unmatched, "On my way"))
	assert _entries(world)[0]["thread"] == thread["name"]


def test_another_message_with_the_same_words_is_another(world: World) -> None:
	world.talk_in_zulip()
	thread = world.customer()
	for number in (1, 1, 2):
		_hear(world, _said(world, thread, "On my way", provider_id=f"zulip:{number}"))
	assert [entry["text"] for entry in _entries(world)] == ["On my way"] * 2


def _answer(world: World) -> str:
	rows = world.database.select(
		"SELECT text FROM `tabThread Delivery` WHERE purpose = 'Answer' ORDER BY creation_us"
	)
	return "\n".join(row["text"] for row in rows)


@pytest.mark.parametrize("form", ["{0} note gate", "{0}: note gate", "#{0} note gate", "note gate"])
def test_a_note_with_her_number_stays_with_the_team(world: World, form: str) -> None:
	world.talk_in_zulip()
	thread = world.customer()
	_hear(world, _said(world, thread, form.format(thread["code"])))
	assert [note["text"] for note in notes.of_thread(world.database, thread["name"])] == ["gate"]
	assert _entries(world) == []
	assert _answer(world) == "Noted for Sarah Lee."


@pytest.mark.parametrize("text", ["{0} note gate", "{1} note gate", "{0} ?"])
def test_a_note_with_a_number_that_is_not_hers_goes_nowhere(world: World, text: str) -> None:
	world.talk_in_zulip()
	thread, bob = world.customer(), world.customer(BOB)
	wrong = thread["code"][:-1] + str((int(thread["code"][-1]) + 1) % 10)
	_hear(world, _said(world, thread, text.format(bob["code"], wrong)))
	assert _entries(world) == []
	assert [notes.of_thread(world.database, one["name"]) for one in (thread, bob)] == [[], []]
	assert f"#{bob['code']} is Bob Miller" in _answer(world) or f"There is no #{wrong}" in _answer(world)


@pytest.mark.parametrize("form", ["{0} ?", "{0}?"])
def test_what_was_said_last_is_asked_for_by_her_number(world: World, form: str) -> None:
	world.talk_in_zulip()
	thread = world.customer()
	_hear(world, _said(world, thread, form.format(thread["code"])))
	assert _answer(world).startswith(f"Sarah Lee (#{thread['code']})")
	assert _entries(world) == []


def _alone(world: World, thread: ThreadRow, text: str, number: int) -> None:
	place = TeamPlace(user="20")
	_hear(world, _said(world, thread, text, place=place, provider_id=f"zulip:{number}"))


@pytest.mark.parametrize("text", ["#{0} On my way", "#{0} ?", "#{0} note gate", "help", "#{0}"])
def test_alone_with_the_bot_nobody_is_heard_who_never_wrote_in_the_channel(world: World, text: str) -> None:
	world.talk_in_zulip()
	thread = world.customer()
	_alone(world, thread, text.format(thread["code"]), 1)
	assert _answer(world) == "Write to me in a customer's topic in #customers first: nothing was sent."
	assert _entries(world) == []
	assert notes.of_thread(world.database, thread["name"]) == []


def test_alone_with_the_bot_words_without_a_number_are_asked_about(world: World) -> None:
	"""Also where only one customer wrote: her words appear elsewhere, and "hello" to a bot is no answer to them."""
	world.talk_in_zulip()
	thread = world.customer()
	came = InboundSms(f"SM{1:032x}", SARAH.phone, BUSINESS.phone, "when?", (), world.clock.now_us())
	world.do(lambda: receive_sms(world.ports, came))
	_hear(world, _said(world, thread, "note she asked"))
	world.clock.move(1)
	_alone(world, thread, "hello", 2)
	assert _answer(world).endswith("Who is this for? 1 Sarah Lee")
	assert [entry["text"] for entry in _entries(world)] == ["when?"]
	_alone(world, thread, "1", 3)
	assert [entry["text"] for entry in _entries(world)] == ["when?", "hello"]
	_alone(world, thread, "help", 4)
	assert "I ask whom they are for" in _answer(world)
