"""A link's whole life, in every order hypothesis can think of: it signs in one browser, in time, and nobody else."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support.clock import FixedClock
from support.persons import BOB, SARAH
from support.world import World

from customer_thread.domain.model import Party
from customer_thread.domain.times import DAY
from customer_thread.service.portal.way_in import Visit, Way, look, send_fresh, use
from customer_thread.service.sign_in.make_link import new_token
from customer_thread.service.sign_in.revoke_links import revoke_links
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.database import Row

BROWSERS = st.integers(0, 2)
#: a browser that is not known again
GONE = -1
PEOPLE = st.sampled_from(["", "", "CUST-00001", "CUST-00002"])


@dataclass
class Known:
	"""What is expected of a link."""

	token: str
	expires_us: int
	used_by: int | None = None
	is_revoked: bool = False

	def state(self, browser: int, now_us: int, *, is_read: bool, is_on: bool) -> str:
		"""Return the step of the page that refuses it; empty if it signs in."""
		if not is_on:
			return "closed"
		if self.is_revoked:
			return "revoked"
		if now_us >= self.expires_us:
			return "expired"
		if self.used_by not in (None, browser):
			return "used"
		return "" if is_read else "closed"


class LinkMachine(RuleBasedStateMachine):
	"""Sarah's links, three browsers, and whoever is signed in in them."""

	def __init__(self) -> None:
		super().__init__()
		self.folder = tempfile.TemporaryDirectory()
		clock = FixedClock()
		database = SqliteDatabase(Path(self.folder.name) / "t.db", clock)
		database.connection.execute("PRAGMA synchronous = OFF")
		self.world = World(database, clock, Path(self.folder.name))
		self.world.set(public_url="https://mikes.example")
		self.thread = self.world.customer(SARAH)
		self.world.customer(BOB)
		self.sarah = Party("Customer", "CUST-00001")
		self.info = self.world.parties.known[self.sarah]
		self.links: list[Known] = []
		#: what each browser was given
		self.cookies: dict[int, str] = {}
		self.is_read, self.is_on = True, True
		self.make()

	@property
	def rows(self) -> list[Row]:
		"""Return all links."""
		return self.world.database.select("SELECT * FROM `tabThread Sign In` ORDER BY created_us, name")

	def visit(self, number: int, browser: int, user: str) -> tuple[Known, Visit]:
		"""Return a link, and who comes with it."""
		known = self.links[number % len(self.links)]
		return known, Visit(known.token, browser=self.cookies.get(browser, ""), user=user, reader=user)

	def check_refusal(self, known: Known, way: Way, browser: int, user: str) -> bool:
		"""Fail unless it is refused if it must be; return whether it may be used."""
		assert way.user == "" or way.user == "CUST-00001"
		if user == "CUST-00001" and self.is_read:
			assert way.goes_to == "/messages"
			assert way.user == ""
			return False
		expected = known.state(browser, self.world.clock.now_us(), is_read=self.is_read, is_on=self.is_on)
		if expected:
			assert way.view is not None
			assert (way.view["step"], way.status, way.user) == (expected, 403, "")
			assert SARAH.phone not in str(way.view)
		return not expected

	@rule()
	@precondition(lambda self: len(self.links) < 5)
	def make(self) -> None:
		"""A text brings one more."""
		token = self.world.do(
			lambda: new_token(
				self.world.ports, "CUST-00001", self.thread["name"], "Notice", address=SARAH.phone
			)
		)
		self.links.append(Known(token, self.world.clock.now_us() + 7 * DAY))

	@rule(number=st.integers(0, 4), browser=BROWSERS, user=PEOPLE)
	def look(self, number: int, browser: int, user: str) -> None:
		"""Somebody, or a scanner, opens one."""
		known, visit = self.visit(number, browser, user)
		before = self.rows
		way = look(self.world.ports, visit)
		assert self.rows == before
		if self.check_refusal(known, way, browser, user):
			assert way.view is not None
			assert way.view["step"] == ("asked" if user else "ready")

	@rule(number=st.integers(0, 4), browser=BROWSERS, user=PEOPLE)
	def press(self, number: int, browser: int, user: str) -> None:
		"""Somebody presses its button."""
		known, visit = self.visit(number, browser, user)
		before = self.rows
		way = self.world.do(lambda: use(self.world.ports, visit))
		if not self.check_refusal(known, way, browser, user):
			assert self.rows == before
			return
		assert way.user == "CUST-00001"
		assert way.goes_to == "/messages"
		if user and known.used_by is None:
			# it was somebody else's browser: by what it is known, it is not any more
			for other in self.links:
				other.used_by = GONE if other.used_by == browser else other.used_by
		known.used_by = browser
		self.cookies[browser] = way.browser

	@rule(number=st.integers(0, 4), browser=BROWSERS)
	def ask_for_a_fresh_one(self, number: int, browser: int) -> None:
		"""Whoever it was refused to has one sent to its owner."""
		known, visit = self.visit(number, browser, "")
		sent = "SELECT address FROM `tabThread Delivery` WHERE purpose = 'Sign In'"
		before = len(self.world.database.select(sent))
		way = self.world.do(lambda: send_fresh(self.world.ports, visit))
		state = known.state(browser, self.world.clock.now_us(), is_read=self.is_read, is_on=self.is_on)
		assert way.user == ""
		if state in ("used", "expired") and self.is_read:
			assert way.view is not None
			assert way.view["step"] == "sent"
		else:
			assert len(self.world.database.select(sent)) == before
		assert {row["address"] for row in self.world.database.select(sent)} <= {SARAH.phone}

	@rule(days=st.sampled_from([0.1, 1, 3, 7]))
	def wait(self, days: float) -> None:
		"""Time goes by."""
		self.world.clock.move(int(days * DAY))

	@rule()
	def revoke(self) -> None:
		"""The office takes all back."""
		now = self.world.clock.now_us()
		open_ones = [known for known in self.links if not known.is_revoked and known.expires_us > now]
		assert self.world.do(lambda: revoke_links(self.world.ports, self.thread)) == len(open_ones)
		for known in open_ones:
			known.is_revoked = True

	@rule(is_read=st.booleans())
	def change_who_reads(self, is_read: bool) -> None:
		"""She is taken off the customer, or put on again."""
		self.is_read = is_read
		if is_read:
			self.world.parties.known[self.sarah] = self.info
		else:
			self.world.parties.known.pop(self.sarah, None)

	@rule(is_on=st.booleans())
	def switch(self, is_on: bool) -> None:
		"""Links are switched off, or on."""
		self.is_on = is_on
		# a host with passwords: off is off for all of them
		self.world.set(sign_in_links=is_on)

	@invariant()
	def nothing_kept_signs_in(self) -> None:
		"""No token is in any table."""
		kept = str(self.rows) + str(self.world.database.select("SELECT text FROM `tabThread Delivery`"))
		assert not [known for known in self.links if known.token in kept]

	def teardown(self) -> None:
		"""Remove the folder."""
		self.world.close()
		self.folder.cleanup()


LinkMachine.TestCase.settings = settings(
	max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLinkMachine = LinkMachine.TestCase
