"""Sending: claimed once, tried again by the schedule, never sent twice, every failure visible."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from support.persons import BUSINESS, MIKE, SARAH
from support.waiting import wait_until
from support.world import PATIENCE, World

from customer_thread.domain.delivery_states import ARRIVES_WITHIN, CLAIM_TIMEOUT, WAITS
from customer_thread.domain.errors import Conflict, GatewayError, NotFound
from customer_thread.domain.inbound import StatusReport
from customer_thread.domain.times import HOUR, MINUTE, SECOND
from customer_thread.service.incoming.receive_status_report import receive_status_report
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.outgoing.retry_delivery import retry_delivery
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.store import consents, deliveries
from customer_thread.store.rows import DeliveryRow, ThreadRow

CLIENT = "0b5d0f0e-3f0e-4b6e-9a51-6b1f3a1d2c4{}"


def _send(world: World, thread: ThreadRow, text: str = "Hi Sarah!", channel: str = "auto") -> str:
	posted = world.do(lambda: send_message(world.ports, thread, text, channel=channel))
	return str(deliveries.of_entry(world.database, posted.entry)[0]["name"])


def _step(world: World, name: str) -> bool:
	"""Do for one delivery what a worker does; return whether it was to be sent."""
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	if claimed is None:
		return False
	outcome = deliver.send_delivery(world.ports, claimed)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, outcome))
	return True


def _work(world: World) -> int:
	"""Send everything that is due; return how many tries that took."""
	tries = 0
	while names := deliver.due_deliveries(world.ports):
		for name in names:
			tries += _step(world, name)
	return tries


@contextmanager
def _given_up(world: World) -> Iterator[None]:
	"""Let Twilio take a text, and whoever hands it in not wait for the answer."""
	world.patience = 0.3
	world.twilio.hang_next(600)
	yield
	world.patience = PATIENCE
	wait_until(lambda: len(world.twilio.sent) == 1)


def _row(world: World, name: str) -> DeliveryRow:
	row = deliveries.get(world.database, name)
	assert row is not None
	return row


def test_it_sends_a_text(world: World) -> None:
	name = _send(world, world.customer())
	assert _row(world, name)["state"] == "Queued"
	assert _work(world) == 1
	sent = world.twilio.sent
	assert [(text.from_, text.to, text.body) for text in sent] == [(BUSINESS.phone, SARAH.phone, "Hi Sarah!")]
	row = _row(world, name)
	assert row["provider_id"] == sent[0].sid
	assert row["state"] in ("Sending", "Sent", "Delivered")
	assert (row["claim"], row["attempts"], row["error"]) == (None, 1, None)
	assert _work(world) == 0


def test_it_sends_a_mail(world: World) -> None:
	name = _send(world, world.customer(phone=""))
	assert _row(world, name)["channel"] == "Email"
	_work(world)
	letter = world.mailbox.messages[0]
	assert letter.receivers == (SARAH.email,)
	assert letter.message["Message-ID"] == _row(world, name)["provider_id"]
	assert _row(world, name)["state"] == "Sent"


def test_it_claims_a_delivery_once(world: World) -> None:
	name = _send(world, world.customer())
	start = threading.Barrier(4)

	def claim(_number: int) -> bool:
		start.wait()
		return world.do(lambda: deliver.claim_delivery(world.ports, name)) is not None

	with ThreadPoolExecutor(4) as pool:
		assert sorted(pool.map(claim, range(4))) == [False, False, False, True]
	assert _row(world, name)["attempts"] == 1


def test_it_claims_nothing_that_is_not_due(world: World) -> None:
	thread = world.customer()
	name = _send(world, thread)
	world.do(lambda: world.database.update(deliveries.DELIVERY, name, {"due_us": world.clock.us + 1}))
	assert deliver.due_deliveries(world.ports) == []
	assert not _step(world, name)
	assert not _step(world, "nobody")
	world.clock.move(1)
	assert deliver.due_deliveries(world.ports) == [name]


def test_it_tries_again_by_the_schedule_and_then_fails_visibly(world: World) -> None:
	name = _send(world, world.customer(email=""))
	for wait in WAITS:
		world.twilio.fail_next(503, 20500)
		began = world.clock.us
		assert _work(world) == 1
		row = _row(world, name)
		assert row["state"] == "Queued"
		assert row["error_code"] == "20500"
		assert 0.8 * wait <= row["due_us"] - began <= 1.2 * wait
		world.clock.us = row["due_us"]
	world.twilio.fail_next(503, 20500)
	assert _work(world) == 1
	# it may have been taken: looked up once more, and not sent
	row = _row(world, name)
	assert row["state"] == "Queued"
	world.clock.us = row["due_us"]
	assert _work(world) == 1
	row = _row(world, name)
	assert (row["state"], row["attempts"], row["claim"]) == ("Failed", len(WAITS) + 2, None)
	assert row["error"]
	assert world.twilio.sent == []
	assert world.twilio.requests["create"] == len(WAITS) + 1
	world.clock.move(100 * HOUR)
	assert _work(world) == 0


def test_it_fails_at_once_what_trying_again_cannot_help(world: World) -> None:
	name = _send(world, world.customer(email=""))
	world.twilio.fail_next(400, 21211)
	_work(world)
	row = _row(world, name)
	assert (row["state"], row["error_code"], row["attempts"]) == ("Failed", "21211", 1)
	known = consents.among(world.database, [SARAH.phone], BUSINESS.phone)
	assert known == {SARAH.phone: "Not Textable"}


def test_it_goes_the_other_way_once(world: World) -> None:
	thread = world.customer()
	name = _send(world, thread)
	world.clock.move(1)
	world.twilio.fail_next(400, 21610)
	_work(world)
	rows = deliveries.of_entry(world.database, _row(world, name)["entry"])
	assert [(row["channel"], row["state"]) for row in rows] == [("SMS", "Failed"), ("Email", "Sent")]
	assert rows[1]["fallback_of"] == name
	assert consents.among(world.database, [SARAH.phone], BUSINESS.phone) == {SARAH.phone: "Opted Out"}
	assert len(world.mailbox.messages) == 1


def test_it_falls_back_to_no_third_way(world: World) -> None:
	name = _send(world, world.customer())
	world.twilio.fail_next(400, 21610)
	_ = world.mailbox
	world.mailbox.refuse_next(550)
	_work(world)
	rows = deliveries.of_entry(world.database, _row(world, name)["entry"])
	assert [row["state"] for row in rows] == ["Failed", "Failed"]
	assert _work(world) == 0


def test_it_looks_a_timed_out_text_up_before_another_try(world: World) -> None:
	name = _send(world, world.customer())
	with _given_up(world):
		_work(world)
	row = _row(world, name)
	assert row["state"] == "Queued"
	assert row["unsure_since_us"]
	world.clock.us = row["due_us"]
	_work(world)
	assert len(world.twilio.sent) == 1
	assert _row(world, name)["provider_id"] == world.twilio.sent[0].sid
	assert world.twilio.requests["create"] == 1


def test_it_asks_for_a_timed_out_text_only_once_it_has_arrived_or_never_will(world: World) -> None:
	names = [_send(world, world.customer(phone=f"+1585555{number:04}")) for number in range(100, 112)]
	for name in names:
		with world.database.transaction():
			claimed = deliver.claim_delivery(world.ports, name)
			assert claimed
			deliver.record_delivery(world.ports, claimed, GatewayError("no answer", ambiguous=True))
	# the shortest of the waits, which vary, would be too short
	assert min(_row(world, name)["due_us"] for name in names) >= world.clock.us + ARRIVES_WITHIN


def test_it_sends_again_what_the_provider_never_took(world: World) -> None:
	name = _send(world, world.customer())
	world.twilio.fail_next(500, 20500)
	_work(world)
	world.clock.us = _row(world, name)["due_us"]
	_work(world)
	assert len(world.twilio.sent) == 1
	assert world.twilio.requests["create"] == 2


def test_it_does_not_take_another_text_for_the_one_that_timed_out(world: World) -> None:
	thread = world.customer()
	first = _send(world, thread, "OK")
	_work(world)
	second = _send(world, thread, "OK")
	world.twilio.fail_next(500, 20500)
	_work(world)
	world.clock.us = _row(world, second)["due_us"]
	_work(world)
	assert len(world.twilio.sent) == 2
	assert _row(world, first)["provider_id"] != _row(world, second)["provider_id"]


def test_it_does_not_take_an_earlier_try_of_another_delivery_for_its_own(world: World) -> None:
	thread = world.customer(email="")
	first, second = _send(world, thread), _send(world, thread)
	assert _step(world, first)
	report = StatusReport(world.twilio.sent[0].sid, "Failed", first, GatewayError("no", permanent=True))
	world.do(lambda: receive_status_report(world.ports, report))
	world.do(lambda: retry_delivery(world.ports, first))
	assert _step(world, first)
	world.twilio.fail_next(500, 20500)
	assert _step(world, second)
	world.clock.us = _row(world, second)["due_us"]
	assert _step(world, second)
	assert [_row(world, second)["provider_id"]] == [text.sid for text in world.twilio.sent[2:]]


def test_it_knows_its_own_text_by_a_report_that_comes_during_the_look_up(world: World) -> None:
	name = _send(world, world.customer())
	with _given_up(world):
		_work(world)
	world.clock.us = _row(world, name)["due_us"]
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed is not None
	sid = world.twilio.sent[0].sid
	report = StatusReport(sid, "Sent", delivery=name)
	assert world.do(lambda: receive_status_report(world.ports, report))
	outcome = deliver.send_delivery(world.ports, claimed)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, outcome))
	assert [text.sid for text in world.twilio.sent] == [sid]
	row = _row(world, name)
	assert (row["provider_id"], row["claim"], row["error"]) == (sid, None, None)
	assert row["state"] in ("Sent", "Delivered")


def test_it_sends_no_text_again_that_a_report_has_told_of(world: World) -> None:
	"""The provider's list may be late; its report is not."""
	name = _send(world, world.customer())
	world.twilio.fail_next(500, 20500)
	_work(world)
	world.clock.us = _row(world, name)["due_us"]
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed is not None
	report = StatusReport("SM" + "7" * 32, "Delivered", delivery=name)
	assert world.do(lambda: receive_status_report(world.ports, report))
	outcome = deliver.send_delivery(world.ports, claimed)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, outcome))
	assert world.twilio.sent == []
	assert _row(world, name)["state"] == "Delivered"


