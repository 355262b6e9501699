"""Mails as other people's programs write them."""

import smtplib
import uuid
from email.message import EmailMessage
from email.utils import format_datetime, localtime

from customer_thread.standalone.demo.mailbox_stand_in import Letter


def mail(
	sender: str, to: str, text: str, *, subject: str = "Deck", message_id: str = "", **headers: str
) -> EmailMessage:
	"""Return a plain mail; an underscore in a header's name is a hyphen."""
	message = EmailMessage()
	message["From"] = sender
	message["To"] = to
	message["Subject"] = subject
	message["Date"] = format_datetime(localtime())
	message["Message-ID"] = message_id or f"<{uuid.uuid4()}@mail.example.com>"
	for name, value in headers.items():
		message[name.replace("_", "-")] = value
	message.set_content(text)
	return message


def hand_in(address: str, message: EmailMessage | bytes, sender: str, to: str) -> tuple[int, str]:
	"""Give a mail to the server at smtp://host:port and return its last word."""
	host, _colon, port = address.removeprefix("smtp://").rpartition(":")
	data = message if isinstance(message, bytes) else message.as_bytes()
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
