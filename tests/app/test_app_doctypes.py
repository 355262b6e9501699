"""The DocType files are what Frappe 15 takes, and hold the interface of docs/schema.md."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import customer_thread
from customer_thread.domain.cards.keys import KEY_LIMIT
from customer_thread.domain.cards.model import TITLE_LIMIT
from customer_thread.domain.model import DATA_LIMIT, EVENT_TYPE_LIMIT
from customer_thread.store.indexes import INDEXES

PACKAGE = Path(customer_thread.__file__).parent
FILES = sorted((PACKAGE / "customer_thread" / "doctype").glob("*/*.json"))
DOCTYPES: dict[str, dict[str, Any]] = {
	doctype["name"]: doctype for doctype in (json.loads(path.read_text("utf-8")) for path in FILES)
}
BY_NAME = pytest.mark.parametrize("name", DOCTYPES)

#: facts of Frappe 15.101
STORED = {
	"Attach", "Attach Image", "Autocomplete", "Barcode", "Check", "Code", "Color", "Currency", "Data", "Date",
	"Datetime", "Duration", "Dynamic Link", "Float", "Geolocation", "HTML Editor", "Icon", "Int", "JSON", "Link",
	"Long Int", "Long Text", "Markdown Editor", "Password", "Percent", "Phone", "Rating", "Read Only", "Select",
	"Signature", "Small Text", "Text", "Text Editor", "Time",
}  # fmt: skip
LAYOUT = {"Button", "Column Break", "Fold", "HTML", "Heading", "Image", "Section Break", "Tab Break"}
TABLES = {"Table", "Table MultiSelect"}
FIELD_KEYS = {
	"allow_bulk_edit", "allow_in_quick_entry", "allow_on_submit", "bold", "collapsible", "collapsible_depends_on",
	"columns", "default", "depends_on", "description", "documentation_url", "fetch_from", "fetch_if_empty", "fieldname",
	"fieldtype", "hidden", "hide_border", "ignore_user_permissions", "ignore_xss_filter", "in_filter",
	"in_global_search", "in_list_view", "in_preview", "in_standard_filter", "is_virtual", "label", "length",
	"link_filters", "mandatory_depends_on", "max_height", "no_copy", "non_negative", "options", "permlevel",
	"placeholder", "precision", "print_hide", "read_only", "read_only_depends_on", "report_hide", "reqd",
	"search_index", "set_only_once", "show_dashboard", "show_on_timeline", "sort_options", "translatable", "unique",
	"width",
}  # fmt: skip
DOCTYPE_KEYS = {
	"actions", "allow_copy", "allow_events_in_timeline", "allow_import", "allow_rename", "autoname", "creation",
	"default_view", "description", "doctype", "document_type", "documentation", "editable_grid", "engine",
	"field_order", "fields", "hide_toolbar", "icon", "in_create", "index_web_pages_for_search", "is_submittable",
	"issingle", "istable", "links", "make_attachments_public", "max_attachments", "migration_hash", "modified", "modified_by", "module", "name",
	"naming_rule", "owner", "permissions", "quick_entry", "read_only", "route", "row_format", "search_fields",
	"show_name_in_global_search", "show_preview_popup", "show_title_field_in_link", "sort_field", "sort_order",
	"states", "title_field", "track_changes", "track_seen", "track_views", "translated_doctype",
}  # fmt: skip
PERMISSION_KEYS = {
	"amend", "cancel", "create", "delete", "email", "export", "if_owner", "import", "permlevel", "print", "read",
	"report", "role", "select", "share", "submit", "write",
}  # fmt: skip
RESERVED = {
	"_assign", "_comments", "_liked_by", "_seen", "_user_tags", "creation", "docstatus", "doctype", "file_list", "flags",
	"idx", "meta", "modified", "modified_by", "name", "owner", "parent", "parent_doc", "parentfield", "parenttype",
	"permitted_fieldnames",
}  # fmt: skip
DATA_OPTIONS = {"Barcode", "Email", "IBAN", "Name", "Phone", "URL"}
FOREIGN = {"Currency", "Customer", "DocType", "Lead", "Role", "User"}
AUTONAMES = {"hash": "Random", "autoincrement": "Autoincrement"}

#: the interface: docs/schema.md
INTERFACE = {
	"Customer Thread": "party_type party title timezone code reply_token last_entry last_us last_preview "
	"contractor_unread contractor_read_upto customer_read_upto merged_into",
	"Thread Entry": "thread kind author label channel subject text original search_text occurred_us occurred_at "
	"source_key client_id event call_seconds sent_by",
	"Thread Event": "thread event_type reference_doctype reference_name title amount currency url occurred_us "
	"occurred_at voids source_key",
	"Thread Attachment": "entry file file_name content_type size state remote_url error",
	"Thread Note": "thread text author",
	"Thread Delivery": "entry thread purpose channel address state reason provider_id error_code error attempts "
	"due_us claim claimed_us urgent",
	"Thread Calendar": "thread user token made_us",
	"Thread Upload": "thread uploaded_by uploaded_us file_name content_type file size",
	"Thread Contact Point": "thread kind value source_doctype source_name",
	"Thread Preference": "thread user sms email push quiet quiet_start quiet_end timezone",
	"Thread Preference Change": "thread user field old new way changed_us",
	"Thread Push Subscription": "user thread endpoint endpoint_hash p256dh auth user_agent last_ok_us",
	"Thread Text Consent": "phone sender state changed_us how",
	"Thread Card Rule": "document_type moment field value condition party_field event_type title amount_field "
	"currency_field date_field link notify urgent enabled",
	"Thread Automation": "document_type moment date_field offset_minutes after_event at_time condition channel text "
	"urgent valid_minutes promotional expects_confirmation enabled",
	"Thread Scheduled Message": "automation thread reference_doctype reference_name occurrence due_us "
	"valid_until_us state reason entry expects source_key computed_from",
	"Customer Thread Settings": "business_name logo accent_color business_phone public_url tabs twilio_account_sid "
	"twilio_auth_token twilio_previous_auth_token twilio_api_key twilio_api_secret twilio_from_number "
	"twilio_messaging_service_sid twilio_api_base contractor_mobile contractor_email mail_from reply_domain "
	"default_region default_timezone",
}  # fmt: skip
UNIQUE = {
	"Customer Thread": {"code", "reply_token"},
	"Thread Calendar": {"token"},
	"Thread Push Subscription": {"endpoint_hash"},
	**{f"Thread {of}": {"source_key"} for of in ("Entry", "Event", "Scheduled Message", "Upload")},
}
CHOICES = {
	("Customer Thread", "party_type"): "Customer Lead",
	("Thread Entry", "kind"): "Message Event Call",
	("Thread Entry", "author"): "Contractor Automated Customer",
	("Thread Entry", "channel"): "SMS Email Portal Phone",
	("Thread Attachment", "state"): "Pending Ready Failed",
	("Thread Delivery", "purpose"): "Message Forward Team Answer Invitation Notice",
	("Thread Delivery", "channel"): "SMS Email Push Zulip",
	("Thread Delivery", "state"): "Held Queued Sending Sent Delivered Failed Skipped",
	("Thread Contact Point", "kind"): "Phone Email",
	("Thread Automation", "channel"): "Auto SMS Email Portal",
	("Thread Scheduled Message", "state"): "Waiting Sent Skipped Ended",
	("Thread Scheduled Message", "expects"): "Confirmation",
	("Thread Card Rule", "moment"): "Created Submitted Cancelled Becomes Changes",
}


def _fields(name: str) -> dict[str, dict[str, Any]]:
	return {field["fieldname"]: field for field in DOCTYPES[name]["fields"]}


def test_it_has_every_doctype_of_the_design() -> None:
	assert set(INTERFACE) <= set(DOCTYPES)


CONFIGURED = {"Customer Thread Settings", "Thread Automation", "Thread Card Rule", "Thread Saved Reply"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_is_where_bench_looks_for_it(path: Path) -> None:
	doctype = json.loads(path.read_text("utf-8"))
	scrubbed = doctype["name"].lower().replace(" ", "_")
	assert path.stem == path.parent.name == scrubbed
	assert (path.parent / "__init__.py").exists()
	# what the program keeps is closed; what an admin sets up is a Document like others
	base = "Document" if doctype["name"] in CONFIGURED or doctype.get("istable") else "Record"
	written = path.with_suffix(".py").read_text("utf-8")
	assert f"class {doctype['name'].replace(' ', '')}({base}):" in written
	assert doctype["doctype"] == "DocType"
	assert doctype["module"] == "Customer Thread"
	assert doctype["module"] in (PACKAGE / "modules.txt").read_text("utf-8").splitlines()
	assert len(f"tab{doctype['name']}") <= 64
	assert json.dumps(doctype, indent=1, ensure_ascii=False) == path.read_text("utf-8").rstrip("\n")


@BY_NAME
def test_it_uses_what_frappe_knows(name: str) -> None:
	doctype = DOCTYPES[name]
	assert set(doctype) <= DOCTYPE_KEYS
	for field in doctype["fields"]:
		assert set(field) <= FIELD_KEYS, field
		assert field["fieldtype"] in STORED | LAYOUT | TABLES, field
	for permission in doctype["permissions"]:
		assert set(permission) <= PERMISSION_KEYS
	assert doctype["engine"] == "InnoDB"
	if not doctype.get("issingle") and not doctype.get("istable"):
		assert doctype["naming_rule"] == AUTONAMES[doctype["autoname"]]


@BY_NAME
def test_it_names_its_fields_well(name: str) -> None:
	names = [field["fieldname"] for field in DOCTYPES[name]["fields"]]
	assert len(set(names)) == len(names)
	assert names == DOCTYPES[name]["field_order"]
	assert not set(names) & RESERVED
	for fieldname in names:
		assert re.fullmatch(r"[a-z][a-z0-9_]{0,60}", fieldname)


@BY_NAME
def test_it_gives_every_field_what_its_type_needs(name: str) -> None:
	fields = _fields(name)
	for field in fields.values():
		kind, options = field["fieldtype"], field.get("options", "")
		if kind in ("Link", *TABLES):
			assert options in set(DOCTYPES) | FOREIGN, field
		if kind == "Dynamic Link":
			pointer = fields[options]
			assert pointer["fieldtype"] == "Select" or pointer["options"] == "DocType"
		if kind in TABLES:
			assert DOCTYPES[options].get("istable") == 1
		if kind == "Select":
			assert options
			assert field.get("default", "") in ["", *options.split("\n")]
			assert not field.get("reqd") or "" not in options.split("\n")
		if kind == "Data" and options:
			assert options in DATA_OPTIONS
		if kind == "Check":
			assert field.get("default", "0") in ("0", "1")
		if kind == "Currency":
			assert fields[options]["options"] == "Currency"
		if kind in STORED and not field.get("hidden"):
			assert field.get("label"), field


@BY_NAME
def test_it_asks_nothing_frappe_refuses(name: str) -> None:
	for field in DOCTYPES[name]["fields"]:
		kind = field["fieldtype"]
		assert not (field.get("hidden") and field.get("reqd") and not field.get("default")), field
		assert not (kind in LAYOUT and (field.get("reqd") or field.get("in_list_view"))), field
		if field.get("unique"):
			assert kind in ("Data", "Link", "Read Only", "Int"), field
		if field.get("search_index"):
			assert kind not in ("Text", "Long Text", "Small Text", "Code", "Text Editor"), field
		if kind in ("Long Text", "Code", *TABLES):
			assert not field.get("in_standard_filter"), field
		assert 0 < int(field.get("length") or 1) <= 1000


@BY_NAME
def test_it_starts_every_counter_at_zero(name: str) -> None:
	"""Frappe makes a Long Int column NULL unless it has a default; what is counted or compared must not be."""
	for field in DOCTYPES[name]["fields"]:
		if field["fieldtype"] == "Long Int":
			assert field.get("reqd") or field.get("default") == "0", field


@pytest.mark.parametrize(
	("name", "fieldname"),
	[
		(name, fieldname)
		for name, fieldnames in {
			"Thread Entry": "text original search_text subject label message_id",
			"Thread Event": "title",
			"Customer Thread": "title last_preview",
			"Thread Delivery": "text provider_id error",
			"Thread Attachment": "file_name",
			"Thread Note": "text",
		}.items()
		for fieldname in fieldnames.split()
	],
)
def test_it_keeps_words_from_outside_as_they_came(name: str, fieldname: str) -> None:
	"""Document.insert sanitises HTML, which changes “a < b & c” and every <message-id>; the Desk escapes Data and Code."""
	field = _fields(name)[fieldname]
	assert field.get("ignore_xss_filter") == 1 or field["fieldtype"] == "Code"


@BY_NAME
def test_it_points_to_fields_that_are_there(name: str) -> None:
	doctype, fields = DOCTYPES[name], _fields(name)
	stored = {key for key, field in fields.items() if field["fieldtype"] in STORED}
	named = [part.strip() for part in doctype.get("search_fields", "").split(",") if part]
	assert set(named) <= stored
	assert doctype.get("title_field", "creation") in stored | {"creation"}
	assert doctype["sort_field"] in stored | {"creation", "modified", "name"}
	if doctype.get("show_title_field_in_link"):
		assert doctype["title_field"]
	for link in doctype.get("links", []):
		target = _fields(link["link_doctype"])[link["link_fieldname"]]
		# a column that holds an entry's id is a number, see docs/schema.md
		assert target.get("options") == name or (name, link["link_fieldname"]) == ("Thread Entry", "entry")
	for field in fields.values():
		condition = field.get("depends_on", "")
		named = (
			re.findall(r"doc\.(\w+)", condition)
			if condition.startswith("eval:")
			else [condition] * bool(condition)
		)
		assert bool(named) == bool(condition)
		assert set(named) <= set(fields), condition


@pytest.mark.parametrize(
	("name", "fieldname", "limit"),
	[
		("Thread Event", "title", TITLE_LIMIT),
		("Thread Event", "event_type", EVENT_TYPE_LIMIT),
		("Thread Card Rule", "event_type", EVENT_TYPE_LIMIT),
		("Thread Event", "source_key", KEY_LIMIT),
		("Thread Entry", "source_key", KEY_LIMIT),
		("Customer Thread", "last_preview", DATA_LIMIT),
		("Thread Attachment", "file_name", DATA_LIMIT),
	],
)
def test_it_holds_as_many_characters_as_are_allowed(name: str, fieldname: str, limit: int) -> None:
	field = _fields(name)[fieldname]
	assert field["fieldtype"] == "Data"
	assert int(field.get("length") or 140) == limit


def _parts(name: str) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
	"""Return each tab and section of a form with the fields in it."""
	fields = DOCTYPES[name]["fields"]
	kinds = [field["fieldtype"] for field in fields]
	for at, part in enumerate(fields):
		if kinds[at] in ("Tab Break", "Section Break"):
			ends = {"Tab Break", kinds[at]}
			end = next((place for place in range(at + 1, len(fields)) if kinds[place] in ends), len(fields))
			yield part, [field for field in fields[at + 1 : end] if not field["fieldtype"].endswith("Break")]


@BY_NAME
def test_it_shows_a_part_of_a_form_if_something_in_it_is_shown(name: str) -> None:
	for part, inside in _parts(name):
		if inside:
			assert bool(part.get("hidden")) == all(field.get("hidden") for field in inside), part["fieldname"]


@BY_NAME
def test_it_lets_no_customer_in(name: str) -> None:
	roles = {permission["role"] for permission in DOCTYPES[name]["permissions"]}
	assert roles <= {"System Manager", "Thread Manager", "Thread Agent"}
	assert bool(roles) != bool(DOCTYPES[name].get("istable"))


@pytest.mark.parametrize("name", ["Thread Entry", "Thread Event"])
def test_it_lets_nobody_write_history(name: str) -> None:
	for permission in DOCTYPES[name]["permissions"]:
		granted = {key for key, value in permission.items() if value and key != "role"}
		assert not granted & {"write", "create", "delete", "submit", "cancel", "amend", "import"}
	assert not DOCTYPES[name].get("allow_rename")


@pytest.mark.parametrize("name", INTERFACE)
def test_it_has_every_field_of_the_interface(name: str) -> None:
	assert set(INTERFACE[name].split()) <= set(_fields(name))
	for fieldname in UNIQUE.get(name, ()):
		assert _fields(name)[fieldname].get("unique") == 1


@pytest.mark.parametrize(("name", "fieldname"), CHOICES)
def test_it_offers_every_choice_of_the_interface(name: str, fieldname: str) -> None:
	assert set(CHOICES[name, fieldname].split()) <= set(_fields(name)[fieldname]["options"].split("\n"))


@BY_NAME
def test_it_keeps_ids_of_entries_and_microseconds_as_numbers(name: str) -> None:
	for fieldname, field in _fields(name).items():
		if fieldname.endswith("_us") or fieldname in ("entry", "last_entry"):
			assert field["fieldtype"] == "Long Int"
		if fieldname == "thread":
			assert (field["fieldtype"], field["options"]) == ("Link", "Customer Thread")


def test_it_indexes_columns_that_are_there() -> None:
	unique = {(index.doctype, index.columns) for index in INDEXES if index.unique}
	assert ("Customer Thread", ("party_type", "party")) in unique
	for index in INDEXES:
		assert set(index.columns) <= set(_fields(index.doctype)) | {"name", "creation"}
		assert len(index.name) <= 64
		kinds = {_fields(index.doctype).get(column, {}).get("fieldtype") for column in index.columns}
		assert not kinds & {"Small Text", "Text", "Long Text", "Code"}
	assert len({(index.doctype, index.name) for index in INDEXES}) == len(INDEXES)


def _typed(kind: str, options: str) -> str:
	if kind == "Select":
		return f"DF.Literal[{', '.join(json.dumps(option) for option in options.split(chr(10)))}]"
	if kind == "Table":
		return f"DF.Table[{options.replace(' ', '')}]"
	return f"DF.{ {'Long Int': 'Int'}.get(kind, kind).replace(' ', '') }"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_writes_the_types_of_its_fields_into_the_controller(path: Path) -> None:
	doctype = json.loads(path.read_text("utf-8"))
	source = path.with_suffix(".py").read_text("utf-8")
	written = {
		node.target.id: ast.unparse(node.annotation).replace("'", '"')
		for node in ast.walk(ast.parse(source))
		if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
	}
	assert list(written) == sorted(written)
	expected = {}
	for field in doctype["fields"]:
		kind = field["fieldtype"]
		if kind in STORED | TABLES:
			needs_value = field.get("reqd") or kind in (
				"Check",
				"Int",
				"Long Int",
				"Currency",
				"Select",
				"Table",
			)
			text = _typed(kind, field.get("options", ""))
			expected[field["fieldname"]] = text if needs_value else f"{text} | None"
	if doctype.get("istable"):
		expected |= dict.fromkeys(("parent", "parentfield", "parenttype"), "DF.Data")
	assert written == expected


@pytest.mark.parametrize(
	("name", "fieldname"),
	[
		("Customer Thread", "reply_token"),
		("Customer Thread", "contractor_token"),
		("Thread Delivery", "text"),
		("Thread Push Subscription", "auth"),
	],
)
def test_it_shows_no_role_what_others_could_speak_with(name: str, fieldname: str) -> None:
	field = _fields(name)[fieldname]
	assert field["hidden"] == field["report_hide"] == 1
	level = field["permlevel"]
	assert level not in {permission.get("permlevel", 0) for permission in DOCTYPES[name]["permissions"]}
