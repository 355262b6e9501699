"""Who talks with whom, and about which project."""

from typing import TypedDict

from customer_thread.domain.people.addresses import readable_phone
from customer_thread.domain.words import initials
from customer_thread.service.ports import PartyInfo
from customer_thread.service.settings import Settings


class ContractorView(TypedDict):
	"""The business, as it stands over its threads."""

	name: str
	initials: str
	logo: str | None
	#: as one reads it, "(212) 555-0100"
	phone: str | None


class CustomerView(TypedDict):
	"""Whose thread it is."""

	name: str
	initials: str


class ThreadHeader(TypedDict):
	"""What stands over a thread."""

	#: the business
	title: str
	#: the customer's newest open one
	project: str | None
	contractor: ContractorView
	customer: CustomerView


def thread_header(settings: Settings, info: PartyInfo) -> ThreadHeader:
	"""Return what stands over a customer's thread."""
	return {
		"title": settings.business_name,
		"project": info.project or None,
		"contractor": {
			"name": settings.business_name,
			"initials": initials(settings.business_name),
			"logo": settings.logo or None,
			"phone": readable_phone(settings.business_phone) or None,
		},
		"customer": {"name": info.name, "initials": initials(info.name)},
	}
