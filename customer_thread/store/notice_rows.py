"""The rows of what notices are decided by, as those of `rows.py`."""

from typing import TypedDict

from customer_thread.domain.model import OnOff, PreferenceWay


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
	#: 0: it never worked
	last_ok_us: int
	refusals: int
	created_us: int
	#: 0: it goes on
	ended_us: int
