"""Deliveries' whole lives, in every order hypothesis can think of: what the provider accepted is what was promised, once.

DELIVERY_STEPS=50000 in the environment runs about so many steps.
"""

import os
import tempfile
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support.clock import FixedClock
from support.fickle_provider import OUTCOMES, RANK, UNSURE, Killed, MailServer, Provider, Text
from support.world import World

from customer_thread.domain.delivery_states import ASK_FOR, CLAIM_TIMEOUT, WAITS
from customer_thread.domain.errors import Conflict, GatewayError
from customer_thread.domain.inbound import StatusReport
from customer_thread.domain.model import DeliveryState
from customer_thread.domain.outbound import Claimed, OutboundSms, Outcome
from customer_thread.domain.times import HOUR, MINUTE, SECOND
from customer_thread.service.incoming.receive_status_report import receive_status_report
from customer_thread.service.notices.release_notices import due_groups, release_group
from customer_thread.service.outgoing import ask_outcome, deliver
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.outgoing.retry_delivery import retry_delivery
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.database import Row

STEPS = 30
EXAMPLES = int(os.environ.get("DELIVERY_STEPS", "1000")) // STEPS


class DeliveryMachine(RuleBasedStateMachine):
	"""Messages of one business, two workers that may die or be slow, and a provider that reports in any order."""

	def __init__(self) -> None:
		super().__init__()
		self.folder = tempfile.TemporaryDirectory()
		clock = FixedClock()
		database = SqliteDatabase(Path(self.folder.name) / "t.db", clock)
		database.connection.execute("PRAGMA synchronous = OFF")
		self.world = World(database, clock, Path(self.folder.name))
		self.world.set(default_region="US")
		self.provider = Provider(clock)
		self.ports = replace(
			self.world.ports,
			texting={"SMS": lambda: self.provider},
			mail=lambda: MailServer(self.provider),
		)
		self.thread = self.world.customer()
		#: what a worker holds: claimed, and perhaps what came of it, which is not written down yet
		self.held: dict[int, tuple[Claimed[OutboundSms], Outcome | None]] = {}
		self.again: set[str] = set()
		self.seen: dict[str, str] = {}
		#: of mails that were lost sight of: SMTP has no way to ask
		self.unsure_mails: set[str] = set()
		self.write("On my way")

	@property
	def rows(self) -> list[Row]:
		"""Return all deliveries."""
		return self.world.database.select("SELECT * FROM `tabThread Delivery` ORDER BY creation_us, part")

	# What people do

	@rule(words=st.sampled_from(["On my way", "On my way", "OK", "ha " * 1200]))
	def write(self, words: str) -> None:
		"""Somebody writes to the customer; often the same."""
		if len(self.rows) < 4:
			self.world.clock.move(1)
			self.world.do(lambda: send_message(self.ports, self.thread, words))

	@rule(number=st.integers(0, 10**6))
	def answer_from_the_page(self, number: int) -> None:
		"""The customer replies."""
		if len(self.rows) < 4:
			client = f"0b5d0f0e-3f0e-4b6e-9a51-{number:012}"
			self.world.do(lambda: reply(self.ports, self.thread["name"], f"Yes {number}", client))

	@precondition(lambda self: any(row["state"] == "Failed" for row in self.rows))
	@rule(which=st.integers(0, 20))
	def try_again(self, which: int) -> None:
		"""Somebody has a failed one sent again."""
		failed = [row["name"] for row in self.rows if row["state"] == "Failed"]
		self._again(failed[which % len(failed)])

	def _again(self, name: str) -> bool:
		"""Send it again, unless its words went the other way; return whether it was."""
		[row] = [row for row in self.rows if row["name"] == name]
		message = [
			other
			for other in self.rows
			if (other["entry"], other["purpose"]) == (row["entry"], row["purpose"])
		]
		if not row["fallback_of"] and any(other["fallback_of"] for other in message):
			with pytest.raises(Conflict):
				self.world.do(lambda: retry_delivery(self.ports, name))
			return False
		self.world.do(lambda: retry_delivery(self.ports, name))
		self.again.add(name)
		self.seen[name] = "Queued"
		return True

	# What workers do

	@rule(worker=st.integers(0, 1), which=st.integers(0, 5), patient=st.booleans())
	def claim(self, worker: int, which: int, patient: bool = False) -> None:
		"""A worker that is free takes one that is due, perhaps from an old list, perhaps after waiting for it."""
		if worker in self.held:
			return
		due = [row["due_us"] for row in self.rows if row["state"] == "Queued"]
		if patient and due:
			self.let_time_pass(max(0, min(due) - self.world.clock.us))
		waiting = deliver.due_deliveries(self.ports) or [row["name"] for row in self.rows]
		if waiting:
			name = waiting[which % len(waiting)]
			claimed = self.world.do(lambda: deliver.claim_delivery(self.ports, name))
			if claimed:
				self.held[worker] = (claimed, None)

	@rule(
		worker=st.integers(0, 1),
		which=st.integers(0, 5),
		patient=st.booleans(),
		outcome=st.sampled_from(OUTCOMES),
		dies=st.sampled_from(["", "", "", "", "before", "during", "during", "after"]),
		list_fails=st.integers(0, 3).map(lambda number: number == 3),
		lands=st.integers(0, 2).map(bool),
		busy=st.integers(0, 2).map(lambda number: number == 2),
	)
	def work(
		self,
		worker: int,
		which: int,
		patient: bool,
		outcome: str,
		dies: str,
		list_fails: bool,
		lands: bool,
		busy: bool,
	) -> None:
		"""A worker takes one, hands it over, and writes down what came of it unless the database is busy."""
		self.claim(worker, which, patient)
		self.hand_over(worker, outcome, dies, list_fails, lands)
		if not busy:
			self.write_down(worker)

	@rule()
	def release(self) -> None:
		"""A worker looks again at what waits for the night to end: what falls back hours later does."""
		for group in due_groups(self.ports):
			self.world.do(partial(release_group, self.ports, group))

	def hand_over(self, worker: int, outcome: str, dies: str, list_fails: bool, lands: bool) -> None:
		"""It hands over what it holds; what came of it is written down later, or never."""
		claimed, came = self.held.get(worker, (None, None))
		if claimed is None or came is not None:
			return
		if not self.world.do(lambda: deliver.begin_delivery(self.ports, claimed)):
			del self.held[worker]
			return
		provider = self.provider
		provider.outcome, provider.dies, provider.list_fails, provider.lands = (
			outcome,
			dies,
			list_fails,
			lands,
		)
		provider.arrive()
		try:
			result: Outcome = deliver.send_delivery(self.ports, claimed)
		except Killed:
			self._note_unsure_mail(claimed)
			self.held[worker] = (claimed, UNSURE)
			self.restart()
			return
		finally:
			provider.outcome, provider.dies, provider.list_fails = "answered", "", False
		if isinstance(result, GatewayError) and result.ambiguous:
			self._note_unsure_mail(claimed)
		self.held[worker] = (claimed, result)
		if dies == "after":
			self.restart()

	def _note_unsure_mail(self, claimed: Claimed[OutboundSms]) -> None:
		if claimed.channel == "Email":
			self.unsure_mails.add(claimed.delivery)

	@rule(worker=st.integers(0, 1))
	def write_down(self, worker: int) -> None:
		"""The database is free again: what came of it is written down."""
		claimed, came = self.held.get(worker, (None, None))
		if claimed is not None and came is not None:
			del self.held[worker]
			self.world.do(lambda: deliver.record_delivery(self.ports, claimed, came))

	@rule()
	def restart(self) -> None:
		"""The process is killed, with all it held, and begins anew."""
		for claimed, came in self.held.values():
			if came is not None:
				self._note_unsure_mail(claimed)
		self.held.clear()
		self.world.do(lambda: deliver.release_abandoned(self.ports, in_hand=()))

	@rule()
	def tidy(self) -> None:
		"""What a worker does by itself from time to time."""
		in_hand = {claimed.delivery for claimed, _came in self.held.values()}
		self.world.do(lambda: deliver.release_abandoned(self.ports, in_hand))
		self.world.do(lambda: deliver.set_clock_right(self.ports))
		self._ask()

	def _ask(self) -> None:
		for row in ask_outcome.silent_deliveries(self.ports):
			answer = ask_outcome.ask_outcome(self.ports, row)
			self.world.do(partial(ask_outcome.record_answer, self.ports, row, answer))

	# What the world does

	@rule(us=st.sampled_from([SECOND, 5 * SECOND, 40 * SECOND, 3 * MINUTE, 11 * MINUTE, 2 * HOUR]))
	def let_time_pass(self, us: int) -> None:
		"""It gets later, and what was on its way arrives."""
		self.world.clock.move(us)
		self.provider.arrive()

	@rule(us=st.sampled_from([MINUTE, HOUR - 2 * MINUTE]))
	def set_the_clock_back(self, us: int) -> None:
		"""Our clock is put right, the provider's is as it was; once, and by an hour at most."""
		if not self.provider.ahead_us and not self.provider.under_way:
			self.world.clock.move(-us)
			self.provider.ahead_us = us

	@precondition(lambda self: self.provider.texts)
	@rule(which=st.integers(0, 30), step=st.integers(0, 1), again=st.integers(1, 2))
	def report(self, which: int, step: int, again: int) -> None:
		"""A status callback comes: early, late, twice, out of order."""
		text = self.provider.texts[which % len(self.provider.texts)]
		for _ in range(again):
			self._say(text, text.fate[step])

	def _say(self, text: Text, state: DeliveryState) -> None:
		text.state = state if RANK[state] > RANK[text.state] else text.state
		error = text.error if state == "Failed" else None
		report = StatusReport(text.sid, state, text.delivery, error)
		self.world.do(lambda: receive_status_report(self.ports, report))

	@rule(
		outcome=st.sampled_from(["answered", "answer lost", "arrives late", "never arrives", "busy"]),
		early=st.booleans(),
		dies=st.booleans(),
	)
	def try_again_what_is_undelivered(self, outcome: str, early: bool, dies: bool) -> None:
		"""One is undelivered and sent again by hand, and what was said of the first try is said once more."""
		reached = [text for text in self.provider.texts if text.fate[-1] == "Failed"]
		if not reached:
			return
		text = reached[-1]
		self._say(text, "Failed")
		bearer = [
			row["name"] for row in self.rows if row["provider_id"] == text.sid and row["state"] == "Failed"
		]
		if not bearer or not self._again(bearer[0]):
			return
		self.claim(0, 0, patient=True)
		if early:
			self._say(text, "Failed")
		self.hand_over(0, outcome, "during" if dies else "", False, True)
		self._say(text, "Failed")
		self.write_down(0)

	@rule(dies=st.booleans(), again=st.booleans())
	def try_again_while_the_first_is_on_its_way(self, dies: bool, again: bool) -> None:
		"""A request hangs, whoever made it gives up or is killed, and the next try comes as soon as anything lets it."""
		self.claim(0, 0, patient=True)
		self.hand_over(0, "arrives late", "during" if dies else "", False, True)
		self.write_down(0)
		if again:
			self.restart()
		self.claim(0, 0, patient=True)
		self.hand_over(0, "answered", "", False, True)
		self.write_down(0)

	@rule()
	def take_up_old_claims(self) -> None:
		"""What a host does whose other workers it does not know: old claims are dead, though their workers may not be."""
		self.let_time_pass(CLAIM_TIMEOUT + SECOND)
		self.world.do(lambda: deliver.release_abandoned(self.ports))
		for claimed, _came in self.held.values():
			self._note_unsure_mail(claimed)

	# What holds

	@invariant()
	def it_moves_forward_only(self) -> None:
		"""A state goes back only where a try has failed: from Sending to Queued."""
		for row in self.rows:
			before, state = self.seen.get(row["name"], "Queued"), row["state"]
			assert RANK[state] >= RANK[before] or (before, state) == ("Sending", "Queued"), (before, state)
			if RANK[before] == 3:
				assert state == before, "what is final stays"
			self.seen[row["name"]] = state

	@invariant()
	def it_falls_back_once(self) -> None:
		"""An entry goes the other way once."""
		instead = Counter((row["entry"], row["purpose"]) for row in self.rows if row["fallback_of"])
		by_text = Counter(
			(row["entry"], row["purpose"])
			for row in self.rows
			if row["fallback_of"] and row["channel"] == "SMS"
		)
		assert all(count == 1 for key, count in instead.items() if key not in by_text)

	@invariant()
	def it_says_why(self) -> None:
		"""A failure has its reason, and what was accepted its id."""
		for row in self.rows:
			if row["state"] == "Failed":
				assert row["error"]
			if row["state"] in ("Sent", "Delivered"):
				assert row["provider_id"]

	@invariant()
	def nothing_is_accepted_twice(self) -> None:
		"""Of the same words to the same number, no more were accepted than tries were promised."""
		accepted = Counter((text.to, text.words) for text in self.provider.texts)
		promised: Counter[tuple[str, str]] = Counter()
		for row in self.rows:
			if row["channel"] == "SMS":
				promised[row["address"], row["text"]] += 1 + len((row["earlier_ids"] or "").split())
		assert accepted <= promised, accepted - promised

	def teardown(self) -> None:
		"""Let a good day come, and look whether everything is where it belongs."""
		self._end_well()
		self._all_accounted_for()
		self.world.close()
		self.world.database.close()
		self.folder.cleanup()

	def _end_well(self) -> None:
		for worker in list(self.held):
			self.write_down(worker)
		self.restart()
		for _ in range(4 * len(WAITS)):
			self.world.clock.move(8 * HOUR)
			self.provider.arrive()
			self.release()
			for worker in range(40):
				self.claim(0, worker)
				self.hand_over(0, "answered", "", False, True)
				self.write_down(0)
				if not deliver.due_deliveries(self.ports):
					break
			for text in self.provider.texts:
				text.state = text.fate[-1]
			self.tidy()
		self.world.clock.move(ASK_FOR)
		self.tidy()

	def _all_accounted_for(self) -> None:
		rows = self.rows
		assert {row["state"] for row in rows} <= {"Sent", "Delivered", "Failed", "Skipped"}
		borne = Counter(
			sid
			for row in rows
			if row["channel"] == "SMS"
			for sid in [row["provider_id"], *(row["earlier_ids"] or "").split()]
			if sid
		)
		assert set(borne.values()) <= {1}, "two deliveries claim one text"
		assert set(borne) == {text.sid for text in self.provider.texts}, "a text nobody knows of"
		for row in rows:
			if row["channel"] == "Email" and row["state"] == "Sent":
				assert self.provider.mails[row["provider_id"]] >= 1
			if row["channel"] == "Email" and row["name"] not in self.unsure_mails | self.again:
				assert self.provider.mails[row["provider_id"] or ""] <= 1, "a mail left twice"


DeliveryMachine.TestCase.settings = settings(
	max_examples=EXAMPLES,
	stateful_step_count=STEPS,
	database=None,
	deadline=None,
	suppress_health_check=list(HealthCheck),
)
TestDelivery = DeliveryMachine.TestCase
