"""Notices' whole lives, in every order hypothesis can think of: none comes twice, none wakes anybody, each other one has a reason.

NOTICE_STEPS=50000 in the environment runs about so many steps.
"""

import os
import re
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from support.clock import FixedClock
from support.fickle_provider import Killed, Provider
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.notices.reasons import templates
from customer_thread.domain.outbound import OutboundMail
from customer_thread.domain.times import DAY, HOUR, MINUTE, SECOND, to_us
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.service.notices.release_notices import due_groups, release_group
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.thread.mark_read_by_customer import mark_read_by_customer
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.database import Row

STEPS = 30
EXAMPLES = int(os.environ.get("NOTICE_STEPS", "900")) // STEPS
NEW_YORK = ZoneInfo("America/New_York")
EVENING = to_us(datetime(2025, 5, 15, 20, 50, tzinfo=NEW_YORK))
WORD = re.compile(r"zq\d{4}")
MORE = re.compile(r"and (\d+) more")
FINAL = {"Sent", "Delivered", "Skipped", "Failed"}
REASONS = [re.compile(re.sub(r"\\\{\d\\\}", ".+", re.escape(template))) for template in templates()]


@dataclass
class Post:
	"""The mail server; it takes what it is given, and the process may die around that."""

	clock: FixedClock
	dies: str = ""
	refuses: bool = False
	#: of each Message-ID: when it came first, and what it says
	mails: dict[str, tuple[int, str]] = field(default_factory=dict)

	def send(self, mail: OutboundMail) -> None:
		"""Take one."""
		if self.dies == "before":
			raise Killed
		if self.refuses:
			raise GatewayError("busy")
		self.mails.setdefault(mail.message_id, (self.clock.us, mail.text))
		if self.dies == "during":
			raise Killed


