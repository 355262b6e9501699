"""The background of the embedded host: sends, fetches pictures, asks providers for what was missed."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from customer_thread.domain.errors import GatewayError, ThreadError, Unavailable
from customer_thread.domain.limits import SENDERS
from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.outbound import Claimed, Outcome
from customer_thread.service.automations import follow_zones, send_due
from customer_thread.service.automations.plan_thread import plan_thread
from customer_thread.service.bot.forget_kept import forget_kept
from customer_thread.service.desk.alert_waiting import alert_waiting, due_waits
from customer_thread.service.desk.gather_words import gather_words, next_block
from customer_thread.service.incoming import backfill, fetch_attachments
from customer_thread.service.leaving.advance_erasure import advance_erasure
from customer_thread.service.leaving.remove_old import remove_old
from customer_thread.service.notices import release_notices
from customer_thread.service.outgoing import ask_outcome, deliver
from customer_thread.service.sign_in.forget_links import forget_links
from customer_thread.service.thread.forget_uploads import forget_uploads
from customer_thread.standalone.wiring import Host
from customer_thread.store import erasures

log = logging.getLogger("customer_thread.worker")

#: seconds between looks at the tables when nobody wakes the worker
TICK = 1.0
#: seconds between two searches for missed texts, and after one that failed
BACKFILL_EVERY = 600.0
BACKFILL_AGAIN = 60.0
#: seconds between two looks for what is left over: dead claims, a clock that was set back, texts nothing is heard of
TIDY_EVERY = 15.0
#: seconds between two looks for customers who live in another zone now
FOLLOW_ZONES_EVERY = 3600.0
#: seconds between two looks for what is older than it is kept
REMOVE_OLD_EVERY = 3600.0
#: seconds between two tries to write down what a provider has said
RECORD_AGAIN = 1.0
#: a loop that has not come round for so many seconds is taken for dead
ALIVE_WITHIN = 120.0


class Loop(threading.Thread):
	"""A thread that repeats one step, at once when woken; whatever a step raises, it goes on."""

	def __init__(self, name: str, step: Callable[["Loop"], None]) -> None:
		super().__init__(name=name, daemon=True)
		self._step = step
		self._woken = threading.Event()
		self.ending = threading.Event()
		self.last_round = time.monotonic()
		self._said = ""

	def wake(self) -> None:
		"""Come round now."""
		self._woken.set()

	def run(self) -> None:
		"""Repeat the step until stopped."""
		while not self.ending.is_set():
			self._woken.clear()
			try:
				self._step(self)
				self._said = ""
			except Unavailable:
				self._say("the database is busy, trying again")
			except Exception as error:
				self._say(f"a step failed, trying again: {error!r}", error)
			self.last_round = time.monotonic()
			self._woken.wait(TICK)

	def _say(self, words: str, error: Exception | None = None) -> None:
		"""Log what is wrong, once until something else is."""
		if words != self._said:
			log.warning("%s: %s", self.name, words, exc_info=error)
		self._said = words

	def end(self) -> None:
		"""Let the step at hand be the last."""
		self.ending.set()
		self._woken.set()

	@property
	def is_alive_and_well(self) -> bool:
		"""Return whether it still comes round."""
		return self.is_alive() and time.monotonic() - self.last_round < ALIVE_WITHIN


class Senders:
	"""What sends by one channel: some loops, so that neither another provider nor one slow message holds all up."""

	def __init__(self, host: Host, channel: DeliveryChannel) -> None:
		self._host = host
		self._channel = channel
		#: one looks for work at a time, so that two do not go for the same
		self._looking = threading.Lock()
		self.in_hand: set[str] = set()
		self.loops = [Loop(f"deliver {channel} {number}", self._deliver) for number in range(SENDERS)]

	def _deliver(self, loop: Loop) -> None:
		while claimed := self._claim(loop):
			try:
				self._record(loop, claimed, self._send(claimed))
			finally:
				self.in_hand.discard(claimed.delivery)
			loop.last_round = time.monotonic()

	def _claim(self, loop: Loop) -> Claimed[Any] | None:
		if loop.ending.is_set():
			return None
		with self._looking:
			for name in deliver.due_deliveries(self._host.ports, channel=self._channel):
				self.in_hand.add(name)
				claimed = None
				try:
					claimed = self._claim_one(name)
				finally:
					if claimed is None:
						self.in_hand.discard(name)
				if claimed:
					return claimed
		return None

	def _claim_one(self, name: str) -> Claimed[Any] | None:
		try:
			with self._host.database.transaction():
				return deliver.claim_delivery(self._host.ports, name)
		except Unavailable:
			raise
		except Exception as error:
			log.exception("a delivery cannot be put together")
			with self._host.database.transaction():
				deliver.give_up_delivery(self._host.ports, name, error)
			return None

	def _send(self, claimed: Claimed[Any]) -> Outcome:
		try:
			return deliver.send_delivery(self._host.ports, claimed)
		except Exception as error:
			log.exception("sending failed")
			return GatewayError("Sending failed: {0}", type(error).__name__, ambiguous=True)

	def _record(self, loop: Loop, claimed: Claimed[Any], outcome: Outcome) -> None:
		"""Write down what came of it, however long the database is busy or the disk full: it has happened."""
		said = ""
		while True:
			try:
				with self._host.database.transaction():
					deliver.record_delivery(self._host.ports, claimed, outcome)
				return
			except Exception as error:
				if repr(error) != said:
					log.warning("cannot write down what was sent, trying again: %r", error)
				said = repr(error)
			loop.last_round = time.monotonic()
			if loop.ending.wait(RECORD_AGAIN):
				# told to end: the database's own patience is the pause
				time.sleep(0.05)


class Worker:
	"""Loops that send by each channel, one that fetches pictures, one that asks for what was missed, one that tidies, one that releases, one that erases."""

	def __init__(self, host: Host) -> None:
		self._host = host
		self._next_backfill = 0.0
		self._next_tidying = 0.0
		self._next_zones = 0.0
		self._next_removal = 0.0
		self._senders = [Senders(host, channel) for channel in host.ports.channels]
		self._fetching = Loop("fetch_attachments", self._fetch)
		self._searching = Loop("backfill", self._search)
		self._tidying = Loop("tidy", self._tidy)
		self._releasing = Loop("release", self._release)
		self._erasing = Loop("erase", self._erase)
		#: whether the log beside the database has something that is erased
		self._has_erased = True
		self._sending = [loop for senders in self._senders for loop in senders.loops]
		self._loops = [
			*self._sending,
			self._fetching,
			self._searching,
			self._tidying,
			self._releasing,
			self._erasing,
		]
		host.queue.wake = self._wake

	def start(self) -> None:
		"""Take up what an earlier process left behind, and begin."""
		with self._host.database.transaction():
			deliver.release_abandoned(self._host.ports, in_hand=())
		for loop in self._loops:
			loop.start()

	def stop(self, seconds: float = 15.0) -> None:
		"""Finish what is in hand and end."""
		for loop in self._loops:
			loop.end()
		deadline = time.monotonic() + seconds
		for loop in self._loops:
			loop.join(max(0.0, deadline - time.monotonic()))

	@property
	def is_alive(self) -> bool:
		"""Return whether all loops come round."""
		return all(loop.is_alive_and_well for loop in self._loops)

	def _wake(self, task: str) -> None:
		woken = {"deliver": self._sending, "release": [self._releasing], "erase": [self._erasing]}
		for loop in woken.get(task, [self._fetching]):
			loop.wake()

	def _fetch(self, loop: Loop) -> None:
		ports, database = self._host.ports, self._host.database
		for row in fetch_attachments.due_attachments(ports):
			if loop.ending.is_set():
				return
			outcome = fetch_attachments.fetch_attachment(ports, row)
			loop.last_round = time.monotonic()
			with database.transaction():
				fetch_attachments.record_attachment(ports, row, outcome)

	def _search(self, loop: Loop) -> None:
		if time.monotonic() < self._next_backfill:
			return
		self._next_backfill = time.monotonic() + BACKFILL_AGAIN
		try:
			texts = backfill.missed_sms(self._host.ports)
		except ThreadError as error:
			log.warning("could not look for missed texts: %s", error)
			return
		for text in texts:
			loop.last_round = time.monotonic()
			try:
				with self._host.database.transaction():
					if backfill.receive_missed_sms(self._host.ports, text):
						log.info("received a text whose webhook was missed")
			except Unavailable:
				raise
			except Exception:
				log.exception("a text whose webhook was missed cannot be received")
		self._next_backfill = time.monotonic() + BACKFILL_EVERY

	def _release(self, loop: Loop) -> None:
		self._host.switched.plan(self._host.ports, lambda: self._goes_on(loop))
		self._send_due(loop)
		for group in release_notices.due_groups(self._host.ports):
			if loop.ending.is_set():
				return
			try:
				with self._host.database.transaction():
					release_notices.release_group(self._host.ports, group)
			except Unavailable:
				raise
			except Exception:
				log.exception("what is held for a thread cannot be released")
			loop.last_round = time.monotonic()

	def _goes_on(self, loop: Loop) -> bool:
		loop.last_round = time.monotonic()
		return not loop.ending.is_set()

	def _send_due(self, loop: Loop) -> None:
		for row in send_due.due_messages(self._host.ports):
			if loop.ending.is_set():
				return
			try:
				with self._host.database.transaction():
					send_due.send_due(self._host.ports, row)
			except Unavailable:
				raise
			except Exception:
				log.exception("a scheduled message cannot be sent")
			loop.last_round = time.monotonic()

	def _erase(self, loop: Loop) -> None:
		while not loop.ending.is_set() and self._erase_some():
			self._has_erased = True
			loop.last_round = time.monotonic()
		self._remove_old(loop)
		if self._has_erased:
			self._has_erased = not self._host.database.empty_log()

	def _remove_old(self, loop: Loop) -> None:
		if time.monotonic() < self._next_removal or not self._host.settings().keep_months:
			return
		self._next_removal = time.monotonic() + REMOVE_OLD_EVERY
		after: int | None = 0
		while after is not None and not loop.ending.is_set():
			with self._host.database.transaction():
				after = remove_old(self._host.ports, after)
			self._has_erased = True
			loop.last_round = time.monotonic()

	def _erase_some(self) -> bool:
		"""Erase the next batch; a look at whether there is anything takes no turn from those who write."""
		if not erasures.running(self._host.database):
			return False
		with self._host.database.transaction():
			return advance_erasure(self._host.ports)

	def _gather_words(self, loop: Loop) -> None:
		while not loop.ending.is_set() and (block := next_block(self._host.ports)) is not None:
			with self._host.database.transaction():
				gather_words(self._host.ports, block)
			loop.last_round = time.monotonic()

	def _follow_zones(self, loop: Loop) -> None:
		if time.monotonic() < self._next_zones:
			return
		self._next_zones = time.monotonic() + FOLLOW_ZONES_EVERY
		for name in follow_zones.threads_elsewhere(self._host.ports):
			with self._host.database.transaction():
				plan_thread(self._host.ports, name)
			loop.last_round = time.monotonic()

	def _tidy(self, loop: Loop) -> None:
		if time.monotonic() < self._next_tidying:
			return
		self._next_tidying = time.monotonic() + TIDY_EVERY
		ports, database = self._host.ports, self._host.database
		with database.transaction():
			deliver.release_abandoned(ports, {name for senders in self._senders for name in senders.in_hand})
			deliver.set_clock_right(ports)
		with database.transaction():
			forget_links(ports)
		with database.transaction():
			forget_kept(ports)
		with database.transaction():
			forget_uploads(ports)
		self._gather_words(loop)
		self._follow_zones(loop)
		for name in due_waits(ports):
			with database.transaction():
				alert_waiting(ports, name)
		for row in ask_outcome.silent_deliveries(ports):
			if loop.ending.is_set():
				return
			answer = ask_outcome.ask_outcome(ports, row)
			loop.last_round = time.monotonic()
			with database.transaction():
				ask_outcome.record_answer(ports, row, answer)
