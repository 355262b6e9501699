"""The settings are changed, and what hangs on them follows."""

from collections.abc import Mapping

from customer_thread.service.automations.look_at_held import held_messages, look_again_at
from customer_thread.service.settings import HOURS
from customer_thread.standalone.wiring import Host


def change_settings(host: Host, changes: Mapping[str, str]) -> None:
	"""Write settings given as text, and let what is held until other hours be looked at again.

	Raise BadInput, and write none, if one is wrong.
	"""
	host.settings_store.save(changes)
	if not HOURS.isdisjoint(changes):
		for name in held_messages(host.ports):
			with host.database.transaction():
				look_again_at(host.ports, name)
