"""Lines in the Desk's own bell: Notification Logs, each in its reader's language."""

import hashlib
from functools import partial

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import set_notifications_as_unseen

from customer_thread.domain.phrase import Phrase
from customer_thread.frappe_host.database import SYSTEM_USER
from customer_thread.permissions import THREAD

LOG = "Notification Log"


def ring_user(user: str, thread: str, said: Phrase) -> None:
	"""Put what is said of a thread into a user's bell, in the one line that they have of it."""
	name = f"{thread}-{hashlib.sha256(user.encode()).hexdigest()[:12]}"
	subject = _subject(user, said)
	if not frappe.db.exists(LOG, name):
		_add(name, user, thread, subject, SYSTEM_USER, "Alert")
		return
	now = frappe.utils.now()
	frappe.db.set_value(LOG, name, {"subject": subject, "read": 0, "creation": now})
	if frappe.db.get_value("Notification Settings", user, "seen"):
		# of many messages in a row the first one lights the bell, until it is looked at
		set_notifications_as_unseen(user)
		frappe.publish_realtime("notification", after_commit=True, user=user)


def mention_user(user: str, thread: str, said: Phrase, by: str) -> None:
	"""Tell a user that another means them by name, in a line of its own."""
	_add(f"{thread}-{frappe.generate_hash(length=12)}", user, thread, _subject(user, said), by, "Mention")


def _subject(user: str, said: Phrase) -> str:
	language = frappe.get_cached_value("User", user, "language") or frappe.local.lang
	# the bell takes it for HTML
	return str(frappe.utils.escape_html(said.worded(partial(_, lang=language))))


def _add(name: str, user: str, thread: str, subject: str, by: str, kind: str) -> None:
	values = {"subject": subject, "type": kind, "document_type": THREAD, "document_name": thread}
	# the picture beside it is this user's; without one it would be the reader's own
	document = frappe.get_doc({"doctype": LOG, "for_user": user, "from_user": by, **values})
	document.insert(ignore_permissions=True, set_name=name)
	document.db_set("owner", SYSTEM_USER, update_modified=False)
