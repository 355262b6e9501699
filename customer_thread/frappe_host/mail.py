"""The Mail port: complete mails into Frappe's Email Queue, which sends and repeats them."""

import frappe

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.inbound import Bounce
from customer_thread.domain.outbound import OutboundMail
from customer_thread.frappe_host.times import site_now, site_time
from customer_thread.gateways.mail.message import build

_GIVEN_UP = ("Error", "Expired")


class QueuedMail:
	"""The default outgoing Email Account of the site."""

	def send(self, mail: OutboundMail) -> None:
		"""Queue one mail with its own Message-ID and References. Raise GatewayError without an account."""
		account = frappe.db.get_value("Email Account", {"enable_outgoing": 1, "default_outgoing": 1})
		if not account:
			raise GatewayError("The site has no default outgoing Email Account.", permanent=True)
		message = build(mail, site_now())
		document = frappe.get_doc(
			{
				"doctype": "Email Queue",
				"sender": mail.from_address,
				"message": message.as_string(),
				"message_id": mail.message_id.strip("<>"),
				"email_account": account,
				"status": "Not Sent",
				"priority": 1,
				"recipients": [{"recipient": mail.to, "status": "Not Sent"}],
			}
		)
		document.flags.ignore_permissions = True
		document.insert()
		frappe.enqueue(
			"customer_thread.tasks.send_mail", queue="short", enqueue_after_commit=True, name=document.name
		)


def given_up(since_us: int) -> list[Bounce]:
	"""Return the mails that Frappe has given up since then; of one queued several times only the last counts.

	Frappe writes this with SQL of its own, which tells nobody (frappe/email/doctype/email_queue/email_queue.py).
	"""
	since = {"creation": (">=", site_time(since_us)), "message_id": ("is", "set")}
	failed = frappe.get_all("Email Queue", {**since, "status": ("in", _GIVEN_UP)}, pluck="message_id")
	if not failed:
		return []
	queued = {"message_id": ("in", failed)}
	rows = frappe.get_all("Email Queue", queued, ["message_id", "status", "error"], order_by="creation")
	last = {row.message_id: row for row in rows}
	return [
		Bounce(f"<{row.message_id}>", row.status, _reason(row.error))
		for row in last.values()
		if row.status in _GIVEN_UP
	]


def _reason(error: str | None) -> str:
	"""Return the last line of a traceback, which says what was wrong."""
	lines = (error or "").strip().splitlines()
	return lines[-1][:500] if lines else ""
