"""Ten thousand appointments move: how many are planned anew in a second, and in how much memory."""

import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import Result, Series
from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.appointment import Appointment
from customer_thread.domain.times import DAY, HOUR
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.standalone.wiring import Host
from customer_thread.store import automations

COUNT = 10_000
CUSTOMERS = 100
_WANTED = 2_000.0
#: how much more memory ten times as many may take, bytes
_FLAT = 256 * 1024
_DOCTYPE = "Appointment"
_BATCH = 500


def measure() -> list[Result]:
	"""Return the row of what is planned anew."""
	with _host() as host:
		made = _appointments(host)
		rates = Series.of([_rate(host, made, days) for days in range(1, 6)])
		small, large = _peak(host, made[: COUNT // 10], 6), _peak(host, made, 7)
	return [
		Result(
			"automations",
			"making scheduled messages anew when 10,000 appointments of 100 customers move, one automation with a date "
			"and a condition on; documents, cards and messages read, one message ended and one written for each, on SQLite",
			f"{rates.written('a second', 0)}, {large / 1024:,.0f} kB at most",
			f"1,000: {small / 1024:,.0f} kB at most",
			"–",
			"≥ 2,000 a second, memory flat",
			rates.median >= _WANTED and large < small + _FLAT,
		)
	]


@contextmanager
def _host() -> Iterator[Host]:
	with tempfile.TemporaryDirectory() as folder:
		host = Host(Path(folder) / "data")
		host.database.connection.execute("PRAGMA synchronous = OFF")
		yield host
		host.database.close()


def _appointments(host: Host) -> list[Appointment]:
	ports, now_us = host.ports, host.ports.clock.now_us()
	made: list[Appointment] = []
	with host.database.transaction():
		automations.switch(host.database, "appointment-reminder", enabled=True, now_us=now_us)
		for number in range(CUSTOMERS):
			host.parties.add(f"Customer {number}", "", "America/New_York")
	for number in range(COUNT):
		customer = f"CUST-{number % CUSTOMERS + 1:05}"
		starts_us = now_us + 20 * DAY + number * HOUR // 100
		made.append(Appointment(f"A-{number}", customer, "Deck", starts_us, 0, "Scheduled"))
	for first in range(0, COUNT, _BATCH):
		with host.database.transaction():
			for one in made[first : first + _BATCH]:
				ports.documents.keep_appointment(one)
				event = NewEvent(
					"Appointment scheduled",
					"Appointment scheduled",
					now_us,
					one.source_key,
					reference_doctype=_DOCTYPE,
					reference_name=one.source_key,
				)
				record_event(ports, open_thread(ports, Party("Customer", one.customer)), event)
	return made


def _rate(host: Host, made: list[Appointment], days: int) -> float:
	begun = time.process_time()
	_move(host, made, days)
	return len(made) / (time.process_time() - begun)


def _move(host: Host, made: list[Appointment], days: int) -> None:
	for first in range(0, len(made), _BATCH):
		with host.database.transaction():
			for one in made[first : first + _BATCH]:
				host.ports.documents.keep_appointment(replace(one, starts_us=one.starts_us + days * DAY))
				plan_document(host.ports, Reference(_DOCTYPE, one.source_key))


def _peak(host: Host, made: list[Appointment], days: int) -> int:
	tracemalloc.start()
	try:
		_move(host, made, days)
		return tracemalloc.get_traced_memory()[1]
	finally:
		tracemalloc.stop()
