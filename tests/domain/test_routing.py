"""Where a message goes: the truth table of docs/behaviour.md, with its reasons."""

from itertools import product

import pytest

from customer_thread.domain.model import TEXT_LIMIT, Address, Consent
from customer_thread.domain.routing import Business, Reach, Route, fallback, forward, outward

PHONE, OTHER, LANDLINE, EMAIL = "+12025550117", "+12025550118", "+4930123456", "sarah@customers.example"
MOBILE, MAILBOX = "+12025550142", "mike@mikes.example"
FULL = Business(sends_texts=True, sends_mail=True, mobile=MOBILE, email=MAILBOX)


def _reach(*values: str, **consents: Consent) -> Reach:
	addresses = [Address("Email" if "@" in value else "Phone", value) for value in values]
	return Reach(addresses, {PHONE: consents["said"]} if "said" in consents else {})


def _business(texts: bool, mail: bool, mobile: bool, mailbox: bool) -> Business:
	return Business(texts, mail, MOBILE if mobile else "", MAILBOX if mailbox else "")


@pytest.mark.parametrize(
	("values", "said", "channel", "address"),
	[
		((PHONE, EMAIL), "Allowed", "SMS", MOBILE),
		((PHONE,), None, "SMS", MOBILE),
		((EMAIL,), None, "Email", MAILBOX),
		((PHONE, EMAIL), "Opted Out", "Email", MAILBOX),
		((PHONE, EMAIL), "Not Textable", "Email", MAILBOX),
		((LANDLINE, EMAIL), None, "Email", MAILBOX),
		((PHONE,), "Opted Out", None, ""),
		((), None, None, ""),
	],
)
def test_it_takes_a_reply_where_the_rules_say(
	values: tuple[str, ...], said: Consent | None, channel: str | None, address: str
) -> None:
	route = forward(_reach(*values, **({"said": said} if said else {})), FULL, 20)
	assert (route.channel, route.address) == (channel, address)
	assert route.reason


@pytest.mark.parametrize("has", list(product([True, False], repeat=6)))
def test_it_decides_every_case_of_a_reply(has: tuple[bool, ...]) -> None:
	phone, email, texts, mail, mobile, mailbox = has
	customer = _reach(*[PHONE] * phone, *[EMAIL] * email)
	route = forward(customer, _business(texts, mail, mobile, mailbox), 20)
	if phone and texts and mobile:
		assert (route.channel, route.address) == ("SMS", MOBILE)
	elif email and mail and mailbox:
		assert (route.channel, route.address) == ("Email", MAILBOX)
	else:
		assert (route.channel, route.address) == (None, "")
		assert route.reason.startswith("portal only: ")


@pytest.mark.parametrize(
	("length", "values", "channel"),
	[
		(TEXT_LIMIT, (PHONE, EMAIL), "SMS"), (TEXT_LIMIT + 1, (PHONE, EMAIL), "Email"), (TEXT_LIMIT + 1, (PHONE,), "SMS"),
	],
)  # fmt: skip
def test_it_mails_what_is_too_long_for_a_text_if_it_can(
	length: int, values: tuple[str, ...], channel: str
) -> None:
	assert forward(_reach(*values), FULL, length).channel == channel
	assert outward(_reach(*values), FULL, length, "auto").channel == channel


@pytest.mark.parametrize(
	("has", "wanted"), list(product(product([True, False], repeat=4), ["auto", "sms", "email", "portal"]))
)
def test_it_decides_every_case_of_a_message(has: tuple[bool, ...], wanted: str) -> None:
	phone, email, texts, mail = has
	customer = _reach(*[PHONE] * phone, *[EMAIL] * email)
	route = outward(customer, _business(texts, mail, False, False), 20, wanted)
	expected: tuple[str | None, str]
	if wanted in ("auto", "sms") and phone and texts:
		expected = ("SMS", PHONE)
	elif wanted in ("auto", "email") and email and mail:
		expected = ("Email", EMAIL)
	else:
		expected = (None, "")
	assert (route.channel, route.address) == expected
	assert route.reason


@pytest.mark.parametrize(
	("customer", "reason"),
	[
		(_reach(EMAIL), "no phone number on file"),
		(_reach(PHONE, EMAIL, said="Opted Out"), "STOP"),
		(_reach(PHONE, EMAIL, said="Not Textable"), "cannot receive texts"),
		(_reach(LANDLINE, EMAIL), "cannot receive texts"),
	],
)
def test_it_says_why_it_sends_no_text(customer: Reach, reason: str) -> None:
	assert reason in outward(customer, FULL, 20, "auto").reason
	assert reason in forward(customer, FULL, 20).reason
	assert reason in outward(customer, FULL, 20, "sms").reason


def test_it_texts_the_newest_phone_that_can_be_texted() -> None:
	addresses = [Address("Phone", value) for value in (LANDLINE, PHONE, OTHER)]
	assert Reach(addresses, {}).phone == PHONE
	assert Reach(addresses, {PHONE: "Opted Out"}).phone == OTHER
	assert Reach([Address("Phone", "72645")], {}).phone == ""


SMS, EMAIL_ROUTE = Route("SMS", PHONE, ""), Route("Email", EMAIL, "")


@pytest.mark.parametrize("purpose", ["Message", "Forward"])
def test_it_goes_the_other_way_once_the_first_has_failed(purpose: str) -> None:
	both = _reach(PHONE, EMAIL)
	mail = fallback(SMS, both, FULL, purpose)
	text = fallback(EMAIL_ROUTE, both, FULL, purpose)
	assert mail is not None
	assert text is not None
	own = purpose == "Message"
	assert (mail.channel, mail.address) == ("Email", EMAIL if own else MAILBOX)
	assert (text.channel, text.address) == ("SMS", PHONE if own else MOBILE)


def test_it_has_no_other_way_without_an_address_or_a_sender() -> None:
	assert fallback(SMS, _reach(PHONE), FULL, "Message") is None
	assert fallback(EMAIL_ROUTE, _reach(EMAIL), FULL, "Message") is None
	assert fallback(EMAIL_ROUTE, _reach(PHONE, EMAIL, said="Opted Out"), FULL, "Message") is None
	nothing = Business(False, False, MOBILE, MAILBOX)
	assert fallback(SMS, _reach(PHONE, EMAIL), nothing, "Message") is None
	assert fallback(EMAIL_ROUTE, _reach(PHONE, EMAIL), nothing, "Forward") is None
	assert fallback(Route(None, "", ""), _reach(PHONE, EMAIL), FULL, "Message") is None
