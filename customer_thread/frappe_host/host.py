"""The small ports on a Frappe site: Queue, Live, Files."""

import frappe

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Media
from customer_thread.frappe_host.database import SYSTEM_USER


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
	"""Frappe's socket: only the thread's own portal users are told, never a room of all."""

	def changed(self, thread: str) -> None:
		"""Tell this thread's readers that it changed, once the transaction holds."""
		party = frappe.db.get_value("Customer Thread", thread, ["party_type", "party"], as_dict=True)
		if not party or party.party_type != "Customer":
			return
		users = frappe.get_all(
			"Portal User", filters={"parenttype": "Customer", "parent": party.party}, pluck="user"
		)
		for user in users:
			frappe.publish_realtime("customer_thread_changed", {}, user=user, after_commit=True)


class FrappeFiles:
	"""File documents that are private and the system's own."""

	def save(self, media: Media) -> str:
		"""Keep the bytes and return the File's name."""
		document = frappe.get_doc(
			{"doctype": "File", "file_name": media.name or "picture", "is_private": 1, "content": media.data}
		)
		document.flags.ignore_permissions = True
		document.insert()
		# the owner of a File may read it by its address
		document.db_set("owner", SYSTEM_USER, update_modified=False)
		return str(document.name)

	def read(self, file: str) -> bytes:
		"""Return the bytes. Raise NotFound."""
		if not frappe.db.exists("File", file):
			raise NotFound("This file is not there.")
		content = frappe.get_doc("File", file).get_content()
		return content.encode() if isinstance(content, str) else content
