"""Which columns hold what somebody said or wrote, in one list: what is searched, and what goes when it is removed.

A test goes over every column of the DocTypes, so that a new one is listed here or said to hold no words.
"""

from collections.abc import Iterable, Mapping

from customer_thread.domain.words import fold

#: with what the sender's machine wrote beside the words: a Message-ID, a file's name
COLUMNS: Mapping[str, tuple[str, ...]] = {
	"Customer Thread": ("last_preview", "last_words"),
	"Thread Attachment": ("file_name",),
	"Thread Bot Memory": ("words", "attachments"),
	"Thread Delivery": ("text",),
	"Thread Entry": ("subject", "text", "original", "search_text", "message_id"),
	"Thread Event": ("title",),
	"Thread Note": ("text",),
	"Thread Upload": ("file_name",),
	"Thread Words": ("words",),
}
#: those of an entry that a search looks in, besides the names of its files and documents
SEARCHED = ("subject", "text")


def without(doctype: str) -> dict[str, object]:
	"""Return the changes that leave no words in a row."""
	return dict.fromkeys(COLUMNS[doctype])


def search_text(entry: Mapping[str, object], names: Iterable[str] = ()) -> str:
	"""Return what a search compares an entry by."""
	found = [str(entry.get(column) or "") for column in SEARCHED]
	return fold(" ".join([*found, *names]))
