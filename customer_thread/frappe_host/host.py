"""The small ports on a Frappe site: Queue, Live, Files."""

import frappe
from frappe.realtime import get_doc_room, get_doctype_room, get_user_room
from pypdf.errors import PyPdfError

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Attachment
from customer_thread.frappe_host.database import SYSTEM_USER, FrappeDatabase
from customer_thread.service.portal.frame import LiveView
from customer_thread.store.threads import THREAD

#: what the socket says; public/js/messages/live.js hears it
EVENT = "customer_thread_changed"
#: what it says to a form of the Desk; customer_thread.js hears it
FORM_EVENT = "customer_thread_form_changed"
#: what it says to a list of the Desk, that some thread has changed; customer_thread_list.js hears it
LIST_EVENT = "customer_thread_list_changed"
#: what it says to whoever of the staff has a thread open, that others of them came, left or write; colleagues.js hears it
COLLEAGUES_EVENT = "customer_thread_colleagues_changed"
_SOCKET_SCRIPT = "/assets/frappe/node_modules/socket.io-client/dist/socket.io.esm.min.js"
_READERS = """
SELECT DISTINCT u.name FROM `tabCustomer Thread` t
JOIN `tabPortal User` p ON p.parent = t.party AND p.parenttype = 'Customer' AND p.parentfield = 'portal_users'
JOIN `tabUser` u ON u.name = p.user AND u.enabled = 1
WHERE t.name = %(thread)s AND t.party_type = 'Customer' ORDER BY u.name
"""


class FrappeQueue:
	"""Background jobs, queued once the transaction holds."""

	def run_soon(self, task: str) -> None:
		"""Queue `tasks.<task>`, once in a transaction however often it is asked for."""
		flag = f"customer_thread_{task}"
		if frappe.flags.get(flag):
			return
		frappe.flags[flag] = True
		for ended in (frappe.db.after_commit, frappe.db.after_rollback):
			ended.add(lambda: frappe.flags.pop(flag, None))
		frappe.enqueue(f"customer_thread.tasks.{task}", queue="short", enqueue_after_commit=True)


class FrappeLive:
	"""Frappe's socket: only who may see the thread is notified that it changed, never of what."""

	def changed(self, thread: str) -> None:
		"""Notify this thread's readers that it changed, once the transaction holds.

		Its own portal users; of staff whoever has it open, whom Frappe lets into its room only if they may see it
		(frappe.realtime, can_subscribe_doc), and whoever has the list open, without its name.
		"""
		self.changed_for_staff(thread)
		self.list_changed()
		for row in FrappeDatabase().select(_READERS, {"thread": thread}):
			frappe.publish_realtime(EVENT, {}, room=get_user_room(row["name"]), after_commit=True)

	def changed_for_staff(self, thread: str) -> None:
		"""Notify whoever of the staff has it open."""
		room = get_doc_room(THREAD, thread)
		frappe.publish_realtime(FORM_EVENT, {"thread": thread}, room=room, after_commit=True)

	def list_changed(self) -> None:
		"""Notify whoever of the staff has the list open; Frappe says the same once in a transaction."""
		frappe.publish_realtime(LIST_EVENT, {}, room=get_doctype_room(THREAD), after_commit=True)

	def colleagues_changed(self, thread: str) -> None:
		"""Notify whoever of the staff has it open that others of them came, left, write or write no more."""
		room = get_doc_room(THREAD, thread)
		frappe.publish_realtime(COLLEAGUES_EVENT, {"thread": thread}, room=room, after_commit=True)


def socket() -> LiveView | None:
	"""Return where a page finds the script that speaks to Frappe's socket, and the socket's namespace.

	The script is the one that every bench serves from Frappe's own node_modules.
	"""
	if frappe.conf.disable_async:
		return None
	return {"script": f"{_SOCKET_SCRIPT}?v={frappe.__version__}", "site": frappe.local.site}


class FrappeFiles:
	"""File documents that are private and the system's own."""

	def save(self, attachment: Attachment) -> str:
		"""Keep the bytes and return the File's name."""
		name = attachment.name or "picture"
		try:
			return _keep(name, attachment.data)
		except (OSError, PyPdfError, frappe.ValidationError):
			# Frappe strips a JPEG of its EXIF, and looks for scripts in a PDF, which fails for what is none and refuses
			# what has some: nobody looks into a .bin
			return _keep(f"{name}.bin", attachment.data)

	def read(self, file: str) -> bytes:
		"""Return the bytes. Raise NotFound."""
		if not frappe.db.exists("File", file):
			raise NotFound("This file is not there.")
		content = frappe.get_doc("File", file).get_content()
		return content.encode() if isinstance(content, str) else content

	def remove(self, file: str) -> None:
		"""Forget the bytes for good; a file that is not there is no error."""
		frappe.delete_doc(
			"File", file, force=True, ignore_permissions=True, ignore_missing=True, delete_permanently=True
		)


def _keep(name: str, data: bytes) -> str:
	document = frappe.get_doc({"doctype": "File", "file_name": name, "is_private": 1, "content": data})
	document.flags.ignore_permissions = True
	document.insert()
	# the owner of a File may read it by its address
	document.db_set("owner", SYSTEM_USER, update_modified=False)
	return str(document.name)
