"""A business in full swing, with a mark in everything that its customers are not to have."""

import json
import re
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from customer_thread.domain.model import Attachment
from customer_thread.standalone.demo.push_stand_in import PushStandIn
from support.host import CONTRACTOR, MOBILE, OFFICE, TOKEN, EmbeddedHost, new_email, new_phone
from support.mails import mail, proof
from support.people import TIMEOUT, Browser, message_of
from support.planted import plant, secrets
from support.site import IN_SITE
from support.waiting import wait_until

_ADDRESS = re.compile(r'<input class="field" id="address" value="([^"]+)" readonly')
_LINK = re.compile(r"https?://\S+/messages/p/\S+")


def _some(entries: Sequence[dict[str, Any]]) -> list[int]:
	"""Return a few of these: with a picture, with more than is shown, the first and the last."""
	kinds = (
		[one for one in entries if one["attachments"]],
		[one for one in entries if one["quoted"]],
		entries,
	)
	return sorted({found[at]["id"] for found in kinds if found for at in (0, -1)})


class Inside:
	"""A business in full swing: Sarah and Una, who have everything, and Charlie, who has said one word."""

	def __init__(self, host: EmbeddedHost, service: PushStandIn) -> None:
		self.host, self.staff, self.service = host, host.staff, service
		if not IN_SITE:
			self.staff.do("switch_automation", automation="appointment-reminder", enabled=True)
		self.phone, self.address = new_phone(), new_email()
		self.sarah = self._add("Sarah Lee", self.phone, self.address)
		self.unas_phone = new_phone()
		self.una = self._add("Una Miller", self.unas_phone, new_email("una"))
		self.charlie = self._add("Charlie Day", new_phone(), new_email("charlie"))
		# a second device of hers
		self.tablet = host.sign_in(self.sarah.customer)
		for browser in (self.sarah, self.una):
			self._fill(browser)
		self.charlie.reply("I am Charlie")
		self._receive()
		self.threads = {
			who: self._thread(browser) for who, browser in vars(self).items() if isinstance(browser, Browser)
		}
		self.entries = [entry for browser in (self.sarah, self.una) for entry in _some(browser.entries())]
		self.places = {"thread": self.threads["sarah"], "entry": self.entries[0], **self._addresses()}
		self.secrets = secrets(host.folder) | {MOBILE, CONTRACTOR, TOKEN, *self.staff.token.split(":")}
		own = {self.threads["sarah"], self.threads["charlie"]}
		self.marked = plant(host.folder, own)

	def _add(self, name: str, phone: str, address: str) -> Browser:
		return self.host.sign_in(self.host.add_customer(name, phone=phone, email=address))

	def _thread(self, browser: Browser) -> str:
		return str(self.staff.do("open", customer=browser.customer)["thread"])

	def _fill(self, browser: Browser) -> None:
		staff, customer = self.staff, browser.customer
		browser.post("subscribe", subscription=self.service.browser().subscription, browser="Phone")
		browser.post("save_preferences", quiet_start="08:01", quiet_end="08:01")
		fields = {
			"csrf_token": browser.csrf,
			"calendar": "new",
			"outbox": browser.timeline(**{"as": "html"})["outbox"],
		}
		browser.http.post(f"{browser.base}/messages/calendar", data=fields, timeout=TIMEOUT)
		for channel in ("sms", "email", "portal"):
			self.send(browser, f"By {channel}", channel)
		staff.do("note", customer=customer, text="pays late")
		staff.do("sign_in_link", customer=customer)
		card = {"event_type": "Invoice sent", "title": "Invoice #2041 sent", "notify": True}
		reference = {"reference_doctype": "Sales Invoice", "reference_name": f"REF-{customer}"}
		staff.do("record_event", customer=customer, **card, **reference)
		staff.do("record_call", customer=customer, seconds=190)
		if not IN_SITE:
			soon = (datetime.now(timezone.utc) + timedelta(days=2)).isoformat()
			staff.do(
				"record_appointment", customer=customer, title="Deck", starts_at=soon, source_key=customer
			)
		message_of(staff.upload("deck.txt", b"not sent yet", customer=customer))
		staff.do("presence", thread=self._thread(browser), state="writing")
		browser.reply("Sounds good")

	def send(self, browser: Browser, text: str, channel: str) -> None:
		"""Write to a customer."""
		given = {"customer": browser.customer, "text": text, "channel": channel}
		self.staff.do("send", **given, client_id=str(uuid.uuid4()))

	def _receive(self) -> None:
		picture = Attachment("deck.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"deck" * 50)
		self.host.receive(self.phone, "Here is my picture", [picture])
		self.host.receive(self.unas_phone, "And mine", [picture])
		for words in ("STOP", "START"):
			self.host.text(self.unas_phone, words)
		text = "A mail\n\nOn Tue, May 13, 2026 Mike wrote:\n> the estimate\n"
		self.host.take(mail(self.address, OFFICE, text, subject="Deck", **proof(self.address)), OFFICE)
		stranger = new_phone()
		self.host.text(stranger, "I am nobody yet")
		# the bot asks which of them is meant, and remembers
		self.host.text(MOBILE, "to whom does this go?")
		wait_until(lambda: self.staff.unmatched(stranger))
		for who in (self.sarah, self.una):
			wait_until(lambda: '"state": "ready"' in json.dumps(who.timeline()), what="a picture")  # noqa: B023
		wait_until(lambda: len(self.service.received) >= 2, what="pushes")
		self.settle()

	def _addresses(self) -> dict[str, str]:
		calendar = _ADDRESS.search(self.sarah.open("/messages/calendar").text)
		[forwarded] = wait_until(lambda: self.host.texts_to(MOBILE, "Here is my picture"))
		picture = _LINK.search(forwarded.body)
		assert calendar, "no calendar"
		assert picture, forwarded.body
		return {"calendar": urlsplit(calendar[1]).path, "picture": urlsplit(picture[0]).path}

	def settle(self) -> None:
		"""Wait until nothing is sent any more."""

		def states() -> set[str]:
			found = [row for who in (self.sarah, self.una) for row in self.staff.deliveries(who.customer)]
			return {row["state"] for row in found} & {"Queued", "Sending"}

		wait_until(lambda: not states(), what="the end of all deliveries")
