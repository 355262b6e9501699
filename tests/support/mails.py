"""Mails as other people's programs write them."""

import smtplib
import uuid
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime

from customer_thread.standalone.demo.mailbox_stand_in import Letter

#: the business's own, whose word on DMARC counts
MAIL_SERVER = "mx.mikescontracting.example"


def mail(
	sender: str, to: str, text: str, *, subject: str = "Deck", message_id: str = "", **headers: str
) -> EmailMessage:
	"""Return a plain mail; an underscore in a header's name is a hyphen."""
	message = EmailMessage()
	message["From"] = sender
	message["To"] = to
	message["Subject"] = subject
	# a header has whole seconds; a clock that is a little fast makes it count from its arrival
	message["Date"] = format_datetime(localtime() + timedelta(seconds=5))
	message["Message-ID"] = message_id or f"<{uuid.uuid4()}@mail.example.com>"
	for name, value in headers.items():
		message[name.replace("_", "-")] = value
	message.set_content(text)
	return message


def proof(address: str, result: str = "pass", server: str = MAIL_SERVER) -> dict[str, str]:
	"""Return what a mail server notes about a mail's sender."""
	domain = address.partition("@")[2]
	return {"Authentication_Results": f"{server}; dmarc={result} header.from={domain}"}


def hand_in(address: str, message: EmailMessage | bytes, sender: str, to: str) -> tuple[int, str]:
	"""Give a mail to the server at smtp://host:port and return its last word."""
	host, _colon, port = address.removeprefix("smtp://").rpartition(":")
	data = message if isinstance(message, bytes) else message.as_bytes(policy=SMTP)
	with smtplib.SMTP(host, int(port), timeout=20) as server:
		server.ehlo()
		server.mail(sender)
		code, words = server.rcpt(to)
		if code == 250:
			code, words = server.data(data)
		return code, words.decode()


def plain_text(letter: Letter) -> str:
	"""Return a mail's text/plain part."""
	part = letter.message.get_body(("plain",))
	return str(part.get_content()) if part else ""
