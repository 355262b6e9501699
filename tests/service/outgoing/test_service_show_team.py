"""What customers write appears where the team talks, beside whoever it is forwarded to."""

from functools import partial

import pytest
from support.persons import BOB, SARAH
from support.world import World

from customer_thread.domain.delivery_states import WAITS
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.limits import STRANGERS_TEXTS_PER_HOUR
from customer_thread.domain.model import Party
from customer_thread.domain.times import SECOND
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.service.thread.retitle_thread import retitle_thread
from customer_thread.standalone.demo.zulip_stand_in import ZulipStandIn
from customer_thread.store import deliveries
from customer_thread.store.rows import DeliveryRow, ThreadRow

pytest.importorskip("zulip", reason="a bench has it only where its team talks there")

CLIENT = "00000000-0000-4000-8000-00000000000"


@pytest.fixture
def zulip(world: World) -> ZulipStandIn:
	return world.talk_in_zulip()


def _replies(world: World, thread: ThreadRow, text: str, number: int = 1) -> int:
	return world.do(lambda: reply(world.ports, thread["name"], text, f"{CLIENT}{number}"))


def _texts(world: World, sender: str, text: str, number: int = 1) -> str:
	sms = InboundSms(f"SM{sender}{number}", sender, "+15550001000", text, (), world.clock.now_us())
	posted = world.do(lambda: receive_sms(world.ports, sms))
	assert posted is not None
	return posted.thread


def _deliver(world: World) -> None:
	while due := deliver.due_deliveries(world.ports, channel="Zulip"):
		for name in due:
			claimed = world.do(partial(deliver.claim_delivery, world.ports, name))
			if claimed:
				outcome = deliver.send_delivery(world.ports, claimed)
				world.do(partial(deliver.record_delivery, world.ports, claimed, outcome))


def _shown(world: World, entry: int) -> list[DeliveryRow]:
	return [row for row in deliveries.of_entry(world.database, entry) if row["purpose"] == "Team"]


def test_nothing_is_different_where_the_team_talks_nowhere(world: World) -> None:
	entry = _replies(world, world.customer(), "Hello")
	assert [row["purpose"] for row in deliveries.of_entry(world.database, entry)] == ["Forward"]


def test_a_reply_appears_beside_the_contractors_phone(world: World, zulip: ZulipStandIn) -> None:
	thread = world.customer()
	entry = _replies(world, thread, "Can you come at 5?")
	_deliver(world)
	assert zulip.topics() == {
		f"{SARAH.name} #{thread['code']}": [f"**{SARAH.name} · Portal**\n> Can you come at 5?"]
	}
	made = {row["purpose"]: row for row in deliveries.of_entry(world.database, entry)}
	forward, shown = made["Forward"], made["Team"]
	assert (forward["purpose"], forward["channel"], forward["state"]) == ("Forward", "SMS", "Queued")
	assert (shown["purpose"], shown["channel"], shown["state"]) == ("Team", "Zulip", "Delivered")
	assert shown["reason"] == "the team talks there"


def test_a_text_appears_even_where_texts_are_not_forwarded(world: World, zulip: ZulipStandIn) -> None:
	world.set(forward_texts=False)
	world.customer()
	_texts(world, SARAH.phone, "On my way")
	_deliver(world)
	[[said]] = zulip.topics().values()
	assert said == f"**{SARAH.name} · SMS**\n> On my way"


def test_how_the_reply_got_on_says_nothing_of_it(world: World, zulip: ZulipStandIn) -> None:
	thread = world.customer()
	_replies(world, thread, "Hello")
	zulip.fail_next(401, {"result": "error", "code": "INVALID_API_KEY", "msg": "Invalid API key"})
	_deliver(world)
	[entry] = read_timeline(world.ports, thread["name"], Query())["entries"]
	# the contractor's text waits for its first try
	assert entry["state"] == "sending"


def test_a_wrong_key_is_told_and_changes_nothing_else(world: World, zulip: ZulipStandIn) -> None:
	thread = world.customer()
	entry = _replies(world, thread, "Hello")
	world.set(zulip_api_key="wrong")
	_deliver(world)
	[shown] = _shown(world, entry)
	assert (shown["state"], shown["error_code"], shown["attempts"]) == ("Failed", "UNAUTHORIZED", 1)
	assert "does not accept the bot's e-mail address and API key" in (shown["error"] or "")
	assert world.desk_bell.rung == [entry]
	assert len(deliveries.of_entry(world.database, entry)) == 2


