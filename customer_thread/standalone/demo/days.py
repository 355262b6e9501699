"""The days that follow: a visit is booked, mornings come, and what the system writes of them is waited for."""

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from customer_thread.domain.automations.scheduled_words import when_words
from customer_thread.domain.errors import BadInput
from customer_thread.domain.times import MINUTE, SECOND, iso, to_us
from customer_thread.domain.wording import Reader
from customer_thread.standalone.demo.clients import Desk
from customer_thread.standalone.demo.set_clock import SetClock

_REMINDER = "appointment-reminder"
#: switched on: everything about appointments and invoices
SWITCHED_ON = (
	"appointment-scheduled",
	_REMINDER,
	"appointment-rescheduled",
	"appointment-cancelled",
	"appointment-on-the-way",
	"appointment-finished",
	"appointment-follow-up",
	"invoice-due",
	"invoice-overdue",
	"invoice-paid",
)
#: seconds until everything has arrived, after which a day goes on without it
_PATIENCE = 10.0
#: so long the system waits for what else changes
_SETTLES = 2 * MINUTE + SECOND
_TITLE = "Sealing the deck"
#: when the system writes in the morning: reminders, and what follows a visit
_MORNING = (9, 10)


@dataclass(frozen=True)
class Visit:
	"""A visit that the office has booked."""

	key: str
	starts_us: int
	ends_us: int
	is_done: bool = False


class Days:
	"""One customer's days. Safe to use from several threads."""

	def __init__(
		self,
		desk: Desk,
		customer: str,
		clock: SetClock,
		wake: Callable[[str], None],
		reader: Callable[[], Reader],
	) -> None:
		self._desk = desk
		self._customer = customer
		self._clock = clock
		self._wake = wake
		self._reader = reader
		self._lock = threading.Lock()
		self._visit: Visit | None = None

	def let_system_write(self) -> None:
		"""Switch the automations on, as an admin would who has seen them. Raise Refused."""
		for name in SWITCHED_ON:
			self._desk.post("switch_automation", automation=name, enabled=1)

	@property
	def visit(self) -> Visit | None:
		"""Return the visit that is still to be, if there is one."""
		return self._visit if self._visit and not self._visit.is_done else None

	@property
	def is_day_of_visit(self) -> bool:
		"""Return whether the visit is today."""
		reader, visit = self._reader(), self.visit
		return (
			visit is not None and reader.local(visit.starts_us).date() == reader.local(reader.now_us).date()
		)

	@property
	def is_asked(self) -> bool:
		"""Return whether the system waits for Sarah's yes about that visit. Raise Refused."""
		visit = self.visit
		return visit is not None and any(
			each["state"] == "Sent" and not each["confirmed_at"]
			for each in self._messages()
			if each["automation"] == _REMINDER and each["reference_name"] == visit.key
		)

	def book(self) -> str:
		"""Book a visit for the day after tomorrow, let Sarah be told, and return when it is. Raise BadInput or Refused."""
		with self._lock:
			if self.visit:
				raise BadInput("A visit is booked already: press Next morning.")
			reader = self._reader()
			starts = reader.local(reader.now_us).replace(hour=13, minute=0, second=0, microsecond=0)
			starts_us = to_us(starts + timedelta(days=2))
			visit = Visit(f"VISIT-{uuid.uuid4().hex[:8]}", starts_us, starts_us + 120 * MINUTE)
			self._record(visit, "Scheduled")
			self._visit = visit
			self._go_to(self._clock.now_us() + _SETTLES)
			return when_words(starts_us, self._reader())

	def go_on(self) -> None:
		"""Let it be the next morning at ten, and everything have happened until then. Raise Refused."""
		with self._lock:
			# what is under way arrives at its own time
			self._go_to(self._clock.now_us())
			reader = self._reader()
			day = reader.local(reader.now_us)
			if day.hour >= _MORNING[-1]:
				day += timedelta(days=1)
			first, last = (
				to_us(day.replace(hour=hour, minute=0, second=1, microsecond=0)) for hour in _MORNING
			)
			visit = self.visit
			if visit and visit.ends_us < last:
				self._go_to(visit.ends_us)
				self._visit = replace(visit, is_done=True)
				self._record(visit, "Done")
				self._go_to(visit.ends_us + _SETTLES)
			self._go_to(first)
			self._go_to(last)

	def _record(self, visit: Visit, state: str) -> None:
		self._desk.post(
			"record_appointment",
			customer=self._customer,
			title=_TITLE,
			starts_at=iso(visit.starts_us),
			ends_at=iso(visit.ends_us),
			state=state,
			source_key=visit.key,
		)

	def _go_to(self, us: int) -> None:
		"""Let it be this moment, unless that has gone by, and let what is due leave and arrive."""
		if us > self._clock.now_us():
			self._clock.set_to(us)
		self._wake("release")
		deadline = time.monotonic() + _PATIENCE
		while not self._is_quiet() and time.monotonic() < deadline:
			time.sleep(0.05)

	def _is_quiet(self) -> bool:
		now = iso(self._clock.now_us())
		planned = self._messages()
		sent = self._desk.get("thread", customer=self._customer)["deliveries"]
		waiting = [each for each in planned if each["state"] == "Waiting" and each["due_at"] <= now]
		on_the_way = [
			each for each in sent if each["state"] in ("Queued", "Sending") and (each["due_at"] or now) <= now
		]
		return not waiting and not on_the_way

	def on_the_way(self, minutes: int) -> None:
		"""Let Sarah know that the crew has set out. Raise Refused."""
		client_id = str(uuid.uuid4())
		self._desk.post("on_the_way", customer=self._customer, minutes=minutes, client_id=client_id)
		self._go_to(self._clock.now_us())

	def planned(self) -> list[str]:
		"""Return what the system will write, a line each, the next first. Raise Refused."""
		return [each["line"] for each in reversed(self._messages()) if each["state"] == "Waiting"]

	def _messages(self) -> list[dict[str, Any]]:
		found: list[dict[str, Any]] = self._desk.get("scheduled", customer=self._customer)["messages"]
		return found
