"""Phone numbers and e-mail addresses in the one form they are compared in."""

import re

import phonenumbers

from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Address

_EMAIL = re.compile(r"[^@\s<>\",;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;.]+")
_SHORT_CODE = re.compile(r"\d{3,8}")


def phone(text: str, region: str) -> Address | None:
	"""Return the number in E.164, or None if it is none; `region` (US) is for numbers without a country."""
	try:
		number = phonenumbers.parse(text, region or None)
	except phonenumbers.NumberParseException:
		return None
	# "555-0117" without its area is possible too, but somebody else's elsewhere
	if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
		return None
	return Address("Phone", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def email(text: str) -> Address | None:
	"""Return the address in lower case, or None if it is none."""
	value = text.strip().lower()
	return Address("Email", value) if len(value) <= 254 and _EMAIL.fullmatch(value) else None


def parse(text: str, region: str) -> Address:
	"""Return whichever of the two it is. Raise BadInput if it is neither."""
	found = email(text) if "@" in text else phone(text, region)
	if found is None:
		raise BadInput("“{0}” is neither a phone number nor an e-mail address.", text)
	return found


def sender(text: str, region: str) -> Address:
	"""Return who a text came from; short codes and sender names are kept as they are."""
	if _SHORT_CODE.fullmatch(text):
		return Address("Phone", text)
	return phone(text, region) or Address("Phone", text.strip().lower()[:254])


def is_textable(address: Address) -> bool:
	"""Return whether a text could be sent there: a full number that is not known to be a landline."""
	if not address.value.startswith("+"):
		return False
	try:
		kind = phonenumbers.number_type(phonenumbers.parse(address.value))
	except phonenumbers.NumberParseException:
		# whatever a text came from is kept, also a lone "+"
		return False
	return kind != phonenumbers.PhoneNumberType.FIXED_LINE


def region_of(number: str) -> str:
	"""Return the country that a full number belongs to, such as "US"; empty for one that nobody can have."""
	try:
		return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
	except phonenumbers.NumberParseException:
		return ""


def can_get_pictures(number: str) -> bool:
	"""Return whether picture messages reach a number: of the US or Canada, as Twilio sends them.

	https://help.twilio.com/articles/223181608
	"""
	try:
		parsed = phonenumbers.parse(number)
	except phonenumbers.NumberParseException:
		return False
	# None: the number is of no range that is known, such as those that stand in for others
	return parsed.country_code == 1 and phonenumbers.region_code_for_number(parsed) in (None, "US", "CA")


def readable_phone(value: str) -> str:
	"""Return "+15551234567" as people write it, "(555) 123-4567" or with its country."""
	try:
		number = phonenumbers.parse(value)
	except phonenumbers.NumberParseException:
		return value
	style = phonenumbers.PhoneNumberFormat.NATIONAL
	if number.country_code != 1:
		style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
	return phonenumbers.format_number(number, style)
