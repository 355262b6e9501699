"""Inbound e-mail by SMTP: a mail is answered with 250 once it is in the database, not before."""

import asyncio
import logging
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from aiosmtpd.smtp import Session as SmtpClient

from customer_thread.domain.errors import BadInput, Unavailable
from customer_thread.domain.limits import MAIL_BYTES, MAIL_RECIPIENTS
from customer_thread.gateways.mail.inbound import parse
from customer_thread.service.incoming.receive_mail import receive_mail
from customer_thread.standalone.smtp_session import Sessions, SmtpSession
from customer_thread.standalone.wiring import Host

#: mails that are read and recorded at once: the web server is to have its share of the processor
_AT_ONCE = 2

log = logging.getLogger("customer_thread.mail")


class Mailbox:
	"""Receives mails for the business; it relays nothing."""

	def __init__(self, host: Host) -> None:
		self._host = host
		self._threads = ThreadPoolExecutor(_AT_ONCE, "mail")

	async def handle_RCPT(
		self,
		server: SmtpSession,
		session: SmtpClient,
		envelope: Envelope,
		address: str,
		options: list[str],
	) -> str:
		"""Return the SMTP reply to a recipient."""
		if len(envelope.rcpt_tos) >= MAIL_RECIPIENTS:
			return "452 4.5.3 Too many recipients"
		envelope.rcpt_tos.append(address)
		envelope.rcpt_options.extend(options)
		return "250 OK"

	async def handle_DATA(self, server: SmtpSession, session: SmtpClient, envelope: Envelope) -> str:
		"""Return the SMTP reply to a mail."""
		return await asyncio.get_running_loop().run_in_executor(
			self._threads, self._receive, envelope, time.monotonic()
		)

	def _receive(self, envelope: Envelope, arrived: float) -> str:
		data = envelope.original_content or b""
		now = self._host.clock.now_us()
		try:
			mail = parse(data, envelope.mail_from or "", envelope.rcpt_tos, now)
			if self._host.settings().capture_emails:
				database = self._host.database
				with database.waiting_since(arrived), database.transaction():
					receive_mail(self._host.ports, mail)
		except BadInput as error:
			return f"554 5.6.0 {error}"
		except Unavailable:
			return "451 4.3.0 Busy, please try again"
		except Exception:
			log.exception("a mail could not be received")
			return "451 4.3.0 Could not be taken, please try again"
		return "250 2.0.0 Taken"


class Listener(Controller):  # type: ignore[misc, unused-ignore]
	"""The mail port."""

	def __init__(self, mailbox: Mailbox, port: int, sessions: int) -> None:
		super().__init__(mailbox, hostname="127.0.0.1", port=port)
		self._sessions = Sessions(sessions)

	def factory(self) -> Any:  # noqa: ANN401 - aiosmtpd's
		"""Return what answers one client."""
		return SmtpSession(
			self.handler,
			self._sessions,
			data_size_limit=MAIL_BYTES,
			enable_SMTPUTF8=True,
			ident="customer_thread",
			hostname="customer-thread.local",
			loop=self.loop,
		)


def listen(host: Host, port: int, sessions: int) -> tuple[Controller, int]:
	"""Start listening on 127.0.0.1 and return the listener and its port; 0 takes any free one."""
	if not port:
		with socket.socket() as probe:
			probe.bind(("127.0.0.1", 0))
			port = int(probe.getsockname()[1])
	controller = Listener(Mailbox(host), port, sessions)
	controller.start()
	return controller, port
