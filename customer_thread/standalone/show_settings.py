"""The settings as an admin may see them on a terminal: secrets hidden."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from customer_thread.service.settings import NAMES
from customer_thread.standalone.settings_store import SMTP_URL, SettingsStore

HIDDEN = "(hidden)"
#: characters of one: a logo can be a whole picture
_SHOWN = 200


def shown_settings(store: SettingsStore) -> Iterator[tuple[str, str]]:
	"""Return each setting's name and value as `set` takes it."""
	settings, smtp_url = store.values()
	secrets = store.secrets()
	for name in NAMES:
		value = _worded(getattr(settings, name))
		yield name, HIDDEN if value and name in secrets else _cut(value)
	yield SMTP_URL, _without_password(smtp_url)


def _worded(value: object) -> str:
	if isinstance(value, bool):
		return str(int(value))
	if isinstance(value, tuple):
		return ", ".join(f"{title}={route}" for title, route in value)
	return str(value)


def _cut(value: str) -> str:
	return value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"


def _without_password(address: str) -> str:
	# the last @: a password may have one
	who, at, host = urlsplit(address).netloc.rpartition("@")
	name, colon, _password = who.partition(":")
	return address.replace(f"{who}{at}{host}", f"{name}:{HIDDEN}@{host}", 1) if colon else address
