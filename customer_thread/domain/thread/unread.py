"""What counts as unread, for either side.

Each rule stands twice, as a function and as a condition in SQL; a test holds the one to the other.
"""

from customer_thread.domain.model import Author, Kind

#: `for_customer`, over columns of Thread Entry
FOR_CUSTOMER_SQL = "author <> 'Customer' AND kind <> 'Call' AND from_history = 0"
#: `for_staff`, over columns of Thread Entry
FOR_STAFF_SQL = "author = 'Customer' AND kind = 'Message' AND from_history = 0"


def for_customer(kind: Kind, author: Author, *, from_history: bool) -> bool:
	"""Return whether an entry is unread until the customer has read it: the contractor's messages and cards."""
	return author != "Customer" and kind != "Call" and not from_history


def for_staff(kind: Kind, author: Author, *, from_history: bool) -> bool:
	"""Return whether an entry is unread until staff have read it: the customer's messages."""
	return author == "Customer" and kind == "Message" and not from_history
