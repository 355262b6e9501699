"""What providers report moves a delivery forward only, whatever order it comes in."""

from itertools import permutations, product

import pytest
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.errors import Conflict, GatewayError
from customer_thread.domain.inbound import StatusReport
from customer_thread.domain.model import Consent, DeliveryState
from customer_thread.domain.outbound import Claimed, OutboundSms, SentSms
from customer_thread.service.incoming.receive_status_report import receive_status_report
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.retry_delivery import retry_delivery
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.store import consents, deliveries
from customer_thread.store.rows import DeliveryRow

RANK = {"Queued": 0, "Sending": 1, "Sent": 2, "Delivered": 3, "Failed": 3}
SID = "SM" + "1" * 32
CONSENTS: dict[str, Consent] = {"30006": "Not Textable"}


def _queued(world: World, email: str = "") -> str:
	thread = world.customer(email=email)
	posted = world.do(lambda: send_message(world.ports, thread, "Hi Sarah!"))
	return str(deliveries.of_entry(world.database, posted.entry)[0]["name"])


def _claimed(world: World, name: str) -> Claimed[OutboundSms]:
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed is not None
	return claimed


def _row(world: World, name: str) -> DeliveryRow:
	row = deliveries.get(world.database, name)
	assert row is not None
	return row


def _report(world: World, state: DeliveryState, delivery: str = "", sid: str = SID, code: str = "") -> bool:
	error = GatewayError(f"error {code}", permanent=True, code=code, consent=CONSENTS.get(code))
	report = StatusReport(sid, state, delivery, error if state == "Failed" else None)
	return world.do(lambda: receive_status_report(world.ports, report))


STEPS = ("create", "Sent", "Delivered", "Failed")


@pytest.mark.parametrize(
	"order", [*permutations(STEPS, 3), *product(("Sent", "Delivered"), ("create",), STEPS[1:])]
)
def test_it_ends_at_the_furthest_state_in_every_order(world: World, order: tuple[str, ...]) -> None:
	name = _queued(world)
	claimed = _claimed(world, name)
	rank = 1
	final = ""
	for step in order:
		if step == "create":
			world.do(lambda: deliver.record_delivery(world.ports, claimed, SentSms(SID, "Sending")))
		else:
			assert _report(world, step, name, code="30008" if step == "Failed" else "")  # type: ignore[arg-type]
			if not final and RANK[step] == 3:
				final = step
		row = _row(world, name)
		assert RANK[row["state"]] >= rank
		rank = RANK[row["state"]]
	row = _row(world, name)
	furthest = max((step for step in order if step != "create"), key=RANK.__getitem__, default="Sending")
	assert row["state"] == (final or furthest)
	assert row["provider_id"] == SID
	assert row["error_code"] == ("30008" if row["state"] == "Failed" else None)
	assert bool(row["error"]) == (row["state"] == "Failed")


def test_it_keeps_the_reason_when_the_failure_is_reported_before_our_call_returns(world: World) -> None:
	name = _queued(world, email=SARAH.email)
	claimed = _claimed(world, name)
	assert _report(world, "Failed", name, code="30006")
	world.do(lambda: deliver.record_delivery(world.ports, claimed, SentSms(SID, "Sending")))
	row = _row(world, name)
	assert (row["state"], row["error_code"], row["error"], row["provider_id"]) == (
		"Failed", "30006", "error 30006", SID,
	)  # fmt: skip
	rows = deliveries.of_entry(world.database, row["entry"])
	assert sorted((item["channel"], item["state"]) for item in rows) == [
		("Email", "Queued"),
		("SMS", "Failed"),
	]
	assert consents.among(world.database, [SARAH.phone], BUSINESS.phone) == {SARAH.phone: "Not Textable"}


def test_it_falls_back_once_however_often_a_failure_is_reported(world: World) -> None:
	name = _queued(world, email=SARAH.email)
	_claimed(world, name)
	for _ in range(3):
		assert _report(world, "Failed", name, code="30003")
	assert len(deliveries.of_entry(world.database, _row(world, name)["entry"])) == 2


def test_it_falls_back_once_however_often_it_is_said_to_have_failed(world: World) -> None:
	name = _queued(world, SARAH.email)
	claimed = _claimed(world, name)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, SentSms(SID, "Sending")))
	for _twice in range(2):
		assert _report(world, "Failed", name, code="30003")
		with pytest.raises(Conflict):
			world.do(lambda: retry_delivery(world.ports, name))
	rows = deliveries.of_entry(world.database, _row(world, name)["entry"])
	assert sorted(row["channel"] or "" for row in rows) == ["Email", "SMS"]


