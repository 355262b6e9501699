"""Which fields of a document are read while it is planned, so that a host need not look up all of them."""

from collections.abc import Iterable

from customer_thread.domain.automations.model import Automation
from customer_thread.domain.automations.questions import BEGINS
from customer_thread.domain.cards.fields_read import ALWAYS
from customer_thread.domain.cards.templates import as_template, names_used


def fields_read(automations: Iterable[Automation]) -> frozenset[str] | None:
	"""Return the fieldnames that are read to say which messages are wanted, not yet in which words.

	None if they may be any: a condition works out a field's name, or cannot be read.
	"""
	found = {*ALWAYS, *BEGINS, "status"}
	for automation in automations:
		used = names_used(as_template(automation.condition)) if automation.condition.strip() else frozenset()
		if used is None:
			return None
		found |= used
		found |= {automation.date_field, automation.valid_until_field, automation.soon_field}
	return frozenset(found - {""})
