"""A channel is a line in tables: one that is made up goes all the way, out and in, beside those that are there."""

from dataclasses import replace
from typing import cast

import pytest
from support.clock import NOW
from support.mariadb_schema import doctypes
from support.persons import BUSINESS, MIKE, SARAH
from support.world import World

from customer_thread.domain import channels as rules
from customer_thread.domain.channels import ChannelRule
from customer_thread.domain.inbound import InboundSms, StatusReport
from customer_thread.domain.model import MessageChannel
from customer_thread.domain.phrase import Phrase
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.incoming.receive_status_report import receive_status_report
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.channels import CHANNELS
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.ports import OutgoingChannel, Ports
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.service.thread.post_entry import Posted
from customer_thread.store import consents, deliveries
from customer_thread.store.rows import DeliveryRow, ThreadRow

PIGEON: MessageChannel = cast("MessageChannel", "Pigeon")
LOFT = "loft-1"
RULE = ChannelRule(
	name=PIGEON,
	contact_kind="Phone",
	limit=100,
	words=replace(rules.SMS.words, by=Phrase("by pigeon"), forwarded="the contractor has pigeons passed on"),
)
BY_PIGEON: OutgoingChannel = replace(
	CHANNELS["SMS"], rule=RULE, is_set_up=lambda _settings: True, consent_to=lambda _settings: LOFT
)


pytestmark = pytest.mark.embedded("the DocTypes of a site are in its database, and have no such option")


@pytest.fixture(autouse=True)
def schema(monkeypatch: pytest.MonkeyPatch) -> None:
	"""Add the line that a channel needs in the schema, which MariaDB is held to as Frappe holds it."""
	for doctype in ("Thread Delivery", "Thread Entry"):
		[field] = [one for one in doctypes()[doctype]["fields"] if one["fieldname"] == "channel"]
		monkeypatch.setitem(field, "options", f"{field['options']}\n{PIGEON}")


@pytest.fixture
def ports(world: World) -> Ports:
	"""Return ports with a channel more, whose gateway is Twilio's too."""
	return replace(
		world.ports, channels={**CHANNELS, PIGEON: BY_PIGEON}, texting={"SMS": world.sms, PIGEON: world.sms}
	)


def _send(world: World, ports: Ports, thread: ThreadRow, wanted: str = "pigeon") -> DeliveryRow:
	posted = world.do(lambda: send_message(ports, thread, "Hi Sarah!", channel=wanted))
	return deliveries.of_entry(world.database, posted.entry)[0]


def _came(world: World, ports: Ports, words: str, sender: str = SARAH.phone, **more: object) -> Posted | None:
	came = InboundSms(f"SM{words}{sender}", sender, BUSINESS.phone, words, (), NOW, channel=PIGEON)
	return world.do(lambda: receive_sms(ports, replace(came, **more)))  # type: ignore[arg-type]


def test_it_sends_by_it_what_is_asked_for(world: World, ports: Ports) -> None:
	thread = world.customer()
	queued = _send(world, ports, thread)
	assert (queued["channel"], queued["address"], queued["reason"]) == (PIGEON, SARAH.phone, "asked for")
	claimed = world.do(lambda: deliver.claim_delivery(ports, queued["name"]))
	assert claimed is not None
	outcome = deliver.send_delivery(ports, claimed)
	world.do(lambda: deliver.record_delivery(ports, claimed, outcome))
	[text] = world.twilio.sent
	assert (text.to, text.body) == (SARAH.phone, "Hi Sarah!")
	report = StatusReport(text.sid, "Delivered", queued["name"])
	assert world.do(lambda: receive_status_report(ports, report))
	sent = deliveries.by_provider_sid(world.database, text.sid)
	assert sent is not None
	assert (sent["name"], sent["state"]) == (queued["name"], "Delivered")


def test_it_cuts_what_is_longer_than_it_holds(world: World, ports: Ports) -> None:
	thread, words = world.customer(email=""), "Hi Sarah! " * 30
	posted = world.do(lambda: send_message(ports, thread, words, channel="pigeon"))
	parts = [row["text"] for row in deliveries.of_entry(world.database, posted.entry)]
	assert len(parts) == 3
	assert all(len(part) <= 100 for part in parts)


def test_it_shows_it_by_its_name(world: World, ports: Ports) -> None:
	thread = world.customer()
	_send(world, ports, thread)
	[entry] = read_timeline(ports, thread["name"], Query(), html=True)["entries"]
	assert entry["channel"] == "pigeon"
	assert "Pigeon · " in str(dict(entry)["html"])


def test_it_takes_in_what_comes_by_it_and_passes_it_on(world: World, ports: Ports) -> None:
	thread = world.customer()
	posted = _came(world, ports, "Coo")
	assert posted is not None
	assert posted.thread == thread["name"]
	[row] = deliveries.of_entry(world.database, posted.entry)
	assert (row["channel"], row["address"]) == (PIGEON, MIKE.phone)
	assert row["reason"] == "the contractor has pigeons passed on"


def test_it_answers_a_command_by_the_channel_it_came_by(world: World, ports: Ports) -> None:
	assert _came(world, ports, "#999", sender=MIKE.phone) is None
	sql = "SELECT channel, address FROM `tabThread Delivery` WHERE purpose = 'Answer'"
	assert world.database.select(sql) == [{"channel": PIGEON, "address": MIKE.phone}]


def test_it_keeps_what_a_number_said_for_each_channel_alone(world: World, ports: Ports) -> None:
	thread = world.customer(email="")
	_came(world, ports, "STOP", keyword="STOP")
	assert consents.among(world.database, [SARAH.phone], LOFT) == {SARAH.phone: "Opted Out"}
	assert consents.among(world.database, [SARAH.phone], BUSINESS.phone) == {}
	assert _send(world, ports, thread)["channel"] is None
	assert _send(world, ports, thread, "auto")["channel"] == "SMS"


def test_it_goes_by_it_where_those_before_it_cannot(world: World, ports: Ports) -> None:
	thread = world.customer()
	world.do(lambda: consents.record(world.database, SARAH.phone, BUSINESS.phone, "Opted Out", NOW, "test"))
	row = _send(world, ports, thread, "auto")
	# what was there before it in the table is preferred
	assert row["channel"] == "Email"
	first = replace(ports, channels={PIGEON: BY_PIGEON, **CHANNELS})
	assert _send(world, first, thread, "auto")["channel"] == PIGEON


def test_what_no_channel_carries_fails_visibly_and_goes_no_other_way(world: World, ports: Ports) -> None:
	queued = _send(world, ports, world.customer())
	# as after a return to a version without it
	assert world.do(lambda: deliver.claim_delivery(world.ports, queued["name"])) is None
	[row] = deliveries.of_entry(world.database, queued["entry"])
	assert (row["state"], row["error"]) == ("Failed", "There is no channel “Pigeon”.")
	assert deliver.due_deliveries(world.ports) == []
