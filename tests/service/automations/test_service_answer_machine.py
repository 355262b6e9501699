"""Two appointments that are asked about, moved, called off and answered, in every order hypothesis can think of."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from support.asked import HERE, Asked, confirmed_cards, lines, says, truths
from support.clock import FixedClock
from support.world import World

from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import HOUR, to_us
from customer_thread.standalone.database import SqliteDatabase

VISITS = st.sampled_from(["APP-1", "APP-2"])
YES = st.sampled_from(["yes", "Confirmed!", "👍"])
OTHER = st.sampled_from(["yes but later?", "no", "thanks", "what time?", "STOP"])


class AnswerMachine(RuleBasedStateMachine):
	"""What was asked, and what is so."""

	def __init__(self) -> None:
		super().__init__()
		self.folder = tempfile.TemporaryDirectory()
		clock = FixedClock()
		database = SqliteDatabase(Path(self.folder.name) / "t.db", clock)
		database.connection.execute("PRAGMA synchronous = OFF")
		self.world = World(database, clock, Path(self.folder.name))
		self.thread = self.world.customer()
		self.visits = {
			name: Asked(self.world, self.thread, Reference("Appointment", name))
			for name in ("APP-1", "APP-2")
		}
		for visit in self.visits.values():
			visit.plan()
			visit.card()
		#: of each that was asked about: for which time, newest last
		self.asked: dict[str, datetime] = {}
		self.cancelled: set[str] = set()
		#: each yes that counted: the visit and its time
		self.said_yes: list[tuple[str, datetime]] = []
		self.open: set[str] = set()

	def teardown(self) -> None:
		self.world.database.close()
		self.world.close()
		self.folder.cleanup()

	@rule(name=VISITS)
	def ask(self, name: str) -> None:
		if name in self.cancelled or self._is_over(name):
			return
		self.visits[name].ask()
		self.asked.pop(name, None)
		self.asked[name] = self.visits[name].starts
		self.open.add(name)

	@rule(name=VISITS, hours=st.sampled_from([-3, 1, 26]))
	def move(self, name: str, hours: int) -> None:
		self.visits[name].plan(
			self.visits[name].starts + timedelta(hours=hours),
			status="Cancelled" if name in self.cancelled else "Open",
		)

	@rule(name=VISITS)
	def call_off_or_on(self, name: str) -> None:
		self.cancelled ^= {name}
		self.visits[name].plan(status="Cancelled" if name in self.cancelled else "Open")

	@rule(hours=st.sampled_from([12, 30]))
	def wait(self, hours: int) -> None:
		self.world.clock.move(hours * HOUR)

	@rule(text=YES)
	def say_yes(self, text: str) -> None:
		before = list(self.world.documents.confirmed)
		sentences = len(truths(self.world, self.thread))
		says(self.world, self.thread, text)
		new = self.world.documents.confirmed[len(before) :]
		assert len(new) <= 1
		for reference, _us in new:
			visit = self.visits[reference.name]
			assert reference.name in self.open
			assert self.asked[reference.name] == visit.starts
			assert reference.name not in self.cancelled
			assert not self._is_over(reference.name)
			self.open.discard(reference.name)
			self.said_yes.append((reference.name, visit.starts))
			assert lines(self.world)[-1].startswith("Sarah Lee confirmed ")
		newest = list(self.asked)[-1] if self.asked else ""
		if newest and newest in self.open and self._is_as_asked(newest):
			raise AssertionError("the newest open question was not confirmed")
		said = truths(self.world, self.thread)
		assert len(said) <= sentences + 1
		if len(said) > sentences and "moved" in said[-1]:
			assert not new
			[name] = [name for name, at in self._moved() if f"{at:%A}" in said[-1]][:1]
			self.asked.pop(name)
			self.asked[name] = self.visits[name].starts
			self.open.add(name)

	@rule(text=OTHER)
	def say_something_else(self, text: str) -> None:
		before = len(self.world.documents.confirmed)
		told = len(lines(self.world))
		says(self.world, self.thread, text)
		assert len(self.world.documents.confirmed) == before
		assert len(lines(self.world)) == told

	@invariant()
	def each_yes_has_its_card(self) -> None:
		assert len(confirmed_cards(self.world, self.thread)) == len(self.said_yes)

	def _moved(self) -> list[tuple[str, datetime]]:
		newest = reversed(self.asked.items())
		return [(name, self.visits[name].starts) for name, at in newest if at != self.visits[name].starts]

	def _is_as_asked(self, name: str) -> bool:
		is_so = self.asked[name] == self.visits[name].starts and name not in self.cancelled
		return is_so and not self._is_over(name)

	def _is_over(self, name: str) -> bool:
		return to_us(self.visits[name].starts.replace(tzinfo=HERE)) <= self.world.clock.us


TestAnswers = AnswerMachine.TestCase
TestAnswers.settings = settings(
	max_examples=60, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
