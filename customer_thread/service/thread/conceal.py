"""No secret address is shown, forwarded, searched or exported."""

from collections.abc import Sequence
from dataclasses import replace

from customer_thread.domain.model import Attachment
from customer_thread.domain.people.secret_addresses import tokens_in, without_secrets
from customer_thread.service.ports import Ports
from customer_thread.store import threads

#: kinds of files that are text, and so may quote an address
_TEXTS = ("text/", "message/", "application/json", "application/xml", "application/xhtml")


def conceal(ports: Ports, *texts: str) -> list[str]:
	"""Return the texts with the business's public address where a reply address of any thread stood."""
	found = {token for text in texts for token in tokens_in(text)}
	secrets = threads.tokens_among(ports.database, found) if found else set()
	instead = ports.settings().from_address or "…"
	return [without_secrets(text, secrets, instead) for text in texts]


def conceal_in_files(ports: Ports, files: Sequence[Attachment]) -> tuple[Attachment, ...]:
	"""Return the files, those that are text without secret addresses."""
	return tuple(_concealed(ports, file) for file in files)


def _concealed(ports: Ports, file: Attachment) -> Attachment:
	[name] = conceal(ports, file.name)
	data = file.data
	if file.content_type.lower().startswith(_TEXTS) or name.lower().endswith(
		(".eml", ".txt", ".html", ".htm")
	):
		# each byte is a character and back: whatever else the file is stays as it is
		data = conceal(ports, data.decode("latin-1"))[0].encode("latin-1", "replace")
	return file if (name, data) == (file.name, file.data) else replace(file, name=name, data=data)
