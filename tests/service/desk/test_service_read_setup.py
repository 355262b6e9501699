"""How far the setup is: each step says done, or in a sentence what is missing, from what is and nothing else."""

from functools import partial

import pytest
from support.persons import BUSINESS, MIKE, SARAH
from support.world import World

from customer_thread.domain.errors import Conflict, TooMany
from customer_thread.domain.inbound import InboundSms, StatusReport
from customer_thread.domain.limits import TEST_TEXTS
from customer_thread.domain.people.addresses import readable_phone
from customer_thread.domain.times import MINUTE, SECOND
from customer_thread.gateways.twilio_sms.setup import missing_setup as missing_texts
from customer_thread.gateways.web_push.keys import new_keys
from customer_thread.gateways.web_push.setup import missing_setup as missing_push
from customer_thread.service.desk.check_setup import check_mail
from customer_thread.service.desk.invite import invite
from customer_thread.service.desk.read_setup import HostSetup, SetupStep, read_setup
from customer_thread.service.incoming.receive_message import receive_message
from customer_thread.service.incoming.receive_status_report import receive_status_report
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.send_test_text import send_test_text
from customer_thread.service.settings import Settings
from customer_thread.store import histories

SITE = HostSetup(missing_texts, check_mail, missing_push, card_rules=12)
TWILIO = ("twilio_account_sid", "twilio_auth_token", "twilio_from_number")


@pytest.fixture(autouse=True)
def public(world: World) -> None:
	world.set(public_url="https://portal.example.com")


def _step(world: World, key: str, host: HostSetup = SITE) -> SetupStep:
	[found] = [step for step in read_setup(world.ports, host) if step["key"] == key]
	return found


def _work(world: World) -> None:
	while names := deliver.due_deliveries(world.ports):
		for name in names:
			claimed = world.do(partial(deliver.claim_delivery, world.ports, name))
			assert claimed
			outcome = deliver.send_delivery(world.ports, claimed)
			world.do(partial(deliver.record_delivery, world.ports, claimed, outcome))


def test_it_goes_from_the_business_to_the_first_invitations(world: World) -> None:
	keys = [step["key"] for step in read_setup(world.ports, SITE)]
	assert keys == [
		*("business", "texts", "mail", "push", "card_rules", "automations", "history", "invitations"),
	]


def test_a_host_without_rules_has_no_steps_of_theirs(world: World) -> None:
	keys = {
		step["key"] for step in read_setup(world.ports, HostSetup(missing_texts, check_mail, missing_push))
	}
	assert keys == {"business", "texts", "mail", "push", "automations", "invitations"}


def test_every_step_of_nothing_at_all_can_be_shown(world: World) -> None:
	world.settings = Settings()
	states = {step["key"]: step["state"] for step in read_setup(world.ports, SITE)}
	assert states == {
		"business": "missing",
		"texts": "missing",
		"mail": "missing",
		"push": "missing",
		"card_rules": "done",
		"automations": "optional",
		"history": "optional",
		"invitations": "missing",
	}


@pytest.mark.parametrize(
	("change", "field", "words"),
	[
		({"business_name": Settings().business_name}, "business_name", "where your name should be"),
		({"public_url": ""}, "public_url", "no public address"),
		({"contractor_mobile": "", "contractor_email": ""}, "contractor_mobile", "Nobody is told"),
		({"contractor_mobile": "my phone"}, "contractor_mobile", "is no phone number"),
		({"contractor_email": "mike"}, "contractor_email", "is no address"),
	],
)
def test_the_business_lacks(world: World, change: dict[str, str], field: str, words: str) -> None:
	world.set(**change)
	step = _step(world, "business")
	assert (step["state"], step["field"]) == ("missing", field)
	assert words in step["why"]


def test_the_business_is_shown_to_be_looked_at(world: World) -> None:
	world.set(default_timezone="America/Denver")
	step = _step(world, "business")
	assert step["state"] == "done"
	for word in (BUSINESS.name, "America/Denver", readable_phone(MIKE.phone), MIKE.email):
		assert word in step["why"]


def test_texts_are_optional_where_mail_is_sent(world: World) -> None:
	world.set(**dict.fromkeys(TWILIO, ""))
	assert _step(world, "texts")["state"] == "optional"
	world.set(sends_mail=False)
	assert _step(world, "texts")["state"] == "missing"


def test_texts_begun_are_to_be_finished(world: World) -> None:
	world.set(twilio_auth_token="")
	step = _step(world, "texts")
	assert (step["state"], step["field"]) == ("missing", "twilio_auth_token")


def test_mail_is_optional_where_texts_are_sent(world: World) -> None:
	assert _step(world, "mail")["state"] == "done"
	world.set(sends_mail=False)
	assert _step(world, "mail")["state"] == "optional"
	world.set(twilio_account_sid="")
	assert _step(world, "mail")["state"] == "missing"


