"""The rows of what failed and waits for somebody, as queries return them. Times are µs since 1970 UTC."""

from typing import TypedDict

from customer_thread.domain.model import DeliveryChannel, Purpose


class CauseRow(TypedDict):
	"""All that failed by one channel with one code of its provider's."""

	channel: DeliveryChannel | None
	#: empty: the provider gave none
	error_code: str
	#: a text in several parts is one
	messages: int
	newest_us: int


class FailureRow(TypedDict):
	"""One delivery that failed."""

	name: str
	failed_us: int
	purpose: Purpose
	channel: DeliveryChannel | None
	address: str
	error: str
	fallback_of: str | None
	#: None and 0: it answers the contractor
	thread: str | None
	entry: int
	#: empty: it is in no thread
	title: str
	#: of the entry; both empty where it has none
	subject: str
	text: str
