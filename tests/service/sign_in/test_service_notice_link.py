"""The link of a text is in its row until it has left, and is made anew if it is sent once more."""

import re
from dataclasses import replace

import pytest
from support.persons import SARAH
from support.world import World

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Attachment
from customer_thread.domain.sign_in import hash_of
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import HOUR
from customer_thread.service.desk.read_thread import delivery_view
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.retry_delivery import retry_delivery
from customer_thread.service.outgoing.send_message import send_entry
from customer_thread.service.sign_in.notice_link import with_fresh_link
from customer_thread.store import deliveries, sign_ins
from customer_thread.store.rows import DeliveryRow

SITE = "https://mikes.example"
PICTURE = Attachment("deck.png", "image/png", b"x")


def _queued(world: World) -> DeliveryRow:
	world.set(public_url=SITE)
	thread = world.customer(SARAH, email="")
	draft = NewEntry("Message", "Contractor", None, "Look", world.clock.now_us(), None)
	draft = replace(draft, attachments=(PICTURE,))
	posted = world.do(lambda: send_entry(world.ports, thread, draft))
	[row] = deliveries.of_entry(world.database, posted.entry)
	return row


def _token(text: str) -> str:
	found = re.search(rf"{SITE}/messages/in#([0-9a-f]{{40}})", text)
	assert found, text
	return found[1]


@pytest.mark.parametrize("by_report", [True, False])
def test_it_forgets_the_token_once_the_text_has_left(world: World, by_report: bool) -> None:
	row = _queued(world)
	token = _token(row["text"])
	link = sign_ins.by_hash(world.database, hash_of(token))
	assert link is not None
	assert (link["user"], link["entry"], link["address"]) == ("CUST-00001", row["entry"], SARAH.phone)

	if by_report:
		world.do(lambda: deliveries.record_report(world.database, row, "SM1", "Sent", 0))
	else:
		world.do(lambda: deliveries.record_sent(world.database, row, "SM1", "Sent", 0))

	left = deliveries.get(world.database, row["name"])
	assert left is not None
	assert token not in left["text"]
	assert left["text"].endswith(f"{SITE}/messages/in#")
	again = world.do(lambda: with_fresh_link(world.ports, left))
	assert _token(again) != token
	assert again.replace(_token(again), "") == left["text"]


@pytest.mark.parametrize("becomes", ["Failed", "Skipped"])
def test_it_forgets_the_token_of_what_never_left(world: World, becomes: str) -> None:
	row = _queued(world)
	token = _token(row["text"])
	if becomes == "Failed":
		error = GatewayError("nobody there", permanent=True)
		world.do(lambda: deliveries.fail(world.database, row, error, world.ports.clock.now_us()))
	else:
		world.do(lambda: deliveries.skip(world.database, row["name"], "not wanted"))

	left = deliveries.get(world.database, row["name"])
	assert left is not None
	assert left["state"] == becomes
	assert token not in left["text"]
	assert _token(world.do(lambda: with_fresh_link(world.ports, left))) != token


def test_staff_are_not_shown_the_token_of_what_waits(world: World) -> None:
	row = _queued(world)

	shown = delivery_view(row, str)["text"]
	assert shown
	assert _token(row["text"]) not in shown
	assert f"{SITE}/messages/in#" in shown


def test_a_text_that_is_tried_anew_is_found_again_at_the_provider(world: World) -> None:
	row = _queued(world)
	world.do(
		lambda: deliveries.fail(
			world.database, row, GatewayError("nobody there", permanent=True), world.ports.clock.now_us()
		)
	)
	world.do(lambda: retry_delivery(world.ports, row["name"]))
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, row["name"]))
	assert claimed
	# it left, and no answer came
	deliver.send_delivery(world.ports, claimed)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, GatewayError("late", ambiguous=True)))
	world.clock.move(HOUR)
	again = world.do(lambda: deliver.claim_delivery(world.ports, row["name"]))
	assert again
	outcome = deliver.send_delivery(world.ports, again)
	world.do(lambda: deliver.record_delivery(world.ports, again, outcome))

	assert len(world.twilio.sent) == 1
