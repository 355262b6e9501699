"""What the admin enters at Twilio, and what Twilio says to what is entered here."""

from dataclasses import replace

import pytest
from gateways.conftest import ACCOUNT_SID, AUTH_TOKEN, SERVICE
from support.persons import BUSINESS, MIKE, national

from customer_thread.gateways.twilio_sms.account import TwilioAccount, account_of
from customer_thread.gateways.twilio_sms.addresses import webhook_addresses
from customer_thread.gateways.twilio_sms.setup import check_account
from customer_thread.service.settings import Settings
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

ADDRESS = "https://portal.example.com/api/method/customer_thread.api.webhooks."


@pytest.mark.parametrize("public_url", ["https://portal.example.com", "https://portal.example.com/"])
def test_it_gives_out_the_addresses_for_twilio(public_url: str) -> None:
	assert webhook_addresses(public_url) == [
		f"{ADDRESS}{name}" for name in ("twilio_message", "twilio_status", "twilio_voice")
	]
	assert webhook_addresses("") == []


def test_it_takes_the_account_from_the_settings(settings: Settings) -> None:
	full = replace(
		settings, twilio_api_key="SK1", twilio_api_secret="x", twilio_messaging_service_sid=SERVICE
	)
	assert account_of(full) == TwilioAccount(
		account_sid=ACCOUNT_SID,
		auth_token=AUTH_TOKEN,
		api_key="SK1",
		api_secret="x",
		number=BUSINESS.phone,
		messaging_service_sid=SERVICE,
		api_base=settings.twilio_api_base,
	)
	reported = account_of(replace(settings, public_url="https://portal.example.com/"))
	assert reported.status_url == f"{ADDRESS}twilio_status"


@pytest.mark.parametrize(
	("change", "is_ok", "words"),
	[
		({}, True, f"Twilio answers. Texts go out from {national(BUSINESS.phone)}."),
		(
			{"twilio_from_number": "", "twilio_messaging_service_sid": SERVICE},
			True,
			f"go out from {SERVICE}.",
		),
		({"twilio_from_number": ""}, False, "Twilio knows this account. Enter a number to text from."),
		({"twilio_from_number": MIKE.phone}, False, "does not belong to this Twilio account"),
		# a part of the business's own
		({"twilio_from_number": BUSINESS.phone[:-1]}, False, "does not belong to this Twilio account"),
		({"twilio_messaging_service_sid": SERVICE}, True, f"go out from {SERVICE}."),
		({"twilio_messaging_service_sid": "MG" + "3" * 32}, False, "does not know this messaging service"),
		(
			{"twilio_messaging_service_sid": SERVICE, "twilio_from_number": MIKE.phone},
			False,
			"does not belong to this Twilio account",
		),
		(
			{"twilio_api_key": "SK1", "twilio_api_secret": "key-secret", "twilio_from_number": MIKE.phone},
			False,
			"does not belong to this Twilio account",
		),
		(
			{"twilio_auth_token": "", "twilio_api_key": "SK1", "twilio_api_secret": "key-secret"},
			False,
			"Twilio takes the API key. Enter the Auth Token too: without it nothing comes in.",
		),
		({"twilio_auth_token": "wrong"}, False, "does not accept the Account SID and Auth Token"),
		({"twilio_auth_token": ""}, False, "Texting is not set up"),
		({"twilio_api_base": "http://127.0.0.1:9"}, False, "Twilio cannot be reached. Check this server's"),
	],
)
def test_it_says_what_twilio_answers(
	settings: Settings, change: dict[str, str], is_ok: bool, words: str
) -> None:
	answer = check_account(replace(settings, **change), str)  # type: ignore[arg-type]
	assert answer[0] is is_ok
	assert words in answer[1]


def test_it_says_that_a_number_takes_no_texts(settings: Settings, twilio: TwilioStandIn) -> None:
	twilio.voice_only.add(BUSINESS.phone)
	is_ok, words = check_account(settings, str)
	assert not is_ok
	assert "cannot send texts" in words


@pytest.mark.parametrize("status", [401, 500])
def test_it_says_that_twilio_answers_for_its_texts_and_not_for_its_senders(
	settings: Settings, twilio: TwilioStandIn, status: int
) -> None:
	twilio.fail_next(status, 20003 if status == 401 else 20500, on="senders")
	assert not check_account(settings, str)[0]
	assert check_account(settings, str)[0]
