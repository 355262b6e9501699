"""Write a copy of a conversation from the command line."""

import os
import shutil
from pathlib import Path

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.service.desk.export_thread import export_thread
from customer_thread.standalone.wiring import Host
from customer_thread.store import threads


def export_now(host: Host, customer: str, kind: str, file: Path) -> None:
	"""Write a customer's conversation into a new file, in the format of its ending, for its owner alone.

	Raise NotFound, or BadInput for a kind or an ending that is none; OSError if the file is there already.
	"""
	thread = threads.require_of(host.database, Party("Customer", customer))
	answer = export_thread(host.ports, thread, kind, file.suffix.lstrip(".").lower())
	if answer.file is None:
		raise NotFound("There is no such thread.")
	with answer.file, os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
		shutil.copyfileobj(answer.file, out)