def test_it_releases_what_a_dead_worker_claimed_and_never_sends_it_twice(world: World) -> None:
	name = _send(world, world.customer())
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed is not None
	# sent, but the worker dies before it can say so
	deliver.send_delivery(world.ports, claimed)
	assert world.do(lambda: deliver.release_abandoned(world.ports)) == 0
	world.clock.move(CLAIM_TIMEOUT - 1)
	assert world.do(lambda: deliver.release_abandoned(world.ports)) == 0
	world.clock.move(2)
	world.bell.rung.clear()
	assert world.do(lambda: deliver.release_abandoned(world.ports)) == 1
	assert world.bell.rung == ["deliver"]
	_work(world)
	assert len(world.twilio.sent) == 1
	assert _row(world, name)["provider_id"] == world.twilio.sent[0].sid


def test_it_releases_everything_when_no_other_worker_can_be_alive(world: World) -> None:
	name = _send(world, world.customer())
	world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert world.do(lambda: deliver.release_abandoned(world.ports, in_hand=[name])) == 0
	assert world.do(lambda: deliver.release_abandoned(world.ports, in_hand=())) == 1
	assert world.do(lambda: deliver.release_abandoned(world.ports, in_hand=())) == 0
	# the request of the dead one may still be on its way
	assert _work(world) == 0
	world.clock.move(ARRIVES_WITHIN)
	_work(world)
	assert len(world.twilio.sent) == 1


