"""Numbers that differ from another in their country alone."""

import phonenumbers

#: shorter ones are alike by chance
_DIGITS = 7


def same_digits(number: str) -> list[str]:
	"""Return a number in E.164 with the code of each other country; empty for a short code or a name."""
	try:
		parsed = phonenumbers.parse(number)
	except phonenumbers.NumberParseException:
		return []
	digits = str(parsed.national_number)
	if len(digits) < _DIGITS:
		return []
	codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
	return [f"+{code}{digits}" for code in sorted(codes) if code != parsed.country_code]
