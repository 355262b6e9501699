"""TwilioSms is an Sms."""

from dataclasses import dataclass

import pytest
from gateways.conftest import Clock
from support.persons import BUSINESS
from support.sms_contract import Line, SmsContract

from customer_thread.domain.model import Attachment
from customer_thread.gateways.twilio_sms.gateway import TwilioSms
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn


@dataclass
class TwilioWorld:
	twilio: TwilioStandIn
	clock: Clock
	number: str = BUSINESS.phone

	def now_us(self) -> int:
		return self.clock()

	def wait(self, seconds: float) -> None:
		self.clock.step(seconds)

	def text(self, sender: str, words: str, media: tuple[Attachment, ...] = ()) -> None:
		self.twilio.receive(sender, self.number, words, media)

	def received_by(self, phone: str) -> list[str]:
		return [message.body for message in self.twilio.sent if message.to == phone]


class TestTwilioSms(SmsContract):
	@pytest.fixture
	def line(self, sms: TwilioSms, twilio: TwilioStandIn, clock: Clock) -> Line:
		return Line(sms, TwilioWorld(twilio, clock))
