"""Where a message goes: the truth table of docs/behaviour.md, with its reasons."""

from dataclasses import replace
from itertools import product
from typing import cast

import pytest
from support.persons import MIKE, SARAH

from customer_thread.domain import channels
from customer_thread.domain.channels import ChannelRule
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Address, Consent, DeliveryChannel
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.routing import (
	Business,
	Reach,
	Route,
	fallback,
	forward,
	forward_received,
	outward,
)

SMS_LIMIT = channels.SMS.limit or 0
PHONE, OTHER, EMAIL, LANDLINE = SARAH.phone, SARAH.work, SARAH.email, "+4930123456"
MOBILE, MAILBOX = MIKE.phone, MIKE.email


def _reach(*values: str, **consents: Consent) -> Reach:
	addresses = [Address("Email" if "@" in value else "Phone", value) for value in values]
	return Reach(addresses, {("SMS", PHONE): consents["said"]} if "said" in consents else {})


def _business(texts: bool, mail: bool, mobile: bool, mailbox: bool) -> Business:
	sends = {rule.name for rule, has in ((channels.SMS, texts), (channels.EMAIL, mail)) if has}
	return Business(sends, {"SMS": MOBILE if mobile else "", "Email": MAILBOX if mailbox else ""})


FULL = _business(texts=True, mail=True, mobile=True, mailbox=True)


@pytest.mark.parametrize(
	("values", "said", "channel", "address"),
	[
		((PHONE, EMAIL), "Allowed", "SMS", MOBILE),
		((PHONE,), None, "SMS", MOBILE),
		((EMAIL,), None, "Email", MAILBOX),
		((PHONE, EMAIL), "Opted Out", "SMS", MOBILE),
		((PHONE, EMAIL), "Not Textable", "SMS", MOBILE),
		((LANDLINE, EMAIL), None, "SMS", MOBILE),
		((PHONE,), "Opted Out", "SMS", MOBILE),
		((), None, None, ""),
	],
)
def test_it_takes_a_reply_where_the_rules_say(
	values: tuple[str, ...], said: Consent | None, channel: str | None, address: str
) -> None:
	route = forward(_reach(*values, **({"said": said} if said else {})), FULL)
	assert (route.channel, route.address) == (channel, address)
	assert route.reason


@pytest.mark.parametrize("has", list(product([True, False], repeat=6)))
def test_it_decides_every_case_of_a_reply(has: tuple[bool, ...]) -> None:
	phone, email, texts, mail, mobile, mailbox = has
	customer = _reach(*[PHONE] * phone, *[EMAIL] * email)
	route = forward(customer, _business(texts, mail, mobile, mailbox))
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
		(SMS_LIMIT, (PHONE, EMAIL), "SMS"), (SMS_LIMIT + 1, (PHONE, EMAIL), "Email"), (SMS_LIMIT + 1, (PHONE,), "SMS"),
	],
)  # fmt: skip
def test_it_mails_what_is_too_long_for_a_text_if_it_can(
	length: int, values: tuple[str, ...], channel: str
) -> None:
	assert outward(_reach(*values), FULL, length, "auto").channel == channel


@pytest.mark.parametrize("values", [(PHONE, EMAIL), (PHONE,)])
def test_it_mails_the_whole_of_a_reply_that_more_than_three_texts_hold(values: tuple[str, ...]) -> None:
	assert forward(_reach(*values), FULL, {"SMS": 3}).whole is None
	route = forward(_reach(*values), FULL, {"SMS": 4})
	assert (route.channel, route.address) == ("SMS", MOBILE)
	assert route.whole is not None
	assert (route.whole.channel, route.whole.address) == ("Email", MAILBOX)
	assert route.whole.reason == "by e-mail, the beginning by text: more than 3 messages"
	for business in (_business(True, False, True, True), _business(True, True, True, False)):
		assert forward(_reach(*values), business, {"SMS": 4}).whole is None
	assert forward(_reach(EMAIL), FULL, {"SMS": 4}) == forward(_reach(EMAIL), FULL)


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
	assert reason in outward(customer, FULL, 20, "sms").reason


def test_it_texts_the_newest_phone_that_can_be_texted() -> None:
	addresses = [Address("Phone", value) for value in (LANDLINE, PHONE, OTHER)]
	assert Reach(addresses, {}).address(channels.SMS) == PHONE
	assert Reach(addresses, {("SMS", PHONE): "Opted Out"}).address(channels.SMS) == OTHER
	assert Reach([Address("Phone", "72645")], {}).address(channels.SMS) == ""


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
	nothing = _business(texts=False, mail=False, mobile=True, mailbox=True)
	assert fallback(SMS, _reach(PHONE, EMAIL), nothing, "Message") is None
	assert fallback(EMAIL_ROUTE, _reach(PHONE, EMAIL), nothing, "Forward") is None
	assert fallback(Route(None, "", ""), _reach(PHONE, EMAIL), FULL, "Message") is None


