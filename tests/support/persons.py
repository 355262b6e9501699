"""The people of the tests. Each has a number and an address of their own, so that a mix-up shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
	"""Somebody with a phone and a mailbox."""

	name: str
	phone: str
	email: str
	#: a second number
	work: str = ""


BUSINESS = Person("Mike's Contracting", "+15035550100", "messages@reply.mikescontracting.example")
#: the contractor
MIKE = Person("Mike", "+15035550120", "mike@mikescontracting.example")
SARAH = Person("Sarah Lee", "+15035550142", "sarah@customers.example", work="+15035550152")
BOB = Person("Bob Miller", "+15035550143", "bob@customers.example")
CHARLIE = Person("Charlie Day", "+15035550144", "charlie@customers.example")
#: whom nobody knows yet
STRANGER = Person("", "+15035550177", "who@customers.example")

EVERYBODY = (BUSINESS, MIKE, SARAH, BOB, CHARLIE, STRANGER)


def national(number: str) -> str:
	"""Return a phone number as it is written in its own country."""
	return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
