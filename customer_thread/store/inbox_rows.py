"""The rows of the inbox, as queries return them. Times are µs since 1970 UTC."""

from typing import TypedDict

from customer_thread.domain.model import Author, Channel, Kind


class LastEntryRow(TypedDict):
	"""An entry, as far as a line of the inbox needs it."""

	name: int
	kind: Kind
	author: Author
	channel: Channel | None
