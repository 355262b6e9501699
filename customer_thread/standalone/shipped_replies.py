"""The saved replies that come with the app, as a site gets them by its fixtures."""

import json
from pathlib import Path

from customer_thread.domain.saved_reply import SavedReply, is_as_shipped
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import saved_replies

FIXTURE = Path(__file__).parent.parent / "fixtures" / "thread_saved_reply.json"


def bring_saved_replies(database: SqliteDatabase) -> None:
	"""Write those that are missing, and renew those that nobody has changed. Safe to repeat."""
	shipped = [{**row} for row in json.loads(FIXTURE.read_text("utf-8"))]
	known = saved_replies.rows(database)
	for row in shipped:
		there = known.get(row["name"])
		is_ours = there is None or is_as_shipped(SavedReply.from_row(there), there["shipped"] or "")
		if not is_ours or (there and there["shipped"] == row["shipped"]):
			continue
		values = {name: value for name, value in row.items() if name != "doctype"}
		if there:
			values["enabled"] = there["enabled"]
		with database.transaction():
			saved_replies.save(database, row["name"], values)
