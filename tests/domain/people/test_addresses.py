"""Phones and e-mail addresses: one form each, and nothing that is neither."""

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Address
from customer_thread.domain.people import addresses


@pytest.mark.parametrize(
	("text", "region", "value"),
	[
		("(202) 555-0117", "US", "+12025550117"),
		("202.555.0117", "US", "+12025550117"),
		("+1 202 555 0117", "DE", "+12025550117"),
		("001 202 555 0117", "DE", "+12025550117"),
		("030 123456", "DE", "+4930123456"),
		("+49 30 123456", "", "+4930123456"),
		("tel:+1-202-555-0117", "US", "+12025550117"),
		("+1 202 555 0117 ext. 5", "US", "+12025550117"),
	],
)
def test_it_writes_a_number_in_its_one_form(text: str, region: str, value: str) -> None:
	assert addresses.phone(text, region) == Address("Phone", value)


@pytest.mark.parametrize(
	"text", ["", "hello", "123", "555-0117", "+", "0", "+1 202", "1" * 30, "+999 12345678"]
)
def test_it_takes_no_nonsense_for_a_number(text: str) -> None:
	assert addresses.phone(text, "US") is None


def test_it_needs_a_country_from_somewhere() -> None:
	assert addresses.phone("(202) 555-0117", "") is None


@given(st.sampled_from(["US", "DE", "GB", "FR", "IN"]), st.data())
def test_it_reads_its_own_form_again(region: str, data: st.DataObject) -> None:
	example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
	assert example
	style = data.draw(
		st.sampled_from(
			[
				phonenumbers.PhoneNumberFormat.E164,
				phonenumbers.PhoneNumberFormat.NATIONAL,
				phonenumbers.PhoneNumberFormat.INTERNATIONAL,
				phonenumbers.PhoneNumberFormat.RFC3966,
			]
		)
	)
	found = addresses.phone(phonenumbers.format_number(example, style), region)
	assert found is not None
	assert addresses.phone(found.value, "") == found
	assert addresses.is_textable(found)


@pytest.mark.parametrize(
	("text", "value"),
	[
		(" Sarah.Lee+deck@Example.COM ", "sarah.lee+deck@example.com"),
		("O'Hara@x.co", "o'hara@x.co"),
		("'a@b.c'", None),
		("a@b.c", "a@b.c"),
		("a@b", None),
		("a@@b.c", None),
		("a b@c.de", None),
		("<a@b.c>", None),
		("a@b.c,d@e.f", None),
		("@b.c", None),
		("a@b.", None),
		("x" * 250 + "@b.co", None),
		("x" * 249 + "@b.co", "x" * 249 + "@b.co"),
		("", None),
	],
)
def test_it_writes_a_mail_address_in_its_one_form(text: str, value: str | None) -> None:
	found = addresses.email(text)
	assert (found.value if found else None) == value


def test_it_reads_whichever_it_is() -> None:
	assert addresses.parse("SARAH@x.com", "US").kind == "Email"
	assert addresses.parse("(202) 555-0117", "US").kind == "Phone"
	for text in ("", "sarah", "@", "sarah@", "12"):
		with pytest.raises(BadInput, match="neither a phone number nor an e-mail address"):
			addresses.parse(text, "US")


@pytest.mark.parametrize(
	("text", "value"),
	[
		("+12025550117", "+12025550117"),
		("72645", "72645"),
		("123", "123"),
		("BANKALERT", "bankalert"),
		("(202) 555-0117", "+12025550117"),
		("x" * 300, "x" * 254),
	],
)
def test_it_keeps_senders_that_are_no_numbers(text: str, value: str) -> None:
	assert addresses.sender(text, "US") == Address("Phone", value)


@pytest.mark.parametrize(
	("value", "textable"),
	[
		("+12025550117", True),
		("+4930123456", False),
		("+4915123456789", True),
		("72645", False),
		("bank", False),
	],
)
def test_it_knows_where_no_text_can_go(value: str, textable: bool) -> None:
	assert addresses.is_textable(Address("Phone", value)) is textable


@pytest.mark.parametrize(
	("value", "written"),
	[
		("+12025550117", "(202) 555-0117"),
		("+4930123456", "+49 30 123456"),
		("72645", "72645"),
		("bank", "bank"),
		("", ""),
	],
)
def test_it_writes_a_number_as_people_do(value: str, written: str) -> None:
	assert addresses.readable_phone(value) == written


@given(st.text(max_size=40))
@example("+")
def test_it_survives_any_text(text: str) -> None:
	addresses.phone(text, "US")
	addresses.email(text)
	addresses.readable_phone(text)
	sender = addresses.sender(text, "US")
	addresses.is_textable(sender)
	assert len(sender.value) <= 254
