"""A delivery's whole life, in every order hypothesis can think of."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support.clock import FixedClock
from support.world import World

from customer_thread.domain.delivery_states import CLAIM_TIMEOUT
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.inbound import StatusReport
from customer_thread.domain.outbound import Claimed, OutboundSms, SentSms
from customer_thread.service.incoming.receive_status_report import receive_status_report
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.retry_delivery import retry_delivery
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import deliveries
from customer_thread.store.rows import DeliveryRow

RANK = {"Queued": 0, "Sending": 1, "Sent": 2, "Delivered": 3, "Failed": 3, "Skipped": 3}


class DeliveryMachine(RuleBasedStateMachine):
	"""One text, a worker that may die or time out, and a provider that reports in any order."""

	def __init__(self) -> None:
		super().__init__()
		self.folder = tempfile.TemporaryDirectory()
		clock = FixedClock()
		database = SqliteDatabase(Path(self.folder.name) / "t.db", clock)
		database.connection.execute("PRAGMA synchronous = OFF")
		self.world = World(database, clock, Path(self.folder.name))
		thread = self.world.customer(email="")
		posted = self.world.do(lambda: send_message(self.world.ports, thread, "Hi Sarah!"))
		self.name = str(deliveries.of_entry(database, posted.entry)[0]["name"])
		self.claimed: Claimed[OutboundSms] | None = None
		self.tries = 0
		self.seen = self.row
		self.may_go_back = False

	@property
	def row(self) -> DeliveryRow:
		row = deliveries.get(self.world.database, self.name)
		assert row is not None
		return row

	def _sid(self) -> str:
		return f"SM{self.tries:032}"

	@precondition(lambda self: self.claimed is None)
	@rule()
	def claim(self) -> None:
		self.world.clock.us = max(self.world.clock.us, self.row["due_us"])
		was = self.row["state"]
		self.claimed = self.world.do(lambda: deliver.claim_delivery(self.world.ports, self.name))
		assert (self.claimed is not None) == (was == "Queued"), "only what waits may be sent"
		if self.claimed and not self.claimed.unsure_since_us:
			self.tries += 1

	@precondition(lambda self: self.claimed is not None)
	@rule(outcome=st.sampled_from(["Sending", "Sent", "Delivered", "time-out", "busy", "refused"]))
	def come_back(self, outcome: str) -> None:
		claimed, self.claimed = self.claimed, None
		assert claimed is not None
		result: SentSms | GatewayError
		if outcome in RANK:
			result = SentSms(self._sid(), outcome)  # type: ignore[arg-type]
		else:
			result = GatewayError(
				outcome, permanent=outcome == "refused", ambiguous=outcome == "time-out", code="30003"
			)
		self.may_go_back = self.row["state"] == "Sending"
		self.world.do(lambda: deliver.record_delivery(self.world.ports, claimed, result))

	@precondition(lambda self: self.claimed is not None)
	@rule()
	def die(self) -> None:
		self.claimed = None
		self.world.clock.move(CLAIM_TIMEOUT + 1)
		self.may_go_back = self.row["state"] == "Sending"
		self.world.do(lambda: deliver.release_abandoned(self.world.ports))
		if self.may_go_back:
			assert self.row["unsure_since_us"], "it must be looked up before it is sent again"

	@precondition(lambda self: self.tries > 0)
	@rule(state=st.sampled_from(["Sent", "Delivered", "Failed"]))
	def report(self, state: str) -> None:
		error = GatewayError("reported", permanent=True, code="30003") if state == "Failed" else None
		report = StatusReport(self._sid(), state, self.name, error)  # type: ignore[arg-type]
		self.world.do(lambda: receive_status_report(self.world.ports, report))

	@precondition(lambda self: self.row["state"] == "Failed" and self.claimed is None)
	@rule()
	def try_again(self) -> None:
		self.may_go_back = True
		self.world.do(lambda: retry_delivery(self.world.ports, self.name))
		self.seen = self.row

	@invariant()
	def it_moves_forward_only(self) -> None:
		row = self.row
		if not self.may_go_back:
			assert RANK[row["state"]] >= RANK[self.seen["state"]]
			if RANK[self.seen["state"]] == 3:
				assert row["state"] == self.seen["state"], "what is final stays"
		self.seen, self.may_go_back = row, False

	@invariant()
	def it_says_why(self) -> None:
		row = self.row
		if row["state"] == "Failed":
			assert row["error_code"] == "30003"
			assert row["error"]
		if row["state"] in ("Sent", "Delivered"):
			assert row["provider_id"]

	def teardown(self) -> None:
		self.world.close()
		self.world.database.close()
		self.folder.cleanup()


DeliveryMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=25, database=None)
TestDelivery = DeliveryMachine.TestCase
