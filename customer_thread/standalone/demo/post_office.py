"""The mailboxes on the demo page: what the host sent by SMTP, and the answers written there."""

import re
import threading
from datetime import datetime, timezone
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses, make_msgid, parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.times import to_us, to_utc
from customer_thread.domain.wording import Reader, meta_time
from customer_thread.service.ports import Clock
from customer_thread.standalone.demo.cast import ZONE, Person
from customer_thread.standalone.demo.clients import hand_in
from customer_thread.standalone.demo.mailbox_stand_in import Mailbox


class PostOffice:
	"""Everybody's mailbox on one mail server. Safe to use from several threads."""

	def __init__(self, mailbox: Mailbox, host_port: int, clock: Clock) -> None:
		self._mailbox = mailbox
		self._host_port = host_port
		self._clock = clock
		self._lock = threading.Lock()
		#: (number of letters received before it, writer, mail)
		self._written: list[tuple[int, Person, EmailMessage]] = []

	def letters(self, person: Person, reader: Reader) -> list[dict[str, Any]]:
		"""Return what a person received and wrote, oldest first, as the page shows it."""
		return [_shown(key, mail, reader, mine=mine) for key, mail, mine in self._box(person)]

	def reply(self, person: Person, key: str, text: str) -> None:
		"""Answer a letter as mail programs do, quoting it below. Raise BadInput, NotFound or Refused."""
		if not text.strip():
			raise BadInput("Type an answer first.")
		letter = next((mail for known, mail, mine in self._box(person) if known == key and not mine), None)
		if letter is None:
			raise NotFound("There is no such mail.")
		answer = _answer(letter, person, text.strip(), self._clock.now_us())
		to = [address for _name, address in getaddresses([str(answer["To"])])]
		hand_in(self._host_port, person.email, to, answer)
		with self._lock:
			self._written.append((len(self._mailbox.messages), person, answer))

	def _box(self, person: Person) -> list[tuple[str, EmailMessage, bool]]:
		received = list(enumerate(list(self._mailbox.messages)))
		with self._lock:
			written = list(enumerate(self._written))
		found = [
			((place, 0), f"in{place}", letter.message, False)
			for place, letter in received
			if person.email in letter.receivers
		]
		found += [
			((place - 1, number + 1), f"out{number}", mail, True)
			for number, (place, writer, mail) in written
			if writer == person
		]
		return [(key, mail, mine) for _place, key, mail, mine in sorted(found, key=lambda item: item[0])]


def _answer(letter: EmailMessage, person: Person, text: str, now_us: int) -> EmailMessage:
	asked = str(letter["Message-ID"] or "").strip()
	references = f"{letter['References'] or letter['In-Reply-To'] or ''} {asked}".split()
	subject = str(letter["Subject"] or "")
	quoted = "\n".join(f"> {line}".rstrip() for line in words_of(letter).splitlines())
	sent = f"On {_date(letter).astimezone(ZoneInfo(ZONE)).strftime('%a, %b %d, %Y at %I:%M %p')}"
	mail = EmailMessage()
	mail["From"] = f"{person.name} <{person.email}>"
	mail["To"] = str(letter["Reply-To"] or letter["From"])
	mail["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
	mail["Date"] = format_datetime(to_utc(now_us))
	mail["Message-ID"] = make_msgid(domain=person.email.rpartition("@")[2])
	mail["In-Reply-To"] = asked
	mail["References"] = " ".join(references)
	mail.set_content(f"{text}\n\n{sent} {letter['From']} wrote:\n\n{quoted}\n")
	return mail


def words_of(mail: EmailMessage) -> str:
	"""Return a mail's plain text."""
	body = mail.get_body(("plain",))
	return str(body.get_content()).strip() if body else ""


def _date(mail: EmailMessage) -> datetime:
	return parsedate_to_datetime(str(mail["Date"])).astimezone(timezone.utc)


def _shown(key: str, mail: EmailMessage, reader: Reader, *, mine: bool) -> dict[str, Any]:
	return {
		"id": key,
		"mine": mine,
		"from": getaddresses([str(mail["From"])])[0][0],
		"to": getaddresses([str(mail["To"])])[0][0] or str(mail["To"]),
		"reply_to": str(mail["Reply-To"] or mail["From"]),
		"subject": str(mail["Subject"] or ""),
		"time": meta_time(to_us(_date(mail)), reader),
		"text": words_of(mail),
		# without the line above which one answers
		"start": re.sub(r"^##-.*?-##\s*", "", words_of(mail)),
		"files": [part.get_filename() or "file" for part in mail.iter_attachments()],
	}
