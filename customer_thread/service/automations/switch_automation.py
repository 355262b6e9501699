"""An automation is switched on or off."""

from dataclasses import replace

from customer_thread.domain.automations.check import check
from customer_thread.domain.automations.model import Automation
from customer_thread.domain.errors import NotFound
from customer_thread.service.ports import Ports
from customer_thread.store import automations


def require_automation(ports: Ports, name: str) -> Automation:
	"""Return one. Raise NotFound."""
	found = automations.get(ports.database, name)
	if found is None:
		raise NotFound("There is no automation “{0}”.", name)
	return found


def switch_automation(ports: Ports, name: str, enabled: bool) -> bool:
	"""Switch one on or off; return whether it was not so before. Raise NotFound, or BadInput if it cannot work.

	What happened before it is switched on it does not tell.
	"""
	automation = require_automation(ports, name)
	if automation.enabled == enabled:
		return False
	if enabled:
		check(replace(automation, enabled=True))
	automations.switch(ports.database, name, enabled=enabled, now_us=ports.clock.now_us())
	return True
