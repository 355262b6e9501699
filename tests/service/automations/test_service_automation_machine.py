"""Scheduled messages' whole lives, in every order hypothesis can think of: each at its time or not at all, and true.

AUTOMATION_STEPS=50000 in the environment runs about so many steps.
"""

import os
import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from support.automated import (
	APPOINTMENT,
	CANCELLED,
	REMINDER,
	RESCHEDULED,
	SCHEDULED,
	SITE,
	Visit,
	automate,
)
from support.clock import FixedClock
from support.fickle_provider import Killed, Provider
from support.world import World

from customer_thread.domain.automations.reasons import templates
from customer_thread.domain.notices.reasons import templates as notice_templates
from customer_thread.domain.outbound import OutboundSms, SentSms
from customer_thread.domain.times import DAY, HOUR, MINUTE, SECOND, to_us, to_utc
from customer_thread.service.automations.plan_automation import (
	documents_to_come,
	look_again,
	waiting_messages,
)
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.automations.plan_thread import plan_thread
from customer_thread.service.automations.send_due import due_messages, send_due
from customer_thread.service.cards.forget_document import forget_document
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.service.outgoing import deliver
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.automations import AUTOMATION
from customer_thread.store.database import Row

STEPS = 30
EXAMPLES = int(os.environ.get("AUTOMATION_STEPS", "900")) // STEPS
#: a Saturday before the clocks of New York go forward
START = to_us(datetime(2026, 3, 7, 12, tzinfo=SITE))
ZONES = ("America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Chatham")
TEXT = re.compile(r"(\w+) (APP-\d) (\d{4}-\d\d-\d\d \d\d:\d\d)")
REASONS = [
	re.compile(re.sub(r"\\\{\d\\\}", ".+", re.escape(template)))
	for template in (*templates(), *notice_templates())
]
SAYS = "{{ doc.name }} {{ (doc.scheduled_time | string)[:16] }}"


@dataclass
class Witness(Provider):
	"""The provider, who looks at the business whenever a text is handed over."""

	visits: list[Visit] = field(default_factory=list)
	lies: list[str] = field(default_factory=list)

	def send(self, text: OutboundSms) -> SentSms:
		"""Take it, and note what is not true about it."""
		found = TEXT.fullmatch(text.text)
		assert found, text.text
		kind, name, told = found.groups()
		visit = next(visit for visit in self.visits if visit.reference.name == name)
		known = visit.world.documents.of_now.get(visit.reference)
		if known is None:
			self.lies.append(f"{text.text}: it is gone")
			return super().send(text)
		now = known.document
		if f"{now['scheduled_time']:%Y-%m-%d %H:%M}" != told:
			self.lies.append(f"{text.text}: it is {now['scheduled_time']}")
		if (kind == "CANCELLED") == (now["status"] == "Open"):
			self.lies.append(f"{text.text}: it is {now['status']}")
		return super().send(text)