def test_it_never_sends_twice_however_often_it_times_out_and_dies(world: World) -> None:
	name = _send(world, world.customer())
	with _given_up(world):
		_work(world)
	world.clock.us = _row(world, name)["due_us"]
	# the look-up fails too, and then the worker dies in the middle
	world.twilio.fail_next(503, 20500, "list")
	_work(world)
	world.clock.us = _row(world, name)["due_us"]
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed is not None
	world.do(lambda: deliver.release_abandoned(world.ports, in_hand=()))
	world.clock.move(ARRIVES_WITHIN)
	_work(world)
	assert len(world.twilio.sent) == 1
	assert world.twilio.requests["create"] == 1
	assert _row(world, name)["provider_id"] == world.twilio.sent[0].sid


def test_it_falls_back_when_the_look_up_finds_an_undelivered_text(world: World) -> None:
	name = _send(world, world.customer())
	world.twilio.landlines.add(SARAH.phone)
	with _given_up(world):
		_work(world)
	world.twilio.settle()
	world.clock.us = _row(world, name)["due_us"]
	_work(world)
	row = _row(world, name)
	assert (row["state"], row["error_code"]) == ("Failed", "30006")
	rows = deliveries.of_entry(world.database, row["entry"])
	assert {item["channel"] for item in rows} == {"Email", "SMS"}
	assert len(rows) == 2
	assert len(world.mailbox.messages) == 1


