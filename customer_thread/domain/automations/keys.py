"""Keys that let a scheduled message, and the entry that it becomes, be written once."""

from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.thread.keys import source_key

#: what the keys begin with that tell a document and its occurrence
AUTOMATION = "automation"


def message_key(automation: str, thread: str, reference: Reference, occurrence: str) -> str:
	"""Return the key of what an automation has to say in a thread, about one occurrence of a document."""
	return source_key(AUTOMATION, f"{automation}:{thread}:{reference.doctype}:{reference.name}:{occurrence}")


def own_key(message: str) -> str:
	"""Return the key of a message whose document goes by another name now, or is gone."""
	return source_key(AUTOMATION, f"of:{message}")
