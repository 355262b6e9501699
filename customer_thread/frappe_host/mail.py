"""The Mail port: complete mails into Frappe's Email Queue, which sends and repeats them."""

import frappe
from frappe.utils import now_datetime

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import OutboundMail
from customer_thread.gateways.mail.message import build


class QueuedMail:
	"""The default outgoing Email Account of the site."""

	def send(self, mail: OutboundMail) -> None:
		"""Queue one mail with its own Message-ID and References. Raise GatewayError without an account."""
		account = frappe.db.get_value("Email Account", {"enable_outgoing": 1, "default_outgoing": 1})
		if not account:
			raise GatewayError("The site has no default outgoing Email Account.", permanent=True)
		message = build(mail, now_datetime().astimezone())
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
