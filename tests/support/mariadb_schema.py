"""The DDL by which Frappe 15 makes its MariaDB tables from a DocType file.

Facts from Frappe 15.101 (`frappe/database/schema.py`, `frappe/database/mariadb/`): which column a fieldtype
becomes, what is NOT NULL, and that a Long Int without a default may be NULL.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import customer_thread
from customer_thread.store.indexes import INDEXES

FOLDER = Path(customer_thread.__file__).parent / "customer_thread" / "doctype"
VARCHAR = 140

TYPES = {
	"Currency": "decimal(21,9)",
	"Float": "decimal(21,9)",
	"Percent": "decimal(21,9)",
	"Int": "int(11)",
	"Long Int": "bigint(20)",
	"Check": "int(1)",
	"Small Text": "text",
	"Autocomplete": "varchar(140)",
	"Text": "text",
	"Password": "text",
	"Attach": "text",
	"Attach Image": "text",
	"Long Text": "longtext",
	"Code": "longtext",
	"JSON": "json",
	"Date": "date",
	"Datetime": "datetime(6)",
	"Time": "time(6)",
	**dict.fromkeys(
		("Data", "Link", "Dynamic Link", "Select", "Read Only", "Color", "Autocomplete"), "varchar"
	),
}


@cache
def doctypes() -> dict[str, dict[str, Any]]:
	"""Return every DocType of the app by its name."""
	loaded = (json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*/*.json")))
	return {doctype["name"]: doctype for doctype in loaded}


def stored_fields(doctype: str) -> dict[str, dict[str, Any]]:
	"""Return the fields that have a column, by name."""
	fields = doctypes()[doctype]["fields"]
	return {field["fieldname"]: field for field in fields if field["fieldtype"] in TYPES}


def is_numbered(doctype: str) -> bool:
	"""Return whether names come from a sequence."""
	return doctypes()[doctype].get("autoname") == "autoincrement"


def sequence(doctype: str) -> str:
	"""Return the name of a DocType's sequence."""
	return doctype.lower().replace(" ", "_") + "_id_seq"


def length(field: dict[str, Any]) -> int:
	"""Return how many characters a varchar field holds; Frappe makes none shorter than 64."""
	return max(64, int(field.get("length") or VARCHAR))


def _column(field: dict[str, Any]) -> str:
	kind = TYPES[field["fieldtype"]]
	if kind == "varchar":
		kind = f"varchar({length(field)})"
	default = field.get("default") or ""
	if field["fieldtype"] in ("Check", "Int", "Currency", "Float", "Percent"):
		kind += f" NOT NULL DEFAULT {default or 0}"
	elif default:
		kind += f" DEFAULT '{default}'"
	return f"`{field['fieldname']}` {kind}" + (" UNIQUE" if field.get("unique") else "")


def ddl() -> list[str]:
	"""Return the statements that make every table, sequence and index."""
	statements = []
	for doctype, meta in doctypes().items():
		if meta.get("issingle"):
			continue
		if is_numbered(doctype):
			statements.append(f"CREATE SEQUENCE {sequence(doctype)} NOCACHE NOCYCLE")
		lines = [
			f"name {'bigint' if is_numbered(doctype) else f'varchar({VARCHAR})'} PRIMARY KEY",
			"creation datetime(6)",
			"modified datetime(6)",
			f"modified_by varchar({VARCHAR})",
			f"owner varchar({VARCHAR})",
			"docstatus int(1) NOT NULL DEFAULT '0'",
			"idx int(8) NOT NULL DEFAULT '0'",
			*map(_column, stored_fields(doctype).values()),
		]
		if meta.get("istable"):
			lines += [f"{name} varchar({VARCHAR})" for name in ("parent", "parentfield", "parenttype")]
			lines.append("INDEX parent (parent)")
		else:
			lines.append("INDEX modified (modified)")
		lines += [
			f"INDEX `{name}` (`{name}`)"
			for name, field in stored_fields(doctype).items()
			if field.get("search_index") and not field.get("unique")
		]
		statements.append(
			f"CREATE TABLE `tab{doctype}` ({', '.join(lines)}) ENGINE=InnoDB ROW_FORMAT=DYNAMIC "
			"CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci"
		)
	for index in INDEXES:
		kind = "UNIQUE INDEX" if index.unique else "INDEX"
		columns = ", ".join(f"`{column}`" for column in index.columns)
		statements.append(f"CREATE {kind} `{index.name}` ON `tab{index.doctype}` ({columns})")
	return statements
