"""What is not set up is said, each thing once, with the field to set."""

from dataclasses import replace

import pytest
from support.persons import BUSINESS, MIKE, national

from customer_thread.gateways.twilio_sms.setup import missing_setup
from customer_thread.service.desk.check_setup import Missing, check_setup
from customer_thread.service.settings import NAMES, Settings

READY = Settings(
	business_name=BUSINESS.name,
	public_url="https://portal.example.com",
	twilio_account_sid="AC1",
	twilio_auth_token="secret",
	twilio_from_number=BUSINESS.phone,
	contractor_mobile=national(MIKE.phone),
	contractor_email=MIKE.email,
	reply_domain="reply.example.com",
	sends_mail=True,
)


def _missing(settings: Settings) -> list[Missing]:
	return check_setup(settings, str, [missing_setup])


def _fields(settings: Settings) -> list[str]:
	return [item["field"] for item in _missing(settings)]


def test_it_asks_for_nothing_that_is_there() -> None:
	assert _missing(READY) == []


def test_it_says_what_a_fresh_site_needs() -> None:
	assert _fields(Settings()) == ["contractor_mobile", "public_url", "twilio_account_sid", ""]


@pytest.mark.parametrize(
	("change", "field", "words"),
	[
		({"public_url": ""}, "public_url", "no public address"),
		({"public_url": "http://portal.example.com"}, "public_url", "begins with http://"),
		({"public_url": "https://localhost:8000"}, "public_url", "this machine only"),
		({"public_url": "http://thread.localhost"}, "public_url", "this machine only"),
		({"public_url": "http://127.0.0.1"}, "public_url", "this machine only"),
		({"twilio_account_sid": ""}, "twilio_account_sid", "Account SID is missing"),
		({"twilio_auth_token": ""}, "twilio_auth_token", "Nothing can be texted"),
		(
			{"twilio_auth_token": "", "twilio_api_key": "SK1", "twilio_api_secret": "x"},
			"twilio_auth_token",
			"are refused",
		),
		({"twilio_api_key": "SK1"}, "twilio_api_secret", "has no secret"),
		({"twilio_from_number": ""}, "twilio_from_number", "no number to text from"),
		({"twilio_from_number": "my phone"}, "twilio_from_number", "is no phone number"),
		({"contractor_mobile": ""}, "contractor_mobile", "no contractor's mobile"),
		({"contractor_mobile": "my phone"}, "contractor_mobile", "is no phone number"),
		({"contractor_mobile": national(BUSINESS.phone)}, "contractor_mobile", "is the number to text from"),
		({"contractor_email": "mike"}, "contractor_email", "is no address"),
		({"contractor_email": "", "mail_from": "a@b.example"}, "contractor_email", "not mailed to anyone"),
		({"sends_mail": False}, "", "no default outgoing Email Account"),
		({"reply_domain": ""}, "reply_domain", "no reply domain"),
		({"logo": "/private/files/logo.png"}, "logo", "is a private file"),
	],
)
def test_it_says_what_is_missing(change: dict[str, object], field: str, words: str) -> None:
	[missing] = _missing(replace(READY, **change))  # type: ignore[arg-type]

	assert missing["field"] == field
	assert words in missing["text"]
	assert missing["text"].endswith(".")


NOBODY = (
	"Nobody is told of replies: add your mobile or your mail address. Agents see them in the Desk's bell."
)


@pytest.mark.parametrize(
	("change", "field"),
	[
		({"contractor_mobile": "", "contractor_email": ""}, "contractor_mobile"),
		({"contractor_mobile": "my phone", "contractor_email": "mike"}, "contractor_mobile"),
		({"twilio_account_sid": "", "sends_mail": False}, "contractor_mobile"),
		({"twilio_account_sid": "", "contractor_email": ""}, "contractor_email"),
	],
)
def test_it_says_before_all_that_nobody_is_told(change: dict[str, object], field: str) -> None:
	said = _missing(replace(READY, mail_from="a@b.example", **change))  # type: ignore[arg-type]
	assert said[0] == {"field": field, "text": NOBODY}
	assert [item["text"] for item in said].count(NOBODY) == 1


@pytest.mark.parametrize(
	"change", [{"contractor_mobile": ""}, {"contractor_email": ""}, {"sends_mail": False}]
)
def test_one_way_to_be_told_is_enough(change: dict[str, object]) -> None:
	said = _missing(replace(READY, mail_from="a@b.example", **change))  # type: ignore[arg-type]
	assert NOBODY not in [item["text"] for item in said]


def test_it_needs_no_number_beside_a_messaging_service() -> None:
	assert _fields(replace(READY, twilio_from_number="", twilio_messaging_service_sid="MG1")) == []


def test_it_names_fields_of_the_settings() -> None:
	everything = replace(
		READY,
		public_url="",
		twilio_account_sid="",
		twilio_auth_token="",
		twilio_from_number="x",
		mail_from="",
	)
	assert set(_fields(everything)) <= {*NAMES, ""}


def test_it_asks_no_gateway_that_the_host_has_not() -> None:
	assert [item["field"] for item in check_setup(Settings(), str, [])] == [
		"contractor_mobile",
		"public_url",
		"",
	]
