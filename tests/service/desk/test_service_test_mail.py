"""A mail to ourselves: it leaves, comes back, is noticed with how long that took, and is nobody's message."""

from functools import partial

import pytest
from support.persons import BUSINESS
from support.world import World

from customer_thread.domain.errors import BadInput, Conflict, TooMany
from customer_thread.domain.inbound import Bounce
from customer_thread.domain.limits import TEST_TEXTS
from customer_thread.domain.times import MINUTE, SECOND
from customer_thread.gateways.mail.inbound import parse
from customer_thread.gateways.twilio_sms.setup import missing_setup as missing_texts
from customer_thread.gateways.web_push.setup import missing_setup as missing_push
from customer_thread.service.desk.check_setup import check_mail
from customer_thread.service.desk.read_setup import HostSetup, SetupStep, read_setup
from customer_thread.service.desk.setup_found import FoundLine
from customer_thread.service.incoming.receive_bounce import receive_bounce
from customer_thread.service.incoming.receive_mail import receive_mail
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.send_test_mail import send_test_mail

SITE = HostSetup(missing_texts, check_mail, missing_push)


def _step(world: World, host: HostSetup = SITE) -> SetupStep:
	[found] = [step for step in read_setup(world.ports, host) if step["key"] == "mail"]
	return found


def _send(world: World, key: str = "") -> str:
	return world.do(lambda: send_test_mail(world.ports, key))


def _leave(world: World, *, record: bool = True) -> partial[None]:
	[name] = deliver.due_deliveries(world.ports)
	claimed = world.do(partial(deliver.claim_delivery, world.ports, name))
	assert claimed
	outcome = deliver.send_delivery(world.ports, claimed)
	said = partial(deliver.record_delivery, world.ports, claimed, outcome)
	if record:
		world.do(said)
	return said


def _come_back(world: World) -> None:
	letter = world.mailbox.messages[-1]
	mail = parse(letter.data, letter.sender, list(letter.receivers), world.clock.now_us())
	assert world.do(lambda: receive_mail(world.ports, mail)) is None


def test_it_says_how_long_it_took(world: World) -> None:
	assert _step(world)["can_test"]
	_send(world)
	assert (_step(world)["state"], _step(world)["is_moving"]) == ("missing", True)
	_leave(world)
	world.clock.move(42 * SECOND)
	assert "on its way, since 42 seconds" in _step(world)["why"]
	_come_back(world)
	back = _step(world)
	assert (back["state"], back["is_moving"], back["can_test"]) == ("done", False, True)
	assert back["why"].endswith("the test mail was back after 42 seconds.")
	# a second copy, later, changes nothing
	world.clock.move(MINUTE)
	_come_back(world)
	assert _step(world)["why"] == back["why"]


def test_it_is_nobodys_message(world: World) -> None:
	_send(world)
	_leave(world)
	_come_back(world)
	for table in ("Thread Entry", "Customer Thread", "Thread Note"):
		assert world.database.select(f"SELECT name FROM `tab{table}`") == []
	assert deliver.due_deliveries(world.ports) == []


def test_it_goes_where_answers_arrive(world: World) -> None:
	_send(world)
	_leave(world)
	letter = world.mailbox.messages[-1]
	[to] = letter.receivers
	assert to.startswith("reply+")
	assert to.endswith("@mikes.example")
	# Frappe drops what an account sends to itself unless it answers something
	assert letter.message["In-Reply-To"]
	world.set(reply_domain="")
	_send(world)
	_leave(world)
	assert world.mailbox.messages[-1].receivers == (world.ports.settings().from_address,)


def test_it_may_be_back_before_its_server_has_answered(world: World) -> None:
	_send(world)
	said = _leave(world, record=False)
	world.clock.move(3 * SECOND)
	_come_back(world)
	world.clock.move(30 * SECOND)
	world.do(said)
	assert _step(world)["why"].endswith("back after 3 seconds.")


def test_the_same_key_is_the_same_mail(world: World) -> None:
	assert _send(world, "one") == _send(world, "one")
	assert _send(world, "two") != _send(world, "one")
	with pytest.raises(BadInput):
		_send(world, "x" * 200)


def test_what_does_not_come_back_is_missed(world: World) -> None:
	_send(world)
	_leave(world)
	world.clock.move(16 * MINUTE)
	step = _step(world)
	assert (step["state"], step["is_moving"], step["can_test"]) == ("missing", False, True)
	assert "has not come back for 16 minutes" in step["why"]
	bounce = Bounce(world.mailbox.messages[-1].message["Message-ID"], "5.1.1", "no such user")
	world.do(lambda: receive_bounce(world.ports, bounce))
	assert _step(world)["why"] == "The test mail did not arrive: no such user"


def test_it_is_not_sent_where_it_cannot_come_back(world: World) -> None:
	world.set(capture_emails=False)
	assert (_step(world)["state"], _step(world)["field"]) == ("optional", "capture_emails")
	with pytest.raises(Conflict, match="not looked at"):
		_send(world)
	world.set(capture_emails=True, sends_mail=False)
	with pytest.raises(Conflict, match="not set up"):
		_send(world)


def test_nobody_mails_tests_without_end(world: World) -> None:
	most, seconds = TEST_TEXTS
	for _ in range(most):
		_send(world)
	with pytest.raises(TooMany, match=f"{most} tests"):
		_send(world)
	world.clock.move(seconds * SECOND + 1)
	_send(world)


def test_the_accounts_that_were_found_are_told(world: World) -> None:
	line = FoundLine(state="done", text=f"{BUSINESS.email}: sends to customers")
	host = HostSetup(missing_texts, check_mail, missing_push, mail_accounts=lambda _settings, _words: [line])
	assert _step(world, host)["found"] == [line]
	world.set(sends_mail=False)
	assert _step(world, host)["found"] == [line]
