"""Why a fresh mail from an address is taken for its owner's words."""

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Address, Trust
from customer_thread.service.ports import Ports
from customer_thread.store import contact_points


def trust_address(ports: Ports, thread: str, address: Address, why: Trust, by: str | None = None) -> bool:
	"""Note that an address on file is trusted in a thread, and why; return whether that is new.

	What a person took back, only a person gives again; who was trusted stays so for the first reason.
	"""
	is_persons = why in ("Said By Staff", "Taken Back")
	changed = False
	for row in contact_points.of_address(ports.database, address):
		if row["thread"] == thread and row["trust"] != why and (is_persons or not row["trust"]):
			contact_points.set_trust(ports.database, row["name"], why, by, ports.clock.now_us())
			changed = True
	return changed


def say_trusted(ports: Ports, thread: str, address: Address, *, trusted: bool, by: str | None) -> None:
	"""Let a person say whether an address on file is trusted. Raise NotFound if it is not on file there."""
	if thread not in contact_points.threads_of(ports.database, address):
		raise NotFound("This address is not on file here.")
	trust_address(ports, thread, address, "Said By Staff" if trusted else "Taken Back", by)
