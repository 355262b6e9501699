"""Automations of a real site: a clock that is turned by hand, a provider that stands in, and what becomes of messages."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from customer_thread import tasks
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.model import Address
from customer_thread.domain.times import MINUTE
from customer_thread.frappe_host import wiring
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.outgoing.deliver import claim_delivery, due_deliveries
from customer_thread.service.thread.add_contact_point import add_contact_point
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn
from support.clock import FixedClock
from support.persons import BUSINESS, SARAH
from support.site_cards import end_transaction
from support.site_portal_documents import Customer
from support.site_set_up import SET_UP, SETTINGS

SID = "AC" + "a" * 32


class Day:
	"""A day at the office."""

	def __init__(self, site: Any, clock: FixedClock, provider: TwilioStandIn) -> None:
		self.site, self.clock, self.provider = site, clock, provider

	def switch_on(self, *names: str) -> None:
		"""Switch automations on as an admin does."""
		for name in names:
			doc = self.site.get_doc("Thread Automation", name)
			doc.enabled = 1
			doc.save()

	def messages(self, doc: Any) -> list[tuple[str, str]]:
		"""Return what becomes of the messages about a document: each one's automation and state, in their order."""
		end_transaction()
		return [(row.automation, row.state) for row in self.rows(doc)]

	def rows(self, doc: Any) -> list[Any]:
		"""Return its scheduled messages, the first written first."""
		end_transaction()
		about = {"reference_doctype": doc.doctype, "reference_name": doc.name}
		fields = ["name", "automation", "state", "due_us", "reason", "entry"]
		found: list[Any] = self.site.get_all(
			"Thread Scheduled Message", about, fields, order_by="creation_us, automation"
		)
		return found

	def until(self, us: int) -> None:
		"""Let the clock be there, and the workers do what is due."""
		end_transaction()
		self.clock.us = us
		self.work()

	def wait(self, minutes: int) -> None:
		"""Let time pass, and the workers do what is due."""
		self.until(self.clock.us + minutes * MINUTE)

	def work(self) -> None:
		"""Do what the scheduler does every minute."""
		tasks.release()
		for name in due_deliveries(site_ports()):
			if claimed := claim_delivery(site_ports(), name):
				tasks.send(claimed)
		end_transaction()

	def texts(self) -> list[str]:
		"""Return what left for Sarah's phone, in its order."""
		return [text.body for text in self.provider.sent if text.to == SARAH.phone]

	def text(self, words: str) -> None:
		"""Let Sarah write a text."""
		sid = f"SM{len(words)}{self.clock.us}"
		receive_sms(site_ports(), InboundSms(sid, SARAH.phone, BUSINESS.phone, words, (), self.clock.us))
		end_transaction()

	def drag(self, event: str, starts: Any) -> None:
		"""Move an Event as the Desk's calendar does when somebody drags it."""
		from frappe.desk.calendar import update_event

		given = {"doctype": "Event", "name": event, "starts_on": str(starts), "ends_on": None}
		update_event(json.dumps(given), json.dumps({"start": "starts_on", "end": "ends_on"}))
		end_transaction()


@pytest.fixture
def day(site: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
	"""Return a day that begins now; the provider is a stand-in, and nobody has quiet hours."""
	clock = FixedClock(site_ports().clock.now_us())
	monkeypatch.setattr(wiring, "SystemClock", lambda: clock)
	provider = TwilioStandIn(SID, "token", [BUSINESS.phone])
	settings = site.get_doc(SETTINGS)
	settings.update(
		{
			**SET_UP,
			"twilio_account_sid": SID,
			"twilio_auth_token": "token",
			"twilio_from_number": BUSINESS.phone,
			"twilio_api_base": provider.start(),
		}
	)
	settings.save()
	yield Day(site, clock, provider)
	provider.stop()
	site.clear_messages()
	site.clear_document_cache(SETTINGS, SETTINGS)


@pytest.fixture
def sarah(site: Any, day: Day) -> Customer:
	"""Return a customer with a phone and a page of their own."""
	customer = Customer(site, "TEST Sarah")
	thread = open_thread(site_ports(), customer.party)
	add_contact_point(site_ports(), thread, Address("Phone", SARAH.phone), "Customer", customer.name)
	return customer
