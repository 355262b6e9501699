"""A mail of megabytes is one bubble of a readable length; the whole is a tap away."""

import pytest
from support.clock import NOW
from support.persons import SARAH
from support.world import World

from customer_thread.domain.inbound import InboundMail
from customer_thread.domain.limits import MESSAGE_CHARACTERS
from customer_thread.domain.model import Address
from customer_thread.service.incoming.receive_mail import receive_mail
from customer_thread.service.incoming.record_sent_mail import SentMail, record_sent_mail
from customer_thread.service.reading.read_attachment import read_original
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.service.thread.add_contact_point import add_contact_point
from customer_thread.store.rows import ThreadRow

LONG = "The deck. " * 100_000


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	return world.customer()


def _received(world: World, sarah: ThreadRow) -> None:
	mail = InboundMail(
		message_id="<long@lee.example>",
		from_address=SARAH.email,
		from_name="Sarah",
		recipients=(f"reply+{sarah['reply_token']}@mikes.example",),
		references=(),
		subject="Deck",
		text=LONG,
		original=LONG,
		quoted=False,
		attachments=(),
		occurred_us=NOW,
		automatic=False,
		bounce=None,
	)
	world.do(lambda: receive_mail(world.ports, mail))


def _sent(world: World, sarah: ThreadRow) -> None:
	address = Address("Email", SARAH.email)
	world.do(lambda: add_contact_point(world.ports, sarah, address, "Customer", "x"))
	mail = SentMail(
		"<long@mikes.example>", (SARAH.email,), (), "Deck", LONG, LONG, False, NOW, automated=False
	)
	world.do(lambda: record_sent_mail(world.ports, mail))


@pytest.mark.parametrize("comes", [_received, _sent])
def test_it_shows_the_beginning_and_keeps_the_whole(world: World, sarah: ThreadRow, comes: object) -> None:
	assert callable(comes)
	comes(world, sarah)
	[entry] = read_timeline(world.ports, sarah["name"], Query())["entries"]
	assert len(entry["text"]) <= MESSAGE_CHARACTERS
	assert entry["text"].endswith("deck.…")
	assert entry["quoted"]
	assert read_original(world.ports, sarah["name"], entry["id"]).strip() == LONG.strip()
