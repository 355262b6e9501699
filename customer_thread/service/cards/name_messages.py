"""A document goes by another name, or is gone: what the system writes about it stays its own."""

from customer_thread.domain.automations.keys import AUTOMATION, own_key
from customer_thread.domain.automations.reasons import NO_DOCUMENT
from customer_thread.service.ports import Ports
from customer_thread.store import entries, scheduled_messages


def name_messages(ports: Ports, doctype: str, old: str, new: str) -> None:
	"""Let the messages about a document be about its new name; `new` is empty for one that was deleted.

	The next document that is given the old name has messages of its own: those before take keys that are theirs alone.
	"""
	for row in scheduled_messages.about(ports.database, doctype, old):
		if not new:
			scheduled_messages.end(ports.database, row["name"], NO_DOCUMENT)
		# a key that tells no document's name stays: somebody pressed a button, or a question was asked again
		is_named = row["source_key"].startswith(f"{AUTOMATION}:")
		key = own_key(row["name"]) if is_named else row["source_key"]
		scheduled_messages.rename_document(ports.database, row["name"], new, key)
		if row["entry"] and is_named:
			entries.change_source(ports.database, row["entry"], key)