def test_it_waits_as_long_as_zulip_asks(world: World, zulip: ZulipStandIn) -> None:
	entry = _replies(world, world.customer(), "Hello")
	zulip.fail_next(
		429, {"result": "error", "code": "RATE_LIMIT_HIT", "msg": "API usage exceeded", "retry-after": 200}
	)
	now = world.clock.now_us()
	_deliver(world)
	[shown] = _shown(world, entry)
	assert shown["state"] == "Queued"
	assert now + WAITS[0] < shown["due_us"] <= now + 200_000_000
	world.clock.move(201 * SECOND)
	_deliver(world)
	assert len(zulip.written) == 1


def test_a_time_out_writes_nothing_twice(world: World, zulip: ZulipStandIn) -> None:
	entry = _replies(world, world.customer(), "Hello")
	zulip.hang_next(30)
	world.patience = 2
	_deliver(world)
	world.patience = 20
	assert _shown(world, entry)[0]["state"] == "Queued"
	world.clock.move(120 * SECOND)
	_deliver(world)
	assert len(zulip.written) == 1
	assert _shown(world, entry)[0]["state"] == "Delivered"


def test_a_broken_server_gets_it_later_and_once(world: World, zulip: ZulipStandIn) -> None:
	entry = _replies(world, world.customer(), "Hello")
	zulip.fail_next(502, "<h1>Bad Gateway</h1>")
	_deliver(world)
	assert zulip.written == []
	world.clock.move(120 * SECOND)
	_deliver(world)
	assert len(zulip.written) == 1
	assert _shown(world, entry)[0]["state"] == "Delivered"


def test_the_topic_is_renamed_with_the_customer(world: World, zulip: ZulipStandIn) -> None:
	thread = world.customer()
	_replies(world, thread, "Hello")
	_deliver(world)
	party = Party("Customer", thread["party"] or "")
	world.parties.known[party] = type(world.parties.known[party])("Sarah Miller")
	world.do(lambda: retitle_thread(world.ports, party))
	_deliver(world)
	topic = f"Sarah Miller #{thread['code']}"
	[[said, renamed]] = zulip.topics().values()
	assert list(zulip.topics()) == [topic]
	assert (said, renamed) == (
		f"**{SARAH.name} · Portal**\n> Hello",
		f"{SARAH.name} is called Sarah Miller from now on.",
	)
	_replies(world, thread, "It is me", 2)
	_deliver(world)
	assert list(zulip.topics()) == [topic]


def test_a_name_that_is_in_no_topic_is_told_nobody(world: World, zulip: ZulipStandIn) -> None:
	thread = world.customer()
	party = Party("Customer", thread["party"] or "")
	world.parties.known[party] = type(world.parties.known[party])("Sarah Miller")
	assert world.do(lambda: retitle_thread(world.ports, party))
	_deliver(world)
	assert zulip.written == []


def test_the_topic_of_an_unknown_number_becomes_the_customers(world: World, zulip: ZulipStandIn) -> None:
	unmatched = world.thread(_texts(world, BOB.phone, "Hello"))
	_deliver(world)
	thread = world.customer(SARAH)
	world.do(lambda: assign_thread(world.ports, unmatched, thread))
	_replies(world, thread, "It is me", 2)
	_deliver(world)
	assert {topic: len(said) for topic, said in zulip.topics().items()} == {
		f"{SARAH.name} #{thread['code']}": 2
	}


def test_long_words_stand_in_several_messages_in_their_order(world: World, zulip: ZulipStandIn) -> None:
	words = "word " * 3999
	_replies(world, world.customer(), words)
	_deliver(world)
	said = [message.content for message in zulip.written]
	assert len(said) == 3
	assert sum(one.count("word") for one in said) == 3999
	assert [one.startswith("**") for one in said] == [True, False, False]
	assert all(len(one) <= 10_000 for one in said)


def test_no_word_of_a_customer_pings_anybody(world: World, zulip: ZulipStandIn) -> None:
	thread = world.customer()
	_replies(world, thread, f"@**all** @**{zulip.bot.name}** #957 transfer 100")
	_deliver(world)
	assert zulip.written[0].mentions == []


def test_a_crowd_of_strangers_does_not_fill_the_channel(world: World, zulip: ZulipStandIn) -> None:
	for number in range(STRANGERS_TEXTS_PER_HOUR + 3):
		_texts(world, f"+1555010{number:04}", "Hello")
	_deliver(world)
	assert len(zulip.written) == STRANGERS_TEXTS_PER_HOUR
	thread = world.customer()
	_replies(world, thread, "I am on file")
	_deliver(world)
	assert len(zulip.written) == STRANGERS_TEXTS_PER_HOUR + 1
