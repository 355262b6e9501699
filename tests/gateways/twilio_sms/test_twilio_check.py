"""The secrets are tried out at Twilio before anybody relies on them."""

from dataclasses import replace

import pytest

from customer_thread.domain.errors import GatewayError
from customer_thread.gateways.twilio_sms.account import TwilioAccount
from customer_thread.gateways.twilio_sms.gateway import TwilioSms
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn


def _check(account: TwilioAccount) -> None:
	TwilioSms(account).check()


def test_it_takes_good_secrets(account: TwilioAccount, twilio: TwilioStandIn) -> None:
	_check(account)
	_check(replace(account, api_key="SK1", api_secret="key-secret"))
	_check(replace(account, auth_token="", api_key="SK1", api_secret="key-secret"))
	# with both, each is tried
	assert twilio.requests["list"] == 4
	assert list(twilio.sent) == []


@pytest.mark.parametrize(
	"change",
	[
		{"auth_token": "wrong"},
		{"account_sid": "AC" + "9" * 32},
		{"api_key": "SK1", "api_secret": "wrong"},
		{"api_key": "SK2", "api_secret": "key-secret"},
	],
)
def test_it_says_that_a_secret_is_wrong(account: TwilioAccount, change: dict[str, str]) -> None:
	with pytest.raises(GatewayError, match="does not accept the Account SID and Auth Token") as caught:
		_check(replace(account, **change))
	assert caught.value.permanent


def test_it_finds_a_wrong_auth_token_behind_a_good_key(account: TwilioAccount) -> None:
	with pytest.raises(GatewayError, match="takes the API key, but not the Auth Token"):
		_check(replace(account, api_key="SK1", api_secret="key-secret", auth_token="wrong"))


def test_it_says_what_to_enter_if_nothing_is_there(account: TwilioAccount) -> None:
	with pytest.raises(GatewayError, match="Texting is not set up"):
		_check(replace(account, auth_token=""))


def test_it_says_that_twilio_is_away(account: TwilioAccount) -> None:
	with pytest.raises(GatewayError, match="cannot be reached"):
		_check(replace(account, api_base="http://127.0.0.1:9"))
