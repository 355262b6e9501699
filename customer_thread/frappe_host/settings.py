"""The settings of a Frappe site as the frozen value the services read."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils.password import get_decrypted_password

from customer_thread.frappe_host.tabs import default_tabs
from customer_thread.service.settings import NAMES, Settings

if TYPE_CHECKING:
	from frappe.model.document import Document

DOCTYPE = "Customer Thread Settings"
_SECRETS = frozenset(
	{"twilio_auth_token", "twilio_previous_auth_token", "twilio_api_secret", "vapid_private_key"}
)


def settings() -> Settings:
	"""Return the settings as they are now; read once in a request or job."""
	document = frappe.get_cached_doc(DOCTYPE)
	known: tuple[str, Settings] | None = getattr(frappe.local, "customer_thread_settings", None)
	if known is None or known[0] != str(document.modified):
		known = (str(document.modified), _read(document))
		frappe.local.customer_thread_settings = known
	return known[1]


def _read(document: "Document") -> Settings:
	defaults = Settings()
	values: dict[str, Any] = {}
	for name in NAMES:
		value = _secret(document, name) if name in _SECRETS else document.get(name)
		if name == "tabs":
			value = tuple((row.title, row.route) for row in document.tabs) or default_tabs()
		if value not in (None, "", ()):
			values[name] = _as(getattr(defaults, name), value)
	values.setdefault(
		"business_name", frappe.defaults.get_global_default("company") or defaults.business_name
	)
	return Settings(**values, sends_mail=_sends_mail())


def _secret(document: "Document", name: str) -> str | None:
	# the document itself holds stars; without them nothing is kept
	if not document.get(name):
		return None
	return get_decrypted_password(DOCTYPE, DOCTYPE, name, raise_exception=False)


def _as(default: object, value: Any) -> Any:  # noqa: ANN401 - each setting has its own type
	if isinstance(default, bool):
		return bool(int(value))
	if isinstance(default, int):
		return int(value)
	return value if isinstance(value, tuple) else str(value)


def _sends_mail() -> bool:
	return bool(frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}))
