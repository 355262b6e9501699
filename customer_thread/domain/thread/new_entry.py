"""A line of a thread that is yet to be written."""

from dataclasses import dataclass

from customer_thread.domain.model import (
	Attachment,
	Author,
	Channel,
	KeptAttachment,
	Kind,
	RemoteAttachment,
)


@dataclass(frozen=True)
class NewEntry:
	"""A line to be written. `source_key` makes it happen once; None only where no machine repeats."""

	kind: Kind
	author: Author
	channel: Channel | None
	text: str
	occurred_us: int
	source_key: str | None
	subject: str = ""
	original: str = ""
	quoted: bool = False
	message_id: str = ""
	client_id: str = ""
	event: str | None = None
	call_seconds: int = 0
	sent_by: str | None = None
	#: what else a search finds it by
	found_by: tuple[str, ...] = ()
	#: the number or address that it came from
	sender: str = ""
	attachments: tuple[Attachment | KeptAttachment | RemoteAttachment, ...] = ()
	#: of the time before anyone read here: it counts as read, and nobody is notified
	from_history: bool = False
	#: whether the customer is notified of a card
	notify: bool = False
	#: whether that breaks quiet hours
	urgent: bool = False
	#: the card of a document: whoever saves that does not wait until it is decided who is notified
	of_document: bool = False
	#: whether it keeps to the business's sending window, as follow-ups and offers do
	promotional: bool = False
	#: whether it is to be said in the morning, whoever it answers
	is_patient: bool = False
