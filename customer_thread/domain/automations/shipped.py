"""Whether an automation is as a version of the app shipped it, or an admin has made it their own."""

from dataclasses import fields
from hashlib import sha256

from customer_thread.domain.automations.model import Automation

#: what an admin switches, and what follows from it
_FORCE = ("enabled", "in_force_since_us", "name")


def digest(automation: Automation) -> str:
	"""Return 16 hexadecimal digits that stand for all an automation says but whether, and since when, it is in force."""
	said = {
		field.name: getattr(automation, field.name)
		for field in fields(automation)
		if field.name not in _FORCE
	}
	# a field that a later version brings, and that says nothing, changes nothing
	parts = sorted((name, str(value)) for name, value in said.items() if value)
	return sha256(repr(parts).encode()).hexdigest()[:16]


def is_as_shipped(automation: Automation, shipped: str) -> bool:
	"""Return whether nobody has changed an automation since it came; `shipped`: the digest it came with, if any."""
	return bool(shipped) and shipped == digest(automation)