def test_a_test_text_says_what_became_of_it(world: World) -> None:
	before = _step(world, "texts")
	assert (before["state"], before["is_moving"]) == ("done", False)
	assert readable_phone(BUSINESS.phone) in before["why"]

	world.do(lambda: send_test_text(world.ports))
	waiting = _step(world, "texts")
	assert (waiting["state"], waiting["is_moving"]) == ("missing", True)
	assert waiting["why"] == "The test text is on its way."

	_work(world)
	[text] = [message for message in world.twilio.messages if message.to == MIKE.phone]
	assert BUSINESS.name in text.body
	left = _step(world, "texts")
	assert (left["state"], left["is_moving"]) == ("done", True)
	# Twilio has no address here to report to
	world.clock.move(2 * MINUTE)
	silent = _step(world, "texts")
	assert (silent["state"], silent["is_moving"]) == ("missing", False)
	assert "can it reach the public address?" in silent["why"]


def test_a_test_text_that_arrived_waits_for_its_answer(world: World) -> None:
	world.do(lambda: send_test_text(world.ports))
	_work(world)
	[text] = [message for message in world.twilio.messages if message.to == MIKE.phone]
	world.do(lambda: receive_status_report(world.ports, StatusReport(text.sid, "Delivered", "", None)))
	arrived = _step(world, "texts")
	assert (arrived["state"], arrived["is_moving"], arrived["can_test"]) == ("missing", True, True)
	assert "Answer it with HELP" in arrived["why"]

	answer = InboundSms("SM1", MIKE.phone, BUSINESS.phone, "HELP", (), world.clock.now_us(), "HELP")
	world.do(lambda: receive_message(world.ports, answer))
	both = _step(world, "texts")
	assert (both["state"], both["is_moving"]) == ("done", False)
	assert both["why"].endswith("and what you text comes in.")


def test_a_test_text_that_was_refused_says_why(world: World) -> None:
	world.do(lambda: send_test_text(world.ports))
	world.twilio.fail_next(400, 21610)
	_work(world)
	step = _step(world, "texts")
	assert (step["state"], step["is_moving"]) == ("missing", False)
	assert step["why"].startswith("The test text did not arrive: ")
	assert len(step["why"]) > 40


@pytest.mark.parametrize(
	("change", "words"),
	[({"twilio_account_sid": ""}, "not set up"), ({"contractor_mobile": ""}, "no contractor's mobile")],
)
def test_no_test_text_leaves_where_it_cannot(world: World, change: dict[str, str], words: str) -> None:
	world.set(**change)
	with pytest.raises(Conflict, match=words):
		world.do(lambda: send_test_text(world.ports))
	assert deliver.due_deliveries(world.ports) == []


def test_nobody_is_texted_tests_without_end(world: World) -> None:
	most, seconds = TEST_TEXTS
	for _ in range(most):
		world.do(lambda: send_test_text(world.ports))
	with pytest.raises(TooMany, match=f"{most} tests"):
		world.do(lambda: send_test_text(world.ports))
	world.clock.move(seconds * SECOND + 1)
	world.do(lambda: send_test_text(world.ports))


def test_pushes_want_their_keys(world: World) -> None:
	assert _step(world, "push")["field"] == "make_push_keys"
	keys = new_keys()
	world.set(vapid_public_key=keys.public, vapid_private_key=keys.private)
	assert _step(world, "push")["state"] == "done"


def test_card_rules_are_counted(world: World) -> None:
	assert "12 rules" in _step(world, "card_rules")["why"]
	none = HostSetup(missing_texts, check_mail, missing_push, card_rules=0)
	assert _step(world, "card_rules", none)["state"] == "missing"
	world.set(capture_documents=False)
	step = _step(world, "card_rules")
	assert (step["state"], step["field"]) == ("optional", "capture_documents")


def test_the_history_says_how_far_it_has_come(world: World) -> None:
	run = world.do(lambda: histories.start(world.database, 6, 1, world.clock.now_us(), None))
	world.do(lambda: histories.advance(world.database, {**run, "done": 20, "total": 80}))
	step = _step(world, "history")
	assert (step["state"], step["is_moving"]) == ("missing", True)
	assert "20 of 80" in step["why"]
	failed = {**run, "done": 20, "total": 80}
	world.do(lambda: histories.fail(world.database, failed, "no room", world.clock.now_us()))  # type: ignore[arg-type]
	step = _step(world, "history")
	assert (step["state"], step["is_moving"]) == ("missing", False)
	world.do(lambda: histories.finish(world.database, {**run, "entries": 42}))
	step = _step(world, "history")
	assert (step["state"], "6 months" in step["why"], "42" in step["why"]) == ("done", True, True)


def test_invitations_wait_for_a_way_and_an_address(world: World) -> None:
	assert _step(world, "invitations")["state"] == "missing"
	world.set(sign_in_links=False)
	assert _step(world, "invitations")["field"] == "sign_in_links"
	world.set(sign_in_links=True, sends_mail=False, twilio_account_sid="")
	assert "set up one of them first" in _step(world, "invitations")["why"]


def test_the_first_invitation_is_seen(world: World) -> None:
	thread = world.customer(SARAH)
	world.do(lambda: invite(world.ports, [thread["party"] or ""], "auto"))
	assert _step(world, "invitations")["state"] == "done"


def test_no_secret_is_in_it(world: World) -> None:
	keys = new_keys()
	world.set(vapid_public_key=keys.public, vapid_private_key=keys.private, twilio_auth_token="hunter2")
	for step in read_setup(world.ports, SITE):
		assert "hunter2" not in str(step)
		assert keys.private not in str(step)