@pytest.mark.parametrize(
	("has", "came_by", "channel", "reason"),
	[
		((True, True, True, True), "SMS", "SMS", "the contractor has texts passed on"),
		((False, True, True, True), "SMS", None, ""),
		((True, True, False, True), "SMS", None, ""),
		((True, True, True, True), "Email", "Email", "the customer wrote by e-mail"),
		((True, True, True, False), "Email", "SMS", "by text: the contractor takes no e-mail"),
		((True, False, True, True), "Email", "SMS", "by text: the contractor takes no e-mail"),
		((True, False, False, True), "Email", None, ""),
	],
)
def test_it_passes_on_by_the_channel_that_words_came_by(
	has: tuple[bool, bool, bool, bool], came_by: DeliveryChannel, channel: str | None, reason: str
) -> None:
	route = forward_received(came_by, _business(*has))
	assert (route.channel if route else None) == channel
	assert (route.reason if route else "") == reason


@pytest.mark.parametrize(
	("customer", "business", "length", "wanted", "reason"),
	[
		(_reach(PHONE, EMAIL), FULL, 20, "auto", "texts come first"),
		(_reach(PHONE, EMAIL), FULL, 20, "email", "asked for"),
		(_reach(PHONE), FULL, 20, "email", "portal only: no e-mail on file"),
		(_reach(), FULL, 20, "auto", "portal only: no phone number on file, no e-mail on file"),
		(
			_reach(PHONE, EMAIL),
			FULL,
			SMS_LIMIT + 1,
			"auto",
			"by e-mail: longer than a text may be (1,600 characters)",
		),
		(
			_reach(PHONE, EMAIL),
			_business(texts=False, mail=False, mobile=True, mailbox=True),
			20,
			"auto",
			"portal only: texts are not set up, e-mail is not set up",
		),
	],
)
def test_it_says_to_staff_why(
	customer: Reach, business: Business, length: int, wanted: str, reason: str
) -> None:
	assert outward(customer, business, length, wanted).reason == reason


def test_it_takes_no_channel_for_another_that_it_does_not_know() -> None:
	both, pigeon = _reach(PHONE, EMAIL), Route(cast("DeliveryChannel", "Pigeon"), "", "")
	with pytest.raises(GatewayError, match="There is no channel “pigeon”"):
		outward(both, FULL, 20, "pigeon")
	for purpose in ("Message", "Forward"):
		with pytest.raises(GatewayError, match="There is no channel “Pigeon”"):
			fallback(pigeon, both, FULL, purpose)
	assert pigeon.channel is not None
	with pytest.raises(GatewayError, match="There is no channel “Pigeon”"):
		forward_received(pigeon.channel, FULL)


#: by a sender of its own, to which people say STOP for themselves
PIGEON = ChannelRule(
	name=cast("DeliveryChannel", "Pigeon"),
	contact_kind="Phone",
	limit=100,
	words=replace(
		channels.SMS.words,
		by=Phrase("by pigeon"),
		message=Phrase("pigeon"),
		not_set_up="pigeons are not set up",
		no_contractor="the contractor takes no pigeons",
		undelivered="the pigeon flew away",
	),
)
THREE = (channels.SMS, PIGEON, channels.EMAIL)


def test_it_takes_a_third_channel_by_its_line_alone() -> None:
	business = Business({"SMS", PIGEON.name, "Email"}, {"SMS": "", PIGEON.name: "loft", "Email": MAILBOX})
	both, stopped = _reach(PHONE, EMAIL), _reach(PHONE, EMAIL, said="Opted Out")
	why = "texts are off: the number answered STOP"
	assert outward(both, business, 20, "pigeon", THREE) == Route(PIGEON.name, PHONE, "asked for")
	assert outward(both, business, 20, "auto", THREE) == Route("SMS", PHONE, "texts come first")
	assert outward(stopped, business, 20, "auto", THREE) == Route(PIGEON.name, PHONE, f"by pigeon: {why}")
	longer = outward(stopped, business, 101, "auto", THREE)
	assert longer.reason == f"by e-mail: {why}, longer than a text may be (100 characters)"
	reply = forward(both, business, rules=THREE)
	assert reply == Route(PIGEON.name, "loft", "by pigeon: the contractor takes no texts")
	assert forward_received(PIGEON.name, business, THREE) is not None
	other_way = fallback(Route(PIGEON.name, PHONE, ""), both, business, "Message", THREE)
	assert other_way == Route("SMS", PHONE, "by text: the pigeon flew away")
	only = outward(_reach(), business, 20, "auto", THREE)
	assert only.reason.count("no phone number on file") == 2
