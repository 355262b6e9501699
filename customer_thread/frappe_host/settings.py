"""The settings of a Frappe site as the frozen value the services read."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils.password import get_decrypted_password

from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.tabs import default_tabs
from customer_thread.service.settings import NAMES, Settings

if TYPE_CHECKING:
	from frappe.model.document import Document

DOCTYPE = "Customer Thread Settings"
_STORED = """
SELECT (SELECT value FROM `tabSingles` WHERE doctype = %(doctype)s AND field = 'modified' LIMIT 1) AS modified,
	EXISTS (SELECT 1 FROM `tabEmail Account` WHERE enable_outgoing = 1 AND default_outgoing = 1) AS sends_mail
"""
_SECRETS = frozenset(
	{
		"twilio_auth_token",
		"twilio_previous_auth_token",
		"twilio_api_secret",
		"vapid_private_key",
		"zulip_api_key",
		"zulip_webhook_token",
	}
)


#: of each site in this process: when its document was changed last, and what it says; secrets take long to open
_stored: dict[str, tuple[str, dict[str, Any]]] = {}


def settings() -> Settings:
	"""Return the settings as they are now; read once in a request or job."""
	known: tuple[str, Settings] | None = getattr(frappe.local, "customer_thread_settings", None)
	if known and known[0] == str(frappe.get_cached_doc(DOCTYPE).modified):
		return known[1]
	stored = FrappeDatabase().select(_STORED, {"doctype": DOCTYPE})[0]
	if known is None:
		_forget_what_was_cached_too_late(str(stored["modified"] or ""))
	document = frappe.get_cached_doc(DOCTYPE)
	found = _settings(document, sends_mail=bool(stored["sends_mail"]))
	frappe.local.customer_thread_settings = (str(document.modified), found)
	return found


def _forget_what_was_cached_too_late(modified: str) -> None:
	"""Clear the cached document if another one is stored, which was changed then.

	A job that began before the settings were saved, and asks for them after, puts the old ones into the cache for
	all others, where they would stay.
	"""
	if str(frappe.get_cached_doc(DOCTYPE).modified or "") != modified:
		frappe.clear_document_cache(DOCTYPE, DOCTYPE)


def _settings(document: "Document", *, sends_mail: bool) -> Settings:
	modified, values = _stored.get(frappe.local.site, ("", {}))
	if not document.modified or modified != str(document.modified):
		values = _read(document)
		_stored[frappe.local.site] = (str(document.modified), values)
	unset = {"business_name": frappe.defaults.get_global_default("company"), "tabs": default_tabs()}
	given = {name: value for name, value in unset.items() if value}
	return Settings(**{**given, **values}, sends_mail=sends_mail)


def _read(document: "Document") -> dict[str, Any]:
	"""Return what is set."""
	defaults = Settings()
	values: dict[str, Any] = {}
	for name in NAMES:
		value = _secret(document, name) if name in _SECRETS else document.get(name)
		if name == "tabs":
			value = tuple((row.title, row.route) for row in document.tabs)
		if name == "team":
			value = tuple((row.user, row.phone or "", row.email or "") for row in document.team)
		if value not in (None, "", ()):
			values[name] = _as(getattr(defaults, name), value)
	return values


def _secret(document: "Document", name: str) -> str | None:
	# the document itself holds stars; without them nothing is kept
	if not document.get(name):
		return None
	secret: str | None = get_decrypted_password(DOCTYPE, DOCTYPE, name, raise_exception=False)
	return secret


def _as(default: object, value: Any) -> Any:  # noqa: ANN401 - each setting has its own type
	if isinstance(default, bool):
		return bool(int(value))
	if isinstance(default, int):
		return int(value)
	return value if isinstance(value, tuple) else str(value)
