"""The tests know each person by a number and an address of their own, from one table."""

import re
from pathlib import Path

from support.persons import EVERYBODY

TESTS = Path(__file__).parents[1]
TABLE = TESTS / "support" / "persons.py"
KNOWN = [address for person in EVERYBODY for address in (person.phone, person.work, person.email) if address]


def test_no_two_people_share_a_number_or_an_address() -> None:
	assert len(KNOWN) >= 2 * len(EVERYBODY)
	assert len(set(KNOWN)) == len(KNOWN)
	assert all(re.fullmatch(r"\+1503555\d{4}|[a-z]+@[a-z.]+\.example", address) for address in KNOWN)


def test_the_tests_take_them_from_the_table() -> None:
	texts = {path.name: path.read_text("utf-8") for path in TESTS.rglob("*.py") if path != TABLE}
	assert Path(__file__).name in texts
	assert [(name, address) for name, text in texts.items() for address in KNOWN if address in text] == []
