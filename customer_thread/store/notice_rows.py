"""The rows of what notices are decided by, as those of `rows.py`."""

from typing import TypedDict

from customer_thread.domain.model import Author, DeliveryChannel, Kind, OnOff, PreferenceWay, Purpose


class PreferenceRow(TypedDict):
	"""A Thread Preference; None: as the settings say."""

	name: str
	thread: str
	user: str
	sms: OnOff | None
	email: OnOff | None
	push: OnOff | None
	quiet: OnOff | None
	quiet_start: str | None
	quiet_end: str | None
	timezone: str | None
	changed_us: int


class PreferenceChangeRow(TypedDict):
	"""A Thread Preference Change."""

	name: str
	thread: str
	#: None: a number's, whoever has it
	user: str | None
	field: str
	old: str
	new: str
	way: PreferenceWay
	changed_by: str
	changed_us: int


class SubscriptionRow(TypedDict):
	"""A Thread Push Subscription."""

	name: str
	thread: str
	user: str
	#: empty once it has ended, as are the browser's keys
	endpoint: str
	p256dh: str
	auth: str
	#: ours, which it was made for
	public_key: str
	session_hash: str
	#: what the browser says of itself; None or empty: nothing
	user_agent: str | None
	#: 0: it never worked
	last_ok_us: int
	refusals: int
	created_us: int
	#: 0: it goes on
	ended_us: int


class HeldRow(TypedDict):
	"""Of a Thread Delivery that is held: whom it is for, and by which way."""

	name: str
	thread: str
	entry: int
	purpose: Purpose
	reader: str
	channel: DeliveryChannel | None
	address: str
	due_us: int


class HeldNoticeRow(TypedDict):
	"""A notice that is held, with what its entry is by now."""

	name: str
	entry: int
	reason: str
	urgent: int
	promotional: int
	attempts: int
	provider_id: str
	due_us: int
	creation_us: int
	kind: Kind
	author: Author
	from_history: int
	erased_us: int
	voided_by: str | None
	send_before_us: int


class NoticeLineRow(TypedDict):
	"""An entry as far as a notice tells it."""

	name: int
	occurred_us: int
	kind: Kind
	author: Author
	subject: str
	text: str
	attachments: int
