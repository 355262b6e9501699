"""Since when an automation is asked about what happens: what happened before is not told."""

from customer_thread.domain.automations.model import Automation

#: what decides of which happening it tells
_ASKED = ("document_type", "moment", "after_event")


def is_newly_in_force(before: Automation, after: Automation) -> bool:
	"""Return whether one that was changed tells of something else, or was switched on."""
	if not after.enabled:
		return False
	return not before.enabled or any(getattr(before, name) != getattr(after, name) for name in _ASKED)
