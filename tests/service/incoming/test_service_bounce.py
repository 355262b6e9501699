"""A mail of ours that will never arrive fails its delivery, and the words go the other way, once."""

from typing import Any

import pytest
from support.world import World

from customer_thread.domain.inbound import Bounce
from customer_thread.domain.outbound import SentMail
from customer_thread.domain.times import DAY
from customer_thread.service.incoming.receive_bounce import receive_bounce
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.store import deliveries, threads
from customer_thread.store.rows import DeliveryRow

WHY = "550 no such user {0}"


@pytest.fixture
def mailed(world: World) -> DeliveryRow:
	thread = world.customer()
	posted = world.do(lambda: send_message(world.ports, thread, "Hi Sarah!", channel="email"))
	[row] = deliveries.of_entry(world.database, posted.entry)
	return row


def _bounce(world: World, message_id: str) -> bool:
	return world.do(lambda: receive_bounce(world.ports, Bounce(message_id, "5.1.1", WHY)))


def _of_entry(world: World, row: DeliveryRow) -> list[tuple[str | None, str]]:
	return sorted((one["channel"], one["state"]) for one in deliveries.of_entry(world.database, row["entry"]))


def test_it_goes_the_other_way_once(world: World, mailed: DeliveryRow) -> None:
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, mailed["name"]))
	assert claimed is not None
	outcome = deliver.send_delivery(world.ports, claimed)
	assert outcome == SentMail(mailed["provider_id"])
	world.do(lambda: deliver.record_delivery(world.ports, claimed, outcome))
	assert _of_entry(world, mailed) == [("Email", "Sent")]
	for _again in range(2):
		assert _bounce(world, mailed["provider_id"])
	assert _of_entry(world, mailed) == [("Email", "Failed"), ("SMS", "Queued")]
	row = deliveries.get(world.database, mailed["name"])
	assert row is not None
	assert (row["error_code"], row["error"], row["provider_id"]) == ("5.1.1", WHY, mailed["provider_id"])


def test_it_is_not_set_back_by_our_own_call_that_returns_later(world: World, mailed: DeliveryRow) -> None:
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, mailed["name"]))
	assert claimed is not None
	assert _bounce(world, mailed["provider_id"])
	world.do(lambda: deliver.record_delivery(world.ports, claimed, SentMail(mailed["provider_id"])))
	assert _of_entry(world, mailed) == [("Email", "Failed"), ("SMS", "Queued")]


def test_it_believes_nothing_of_what_was_never_sent(world: World, mailed: DeliveryRow) -> None:
	assert not _bounce(world, "<made.up@x.example>")
	assert _of_entry(world, mailed) == [("Email", "Queued")]


def _about(world: World, address: str, **options: Any) -> bool:  # noqa: ANN401
	bounce = Bounce("", "5.1.1", WHY, (address,))
	return world.do(lambda: receive_bounce(world.ports, bounce, **options))


def test_one_that_names_no_mail_is_about_the_last_to_that_address(world: World, mailed: DeliveryRow) -> None:
	assert mailed["address"]
	assert not _about(world, "nobody@lee.example")
	assert not _about(world, mailed["address"], came_us=mailed["creation_us"] - DAY)
	assert not _about(world, mailed["address"], came_us=mailed["creation_us"] + 8 * DAY)
	assert _of_entry(world, mailed) == [("Email", "Queued")]
	assert _about(world, mailed["address"], came_us=mailed["creation_us"] + DAY)
	assert _of_entry(world, mailed) == [("Email", "Failed"), ("SMS", "Queued")]


def test_one_that_came_to_a_threads_address_is_about_that_thread(world: World, mailed: DeliveryRow) -> None:
	assert mailed["address"]
	assert mailed["thread"]
	other = world.customer()
	own = threads.get(world.database, mailed["thread"])
	assert own
	assert not _about(world, mailed["address"], recipients=[f"reply+{other['reply_token']}@x.example"])
	assert _about(world, mailed["address"], recipients=[f"reply+{own['reply_token']}@x.example"])


def test_one_about_a_mail_that_is_not_ours_fails_none_of_ours(world: World, mailed: DeliveryRow) -> None:
	assert mailed["address"]
	bounce = Bounce("<from.outlook@x.example>", "5.1.1", WHY, (mailed["address"],))
	assert not world.do(lambda: receive_bounce(world.ports, bounce))
