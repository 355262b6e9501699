"""The user of the site who is signed in by an invitation of a customer: found, or made.

Nobody of the business, and nobody who was disabled, is let in by a link.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.contacts.doctype.contact.contact import get_contact_name
from frappe.utils import strip_html

from customer_thread.domain.errors import Conflict
from customer_thread.frappe_host.mailboxes import MADE_UP, mailbox
from customer_thread.frappe_host.portal_users import ROLE, give_role
from customer_thread.service.ports import PortalReader

_SAVEPOINT = "customer_thread_let_in"
#: users that Frappe makes within an hour unless the site's configuration says otherwise (User.before_insert)
_AN_HOUR = 60


def invitee(customer: str, emails: Sequence[str]) -> PortalReader | None:
	"""Return who has a Portal User row of this customer, else who has one of these addresses; None if nobody has.

	Raise Conflict if it is somebody of the business, or was disabled.
	"""
	named = [user for user in (_user(row.user) for row in _held(customer).portal_users) if user]
	known = named or [user for address in emails for user in _users_with(address)]
	welcome = [user for user in known if user.enabled and user.user_type == "Website User"]
	if welcome:
		own = [user for user in welcome if mailbox(user.email) in emails]
		return _reader((own or welcome)[0])
	for user in known:
		if user.user_type != "Website User":
			raise Conflict("{0} works for the business: no link signs them in.", user.name)
		raise Conflict("The user {0} is disabled.", user.name)
	return None


def let_in(customer: str, name: str, reader: PortalReader | None, emails: Sequence[str]) -> PortalReader:
	"""Write the Portal User row of this user, or of one who is made, and give the role; again is no change.

	For whoever may invite, who need not be allowed to change Customers or Users. Raise Conflict with what Frappe or
	ERPNext has against it; then nothing was written.
	"""
	with _whole_or_nothing():
		user = reader.user if reader else _new_user(name, emails)
		give_role(user)
		document = _held(customer)
		if all(row.user != user for row in document.portal_users):
			document.append("portal_users", {"user": user})
			document.flags.ignore_permissions = document.flags.ignore_mandatory = True
			document.save()
	return reader or _reader(_user(user))


@contextmanager
def _whole_or_nothing() -> Iterator[None]:
	frappe.db.savepoint(_SAVEPOINT)
	said = len(frappe.local.message_log)
	try:
		yield
	except (frappe.ValidationError, frappe.DuplicateEntryError, frappe.PermissionError) as error:
		frappe.db.rollback(save_point=_SAVEPOINT)
		raise Conflict("It could not be saved: {0}", strip_html(str(error))[:200]) from error
	finally:
		# what Frappe says of its own to whoever looks at a form: the answer says it
		del frappe.local.message_log[said:]


def _held(customer: str) -> Any:  # noqa: ANN401 - a Customer
	"""Return the Customer as it is now, also where another invitation has just changed it."""
	return frappe.get_doc("Customer", customer, for_update=True)


def _user(name: str) -> Any:  # noqa: ANN401 - fields of a User
	return frappe.db.get_value(
		"User", name, ["name", "email", "enabled", "user_type"], as_dict=True, for_update=True
	)


def _users_with(address: str) -> list[Any]:
	fields = ["name", "email", "enabled", "user_type"]
	found = frappe.get_all("User", or_filters={"name": address, "email": address}, fields=fields)
	# MariaDB takes josé@… for jose@…, who is somebody else
	return [user for user in found if address in (user.name.lower(), (user.email or "").lower())]


def _reader(user: Any) -> PortalReader:  # noqa: ANN401 - fields of a User
	return PortalReader(user.name, mailbox(user.email))


def _new_user(name: str, emails: Sequence[str]) -> str:
	"""Return a new user of the portal, whom nothing is mailed about."""
	limit = int(frappe.local.conf.get("throttle_user_limit", _AN_HOUR))
	if frappe.db.get_creation_count("User", 60) > limit:
		raise Conflict("Frappe makes no more than {0} users within an hour. Please go on later.", limit)
	address = emails[0] if emails else f"{frappe.generate_hash(length=20)}@no-address{MADE_UP}"
	names = _names_on_file(address) or {"first_name": name}
	document = frappe.get_doc(
		{"doctype": "User", "email": address, "send_welcome_email": 0, "roles": [{"role": ROLE}], **names}
	)
	document.flags.no_welcome_mail = True
	document.insert(ignore_permissions=True)
	if not emails:
		_keep_mails_from(address)
	return str(document.name)


def _names_on_file(address: str) -> dict[str, str]:
	"""Return how the Contact with this address is called: Frappe gives it the names of its user."""
	contact = frappe.db.get_value("Contact", {"email_id": address}) or get_contact_name(address)
	if not contact:
		return {}
	found = frappe.db.get_value("Contact", contact, ["first_name", "last_name", "gender"], as_dict=True)
	return {key: value for key, value in found.items() if value} if found.first_name else {}


def _keep_mails_from(address: str) -> None:
	"""Let Frappe queue no mail of its own for an address that was made up."""
	values = {"doctype": "Email Unsubscribe", "email": address, "global_unsubscribe": 1}
	frappe.get_doc(values).insert(ignore_permissions=True)
