"""Who is likely to have written: names in words, digits, domains, and what counts more."""

import pytest

from customer_thread.domain.limits import LIKELY_PEOPLE
from customer_thread.domain.people.likely import Sign, rank
from customer_thread.domain.people.mail_domain import own_domain
from customer_thread.domain.people.names_in import names_in
from customer_thread.domain.people.same_digits import same_digits


@pytest.mark.parametrize(
	("text", "names"),
	[
		("Hi, this is Sarah Lee from next door", ["Sarah Lee"]),
		("It's Ana-María O'Neil, about the deck", ["Ana-María O'Neil"]),
		("When can you come?\n\nBest regards\nSarah Lee\n(555) 010-2030", ["Sarah Lee"]),
		("Hello\n-- \nDr. Jean Luc Picard\nPicard & Sons", ["Dr. Jean Luc Picard"]),
		("Where are you?", []),
		("this is not ok", []),
		("Thanks\nSent from my iPhone", []),
		("Thank you\nBest Regards", []),
	],
)
def test_it_finds_the_name_that_somebody_gives(text: str, names: list[str]) -> None:
	assert names_in([text]) == names


def test_it_knows_numbers_that_differ_in_their_country_alone() -> None:
	assert "+15550102030" in same_digits("+525550102030")
	assert "+525550102030" not in same_digits("+525550102030")
	assert same_digits("72345") == same_digits("info") == []


@pytest.mark.parametrize(
	("address", "domain"),
	[
		("sarah@lindqvist.example", "lindqvist.example"),
		("sarah@gmail.com", ""),
		("sarah@yahoo.co.uk", ""),
		("sarah@outlook.de", ""),
		("sarah@icloud.com", ""),
	],
)
def test_it_knows_where_anybody_has_an_address(address: str, domain: str) -> None:
	assert own_domain(address) == domain


def test_it_puts_the_strongest_first_and_each_once() -> None:
	signs = [Sign("Customer", f"C{number}", f"C{number}", "Appointment") for number in range(20)]
	signs += [Sign("Customer", "C7", "C7", "Name", "C7"), Sign("Lead", "L", "L", "Digits")]
	found = rank(signs)
	assert len(found) == LIKELY_PEOPLE
	assert [(person.party, [sign.why for sign in person.signs]) for person in found[:2]] == [
		("L", ["Digits"]),
		("C7", ["Name", "Appointment"]),
	]
