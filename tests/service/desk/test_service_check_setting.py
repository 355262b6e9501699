"""Settings are looked at before they are saved."""

import pytest

from customer_thread.domain.errors import BadInput
from customer_thread.service.desk.check_setting import as_kept, check_setting

HEX = "0123456789abcdef" * 2


@pytest.mark.parametrize(
	("name", "value"),
	[
		("twilio_account_sid", f"AC{HEX}"),
		("twilio_account_sid", ""),
		("twilio_api_key", f"SK{HEX.upper()}"),
		("twilio_messaging_service_sid", f"MG{HEX}"),
		("twilio_from_number", "+15551234567"),
		("default_region", "US"),
		("business_phone", "(555) 010-2030"),
		("business_phone", "1-800-ROOFERS"),
		("mail_from", "messages@example.com"),
		("reply_domain", "reply.example.com"),
		("reply_domain", "antwort.dächer.example"),
		("logo", "/files/logo.png"),
		("logo", "https://example.com/logo.svg"),
		("logo", "data:image/png;base64,AAAA"),
		("public_url", "https://portal.example.com:8443/thread/"),
		("public_url", "http://[::1]:8420"),
		("sign_in_link_days", "365"),
		("history_months", "0"),
		("contractor_mobile", "(555) 010-2030"),
		("contractor_mobile", "+49 170 1234567"),
		("contractor_mobile", ""),
		("contractor_email", "Mike@example.com"),
		("quiet_start", "21:00"),
		("quiet_start", "9:05"),
		("quiet_end", ""),
	],
)
def test_it_takes_what_fits(name: str, value: str) -> None:
	check_setting(name, value, region="US")


def test_it_takes_a_number_without_its_country_in_a_region_alone() -> None:
	with pytest.raises(BadInput, match=r"^contractor_mobile must be a phone number"):
		check_setting("contractor_mobile", "(555) 010-2030")


@pytest.mark.parametrize(
	("name", "value"),
	[
		("twilio_account_sid", f"SK{HEX}"),
		("twilio_account_sid", f"AC{HEX}0"),
		("twilio_account_sid", f"AC{HEX[:-1]}"),
		("twilio_account_sid", f"AC{HEX[:-1]}g"),
		("twilio_account_sid", f"AC{HEX}\n"),
		("twilio_api_key", f"AC{HEX}"),
		("twilio_messaging_service_sid", "+15551234567"),
		*(
			("twilio_from_number", value)
			for value in ("5551234567", "+05551234567", "+1 555 123 4567", "Mike", "+15")
		),
		*(("contractor_mobile", value) for value in ("Mike", "555-0117", "mike@example.com")),
		*(("business_phone", value) for value in ("call us", "555", "mike@example.com")),
		*(("contractor_email", value) for value in ("mike", "mike@", "+15551234567")),
		*(("mail_from", value) for value in ("mike", "Mike <mike@example.com>")),
		*(
			("reply_domain", value)
			for value in (
				"mike@example.com",
				"@example.com",
				"example",
				"https://example.com",
				"a..b",
				"-a.b",
			)
		),
		*(("logo", value) for value in ("logo.png", "javascript:alert(1)", "https://", "data:text/html,x")),
		*(
			("public_url", value)
			for value in ("https://my portal.example", "https://a.example\n", "ftp://a.example")
		),
		*(("quiet_start", value) for value in ("24:00", "9pm", "21", "21:00:30")),
		("default_region", "us"),
		("default_region", "Germany"),
	],
)
def test_it_names_the_setting_that_does_not_fit(name: str, value: str) -> None:
	with pytest.raises(BadInput, match=r"^The field must be "):
		check_setting(name, value, "The field", "US")


@pytest.mark.parametrize(
	("name", "value", "kept"),
	[
		("default_region", " us", "US"),
		("default_region", "De", "DE"),
		("twilio_account_sid", f" AC{HEX}\n", f"AC{HEX}"),
		("business_name", "Mike's", "Mike's"),
	],
)
def test_it_keeps_a_text_as_it_is_used(name: str, value: str, kept: str) -> None:
	assert as_kept(name, value) == kept


@pytest.mark.parametrize("value", ["https://a.example?x=1", "https://a.example/#messages"])
def test_it_wants_an_address_to_which_paths_can_be_added(value: str) -> None:
	with pytest.raises(BadInput, match="leave out what begins with"):
		check_setting("public_url", value)


@pytest.mark.parametrize(
	("name", "most"), [("sign_in_link_days", 365), ("notice_delay_minutes", 1440), ("history_months", 600)]
)
def test_it_bounds_a_number(name: str, most: int) -> None:
	check_setting(name, str(most))
	with pytest.raises(BadInput, match=rf"^{name} can be {most} at most"):
		check_setting(name, str(most + 1))
