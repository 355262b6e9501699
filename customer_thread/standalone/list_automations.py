"""What the system writes by itself, as the command line lists it."""

from collections.abc import Sequence

from customer_thread.domain.errors import BadInput
from customer_thread.service.desk.read_automations import read_automations
from customer_thread.standalone.wiring import Host


def list_automations(
	host: Host, *, switch_on: Sequence[str] = (), switch_off: Sequence[str] = ()
) -> list[tuple[str, str, str, str, str]]:
	"""Switch some on and some off, and return of each its name, on or off, title, document type and moment.

	Raise NotFound for a name that is none, BadInput for one that cannot work; then nothing was switched.
	"""
	both = sorted(set(switch_on) & set(switch_off))
	if both:
		raise BadInput("“{0}” cannot be switched on and off at once.", both[0])
	with host.database.transaction():
		for names, enabled in ((switch_on, True), (switch_off, False)):
			for name in names:
				host.ports.automations.switch(host.ports, name, enabled)
	return [
		(
			each["automation"],
			"on" if each["enabled"] else "off",
			each["title"],
			each["document_type"],
			each["moment"],
		)
		for each in read_automations(host.ports)
	]