def test_it_sends_a_split_reply_in_order(world: World) -> None:
	thread = world.customer(email="")
	words = " ".join(f"word{number}" for number in range(480))
	world.do(lambda: reply(world.ports, thread["name"], words, CLIENT.format(1)))
	_work(world)
	bodies = [text.body for text in world.twilio.sent]
	assert len(bodies) >= 3
	assert {text.to for text in world.twilio.sent} == {MIKE.phone}
	assert all(f"({number}/{len(bodies)})" in body for number, body in enumerate(bodies, 1))
	assert all(len(body) <= 1600 for body in bodies)


def test_it_retries_only_what_failed(world: World) -> None:
	name = _send(world, world.customer(email=""))
	with pytest.raises(Conflict):
		world.do(lambda: retry_delivery(world.ports, name))
	with pytest.raises(NotFound):
		world.do(lambda: retry_delivery(world.ports, "nobody"))
	world.twilio.fail_next(400, 30007)
	_work(world)
	assert _row(world, name)["state"] == "Failed"
	row = world.do(lambda: retry_delivery(world.ports, name))
	assert (row["state"], row["attempts"]) == ("Queued", 0)
	_work(world)
	assert len(world.twilio.sent) == 1
	with pytest.raises(Conflict):
		world.do(lambda: retry_delivery(world.ports, name))


def test_it_tries_a_failed_reply_again_when_the_page_sends_it_again(world: World) -> None:
	thread = world.customer()
	world.set(contractor_email="")

	def send() -> int:
		return world.do(lambda: reply(world.ports, thread["name"], "CONFIRM", CLIENT.format(2)))

	entry = send()
	world.twilio.fail_next(400, 30007)
	_work(world)
	assert send() == entry
	_work(world)
	assert len(world.twilio.sent) == 1
	assert send() == entry
	assert _work(world) == 0


def test_it_gives_up_what_cannot_be_put_together(world: World) -> None:
	name = _send(world, world.customer(phone=""))
	world.do(lambda: deliver.give_up_delivery(world.ports, name, KeyError("text")))
	row = _row(world, name)
	assert (row["state"], row["error"]) == ("Failed", "It cannot be put together: KeyError")
	world.do(lambda: deliver.give_up_delivery(world.ports, name, ValueError("again")))
	assert _row(world, name)["error"] == "It cannot be put together: KeyError"


@pytest.mark.parametrize("spread", [0, 400])
def test_it_spreads_a_crowd(spread: int) -> None:
	from customer_thread.domain.delivery_states import next_try

	assert next_try(1, 0, spread) in (24 * SECOND, 36 * SECOND)
	assert next_try(2, 0, spread) in (96 * SECOND, 2 * MINUTE + 24 * SECOND)
