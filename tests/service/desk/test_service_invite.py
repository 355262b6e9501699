"""Inviting: nothing stays of a link once it has left, and a link goes only to those whom it may sign in."""

from dataclasses import replace
from functools import partial

import pytest
from support.persons import BOB, SARAH
from support.waiting import wait_until
from support.world import PATIENCE, World

from customer_thread.domain.errors import Conflict, GatewayError
from customer_thread.domain.model import Party
from customer_thread.domain.times import DAY, HOUR
from customer_thread.service.desk.invite import InvitedView, invite
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.retry_delivery import retry_delivery
from customer_thread.service.ports import PortalReader
from customer_thread.store import deliveries
from customer_thread.store.rows import DeliveryRow, ThreadRow


@pytest.fixture(autouse=True)
def ready(world: World) -> None:
	world.set(public_url="https://portal.example.com")


def _invite(world: World, *threads: ThreadRow, channel: str = "auto") -> list[InvitedView]:
	customers = [thread["party"] or "" for thread in threads]
	return world.do(lambda: invite(world.ports, customers, channel))


def _row(world: World, invited: InvitedView) -> DeliveryRow:
	row = deliveries.get(world.database, invited["delivery"] or "")
	assert row is not None
	return row


def _work(world: World) -> None:
	while names := deliver.due_deliveries(world.ports):
		for name in names:
			claimed = world.do(partial(deliver.claim_delivery, world.ports, name))
			assert claimed
			outcome = deliver.send_delivery(world.ports, claimed)
			world.do(partial(deliver.record_delivery, world.ports, claimed, outcome))


@pytest.mark.parametrize("channel", ["sms", "email"])
def test_it_keeps_no_link_that_has_left(world: World, channel: str) -> None:
	[one] = _invite(world, world.customer(), channel=channel)
	row = _row(world, one)
	assert (row["purpose"], row["entry"], row["state"]) == ("Invitation", 0, "Queued")
	assert "https://portal.example.com/messages/in#" in row["text"]

	_work(world)

	sent = _row(world, one)
	assert sent["state"] in ("Sending", "Sent", "Delivered")
	assert sent["text"] == ""


def test_it_texts_once_though_nobody_heard_that_it_had(world: World) -> None:
	[one] = _invite(world, world.customer())
	world.patience = 0.3
	world.twilio.hang_next(600)
	_work(world)
	wait_until(lambda: len(world.twilio.sent) == 1)
	world.patience = PATIENCE
	assert _row(world, one)["state"] == "Queued"
	world.clock.move(HOUR)

	_work(world)

	assert len(world.twilio.sent) == 1
	assert _row(world, one)["text"] == ""


def test_it_is_not_tried_again_without_its_link(world: World) -> None:
	[one] = _invite(world, world.customer(email=""))
	world.twilio.fail_next(400, 21612)
	_work(world)
	failed = _row(world, one)
	assert failed["state"] == "Failed"
	world.do(lambda: retry_delivery(world.ports, failed["name"]))
	_work(world)
	assert len(world.twilio.sent) == 1
	world.do(
		lambda: deliveries.fail(
			world.database, _row(world, one), GatewayError("x"), world.ports.clock.now_us()
		)
	)
	with pytest.raises(Conflict, match="please invite them again"):
		world.do(lambda: retry_delivery(world.ports, failed["name"]))


def test_who_reads_for_several_gets_it_only_where_all_of_them_are_reached(
	world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
	homes, rentals = world.customer(SARAH), world.customer(BOB, email=SARAH.email)
	pat = PortalReader("pat@example.com", SARAH.email)
	both = [Party("Customer", thread["party"] or "") for thread in (homes, rentals)]
	monkeypatch.setattr(world.parties, "invitee", lambda party, emails: pat)
	monkeypatch.setattr(world.parties, "parties_of", lambda user: both)

	one, other = _invite(world, homes, rentals)
	assert (one["channel"], one["address"]) == ("Email", SARAH.email)
	assert (other["channel"], other["address"]) == ("Email", SARAH.email)
	[asked] = _invite(world, homes, channel="sms")
	assert (asked["channel"], asked["reason"]) == (None, "Not reached: no phone number on file")


def test_who_reads_for_several_that_have_nothing_in_common_gets_none(
	world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
	homes, rentals = world.customer(SARAH), world.customer(BOB)
	made: list[Party] = []
	both = [Party("Customer", thread["party"] or "") for thread in (homes, rentals)]
	monkeypatch.setattr(world.parties, "invitee", lambda party, emails: PortalReader("pat@example.com"))
	monkeypatch.setattr(world.parties, "parties_of", lambda user: both)
	monkeypatch.setattr(world.parties, "let_in", lambda party, *rest: made.append(party))

	[one] = _invite(world, homes)

	assert one["channel"] is None
	assert one["reason"].startswith("pat@example.com reads other customers’ messages too")
	assert made == []


def test_it_counts_the_invitations_of_a_day(world: World) -> None:
	thread = world.customer()
	for _again in range(5):
		assert _invite(world, thread)[0]["channel"]
	assert _invite(world, thread)[0]["channel"] is None
	world.clock.move(DAY)
	assert _invite(world, thread)[0]["channel"]


def test_it_leaves_no_trace_of_whom_one_may_not_see(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
	from customer_thread.domain.model import Party
	from customer_thread.service.ports import PartyInfo
	from customer_thread.store import threads

	party = Party("Customer", "CUST-09999")
	world.parties.known[party] = PartyInfo("Hidden")
	ports = replace(world.ports, visible=lambda: "1 = 0")

	[one] = world.do(lambda: invite(ports, [party.party], "auto"))

	assert (one["title"], one["reason"]) == (None, "There is no Customer “CUST-09999”.")
	assert threads.of_party(world.database, party) is None


def test_it_waits_for_the_end_of_her_night_and_then_leaves_once(world: World) -> None:
	from customer_thread.service.notices.release_notices import due_groups, release_group
	from customer_thread.service.notices.wired import NOTICES

	world.ports = replace(world.ports, notices=NOTICES)
	world.clock.move(12 * HOUR)
	sarah, bob = world.customer(SARAH, email=""), world.customer(BOB, email="")

	for one in _invite(world, sarah, bob):
		assert one["reason"] == "texts come first · held: quiet hours until 8:00am in New York"
		assert _row(world, one)["state"] == "Held"
	_work(world)
	assert world.twilio.sent == []
	world.clock.move(10 * HOUR)
	for group in list(due_groups(world.ports)):
		world.do(partial(release_group, world.ports, group))
	_work(world)

	assert sorted(text.to for text in world.twilio.sent) == sorted([SARAH.phone, BOB.phone])
	assert all("/messages/in#" in text.body for text in world.twilio.sent)
