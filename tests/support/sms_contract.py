"""What every Sms does. A subclass gives the fixture `line`: the gateway under test and the phones around it."""

from dataclasses import dataclass
from typing import Protocol

import pytest

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Attachment
from customer_thread.domain.outbound import OutboundSms
from customer_thread.service.ports import Sms
from support.persons import BOB, SARAH


class World(Protocol):
	"""The phones."""

	#: the business number
	number: str

	def now_us(self) -> int:
		"""Return the provider's time."""

	def wait(self, seconds: float) -> None:
		"""Let time pass."""

	def text(self, sender: str, words: str, media: tuple[Attachment, ...] = ()) -> None:
		"""Send a text to the business from a phone."""

	def received_by(self, phone: str) -> list[str]:
		"""Return the texts that were taken for a phone, oldest first."""


@dataclass
class Line:
	sms: Sms
	world: World

	def outbound(self, words: str, to: str = SARAH.phone) -> OutboundSms:
		return OutboundSms(to=to, sender=self.world.number, text=words)


class SmsContract:
	def test_it_sends_a_text_once(self, line: Line) -> None:
		sent = line.sms.send(line.outbound("On my way"))
		assert sent.provider_sid
		assert sent.state == "Sending"
		assert line.world.received_by(SARAH.phone) == ["On my way"]

	def test_it_gives_each_text_its_own_id(self, line: Line) -> None:
		ids = {line.sms.send(line.outbound("Same words")).provider_sid for _ in range(2)}
		assert len(ids) == 2

	def test_it_finds_a_text_it_sent(self, line: Line) -> None:
		since = line.world.now_us()
		text = line.outbound("“Thursday” — ok?")
		sent = line.sms.send(text)
		assert [found.provider_sid for found in line.sms.find_sent(text, since)] == [sent.provider_sid]

	def test_it_does_not_take_another_text_for_it(self, line: Line) -> None:
		since = line.world.now_us()
		line.sms.send(line.outbound("Thursday?"))
		line.sms.send(line.outbound("Friday?", to=BOB.phone))
		line.world.text(SARAH.phone, "Friday?")
		assert line.sms.find_sent(line.outbound("Friday?"), since) == []

	def test_it_does_not_find_a_text_of_before(self, line: Line) -> None:
		text = line.outbound("Good morning")
		line.sms.send(text)
		line.world.wait(60)
		assert line.sms.find_sent(text, line.world.now_us()) == []

	def test_it_lists_what_was_received_oldest_first(self, line: Line) -> None:
		line.world.text(SARAH.phone, "before")
		line.world.wait(60)
		since = line.world.now_us()
		line.world.text(SARAH.phone, "one")
		line.world.wait(60)
		line.world.text(BOB.phone, "two")
		line.sms.send(line.outbound("not received"))
		found = line.sms.list_received(since)
		assert [(text.sender, text.text) for text in found] == [(SARAH.phone, "one"), (BOB.phone, "two")]
		assert {text.recipient for text in found} == {line.world.number}
		assert found[1].occurred_us - found[0].occurred_us == 60_000_000

	def test_it_fetches_pictures(self, line: Line) -> None:
		since = line.world.now_us()
		pictures = tuple(Attachment(f"deck {i}.png", "image/png", bytes([i]) * 100) for i in range(3))
		line.world.text(SARAH.phone, "", pictures)
		[text] = line.sms.list_received(since)
		assert [item.content_type for item in text.attachments] == ["image/png"] * 3
		assert [line.sms.fetch_attachment(item.url) for item in text.attachments] == list(pictures)

	def test_it_knows_an_opt_out_word(self, line: Line) -> None:
		since = line.world.now_us()
		line.world.text(SARAH.phone, " Stop ")
		line.world.text(BOB.phone, "Please stop by at 5")
		assert [text.keyword for text in line.sms.list_received(since)] == ["STOP", None]

	def test_it_refuses_a_number_that_is_none(self, line: Line) -> None:
		with pytest.raises(GatewayError) as caught:
			line.sms.send(line.outbound("Hello", to="555"))
		assert caught.value.permanent
		assert not caught.value.ambiguous
		assert caught.value.code

	def test_it_refuses_a_picture_inside_our_own_network(self, line: Line) -> None:
		with pytest.raises(GatewayError) as caught:
			line.sms.fetch_attachment("https://169.254.169.254/latest/meta-data/")
		assert caught.value.permanent
