"""A test notice goes by each channel that is on and reaches its reader, at any hour, and seldom."""

import pytest
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.errors import BadInput, TooMany
from customer_thread.domain.limits import TEST_NOTICE_SECONDS
from customer_thread.domain.times import SECOND
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.service.notices.test_notice import send_test_notice
from customer_thread.service.outgoing.deliver import (
	begin_delivery,
	claim_delivery,
	due_deliveries,
	record_delivery,
	send_delivery,
)
from customer_thread.store.rows import ThreadRow


def _ask(world: World, thread: ThreadRow) -> list[str]:
	return [*world.do(lambda: send_test_notice(world.ports, thread, thread["party"] or ""))]


def _deliver(world: World) -> None:
	for name in world.do(lambda: [*due_deliveries(world.ports)]):
		claimed = world.do(lambda name=name: claim_delivery(world.ports, name))  # type: ignore[misc]
		if claimed and world.do(lambda claimed=claimed: begin_delivery(world.ports, claimed)):  # type: ignore[misc]
			outcome = send_delivery(world.ports, claimed)
			world.do(lambda claimed=claimed, outcome=outcome: record_delivery(world.ports, claimed, outcome))  # type: ignore[misc]


def _states(world: World) -> list[tuple[str, str, str]]:
	rows = world.database.select("SELECT channel, state, reason FROM `tabThread Delivery` ORDER BY channel")
	return [(row["channel"], row["state"], row["reason"]) for row in rows]


def test_it_goes_by_each_channel_that_is_on_even_at_night(world: World) -> None:
	world.set(public_url="https://mikes.example", notice_delay_minutes=60)
	sarah = world.customer(SARAH)
	user = sarah["party"] or ""
	night = {"quiet_start": "00:00", "quiet_end": "23:59"}
	world.do(lambda: save_wishes(world.ports, sarah, user, night, "Page"))
	assert sorted(_ask(world, sarah)) == ["Email", "SMS"]
	_deliver(world)
	# how far Twilio has come with a text, it says later
	assert [(channel, state) for channel, state, _why in _states(world)] in (
		[("Email", "Sent"), ("SMS", "Sending")],
		[("Email", "Sent"), ("SMS", "Sent")],
	)
	assert {why for _channel, _state, why in _states(world)} == {"sent: a test that the customer asked for"}
	[mail] = [letter.message for letter in world.mailbox.messages]
	assert mail["Subject"] == f"A test from {BUSINESS.name}"
	assert "This is a test" in mail.as_string()
	assert "notification-settings" in mail.as_string()
	assert "unsubscribe_mail?token=" in mail["List-Unsubscribe"]
	[text] = world.twilio.sent
	assert text.to == SARAH.phone
	assert text.body.startswith(f"{BUSINESS.name}: This is a test")


def test_it_leaves_out_what_is_off_or_stopped(world: World) -> None:
	sarah = world.customer(SARAH)
	user = sarah["party"] or ""
	world.do(lambda: save_wishes(world.ports, sarah, user, {"email": "Off"}, "Page"))
	assert _ask(world, sarah) == ["SMS"]
	world.do(lambda: save_wishes(world.ports, sarah, user, {"sms": "Off"}, "Page"))
	with pytest.raises(BadInput, match="Nothing is turned on"):
		_ask(world, sarah)


def test_it_comes_once_in_a_while(world: World) -> None:
	sarah = world.customer(SARAH)
	_ask(world, sarah)
	with pytest.raises(TooMany):
		_ask(world, sarah)
	assert len(_states(world)) == 2
	world.clock.move(TEST_NOTICE_SECONDS * SECOND)
	assert _ask(world, sarah)


def test_it_is_for_nobody_else(world: World) -> None:
	sarah = world.customer(SARAH)
	with pytest.raises(BadInput):
		world.do(lambda: send_test_notice(world.ports, sarah, "somebody"))
