"""Who has to answer whom.

Each rule stands twice, as a function and as a condition in SQL over columns of Thread Entry; a test holds the one to
the other.
"""

from customer_thread.domain.model import Author, Kind

#: `is_said`
SAID_SQL = "kind = 'Message' AND author <> 'Automated'"
#: `asks`
ASKS_SQL = "kind = 'Message' AND author = 'Customer' AND from_history = 0"
#: `answers`
ANSWERS_SQL = "((kind = 'Message' AND author = 'Contractor') OR (kind = 'Call' AND call_seconds > 0))"


def is_said(kind: Kind, author: Author) -> bool:
	"""Return whether an entry is what a person said: no card, no call, nothing that the system wrote."""
	return kind == "Message" and author != "Automated"


def asks(kind: Kind, author: Author, *, from_history: bool) -> bool:
	"""Return whether the customer waits for an answer to an entry: to every message of theirs.

	What is brought in from before anyone read here was dealt with elsewhere.
	"""
	return kind == "Message" and author == "Customer" and not from_history


def answers(kind: Kind, author: Author, call_seconds: int) -> bool:
	"""Return whether an entry answers what came before: a message of one of us, or a call in which the two spoke."""
	return (kind == "Message" and author == "Contractor") or (kind == "Call" and call_seconds > 0)
