"""The row of what was refused at the door, as a query returns it. Times are µs since 1970 UTC."""

from typing import TypedDict


class RefusalRow(TypedDict):
	"""Of a Thread Delivery: who wrote by a channel that is none of ours, and when."""

	address: str
	reason: str
	creation_us: int