class AutomationMachine(RuleBasedStateMachine):
	"""Two customers, each with two appointments, and a business that changes its mind."""

	def __init__(self) -> None:
		super().__init__()
		self.folder = tempfile.TemporaryDirectory()
		clock = FixedClock(START)
		database = SqliteDatabase(Path(self.folder.name) / "t.db", clock)
		database.connection.execute("PRAGMA synchronous = OFF")
		self.world = World(database, clock, Path(self.folder.name))
		self.world.set(default_timezone="America/New_York", contractor_mobile="", contractor_email="")
		self.phones = Witness(clock)
		self.world.ports = self.ports = replace(self.world.ports, texting={"SMS": lambda: self.phones})
		self.threads = [self.world.customer(email=""), self.world.customer(phone="+15553200777", email="")]
		self.visits = [
			Visit(self.world, thread, f"APP-{2 * place + number}")
			for place, thread in enumerate(self.threads)
			for number in (0, 1)
		]
		self.phones.visits = self.visits
		self.automations = [
			automate(self.world, **{**fields, "text": f"{kind} {SAYS}"})
			for kind, fields in (
				("SCHEDULED", SCHEDULED),
				("REMINDER", REMINDER),
				("MOVED", {**RESCHEDULED, "condition": "doc.status == 'Open'"}),
				("CANCELLED", CANCELLED),
			)
		]
		self.are_on = [True] * 4
		#: when the reminder was last switched, and each appointment made or moved, µs
		self.switched_us = 0
		self.planned_us = [0] * 4
		#: how often the number of each was given again
		self.deleted: Counter[str] = Counter()
		self.zones = [ZONES[0], ZONES[0]]
		#: since when the zones are those, µs
		self.zoned_us = [0, 0]
		#: while the worker came round
		self.slept_until = START

	@property
	def clock(self) -> FixedClock:
		"""Return the clock."""
		return self.world.clock

	@property
	def rows(self) -> list[Row]:
		"""Return all scheduled messages."""
		return self.world.database.select(
			"SELECT * FROM `tabThread Scheduled Message` ORDER BY creation_us, name"
		)

	def _known(self, which: int) -> bool:
		return self.visits[which].reference in self.world.documents.of_now

	def _is_open(self, which: int) -> bool:
		known = self.world.documents.of_now.get(self.visits[which].reference)
		return known is not None and known.document["status"] == "Open"

	def _time(self, days: int, minutes: int) -> datetime:
		day = to_utc(self.clock.us).astimezone(SITE).date() + timedelta(days=days)
		return datetime.combine(day, time(8), SITE) + timedelta(minutes=minutes)

	# What people do

	@rule(which=st.integers(0, 3), days=st.integers(0, 4), minutes=st.sampled_from([0, 30, 120, 420]))
	def plan(self, which: int, days: int, minutes: int) -> None:
		"""An appointment is made, moved, or taken up again."""
		self.clock.move(1)
		at = self._time(days, minutes)
		self.planned_us[which] = self.clock.us
		if not self._is_open(which):
			self.visits[which].schedule(at)
		elif self.world.documents.of_now[self.visits[which].reference].document[
			"scheduled_time"
		] != at.replace(tzinfo=None):
			self.visits[which].move(at)

	@rule(which=st.integers(0, 3))
	def cancel(self, which: int) -> None:
		"""One is called off."""
		self.clock.move(1)
		if self._is_open(which):
			self.visits[which].cancel()

	@rule(which=st.integers(0, 3))
	def finish(self, which: int) -> None:
		"""One is done."""
		self.clock.move(1)
		if self._is_open(which):
			self.visits[which].finish()

	@rule(which=st.integers(0, 3))
	def delete(self, which: int) -> None:
		"""One is taken away; the next has its number."""
		self.clock.move(1)
		visit = self.visits[which]
		if self.world.documents.of_now.pop(visit.reference, None):
			name = visit.reference.name
			self.world.do(lambda: forget_document(self.ports, APPOINTMENT, name))
			self.world.do(lambda: plan_document(self.ports, visit.reference))
			self.deleted[name] += 1

	@rule(number=st.integers(0, 3), is_on=st.sampled_from([True, True, False]))
	def switch(self, number: int, is_on: bool) -> None:
		"""An automation is switched off, or on again."""
		self.clock.move(1)
		if is_on == self.are_on[number]:
			return
		self.are_on[number], name = is_on, self.automations[number]
		changes = {"enabled": int(is_on), **({"in_force_since_us": self.clock.us} if is_on else {})}
		self.world.do(lambda: self.world.database.update(AUTOMATION, name, changes))
		for row in list(waiting_messages(self.ports, name)):
			self.world.do(partial(look_again, self.ports, row))
		for reference in list(documents_to_come(self.ports, name)):
			self.world.do(partial(plan_document, self.ports, reference))
		if name == self.automations[1]:
			self.switched_us = self.clock.us

	@rule(whose=st.integers(0, 1), zone=st.sampled_from(ZONES))
	def travel(self, whose: int, zone: str) -> None:
		"""A customer lives elsewhere from now on."""
		thread = self.threads[whose]
		self.clock.move(1)
		save = partial(save_wishes, self.ports, thread, thread["party"] or "", {"timezone": zone}, "Page")
		self.world.do(save)
		self.zones[whose] = zone
		self.zoned_us[whose] = self.clock.us

	@rule(us=st.sampled_from([SECOND, 30 * SECOND, MINUTE, 10 * MINUTE, HOUR, 5 * HOUR, 11 * HOUR, DAY]))
	def sleep(self, us: int) -> None:
		"""Time passes, and nobody works."""
		self.clock.move(us)
		self.slept_until = self.clock.us

	@rule(hours=st.integers(1, 30))
	def work_on(self, hours: int) -> None:
		"""Time passes while the worker comes round every ten minutes."""
		for _turn in range(hours * 6):
			self.clock.move(10 * MINUTE)
			self.work("", False, 0)

	@rule(whose=st.integers(0, 1))
	def plan_again(self, whose: int) -> None:
		"""What waits is planned once more: it changes nothing."""
		self.world.do(partial(plan_thread, self.ports, self.threads[whose]["name"]))
		before = [{**row, "modified": ""} for row in self.rows]
		self.world.do(partial(plan_thread, self.ports, self.threads[whose]["name"]))
		assert [{**row, "modified": ""} for row in self.rows] == before

	# What the worker does

	@rule(
		dies=st.sampled_from(["", "", "", "sending", "before", "during", "after"]),
		refuses=st.sampled_from([False, False, True]),
		after=st.integers(0, 2),
	)
	def work(self, dies: str, refuses: bool, after: int) -> None:
		"""It sends what is due, and may die at it; then another begins. Two look at the same rows."""
		self.phones.outcome = "busy" if refuses else "answered"
		try:
			for number, row in enumerate([*due_messages(self.ports)] * 2):
				with self.world.database.transaction():
					send_due(self.ports, row)
					if dies == "sending" and number == after:
						raise Killed
			self._deliver(dies, after)
		except Killed:
			self.phones.dies = ""
			self.world.do(lambda: deliver.release_abandoned(self.ports, in_hand=()))

	def _deliver(self, dies: str, after: int) -> None:
		for number, name in enumerate(deliver.due_deliveries(self.ports)):
			claimed = self.world.do(partial(deliver.claim_delivery, self.ports, name))
			if claimed is None:
				continue
			dying = dies if number == after else ""
			self.phones.dies = dying if dying in ("before", "during") else ""
			outcome = deliver.send_delivery(self.ports, claimed)
			if dying == "after":
				raise Killed
			self.world.do(partial(deliver.record_delivery, self.ports, claimed, outcome))

	# What must hold

	@invariant()
	def nothing_untrue_leaves(self) -> None:
		"""What was handed over was so at that moment."""
		assert self.phones.lies == []

	@invariant()
	def each_is_written_once(self) -> None:
		"""A row is one entry, and a reminder of one time is told once."""
		entries = Counter(row["entry"] for row in self.rows if row["entry"])
		assert not [entry for entry, times in entries.items() if times > 1]
		told = Counter(text.words for text in self.phones.texts if text.words.startswith("REMINDER"))
		for words, times in told.items():
			assert times <= 1 + self.deleted[words.split()[1]], words

	@invariant()
	def each_has_its_reason(self) -> None:
		"""Each row says why it is as it is, in a sentence of the list."""
		for row in self.rows:
			assert any(pattern.fullmatch(row["reason"]) for pattern in REASONS), row["reason"]

	@invariant()
	def nothing_leaves_outside_its_time(self) -> None:
		"""A message is written at its time or later, and while it is valid."""
		for row in self.rows:
			if row["entry"]:
				[entry] = self.world.database.select(
					"SELECT occurred_us FROM `tabThread Entry` WHERE name = %(entry)s",
					{"entry": row["entry"]},
				)
				assert row["planned_us"] <= entry["occurred_us"] < row["valid_until_us"]

	def teardown(self) -> None:
		"""In the end each customer was told what holds, or it says why not."""
		self.work("", False, 0)
		for _turn in range(6 * 24 * 7):
			self.clock.move(10 * MINUTE)
			self.work("", False, 0)
			if not any(row["state"] == "Waiting" for row in self.rows):
				break
		assert not [row for row in self.rows if row["state"] == "Waiting"]
		self.nothing_untrue_leaves()
		self.each_is_written_once()
		for which in range(4):
			if self._is_open(which) and self.are_on[1]:
				self._was_reminded(which)
		self.world.close()
		self.folder.cleanup()

	def _was_reminded(self, which: int) -> None:
		visit = self.visits[which]
		begins = self.world.documents.of_now[visit.reference].document["scheduled_time"].replace(tzinfo=SITE)
		zone = ZoneInfo(self.zones[which // 2])
		day = begins.astimezone(zone).date() - timedelta(days=1)
		due_us = to_us(datetime.combine(day, time(9), zone))
		found = [
			row
			for row in self.rows
			if row["reference_name"] == visit.reference.name
			and row["occurrence"] == str(begins.replace(tzinfo=None))
		]
		#: since when it is to be told: it was called off before, or the reminder switched off
		since_us = max(self.planned_us[which], self.switched_us)
		if not found or found[0]["state"] == "Ended":
			assert due_us <= since_us or self.zoned_us[which // 2] >= since_us, found
			return
		[row] = found
		if row["state"] == "Skipped":
			assert row["reason"].startswith(("skipped: it was known only after", "skipped: too late"))
			# what was known too late where she lived then stays so, wherever she goes
			was_here = self.zoned_us[which // 2] <= row["creation_us"]
			if max(row["creation_us"], self.slept_until, since_us) < due_us and was_here:
				raise AssertionError(row)
		else:
			assert row["state"] == "Sent", row


TestAutomations = AutomationMachine.TestCase
TestAutomations.settings = settings(
	max_examples=EXAMPLES,
	stateful_step_count=STEPS,
	deadline=None,
	suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
