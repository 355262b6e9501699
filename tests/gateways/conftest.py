"""Twilio and a mail server on this machine, and the gateways that speak to them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from support.persons import BUSINESS

from customer_thread.gateways.twilio_sms.account import TwilioAccount
from customer_thread.gateways.twilio_sms.gateway import TwilioSms
from customer_thread.standalone.demo.mailbox_stand_in import Mailbox
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

ACCOUNT_SID = "AC" + "0123456789abcdef" * 2
AUTH_TOKEN = "a-token-of-tests"
SERVICE = "MG" + "2" * 32


@dataclass
class Clock:
	"""The stand-in's time, in µs; stays until it is moved."""

	us: int = 1_778_850_000_000_000

	def __call__(self) -> int:
		return self.us

	def step(self, seconds: float) -> None:
		self.us += int(seconds * 1_000_000)


@pytest.fixture
def clock() -> Clock:
	return Clock()


@pytest.fixture
def twilio(clock: Clock) -> Iterator[TwilioStandIn]:
	stand_in = TwilioStandIn(
		ACCOUNT_SID,
		AUTH_TOKEN,
		[BUSINESS.phone],
		clock,
		api_keys={"SK1": "key-secret"},
		services=[SERVICE],
		callback_delay=0.001,
	)
	stand_in.start()
	yield stand_in
	stand_in.stop()


@pytest.fixture
def account(twilio: TwilioStandIn) -> TwilioAccount:
	return TwilioAccount(ACCOUNT_SID, AUTH_TOKEN, number=BUSINESS.phone, api_base=twilio.url)


@pytest.fixture
def sms(account: TwilioAccount) -> TwilioSms:
	return TwilioSms(account, timeout=20)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
	box = Mailbox()
	box.start()
	yield box
	box.stop()
