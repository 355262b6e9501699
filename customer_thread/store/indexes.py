"""Indexes over more than one column, which a DocType file cannot name. Both hosts make exactly these."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Index:
	"""An index of one DocType's table."""

	doctype: str
	columns: tuple[str, ...]
	unique: bool = False

	@property
	def name(self) -> str:
		"""Return the name the database knows it by."""
		return "_".join((*self.columns, "unique" if self.unique else "index"))


INDEXES = (
	Index("Customer Thread", ("party_type", "party"), unique=True),
	Index("Thread Entry", ("thread", "occurred_us", "name")),
	Index("Thread Entry", ("thread", "name")),
	Index("Thread Entry", ("occurred_us",)),
	Index("Thread Event", ("reference_doctype", "reference_name")),
	Index("Thread Event", ("thread", "number_kind", "number")),
	Index("Thread Event", ("reference_name", "thread")),
	Index("Thread Event", ("number", "thread")),
	Index("Thread Delivery", ("state", "due_us")),
	Index("Thread Delivery", ("provider_id",)),
	Index("Thread Delivery", ("address", "state")),
	Index("Thread Delivery", ("address", "purpose", "creation_us")),
	Index("Thread Delivery", ("thread", "creation_us")),
	Index("Thread Delivery", ("thread", "state")),
	Index("Thread Delivery", ("channel", "creation_us")),
	Index("Thread Sign In", ("expires_us",)),
	Index("Thread Attachment", ("state", "due_us")),
	Index("Thread Contact Point", ("kind", "value")),
	Index("Thread Contact Point", ("thread",)),
	Index("Thread Contact Point", ("source_doctype", "source_name")),
	Index("Thread Contact Point", ("thread", "kind", "value", "source_doctype", "source_name"), unique=True),
	Index("Thread Bot Memory", ("mouth", "speaker"), unique=True),
	Index("Thread Bot Memory", ("until_us",)),
	Index("Thread Bot Memory", ("heard_us",)),
	Index("Thread Calendar", ("thread", "user")),
	Index("Thread Note", ("thread", "occurred_us")),
	Index("Thread Note", ("occurred_us",)),
	Index("Thread Upload", ("uploaded_us",)),
	Index("Thread Preference", ("thread", "user"), unique=True),
	Index("Thread Preference Change", ("thread", "changed_us")),
	Index("Thread Preference Change", ("changed_us",)),
	Index("Thread Scheduled Message", ("state", "due_us")),
	Index("Thread Scheduled Message", ("reference_doctype", "reference_name")),
	Index("Thread Scheduled Message", ("thread", "expects", "entry")),
	Index("Thread Text Consent", ("phone", "sender"), unique=True),
	Index("Thread Words", ("beginning", "block"), unique=True),
)
