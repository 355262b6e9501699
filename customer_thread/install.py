"""What a site needs besides the DocTypes."""

import frappe
from frappe.utils import cast, get_system_timezone

from customer_thread.frappe_host import confirmed, contacts
from customer_thread.frappe_host.shipped_rules import keep_rules, restore_rules
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.cards.bring_in_history import ask_for_history
from customer_thread.store.indexes import INDEXES

#: months that are brought in when the app is installed
FIRST_HISTORY = 12
APP = "customer_thread"
ROLES = ("Thread Agent", "Thread Manager")
SETTINGS = "Customer Thread Settings"


def before_install() -> None:
	"""Remember whether there are settings: an installation that is forced leaves them alone."""
	frappe.flags.customer_thread_is_new = not frappe.db.get_singles_dict(SETTINGS)


def after_install() -> None:
	"""Make the indexes, our fields, settings that fit this site, and the contact points; ask for the history."""
	make_indexes()
	confirmed.make_fields()
	if frappe.flags.pop("customer_thread_is_new", False):
		save_first_settings()
	# at once: what comes in the next minute is to find its thread
	contacts.repair()
	# by the scheduler, once the card rules are there too
	ask_for_history(site_ports(), FIRST_HISTORY)


def before_uninstall() -> None:
	"""Take along what Frappe would leave: our fields, the roles, and the jobs, which would fail every minute.

	Together with Frappe's own removal it holds, or in a dry run does not.
	"""
	for job in frappe.get_all("Scheduled Job Type", {"method": ("like", f"{APP}.%")}, pluck="name"):
		frappe.delete_doc("Scheduled Job Type", job, force=True)
	confirmed.remove_fields()
	for role in ROLES:
		frappe.delete_doc("Role", role, force=True, ignore_missing=True)
	frappe.db.delete("Has Role", {"role": ("in", ROLES)})
	frappe.db.delete("Patch Log", {"patch": ("like", f"{APP}.%")})


def before_migrate() -> None:
	"""Remember the rules before Frappe lays its fixtures over what an admin has changed in them."""
	keep_rules()


def after_migrate() -> None:
	"""Make the indexes and fields that a new version brought, set its new settings, and give the admin's rules back."""
	make_indexes()
	confirmed.make_fields()
	set_new_settings()
	restore_rules()


def save_first_settings() -> None:
	"""Save settings that fit this site: Frappe has saved the time of the installation in every Time field."""
	document = frappe.get_doc(SETTINGS)
	defaults = {field.fieldname: field for field in document.meta.fields if field.default}
	document.update({name: cast(field.fieldtype, field.default) for name, field in defaults.items()})
	document.default_timezone = get_system_timezone()
	country = frappe.db.get_default("country")
	document.default_region = (
		(country and frappe.db.get_value("Country", country, "code")) or document.default_region
	).upper()
	document.flags.ignore_permissions = True
	document.flags.ignore_mandatory = True
	document.flags.ignore_version = True
	document.save()


def set_new_settings() -> None:
	"""Give each setting that this version brought its default.

	Frappe does so for a document that was never saved. Else the form would show nothing, or 0, and save that.
	"""
	stored = {row[0] for row in frappe.db.sql("SELECT field FROM `tabSingles` WHERE doctype = %s", SETTINGS)}
	if not stored:
		return
	fields = [field for field in frappe.get_meta(SETTINGS).fields if field.default]
	new = {field.fieldname: cast(field.fieldtype, field.default) for field in fields}
	for name in stored & set(new):
		del new[name]
	if new:
		frappe.db.set_single_value(SETTINGS, new, update_modified=False)


def make_indexes() -> None:
	"""Make every index of `store/indexes.py` that is not there. Safe to repeat."""
	for index in INDEXES:
		columns = list(index.columns)
		if index.unique:
			frappe.db.add_unique(index.doctype, columns, constraint_name=index.name)
		else:
			frappe.db.add_index(index.doctype, columns, index_name=index.name)