def test_it_knows_none_of_anybody_elses(world: World) -> None:
	name = _queued(world)
	claimed = _claimed(world, name)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, SentSms(SID, "Sending")))
	assert not _report(world, "Delivered", sid="SM" + "2" * 32)
	assert not _report(world, "Delivered", name, sid="SM" + "2" * 32)
	assert not _report(world, "Delivered", "nobody", sid="SM" + "2" * 32)
	assert _row(world, name)["state"] == "Sending"


def test_it_believes_no_report_of_what_was_never_handed_over(world: World) -> None:
	name = _queued(world)
	for state in ("Sent", "Delivered", "Failed"):
		assert _report(world, state, name, code="30003")
	assert (_row(world, name)["state"], _row(world, name)["provider_id"]) == ("Queued", "")
	assert deliver.due_deliveries(world.ports) == [name]


@pytest.mark.parametrize("state", ["Sent", "Delivered", "Failed"])
def test_it_heeds_no_late_report_of_the_try_before(world: World, state: DeliveryState) -> None:
	name = _queued(world)
	claimed = _claimed(world, name)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, SentSms(SID, "Sending")))
	assert _report(world, "Failed", name, code="30003")
	world.do(lambda: retry_delivery(world.ports, name))
	_report(world, state, name, code="30003")
	row = _row(world, name)
	assert (row["state"], row["provider_id"]) == ("Queued", "")
	assert deliver.due_deliveries(world.ports) == [name]


def test_it_takes_no_late_answer_to_the_first_try_for_the_seconds(world: World) -> None:
	name = _queued(world)
	first = _claimed(world, name)
	assert _report(world, "Failed", name, code="30003")
	world.do(lambda: retry_delivery(world.ports, name))
	second = _claimed(world, name)
	world.do(lambda: deliver.record_delivery(world.ports, first, SentSms(SID, "Sending")))
	row = _row(world, name)
	assert (row["state"], row["claim"], row["provider_id"]) == ("Sending", second.claim, "")


def test_it_takes_a_report_of_a_text_whose_call_timed_out_for_the_answer(world: World) -> None:
	name = _queued(world)
	claimed = _claimed(world, name)
	timed_out = GatewayError("no answer", ambiguous=True)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, timed_out))
	assert _row(world, name)["state"] == "Queued"
	assert _report(world, "Sent", name)
	assert (_row(world, name)["state"], _row(world, name)["provider_id"]) == ("Sent", SID)
	world.clock.move(10**12)
	assert deliver.due_deliveries(world.ports) == []


def test_it_counts_a_text_for_one_of_two_deliveries(world: World) -> None:
	first, second = _queued(world), _queued(world)
	claimed = _claimed(world, first)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, SentSms(SID, "Sending")))
	other = _claimed(world, second)
	world.do(lambda: deliver.record_delivery(world.ports, other, SentSms(SID, "Sending")))
	row = _row(world, second)
	assert (row["state"], row["provider_id"], bool(row["unsure_since_us"])) == ("Queued", "", True)


def test_it_counts_no_earlier_try_of_another_delivery_found_just_before(world: World) -> None:
	first, second = _queued(world), _queued(world)
	claimed = _claimed(world, first)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, SentSms(SID, "Sending")))
	other = _claimed(world, second)
	world.do(lambda: deliver.record_delivery(world.ports, other, GatewayError("none", ambiguous=True)))
	world.clock.us = _row(world, second)["due_us"]
	again = _claimed(world, second)
	_report(world, "Failed", first, code="30003")
	world.do(lambda: retry_delivery(world.ports, first))
	world.do(lambda: deliver.record_delivery(world.ports, again, SentSms(SID, "Failed")))
	assert (_row(world, second)["state"], _row(world, second)["provider_id"]) == ("Queued", "")


def test_it_lets_open_pages_see_every_step(world: World) -> None:
	name = _queued(world)
	thread = _row(world, name)["thread"] or ""
	claimed = _claimed(world, name)
	before = world.thread(thread)["revision"]
	world.do(lambda: deliver.record_delivery(world.ports, claimed, SentSms(SID, "Sending")))
	_report(world, "Sent")
	_report(world, "Delivered")
	_report(world, "Sent")
	assert world.thread(thread)["revision"] == before + 3


def test_it_takes_no_earlier_try_of_another_delivery_for_its_own(world: World) -> None:
	first, second = _queued(world), _queued(world)
	claimed = _claimed(world, first)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, SentSms(SID, "Sending")))
	assert _report(world, "Failed", first, code="30003")
	world.do(lambda: retry_delivery(world.ports, first))
	_claimed(world, second)
	assert _report(world, "Sent", second)
	assert (_row(world, second)["state"], _row(world, second)["provider_id"]) == ("Sending", "")
	assert _row(world, first)["state"] == "Queued"
