"""What Twilio says of the number, asked over HTTP: where its texts go, and whether carriers take them."""

from dataclasses import replace
from typing import Any

import pytest
from gateways.conftest import SERVICE
from support.persons import BUSINESS

from customer_thread.domain.errors import GatewayError
from customer_thread.gateways.twilio_sms.number import enter_addresses, read_number
from customer_thread.service.settings import Settings
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

ADDRESS = "https://portal.example.com/api/method/customer_thread.api.webhooks."
TOLL_FREE = "+18885550100"


@pytest.fixture
def settings(settings: Settings) -> Settings:
	return replace(settings, public_url="https://portal.example.com/")


def _said(settings: Settings) -> str:
	return "\n".join(f"{line['state']}: {line['text']}" for line in read_number(settings, str)["lines"])


def test_a_number_that_was_just_bought_knows_nothing_of_us(settings: Settings, twilio: TwilioStandIn) -> None:
	twilio.number_settings[BUSINESS.phone] = {"sms_url": "https://demo.twilio.com/welcome/sms/reply"}
	assert "missing: Twilio does not know yet where texts" in _said(settings)
	assert "missing: The number is not registered for business texting" in _said(settings)
	assert read_number(settings, str)["can_set"]


def test_the_addresses_are_entered_by_a_press_and_once(settings: Settings, twilio: TwilioStandIn) -> None:
	for _time in range(2):
		enter_addresses(settings)
		assert twilio.webhook_of(BUSINESS.phone, "sms_url") == f"{ADDRESS}twilio_message"
		assert twilio.webhook_of(BUSINESS.phone, "status_callback") == f"{ADDRESS}twilio_voice"
	assert "done: Twilio brings texts that come in here." in _said(settings)
	assert "done: Twilio reports calls here." in _said(settings)
	assert not read_number(settings, str)["can_set"]


def test_what_calls_are_reported_to_by_somebody_else_stays(settings: Settings, twilio: TwilioStandIn) -> None:
	twilio.number_settings[BUSINESS.phone] = {
		"sms_url": "https://old.example/sms",
		"status_callback": "https://calls.example/ended",
	}
	assert "missing: Twilio brings texts that come in to another address: https://old.example/sms" in _said(
		settings
	)
	enter_addresses(settings)
	assert twilio.number_settings[BUSINESS.phone]["status_callback"] == "https://calls.example/ended"
	assert "optional: Twilio reports calls to another address, which stays: https://calls.example" in _said(
		settings
	)


@pytest.mark.parametrize("is_named", [True, False])
def test_a_messaging_service_takes_what_comes_to_its_numbers(
	settings: Settings, twilio: TwilioStandIn, is_named: bool
) -> None:
	twilio.pools[SERVICE] = [BUSINESS.phone]
	twilio.number_settings[BUSINESS.phone] = {"sms_url": f"{ADDRESS}twilio_message"}
	if is_named:
		settings = replace(settings, twilio_messaging_service_sid=SERVICE)
	assert "missing: Twilio does not know yet where texts" in _said(settings)
	enter_addresses(settings)
	assert twilio.webhook_of(BUSINESS.phone, "sms_url") == f"{ADDRESS}twilio_message"
	assert "done: Twilio brings texts that come in here." in _said(settings)


@pytest.mark.parametrize(
	("statuses", "said"),
	[
		([], "missing: The number is not registered"),
		(["FAILED"], "missing: The number's registration for business texting was refused"),
		(["PENDING"], "missing: The number's registration for business texting is being worked on"),
		(["IN_PROGRESS"], "is being worked on"),
		(["FAILED", "VERIFIED"], "done: The number is registered for business texting (A2P 10DLC)."),
	],
)
def test_a_local_number_is_registered(
	settings: Settings, twilio: TwilioStandIn, statuses: list[str], said: str
) -> None:
	twilio.pools[SERVICE], twilio.campaigns[SERVICE] = [BUSINESS.phone], statuses
	assert said in _said(settings)


@pytest.mark.parametrize(
	("verification", "said"),
	[
		(None, "missing: The toll-free number is not verified"),
		(("PENDING_REVIEW", ""), "missing: The toll-free number's verification is being worked on"),
		(("TWILIO_REJECTED", "No website."), "was refused: No website. Correct it"),
		(("TWILIO_REJECTED", ""), "was refused: Correct it"),
		(("TWILIO_APPROVED", ""), "done: The toll-free number is verified for texting."),
	],
)
def test_a_toll_free_number_is_verified(
	settings: Settings, twilio: TwilioStandIn, verification: tuple[str, str] | None, said: str
) -> None:
	twilio.numbers.append(TOLL_FREE)
	if verification:
		twilio.verifications[TOLL_FREE] = verification
	assert said in _said(replace(settings, twilio_from_number=TOLL_FREE))
	assert "A2P" not in _said(replace(settings, twilio_from_number=TOLL_FREE))


def test_nothing_is_to_be_registered_elsewhere(settings: Settings, twilio: TwilioStandIn) -> None:
	twilio.numbers.append("+442079460018")
	said = _said(replace(settings, twilio_from_number="+442079460018"))
	assert "registered" not in said
	assert "missing: Twilio does not know yet" in said


@pytest.mark.parametrize(
	("change", "said"),
	[
		({"twilio_auth_token": "wrong"}, "does not accept the Account SID and Auth Token"),
		({"twilio_from_number": "+12025550199"}, "does not belong to this Twilio account"),
		({"twilio_messaging_service_sid": "MG" + "3" * 32}, "missing: "),
		({"twilio_api_base": "http://127.0.0.1:9"}, "cannot be reached"),
	],
)
def test_what_twilio_refuses_is_the_only_line(settings: Settings, change: dict[str, Any], said: str) -> None:
	changed = replace(settings, **change)
	[line] = read_number(changed, str)["lines"]
	assert said in f"{line['state']}: {line['text']}"
	assert not read_number(changed, str)["can_set"]
	with pytest.raises(GatewayError):
		enter_addresses(changed)


def test_there_must_be_an_address_to_enter(settings: Settings, twilio: TwilioStandIn) -> None:
	without = replace(settings, public_url="")
	assert not read_number(without, str)["can_set"]
	with pytest.raises(GatewayError, match="no public address"):
		enter_addresses(without)
	assert twilio.number_settings == {}


def test_a_text_goes_where_the_number_says(settings: Settings, twilio: TwilioStandIn) -> None:
	twilio.number_settings[BUSINESS.phone] = {"sms_url": f"{twilio.url}/nowhere"}
	answer = twilio.receive("+12125550142", BUSINESS.phone, "Hello")
	assert answer is not None
	assert answer.status_code == 404
