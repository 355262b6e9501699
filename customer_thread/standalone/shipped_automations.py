"""The automations that come with the app, as a site gets them by its fixtures."""

import json
from pathlib import Path
from typing import Any

from customer_thread.domain.automations.model import Automation
from customer_thread.domain.automations.shipped import is_as_shipped
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import automations

FIXTURE = Path(__file__).parent.parent / "fixtures" / "thread_automation.json"


def bring_automations(database: SqliteDatabase) -> None:
	"""Write those that are missing, switched off, and renew those that nobody has changed. Safe to repeat."""
	shipped = [{**row} for row in json.loads(FIXTURE.read_text("utf-8"))]
	known = automations.rows(database)
	new = [row for row in shipped if _differs(row, known.get(row["name"]))]
	if not new:
		return
	with database.transaction():
		for row in new:
			values = {name: value for name, value in row.items() if name != "doctype"}
			if row["name"] in known:
				values["enabled"] = known[row["name"]]["enabled"]
			automations.save(database, row["name"], values)


def _differs(row: dict[str, Any], there: dict[str, Any] | None) -> bool:
	"""Return whether an automation is to be written: it is new, or another than this, and nobody's own."""
	if there is None:
		return True
	is_ours = is_as_shipped(Automation.from_row(there), there["shipped"] or "")
	return is_ours and there["shipped"] != row["shipped"]
