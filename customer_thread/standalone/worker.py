"""The background of the embedded host: sends, fetches pictures, finds what webhooks missed."""

import logging
import threading
import time
from collections.abc import Callable

from customer_thread.domain.errors import GatewayError, ThreadError, Unavailable
from customer_thread.service.incoming import backfill, fetch_attachments
from customer_thread.service.outgoing import deliver
from customer_thread.standalone.wiring import Host

log = logging.getLogger("customer_thread.worker")

#: seconds between looks at the tables when nobody wakes the worker
TICK = 1.0
#: seconds between two searches for missed texts
BACKFILL_EVERY = 600.0
#: a loop that has not come round for so many seconds is taken for dead
ALIVE_WITHIN = 120.0


class Loop(threading.Thread):
	"""A thread that repeats one step, at once when woken; whatever a step raises, it goes on."""

	def __init__(self, name: str, step: Callable[[], None]) -> None:
		super().__init__(name=name, daemon=True)
		self._step = step
		self._woken = threading.Event()
		self._ending = threading.Event()
		self.last_round = time.monotonic()

	def wake(self) -> None:
		"""Come round now."""
		self._woken.set()

	def run(self) -> None:
		"""Repeat the step until stopped."""
		while not self._ending.is_set():
			self._woken.clear()
			try:
				self._step()
			except Unavailable:
				log.warning("%s: the database is busy, trying again", self.name)
			except Exception:
				log.exception("%s: a step failed, trying again", self.name)
			self.last_round = time.monotonic()
			self._woken.wait(TICK)

	def stop(self, seconds: float) -> None:
		"""Finish the step at hand and end."""
		self._ending.set()
		self._woken.set()
		self.join(seconds)

	@property
	def is_alive_and_well(self) -> bool:
		"""Return whether it still comes round."""
		return self.is_alive() and time.monotonic() - self.last_round < ALIVE_WITHIN


class Worker:
	"""Two loops: one sends, so that nothing else holds messages up; one fetches."""

	def __init__(self, host: Host) -> None:
		self._host = host
		self._next_backfill = 0.0
		self._loops = {
			"deliver": Loop("deliver", self._deliver),
			"fetch_attachments": Loop("fetch_attachments", self._fetch),
		}
		host.queue.wake = self._wake

	def start(self) -> None:
		"""Take up what an earlier process left behind, and begin."""
		with self._host.database.transaction():
			deliver.release_abandoned(self._host.ports, everything=True)
		for loop in self._loops.values():
			loop.start()

	def stop(self, seconds: float = 15.0) -> None:
		"""Finish what is in hand and end."""
		for loop in self._loops.values():
			loop.stop(seconds)

	@property
	def is_alive(self) -> bool:
		"""Return whether all loops come round."""
		return all(loop.is_alive_and_well for loop in self._loops.values())

	def _wake(self, task: str) -> None:
		self._loops[task].wake()

	def _deliver(self) -> None:
		while names := deliver.due_deliveries(self._host.ports):
			for name in names:
				self._deliver_one(name)
				self._loops["deliver"].last_round = time.monotonic()

	def _deliver_one(self, name: str) -> None:
		ports, database = self._host.ports, self._host.database
		try:
			with database.transaction():
				claimed = deliver.claim_delivery(ports, name)
		except Unavailable:
			raise
		except Exception as error:
			log.exception("a delivery cannot be put together")
			with database.transaction():
				deliver.give_up_delivery(ports, name, error)
			return
		if claimed is None:
			return
		try:
			outcome = deliver.send_delivery(ports, claimed)
		except Exception as error:
			log.exception("sending failed")
			outcome = GatewayError("Sending failed: {0}", type(error).__name__, ambiguous=True)
		with database.transaction():
			deliver.record_delivery(ports, claimed, outcome)

	def _fetch(self) -> None:
		ports, database = self._host.ports, self._host.database
		for row in fetch_attachments.due_attachments(ports):
			outcome = fetch_attachments.fetch_attachment(ports, row)
			with database.transaction():
				fetch_attachments.record_attachment(ports, row, outcome)
			self._loops["fetch_attachments"].last_round = time.monotonic()
		if time.monotonic() >= self._next_backfill:
			self._next_backfill = time.monotonic() + BACKFILL_EVERY
			self._backfill()

	def _backfill(self) -> None:
		try:
			texts = backfill.missed_sms(self._host.ports)
		except ThreadError as error:
			log.warning("could not look for missed texts: %s", error)
			return
		for text in texts:
			with self._host.database.transaction():
				if backfill.receive_missed_sms(self._host.ports, text):
					log.info("received a text whose webhook was missed")
