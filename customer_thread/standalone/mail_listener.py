"""Inbound e-mail by SMTP: a mail is answered with 250 once it is in the database, not before."""

import asyncio
import logging
import socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession

from customer_thread.domain.errors import BadInput, Unavailable
from customer_thread.domain.limits import MAIL_BYTES
from customer_thread.gateways.mail.inbound import parse
from customer_thread.service.incoming.receive_mail import receive_mail
from customer_thread.standalone.wiring import Host

log = logging.getLogger("customer_thread.mail")


class Mailbox:
	"""Receives mails for the business; it relays nothing."""

	def __init__(self, host: Host) -> None:
		self._host = host

	async def handle_DATA(self, server: SMTP, session: SmtpSession, envelope: Envelope) -> str:
		"""Return the SMTP reply to a mail."""
		return await asyncio.get_running_loop().run_in_executor(None, self._receive, envelope)

	def _receive(self, envelope: Envelope) -> str:
		data = envelope.original_content or b""
		now = self._host.clock.now_us()
		try:
			mail = parse(data, envelope.mail_from or "", envelope.rcpt_tos, now)
			if self._host.settings().capture_emails:
				with self._host.database.transaction():
					receive_mail(self._host.ports, mail)
		except BadInput as error:
			return f"554 5.6.0 {error}"
		except Unavailable:
			return "451 4.3.0 Busy, please try again"
		except Exception:
			log.exception("a mail could not be received")
			return "451 4.3.0 Could not be taken, please try again"
		return "250 2.0.0 Taken"


def listen(host: Host, port: int) -> tuple[Controller, int]:
	"""Start listening on 127.0.0.1 and return the listener and its port; 0 takes any free one."""
	if not port:
		with socket.socket() as probe:
			probe.bind(("127.0.0.1", 0))
			port = int(probe.getsockname()[1])
	controller = Controller(
		Mailbox(host),
		hostname="127.0.0.1",
		port=port,
		data_size_limit=MAIL_BYTES,
		ident="customer_thread",
		server_hostname="customer-thread.local",
	)
	controller.start()
	return controller, port
