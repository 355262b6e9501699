"""The phones and mailboxes that the settings say are the business's own: never a customer's."""

from collections.abc import Mapping

from customer_thread.domain.people.addresses import email, phone
from customer_thread.service.outgoing.reach import contractor_mailbox, contractor_mobile
from customer_thread.service.settings import Settings


def staff_phones(settings: Settings) -> Mapping[str, str]:
	"""Return the numbers, E.164, with whose each is: a user, or for the contractor an empty string."""
	team = {phone(number, settings.default_region): user for user, number, _address in settings.team}
	known = {address.value: user for address, user in team.items() if address}
	contractor = contractor_mobile(settings)
	return {**known, contractor: ""} if contractor else known


def staff_mailboxes(settings: Settings) -> Mapping[str, str]:
	"""Return the e-mail addresses in the same way."""
	team = {email(address): user for user, _number, address in settings.team}
	known = {address.value: user for address, user in team.items() if address}
	contractor = contractor_mailbox(settings)
	return {**known, contractor: ""} if contractor else known
