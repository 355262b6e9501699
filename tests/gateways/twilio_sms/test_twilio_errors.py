"""Twilio's codes in words."""

import pytest

from customer_thread.gateways.twilio_sms import errors

#: https://www.twilio.com/docs/api/errors: those that sending a text to a person can meet
CODES = [
	"20003",
	"20429",
	"21211",
	"21212",
	"21408",
	"21606",
	"21608",
	"21610",
	"21611",
	"21612",
	"21614",
	"21617",
	"30001",
	"30002",
	"30003",
	"30004",
	"30005",
	"30006",
	"30007",
	"30008",
	"30034",
	"30036",
]


@pytest.mark.parametrize("code", CODES)
def test_every_code_says_what_to_do(code: str) -> None:
	words = errors.words_for(code)
	assert words != errors.UNKNOWN
	assert words.count(".") >= 2
	assert errors.words_for(int(code)) == words


@pytest.mark.parametrize("code", ["", None, "0", "99999"])
def test_a_code_that_is_not_known_still_says_something(code: str | None) -> None:
	assert errors.words_for(code) == errors.UNKNOWN


def test_only_stop_is_an_opt_out() -> None:
	assert [code for code in errors.WORDS if errors.consent_of(code) == "Opted Out"] == ["21610"]
	assert errors.consent_of("") is None


def test_a_number_that_can_never_receive_a_text() -> None:
	assert [code for code in errors.WORDS if errors.consent_of(code) == "Not Textable"] == [
		"21211",
		"21217",
		"21614",
		"30005",
		"30006",
	]
	assert errors.consent_of(None) is None


def test_what_passes_is_not_held_against_the_number() -> None:
	assert not any(errors.consent_of(code) for code in errors.PASSING)


@pytest.mark.parametrize("code", [*errors.WORDS, "39999", ""])
def test_every_failure_says_all_that_is_to_be_known_of_it(code: str) -> None:
	refused, undelivered = errors.refused(400, code), errors.undelivered(code)
	assert (undelivered.code, str(undelivered)) == (code, errors.words_for(code))
	assert undelivered.permanent
	assert undelivered.consent == refused.consent == errors.consent_of(code)
	assert refused.permanent is (code not in errors.PASSING)


def test_the_words_of_30034_name_the_registration() -> None:
	assert "not registered for business texting" in errors.words_for("30034")
