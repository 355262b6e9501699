"""A webhook is read only once its signature was checked, against the public address and with either token."""

from dataclasses import replace

import pytest
from gateways.conftest import ACCOUNT_SID
from support.persons import BUSINESS, SARAH
from twilio.request_validator import RequestValidator

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.inbound import InboundSms
from customer_thread.gateways.twilio_sms.webhooks import (
	WebhookRequest,
	checked,
	read_call,
	read_message,
	read_status,
)
from customer_thread.service.settings import Settings

NOW = 1_778_850_000_000_000
PATH = "/api/method/customer_thread.api.webhooks.twilio_message?delivery=D-7"
SETTINGS = Settings(
	public_url="https://portal.example.com/",
	twilio_account_sid=ACCOUNT_SID,
	twilio_auth_token="new",
	twilio_previous_auth_token="old",
	twilio_from_number=BUSINESS.phone,
)
PARAMS = {
	"AccountSid": ACCOUNT_SID,
	"MessageSid": "SM" + "1" * 32,
	"MessageStatus": "delivered",
	"CallSid": "CA" + "1" * 32,
	"CallStatus": "completed",
	"From": SARAH.phone,
	"To": BUSINESS.phone,
	"Body": "Hello",
}


def _request(url: str, token: str = "new") -> WebhookRequest:
	signature = RequestValidator(token).compute_signature(url + PATH, PARAMS)
	return WebhookRequest("http://inside:8000", PATH, {"delivery": "D-7"}, PARAMS, signature)


@pytest.mark.parametrize("token", ["new", "old"])
def test_it_reads_what_was_signed_for_the_public_address(token: str) -> None:
	webhook = checked(SETTINGS, _request("https://portal.example.com", token), NOW)
	message, status, call = read_message(webhook), read_status(webhook), read_call(webhook)
	assert isinstance(message, InboundSms)
	assert (message.sender, message.text, message.occurred_us) == (SARAH.phone, "Hello", NOW)
	assert status is not None
	assert (status.state, status.delivery) == ("Delivered", "D-7")
	assert call is not None
	assert (call.caller, call.incoming) == (SARAH.phone, True)


def test_it_goes_by_its_own_address_where_no_public_one_is_set() -> None:
	assert checked(replace(SETTINGS, public_url=""), _request("http://inside:8000"), NOW)


@pytest.mark.parametrize(
	("url", "token"), [("http://inside:8000", "new"), ("https://portal.example.com", "third")]
)
def test_it_reads_nothing_that_was_signed_otherwise(url: str, token: str) -> None:
	with pytest.raises(NotAllowed):
		checked(SETTINGS, _request(url, token), NOW)
