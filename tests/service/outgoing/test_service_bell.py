"""What a customer wrote and nobody of the business is sent rings the bell of the Desk."""

from collections.abc import Callable
from functools import partial

import pytest
from support.persons import BUSINESS, SARAH, STRANGER
from support.world import World

from customer_thread.domain.inbound import InboundMail, InboundSms, Keyword
from customer_thread.service.desk.due_ring import due_ring
from customer_thread.service.incoming.receive_mail import receive_mail
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.thread.erase_entry import erase_entry
from customer_thread.service.thread.mark_read_by_staff import mark_read_by_staff

CLIENT = "0b5d0f0e-3f0e-4b6e-9a51-6b1f3a1d2c4{}"


def _reply(world: World, thread: str, text: str = "Hello?", number: int = 0) -> int:
	return world.do(lambda: reply(world.ports, thread, text, CLIENT.format(number)))


def _text(world: World, sender: str, keyword: Keyword | None = None) -> int:
	words = keyword or "Hello?"
	sms = InboundSms("SM1", sender, BUSINESS.phone, words, (), world.clock.now_us(), keyword)
	posted = world.do(lambda: receive_sms(world.ports, sms))
	assert posted
	return posted.entry


def _mail(world: World, sender: str, to: str) -> int:
	mail = InboundMail(
		message_id="<one@test.example>",
		references=(),
		from_address=sender,
		from_name="",
		recipients=(to,),
		subject="Deck",
		text="Hello?",
		original="Hello?",
		quoted=False,
		attachments=(),
		occurred_us=world.clock.now_us(),
	)
	posted = world.do(lambda: receive_mail(world.ports, mail))
	assert posted
	return posted.entry


def _work(world: World) -> None:
	"""Send once what is due."""
	for name in deliver.due_deliveries(world.ports):
		claimed = world.do(partial(deliver.claim_delivery, world.ports, name))
		if claimed:
			outcome = deliver.send_delivery(world.ports, claimed)
			world.do(partial(deliver.record_delivery, world.ports, claimed, outcome))


WRITES: dict[str, Callable[[World, str, str], int]] = {
	"reply": lambda world, thread, token: _reply(world, thread),
	"text": lambda world, thread, token: _text(world, SARAH.phone),
	"text of a stranger": lambda world, thread, token: _text(world, STRANGER.phone),
	"mail": lambda world, thread, token: _mail(world, SARAH.email, f"reply+{token}@mikes.example"),
}


@pytest.mark.parametrize("way", WRITES)
def test_it_rings_where_nobody_is_set_up_to_hear(world: World, way: str) -> None:
	thread = world.customer()
	world.set(contractor_mobile="", contractor_email="")
	entry = WRITES[way](world, thread["name"], thread["reply_token"])
	assert world.desk_bell.rung == [entry]


@pytest.mark.parametrize("way", WRITES)
def test_it_leaves_the_bell_alone_where_the_contractor_is_sent_it(world: World, way: str) -> None:
	thread = world.customer()
	WRITES[way](world, thread["name"], thread["reply_token"])
	assert world.desk_bell.rung == []


def test_it_rings_for_texts_that_are_not_to_be_forwarded(world: World) -> None:
	world.customer()
	world.set(forward_texts=False)
	assert world.desk_bell.rung == [_text(world, SARAH.phone)]


def test_it_does_not_ring_for_what_is_twilios_business(world: World) -> None:
	world.customer()
	world.set(contractor_mobile="", contractor_email="")
	_text(world, SARAH.phone, "STOP")
	assert world.desk_bell.rung == []


def test_it_rings_for_no_mail_that_lies_in_the_contractors_mailbox(world: World) -> None:
	world.customer()
	_mail(world, SARAH.email, world.settings.contractor_email)
	assert world.desk_bell.rung == []


def test_it_rings_once_the_provider_is_gone_and_not_for_what_goes_by_mail_instead(world: World) -> None:
	thread = world.customer()
	world.twilio.fail_next(400, 21211)
	_reply(world, thread["name"])
	_work(world)
	assert world.desk_bell.rung == []
	world.set(contractor_email="")
	for number, (status, code) in enumerate(((503, 20500), (400, 21211)), 1):
		world.twilio.fail_next(status, code)
		entry = _reply(world, thread["name"], number=number)
		_work(world)
		assert world.desk_bell.rung == [entry]
		world.desk_bell.rung.clear()


def test_it_does_not_ring_for_what_did_not_reach_the_customer(world: World) -> None:
	thread = world.customer(email="")
	world.twilio.fail_next(400, 21211)
	world.do(lambda: send_message(world.ports, thread, "Hi Sarah!"))
	_work(world)
	assert world.desk_bell.rung == []


def test_it_says_each_message_once(world: World) -> None:
	thread = world.customer()
	first = _reply(world, thread["name"], "One " + "x" * 200)
	second = _reply(world, thread["name"], "Two", 1)
	due = world.do(lambda: due_ring(world.ports, first))
	assert due
	assert due.thread == thread["name"]
	assert due.said.startswith("Sarah Lee wrote: One xxx")
	assert len(due.said) == len("Sarah Lee wrote: ") + 120
	assert world.do(lambda: due_ring(world.ports, first)) is None
	due = world.do(lambda: due_ring(world.ports, second))
	assert due
	assert due.said == "Sarah Lee wrote: Two"
	assert [world.do(partial(due_ring, world.ports, entry)) for entry in (first, second, 99)] == [None] * 3


def test_it_says_nothing_that_staff_have_read(world: World) -> None:
	thread = world.customer()
	entry = _reply(world, thread["name"])
	world.do(lambda: mark_read_by_staff(world.ports, thread["name"], entry))
	assert world.do(lambda: due_ring(world.ports, entry)) is None


def test_it_takes_back_what_was_said_of_a_message_that_is_removed(world: World) -> None:
	thread = world.customer()
	entry = _reply(world, thread["name"])
	world.do(lambda: erase_entry(world.ports, entry, "She asked for it."))
	assert world.desk_bell.forgotten == [thread["name"]]