class NoticeMachine(RuleBasedStateMachine):
	"""One customer with a phone, another with a mailbox, and a business that writes by day and night."""

	def __init__(self) -> None:
		super().__init__()
		self.folder = tempfile.TemporaryDirectory()
		clock = FixedClock(EVENING)
		database = SqliteDatabase(Path(self.folder.name) / "t.db", clock)
		database.connection.execute("PRAGMA synchronous = OFF")
		self.world = World(database, clock, Path(self.folder.name))
		self.world.set(
			public_url="https://m.example", contractor_mobile="", contractor_email="", mail_from="m@x.example"
		)
		self.phones, self.post = Provider(clock), Post(clock)
		self.ports = replace(self.world.ports, texting={"SMS": lambda: self.phones}, mail=lambda: self.post)
		self.threads = [self.world.customer(email=""), self.world.customer(phone="", email="bob@x.example")]
		#: by each word: whose it is, whether it may wake them, and its entry
		self.said: dict[str, tuple[int, bool, int]] = {}
		#: of each customer: since when they want which quiet hours, in minutes of the day
		self.nights = [[(0, 21 * 60, 8 * 60)], [(0, 21 * 60, 8 * 60)]]
		self.heard = [0, 0]

	@property
	def clock(self) -> FixedClock:
		"""Return the clock."""
		return self.world.clock

	@property
	def notices(self) -> list[Row]:
		"""Return all notices."""
		sql = "SELECT * FROM `tabThread Delivery` WHERE purpose = 'Notice' ORDER BY creation_us, name"
		return self.world.database.select(sql)

	def _word(self) -> str:
		return f"zq{len(self.said):04}"

	# What people do

	@rule(
		whose=st.integers(0, 1), document=st.integers(0, 2), urgent=st.booleans(), cancels=st.booleans(), many=st.sampled_from([1, 1, 7, 25])
	)  # fmt: skip
	def card(self, whose: int, document: int, urgent: bool, cancels: bool, many: int) -> None:
		"""Something happens in the business, perhaps several times at once."""
		for _time in range(many):
			word = self._word()
			event = NewEvent(
				event_type="Invoice cancelled" if cancels else "Invoice sent",
				title=f"Invoice {word}",
				occurred_us=self.clock.us,
				source_key=word,
				reference_doctype="Sales Invoice",
				reference_name=f"INV-{document}",
				notify=True,
				urgent=urgent,
			)
			posted = self.world.do(partial(record_event, self.ports, self.threads[whose], event))
			self.said[word] = (whose, urgent, posted.entry)

	@rule(whose=st.integers(0, 1), by_machine=st.booleans())
	def say(self, whose: int, by_machine: bool) -> None:
		"""The business writes in the portal."""
		word = self._word()
		send = partial(send_message, self.ports, self.threads[whose], f"We say {word}", channel="portal")
		posted = self.world.do(lambda: send(automated=by_machine))
		is_answer = (
			not by_machine and self.heard[whose] > 0 and self.clock.us < self.heard[whose] + 30 * MINUTE
		)
		self.said[word] = (whose, is_answer, posted.entry)

	@rule(whose=st.integers(0, 1))
	def answer(self, whose: int) -> None:
		"""The customer writes."""
		client = f"0b5d0f0e-3f0e-4b6e-9a51-{self.clock.us % 10**12:012}"
		self.clock.move(1)
		self.heard[whose] = self.clock.us
		self.world.do(lambda: reply(self.ports, self.threads[whose]["name"], "Hello", client))

	@rule(whose=st.integers(0, 1))
	def read(self, whose: int) -> None:
		"""The customer reads all there is."""
		row = self.world.thread(self.threads[whose]["name"])
		if row["last_entry"]:
			self.world.do(lambda: mark_read_by_customer(self.ports, row["name"], row["last_entry"]))

	@rule(whose=st.integers(0, 1))
	def open(self, whose: int) -> None:
		"""The customer has the page open."""
		party = self.threads[whose]["party"]
		self.ports.presence.note(self.threads[whose]["name"], party or "")

	@rule(
		whose=st.integers(0, 1),
		start=st.sampled_from([21, 22, 1, 8]),
		end=st.sampled_from([8, 7, 12]),
		on=st.sampled_from(["On", "On", "On", "Off"]),
	)
	def want(self, whose: int, start: int, end: int, on: str) -> None:
		"""The customer wants something else."""
		# what happened at the moment before was by what they wanted then
		self.clock.move(1)
		chosen = {"quiet_start": f"{start:02}:00", "quiet_end": f"{end:02}:00", "sms": on, "email": on}
		thread = self.threads[whose]
		self.world.do(lambda: save_wishes(self.ports, thread, thread["party"] or "", chosen, "Page"))
		self.nights[whose].append((self.clock.us, start * 60, end * 60))

	@rule(us=st.sampled_from([SECOND, MINUTE, 2 * MINUTE, 30 * MINUTE, 3 * HOUR, 11 * HOUR, DAY]))
	def let_time_pass(self, us: int) -> None:
		"""Nobody works meanwhile."""
		self.clock.move(us)

	# What the worker does

	@rule(
		dies=st.sampled_from(["", "", "", "released", "before", "during", "after"]),
		refuses=st.sampled_from([False, False, False, True]),
		after=st.integers(0, 3),
	)
	def work(self, dies: str, refuses: bool, after: int) -> None:
		"""It releases and sends what is due, and may die at it; then another begins."""
		self.phones.outcome = "busy" if refuses else "answered"
		self.post.refuses = refuses
		try:
			self._release(dies == "released", after)
			self._deliver(dies, after)
		except Killed:
			self.phones.dies = self.post.dies = ""
			self.world.do(lambda: deliver.release_abandoned(self.ports, in_hand=()))

	def _release(self, dies: bool, after: int) -> None:
		for number, group in enumerate(due_groups(self.ports)):
			with self.world.database.transaction():
				release_group(self.ports, group)
				if dies and number == after:
					raise Killed

	def _deliver(self, dies: str, after: int) -> None:
		for number, name in enumerate(deliver.due_deliveries(self.ports)):
			claimed = self.world.do(partial(deliver.claim_delivery, self.ports, name))
			if claimed is None:
				continue
			dying = dies if number == after else ""
			self.phones.dies = self.post.dies = dying if dying in ("before", "during") else ""
			outcome = deliver.send_delivery(self.ports, claimed)
			if dying == "after":
				raise Killed
			self.world.do(partial(deliver.record_delivery, self.ports, claimed, outcome))

	# What must hold

	@property
	def pings(self) -> list[tuple[int, int, str]]:
		"""Return whom what pinged, when."""
		texts = [(0, text.at_us, text.words) for text in self.phones.texts]
		return texts + [(1, us, text) for us, text in self.post.mails.values()]

	@invariant()
	def nobody_is_told_twice(self) -> None:
		"""Each entry is named once by each channel."""
		named: Counter[tuple[int, str]] = Counter()
		for whose, _us, words in self.pings:
			named.update((whose, word) for word in set(WORD.findall(words)))
		assert [word for word, times in named.items() if times > 1] == []

	@invariant()
	def nobody_is_woken(self) -> None:
		"""What comes at night tells of something urgent."""
		for whose, us, words in self.pings:
			if self._is_night(whose, us):
				urgent = {word for word, (_whose, urgent, _entry) in self.said.items() if urgent}
				assert set(WORD.findall(words)) & urgent, (whose, us, words)

	def _is_night(self, whose: int, us: int) -> bool:
		_since, start, end = next(night for night in reversed(self.nights[whose]) if night[0] <= us)
		local = datetime.fromtimestamp(us / 1_000_000, NEW_YORK)
		minute = local.hour * 60 + local.minute
		if start == end:
			return False
		return start <= minute < end if start < end else minute >= start or minute < end

	@invariant()
	def each_has_its_reason(self) -> None:
		"""Each entry has a row for each channel, and each row says why."""
		by_entry = defaultdict(set)
		for row in self.notices:
			by_entry[row["entry"]].add(row["channel"])
			assert any(pattern.fullmatch(row["reason"]) for pattern in REASONS), row["reason"]
		for _whose, _urgent, entry in self.said.values():
			assert {"Email", "SMS"} <= by_entry[entry]

	def teardown(self) -> None:
		"""In the end nothing waits, and each that was sent has come, with all that it carries."""
		for _step in range(200):
			self.work("", False, 0)
			waiting = [row["due_us"] for row in self.notices if row["state"] not in FINAL | {"Sending"}]
			if not waiting:
				break
			self.clock.us = max(self.clock.us, min(waiting))
		self.nobody_is_told_twice()
		self.nobody_is_woken()
		assert {row["state"] for row in self.notices} <= FINAL | {"Sending"}
		carried = Counter(row["carried_by"] for row in self.notices if row["carried_by"])
		by_sid = {text.sid: text.words for text in self.phones.texts}
		for row in self.notices:
			if row["state"] in ("Sent", "Delivered", "Sending"):
				words = by_sid.get(row["provider_id"]) or self.post.mails[row["provider_id"]][1]
				more = MORE.search(words)
				told = len(set(WORD.findall(words))) + (int(more[1]) if more else 0)
				assert told == 1 + carried[row["name"]], (words, row)
		self.world.close()
		self.folder.cleanup()


TestNotices = NoticeMachine.TestCase
TestNotices.settings = settings(
	max_examples=EXAMPLES,
	stateful_step_count=STEPS,
	deadline=None,
	suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
