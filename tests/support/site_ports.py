"""The small ports on the site, and what they find there. What they write is rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from customer_thread.domain.model import Party
from customer_thread.frappe_host.bell import DeskBell
from customer_thread.frappe_host.colleagues import CachedColleagues
from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.documents import ErpNextDocuments
from customer_thread.frappe_host.host import FrappeFiles
from customer_thread.frappe_host.parties import ErpNextParties
from customer_thread.frappe_host.presence import CachedPresence
from customer_thread.service.ports import PartyInfo
from support.clock import FixedClock
from support.site import open_site


@contextmanager
def _rolled_back() -> Iterator[Any]:
	frappe = open_site()
	try:
		yield frappe
	finally:
		frappe.db.rollback()
		frappe.destroy()


@contextmanager
def site_files() -> Iterator[FrappeFiles]:
	"""Return the Files port."""
	with _rolled_back():
		yield FrappeFiles()


@contextmanager
def site_bell() -> Iterator[DeskBell]:
	"""Return the Bell port."""
	with _rolled_back():
		yield DeskBell()


@contextmanager
def site_documents() -> Iterator[ErpNextDocuments]:
	"""Return the Documents port."""
	with _rolled_back():
		yield ErpNextDocuments(FrappeDatabase())


@contextmanager
def site_party(info: PartyInfo) -> Iterator[tuple[ErpNextParties, Party]]:
	"""Return the Parties port, and a customer of whom the site knows all this."""
	with _rolled_back() as frappe:
		user = {"doctype": "User", "email": "sarah@ports.example", "first_name": info.name}
		frappe.get_doc({**user, "time_zone": info.timezone, "send_welcome_email": 0}).insert()
		customer = frappe.get_doc({"doctype": "Customer", "customer_name": info.name})
		customer.append("portal_users", {"user": user["email"]})
		customer.insert()
		project, _dot, _state = info.project.partition(" · ")
		frappe.db.delete("Project", {"project_name": project})
		values = {"doctype": "Project", "project_name": project, "customer": customer.name}
		frappe.get_doc(values).insert()
		yield ErpNextParties(), Party("Customer", customer.name)


@contextmanager
def site_colleagues(clock: FixedClock) -> Iterator[CachedColleagues]:
	"""Return the Colleagues port."""
	with _rolled_back():
		yield CachedColleagues(clock)


@contextmanager
def site_presence() -> Iterator[CachedPresence]:
	"""Return the Presence port."""
	with _rolled_back():
		yield CachedPresence()
