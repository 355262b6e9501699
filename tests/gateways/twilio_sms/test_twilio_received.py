"""Asking Twilio what was received while we were away."""

from dataclasses import replace

import pytest
from gateways.conftest import SERVICE, Clock
from support.persons import BUSINESS, SARAH

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import OutboundSms
from customer_thread.gateways.twilio_sms.account import TwilioAccount
from customer_thread.gateways.twilio_sms.gateway import TwilioSms
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

OTHER = "+15035550101"


def test_it_reads_every_page(sms: TwilioSms, twilio: TwilioStandIn, clock: Clock) -> None:
	began = clock()
	for index in range(230):
		clock.step(1)
		twilio.receive(SARAH.phone, BUSINESS.phone, str(index))
	found = sms.list_received(began)
	assert [text.text for text in found] == [str(index) for index in range(230)]
	assert twilio.requests["list"] == 2


def test_it_gives_twilios_time(sms: TwilioSms, twilio: TwilioStandIn, clock: Clock) -> None:
	then = clock()
	twilio.receive(SARAH.phone, BUSINESS.phone, "Hello")
	clock.step(1200)
	assert sms.list_received(then)[0].occurred_us == then


def test_a_second_is_not_lost_between_two_askings(
	sms: TwilioSms, twilio: TwilioStandIn, clock: Clock
) -> None:
	clock.step(0.9)
	twilio.receive(SARAH.phone, BUSINESS.phone, "Hello")
	assert len(sms.list_received(clock())) == 1


def test_it_asks_for_its_own_number_alone(sms: TwilioSms, twilio: TwilioStandIn) -> None:
	twilio.receive(SARAH.phone, OTHER, "To another business of this account")
	twilio.receive(SARAH.phone, BUSINESS.phone, "To this one")
	assert [text.text for text in sms.list_received(0)] == ["To this one"]


def test_a_messaging_service_has_many_numbers(account: TwilioAccount, twilio: TwilioStandIn) -> None:
	twilio.receive(SARAH.phone, OTHER, "Hello")
	sms = TwilioSms(replace(account, messaging_service_sid=SERVICE))
	sms.send(OutboundSms(to=SARAH.phone, sender=BUSINESS.phone, text="Not received"))
	twilio.settle()
	assert [text.recipient for text in sms.list_received(0)] == [OTHER]


def test_it_drops_what_no_database_takes(sms: TwilioSms, twilio: TwilioStandIn) -> None:
	twilio.receive("24365", BUSINESS.phone, "a\0b ")
	[text] = sms.list_received(0)
	assert (text.text, text.sender) == ("ab ", "24365")


def test_it_lists_no_message_that_is_no_text(
	account: TwilioAccount, twilio: TwilioStandIn, caplog: pytest.LogCaptureFixture
) -> None:
	twilio.receive(f"whatsapp:{SARAH.phone}", f"whatsapp:{BUSINESS.phone}", "By WhatsApp")
	twilio.receive(SARAH.phone, BUSINESS.phone, "By text")
	sms = TwilioSms(replace(account, messaging_service_sid=SERVICE))
	assert [text.text for text in sms.list_received(0)] == ["By text"]
	assert caplog.messages == ["A message by whatsapp was refused: it is no text."]


@pytest.mark.parametrize(("status", "code", "permanent"), [(401, 20003, True), (500, 20500, False)])
def test_trouble_is_an_error_and_not_an_empty_list(
	status: int, code: int, permanent: bool, sms: TwilioSms, twilio: TwilioStandIn
) -> None:
	twilio.fail_next(status, code, on="list")
	with pytest.raises(GatewayError) as caught:
		sms.list_received(0)
	assert (caught.value.code, caught.value.permanent, caught.value.ambiguous) == (
		str(code),
		permanent,
		False,
	)
