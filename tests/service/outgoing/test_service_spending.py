"""What is spent on texts has an end, and nothing is lost there."""

import pytest
from support.persons import MIKE, SARAH
from support.world import World

from customer_thread.domain.errors import TooMany
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.limits import REPLIES_PER_HOUR, REPLY_TEXTS_PER_MINUTE, STRANGERS_TEXTS_PER_HOUR
from customer_thread.domain.times import DAY, HOUR, MINUTE
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.outgoing.compose_mail import compose_mail
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.store import deliveries
from customer_thread.store.rows import DeliveryRow, ThreadRow


def _id(number: int) -> str:
	return f"00000000-0000-4000-8000-{number:012d}"


def _reply(world: World, thread: ThreadRow, number: int, words: str = "hello") -> list[DeliveryRow]:
	entry = world.do(lambda: reply(world.ports, thread["name"], words, _id(number)))
	return deliveries.of_entry(world.database, entry)


def _text(world: World, phone: str, number: int) -> list[DeliveryRow]:
	sms = InboundSms(
		channel="SMS",
		provider_sid=f"SM{number:032x}",
		sender=phone,
		recipient="+15550100001",
		text=f"text {number}",
		attachments=(),
		occurred_us=world.clock.now_us(),
	)
	posted = world.do(lambda: receive_sms(world.ports, sms))
	assert posted is not None
	assert posted.is_new
	return deliveries.of_entry(world.database, posted.entry)


def _lines(world: World) -> list[str]:
	sql = "SELECT text FROM `tabThread Delivery` WHERE purpose = 'Answer' ORDER BY creation_us"
	return [row["text"] for row in world.database.select(sql)]


def test_it_refuses_replies_that_nobody_could_pass_on_and_takes_them_later(world: World) -> None:
	sarah = world.customer(email="")
	for number in range(REPLY_TEXTS_PER_MINUTE):
		assert _reply(world, sarah, number)[0]["channel"] == "SMS"
	with pytest.raises(TooMany, match="try again later"):
		_reply(world, sarah, 1000)
	assert _reply(world, sarah, 0)[0]["channel"] == "SMS", "the same again is no new one"
	world.clock.move(MINUTE + 1)
	assert _reply(world, sarah, 1000)[0]["channel"] == "SMS"


def test_it_mails_replies_where_it_can(world: World) -> None:
	sarah = world.customer()
	for number in range(REPLY_TEXTS_PER_MINUTE):
		_reply(world, sarah, number)
	[sent] = _reply(world, sarah, 1000)
	assert sent["channel"] == "Email"
	assert "last minute are used up" in sent["reason"]


def test_it_counts_replies_that_go_nowhere_too(world: World) -> None:
	sarah = world.customer(phone="", email="")
	for number in range(REPLIES_PER_HOUR):
		_reply(world, sarah, number)
	with pytest.raises(TooMany):
		_reply(world, sarah, 1000)
	world.clock.move(HOUR + 1)
	assert _reply(world, sarah, 1000)[0]["state"] == "Skipped"


def test_it_keeps_what_a_sender_texts_beyond_and_passes_it_on_no_more(world: World) -> None:
	world.set(texts_per_sender=3)
	world.customer()
	assert [_text(world, SARAH.phone, number)[0]["state"] for number in range(4)] == ["Queued"] * 3 + [
		"Skipped"
	]
	assert "this sender's texts of the last hour are used up" in _text(world, SARAH.phone, 9)[0]["reason"]


def test_it_tells_once_an_hour_that_more_strangers_write_than_are_passed_on(world: World) -> None:
	made = [
		_text(world, f"+1212555{number:04d}", number)[0]["state"]
		for number in range(STRANGERS_TEXTS_PER_HOUR + 20)
	]
	assert made == ["Queued"] * STRANGERS_TEXTS_PER_HOUR + ["Skipped"] * 20
	assert len([line for line in _lines(world) if "do not know" in line]) == 1
	world.customer()
	assert _text(world, SARAH.phone, 999)[0]["state"] == "Queued", "a customer is no stranger"


def test_it_stops_at_the_sites_limit_and_warns_before(world: World) -> None:
	world.set(texts_per_day=10)
	sarah = world.customer(email="")
	for number in range(7):
		send_it(world, sarah, number)
	assert _lines(world) == []
	states = [send_it(world, sarah, number)[0]["state"] for number in range(7, 12)]
	# the warning itself is a text
	assert states == ["Queued", "Queued", "Skipped", "Skipped", "Skipped"]
	assert _lines(world) == [
		"8 of 10 texts of the last 24 hours are used. What comes then waits in the Desk."
	]
	[reply_to_nobody] = _reply(world, sarah, 5)
	assert "the site's texts of the last 24 hours are used up" in reply_to_nobody["reason"]
	world.clock.move(DAY + 1)
	assert send_it(world, sarah, 13)[0]["state"] == "Queued"


def test_it_mails_the_warning_where_the_contractor_takes_no_texts(world: World) -> None:
	world.set(texts_per_day=5, contractor_mobile="")
	sarah = world.customer(email="")
	for number in range(4):
		send_it(world, sarah, number)
	sql = "SELECT name FROM `tabThread Delivery` WHERE purpose = 'Answer'"
	[row] = world.database.select(sql)
	delivery = deliveries.get(world.database, row["name"])
	assert delivery is not None
	mail = compose_mail(world.ports, delivery)
	assert (mail.to, mail.automated) == (MIKE.email, True)
	assert "4 of 5 texts" in mail.text
	assert "4 of 5 texts" in mail.html


def send_it(world: World, thread: ThreadRow, number: int) -> list[DeliveryRow]:
	"""Send a message from the Desk and return its deliveries."""
	posted = world.do(lambda: send_message(world.ports, thread, f"words {number}", channel="sms"))
	return deliveries.of_entry(world.database, posted.entry)


def test_a_setting_of_0_lets_any_number_pass(world: World) -> None:
	world.set(texts_per_day=0, texts_per_thread=0, texts_per_sender=0)
	sarah = world.customer(email="")
	assert {send_it(world, sarah, number)[0]["state"] for number in range(30)} == {"Queued"}
	assert _lines(world) == []
