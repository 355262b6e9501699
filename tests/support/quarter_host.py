"""A business whose system writes, on its own database in this process, by a clock that stands."""

from dataclasses import replace
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.portal.pages import Reference
from customer_thread.service.automations import send_due
from customer_thread.service.automations.send_by_hand import send_by_hand
from customer_thread.service.notices import release_notices
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.service.outgoing import deliver
from customer_thread.standalone.wiring import Host
from customer_thread.store import automations
from support.clock import FixedClock
from support.notice_month import Month
from support.notice_plan import Plan, Step
from support.quarter_plan import APPOINTMENT
from support.quarter_rules import SHIPPED, SMALL_HOURS, switched_on, with_line

#: every so many rounds there is a second scheduler, which has found the same
SECOND_EVERY = 5
MINUTES = 25


class Down:
	"""A provider's gateway that may be down."""

	def __init__(self, gateway: Any, quarter: "Quarter") -> None:  # noqa: ANN401
		self._gateway, self._quarter = gateway, quarter

	def __getattr__(self, name: str) -> Any:  # noqa: ANN401
		return getattr(self._gateway, name)

	def send(self, message: Any) -> Any:  # noqa: ANN401
		"""Hand it over."""
		if self._quarter.clock.us < self._quarter.down_until:
			raise GatewayError("The provider is down.")
		return self._gateway.send(message)


class Quarter(Month):
	"""The business."""

	def __init__(self, folder: Path, clock: FixedClock) -> None:
		self.down_until = self._asleep_until = self._round = 0
		#: when it began anew
		self.restarted: list[int] = []
		super().__init__(folder, clock)

	def _open(self) -> None:
		super()._open()
		ports = self.host.ports
		self.host.ports = replace(
			ports,
			texting={name: partial(self._maybe_down, gateway) for name, gateway in ports.texting.items()},
			mail=partial(self._maybe_down, ports.mail),
		)
		self._second = Host(self.folder, self.clock)

	def _maybe_down(self, gateway: Any) -> Any:  # noqa: ANN401
		return Down(gateway(), self)

	def set_up(self, plan: Plan) -> None:
		"""Make the settings, the customers and the automations."""
		super().set_up(plan)
		with self.host.database.transaction():
			for shipped in automations.every(self.host.database):
				if shipped.name in SHIPPED:
					automations.save(self.host.database, shipped.name, switched_on(shipped))
			text = with_line("small-hours", str(SMALL_HOURS["text"]), APPOINTMENT)
			automations.save(self.host.database, "small-hours", {**SMALL_HOURS, "text": text})

	def restart(self) -> None:
		"""End and begin again."""
		self.restarted.append(self.clock.us)
		self._second.database.close()
		super().restart()

	def close(self) -> None:
		"""End for good."""
		self._second.database.close()
		self.host.database.close()

	# Time

	def _next_due(self) -> int | None:
		[row] = self.host.database.select(
			"SELECT MIN(due_us) AS due FROM `tabThread Scheduled Message` WHERE state = 'Waiting'"
		)
		found = [due for due in (row["due"], super()._next_due()) if due is not None]
		return max(int(min(found)), self._asleep_until) if found else None

	def work(self) -> None:
		"""Do what is due now, as the worker does."""
		if self.clock.us < self._asleep_until:
			return
		while self._send_due() or self._deliver_due():
			pass

	def _send_due(self) -> bool:
		self._round += 1
		both = [self.host, self._second] if self._round % SECOND_EVERY == 0 else [self.host]
		found = [list(send_due.due_messages(host.ports)) for host in both]
		for at_once in zip(*found, strict=True):
			for host, row in zip(both, at_once, strict=True):
				with host.database.transaction():
					send_due.send_due(host.ports, row)
		return bool(found[0])

	def _deliver_due(self) -> bool:
		ports = self.host.ports
		groups = list(release_notices.due_groups(ports))
		for group in groups:
			self._transact(partial(release_notices.release_group, ports, group))
		names = deliver.due_deliveries(ports)
		for name in names:
			self._deliver(name)
		return bool(groups or names)

	def _deliver(self, name: str) -> None:
		ports = self.host.ports
		claimed = self._transact(lambda: deliver.claim_delivery(ports, name))
		if claimed:
			outcome = deliver.send_delivery(ports, claimed)
			self.fate.strike("after")
			self._transact(lambda: deliver.record_delivery(ports, claimed, outcome))

	# What happens

	def step_sleep(self, step: Step) -> None:
		"""The worker sleeps; those who write to the tables do not."""
		self._asleep_until = max(self._asleep_until, step.values["until_us"])

	def step_outage(self, step: Step) -> None:
		"""No provider answers."""
		self.down_until = max(self.down_until, step.values["until_us"])

	def step_yes(self, step: Step) -> None:
		"""The customer says yes."""
		if self._phones[step.customer]:
			self._text(step, "Yes, thanks!")
		else:
			self._portal("reply", step, text="Confirmed", client_id=step.key)

	def step_zone(self, step: Step) -> None:
		"""The customer moves."""
		chosen = {"timezone": step.values["zone"]}
		save_wishes(self.host.ports, self.thread(step), self.customers[step.customer], chosen, "Page")

	def step_way(self, step: Step) -> None:
		"""The crew is on its way."""
		automation = automations.get(self.host.database, "appointment-on-the-way")
		assert automation
		reference = Reference(APPOINTMENT, step.values["name"])
		client_id = str(UUID(int=step.number | 4 << 76 | 8 << 60))
		send_by_hand(self.host.ports, self.thread(step), automation, reference, MINUTES, client_id)

	def step_change(self, step: Step) -> None:
		"""A document becomes another, as whoever keeps it says."""
		if step.values["doctype"] == APPOINTMENT:
			self._keep(step)
		else:
			self._tell(step)

	def _keep(self, step: Step) -> None:
		fields = step.values["fields"]
		start = datetime.fromtimestamp(fields["start_us"] // 1_000_000, timezone.utc)
		self._desk(
			"record_appointment",
			step,
			title="Deck",
			starts_at=start.isoformat(),
			state=fields["status"],
			source_key=step.values["name"],
		)

	def _tell(self, step: Step) -> None:
		self._desk(
			"record_event",
			step,
			event_type=step.values["event"],
			title=f"{step.values['event']} {step.values['name']}",
			amount="4200.00",
			currency="USD",
			reference_doctype=step.values["doctype"],
			reference_name=step.values["name"],
			due_date=step.values["fields"].get("due", ""),
			source_key=step.key,
		)

	@property
	def confirmed(self) -> list[tuple[str, int]]:
		"""Return which appointments their customers said yes to, and when."""
		rows = self.host.database.select(
			"SELECT source_key, confirmed_us FROM appointment WHERE confirmed_us > 0", {}
		)
		return [(row["source_key"], row["confirmed_us"]) for row in rows]
