"""One business on its own database, in this process: it does what a plan says, and what is due, by a clock that stands."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.model import Party
from customer_thread.gateways.twilio_sms.inbound import keyword_in
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.desk.desk_calls import DESK
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.notices import release_notices
from customer_thread.service.outgoing import deliver
from customer_thread.service.portal.portal_calls import PORTAL
from customer_thread.standalone.add_customer import add_customer
from customer_thread.standalone.wiring import Host
from customer_thread.store import threads
from customer_thread.store.database import Name
from customer_thread.store.rows import ThreadRow
from support.clock import FixedClock
from support.notice_plan import HOME, Person, Plan, Step
from support.persons import BUSINESS
from support.surroundings import ACCOUNT, TOKEN

T = TypeVar("T")

PUBLIC = "https://messages.mikescontracting.example"
#: Twilio's word for a receiver who said STOP
STOPPED = "21610"
#: the file that says where the providers are
PROVIDERS = "providers.json"
Death = Literal["", "writing", "before", "during", "after"]


class Killed(BaseException):
	"""The process ends here."""


@dataclass
class Fate:
	"""Whether the process is about to die, and where: at its nth write, or around the next time it speaks to a provider."""

	where: Death = ""
	writes: int = 0

	def strike(self, where: Death) -> None:
		"""Die if it is to be here."""
		if where != self.where:
			return
		if where == "writing" and self.writes > 0:
			self.writes -= 1
			return
		self.where = ""
		raise Killed


class Mortal:
	"""A port whose process may die in one of its calls: around a send, or before a write of a database."""

	def __init__(self, port: Any, fate: Fate) -> None:  # noqa: ANN401
		self._port, self._fate = port, fate

	def __getattr__(self, name: str) -> Any:  # noqa: ANN401
		return getattr(self._port, name)

	def send(self, message: Any) -> Any:  # noqa: ANN401
		"""Hand it over."""
		self._fate.strike("before")
		answer = self._port.send(message)
		self._fate.strike("during")
		return answer

	def insert(self, doctype: str, values: Any) -> Name:  # noqa: ANN401
		"""Write a row."""
		self._fate.strike("writing")
		name: Name = self._port.insert(doctype, values)
		return name

	def update(self, doctype: str, name: Name, *values: Any) -> bool:  # noqa: ANN401
		"""Change a row."""
		self._fate.strike("writing")
		return bool(self._port.update(doctype, name, *values))


class Month:
	"""The business."""

	def __init__(self, folder: Path, clock: FixedClock) -> None:
		"""`folder` has what its providers are."""
		self.folder, self.clock = folder / "data", clock
		self._providers = json.loads((folder / PROVIDERS).read_text())
		#: where the phones hear of what a customer texts
		self.on_text: Callable[[str, str], None] = lambda _phone, _words: None
		self.fate = Fate()
		#: how often it began anew
		self.restarts = 0
		#: the threads whose page was open last, and when
		self._opened: dict[int, int] = {}
		self.customers: dict[int, str] = {}
		self._phones: dict[int, str] = {}
		self._open()

	def _open(self) -> None:
		self.host = Host(self.folder, self.clock)
		# only this process can die, not the machine
		self.host.database.connection.execute("PRAGMA synchronous = OFF")
		ports = self.host.ports
		self.host.ports = replace(
			ports,
			database=Mortal(ports.database, self.fate),
			texting={name: partial(self._mortal, gateway) for name, gateway in ports.texting.items()},
			mail=partial(self._mortal, ports.mail),
			push=partial(self._mortal, ports.push),
		)

	def _mortal(self, gateway: Callable[[], Any]) -> Any:  # noqa: ANN401
		return Mortal(gateway(), self.fate)

	def set_up(self, plan: Plan) -> None:
		"""Make the settings and the customers, unless they are there."""
		self.host.settings_store.save(
			{
				"business_name": BUSINESS.name,
				"public_url": PUBLIC,
				"default_timezone": HOME,
				"twilio_account_sid": ACCOUNT,
				"twilio_auth_token": TOKEN,
				"twilio_from_number": BUSINESS.phone,
				"mail_from": BUSINESS.email,
				"reply_domain": BUSINESS.email.partition("@")[2],
				"texts_per_sender": "0",
				"texts_per_thread": "0",
				"texts_per_day": "0",
				**self._providers["urls"],
			}
		)
		self.host.make_push_keys()
		for person in plan.people:
			self.customers[person.index] = self._customer(person)
			self._phones[person.index] = person.phone

	def _customer(self, person: Person) -> str:
		known = self.host.database.select(
			"SELECT name FROM `tabCustomer` WHERE customer_name = %(name)s", {"name": person.name}
		)
		if known:
			return str(known[0]["name"])
		phones, emails = [person.phone] * bool(person.phone), [person.email] * bool(person.email)
		return add_customer(self.host, person.name, phones=phones, emails=emails, timezone=person.zone)

	def restart(self) -> None:
		"""End, however it ended, and begin again as the embedded host does."""
		self.restarts += 1
		self.host.database.close()
		self._open()
		self._transact(lambda: deliver.release_abandoned(self.host.ports, in_hand=()))
		self._open_again()

	def _open_again(self) -> None:
		"""Let who was there be there still: a process that begins anew knows of nobody, and what it did before it died is not known."""
		now = self.clock.us
		for customer, us in self._opened.items():
			self.clock.us = us
			self._note_open(customer)
		self.clock.us = now

	def _note_open(self, customer: int) -> None:
		self._portal("timeline", Step(self.clock.us, customer, "open"), limit=1, active=1)

	def play(self, plan: Plan, after: int = 0, done: Callable[[Step], None] = lambda _step: None) -> None:
		"""Let the month pass; whenever the process dies, it begins again where it was.

		`after`: the number of the last step that is done already.
		"""
		for step in plan.steps:
			if step.number > after:
				self._surviving(partial(self.pass_until, step.at_us))
				self._surviving(partial(self.do, step))
				done(step)
		self._surviving(partial(self.pass_until, plan.last_us))

	def _surviving(self, what: Callable[[], None]) -> None:
		while True:
			try:
				return what()
			except Killed:
				self.restart()

	# Time

	def pass_until(self, us: int) -> None:
		"""Do all that falls due until then, each at its time, and stop then."""
		self.work()
		while True:
			due = self._next_due()
			if due is None or due > us:
				break
			self.clock.us = max(self.clock.us, due)
			self.work()
		self.clock.us = max(self.clock.us, us)

	def _next_due(self) -> int | None:
		[row] = self.host.database.select(
			"SELECT MIN(due_us) AS due FROM `tabThread Delivery` WHERE state IN ('Queued', 'Held')"
		)
		return None if row["due"] is None else int(row["due"])

	def work(self) -> None:
		"""Do what is due now, as the worker does."""
		ports = self.host.ports
		while True:
			groups = list(release_notices.due_groups(ports))
			for group in groups:
				self._transact(partial(release_notices.release_group, ports, group))
			names = deliver.due_deliveries(ports)
			for name in names:
				self._deliver(name)
			if not groups and not names:
				return

	def _deliver(self, name: str) -> None:
		ports = self.host.ports
		claimed = self._transact(lambda: deliver.claim_delivery(ports, name))
		if claimed is None:
			return
		outcome = deliver.send_delivery(ports, claimed)
		self.fate.strike("after")
		if isinstance(outcome, GatewayError):
			assert outcome.code == STOPPED, f"a provider refused: {outcome}"
		self._transact(lambda: deliver.record_delivery(ports, claimed, outcome))

	def _transact(self, verb: Callable[[], T]) -> T:
		with self.host.database.transaction():
			return verb()

	# What people do

	def do(self, step: Step) -> None:
		"""Do one thing, and what it causes at once."""
		if step.kind == "restart":
			return self.restart()
		if step.kind == "kill":
			self.fate.where, self.fate.writes = step.values["where"], step.values["writes"]
			return None
		self._transact(lambda: getattr(self, f"step_{step.kind}")(step))
		self.work()
		return None

	def thread(self, step: Step) -> ThreadRow:
		"""Return whose it is."""
		found = threads.of_party(self.host.database, Party("Customer", self.customers[step.customer]))
		assert found
		return found

	def _desk(self, name: str, step: Step, **given: object) -> Any:  # noqa: ANN401
		call = DESK[name]
		return call.answer(
			self.host.ports,
			call.params({"customer": self.customers[step.customer], **given}, "mike@example.com"),
		)

	def _portal(self, name: str, step: Step, **given: object) -> Any:  # noqa: ANN401
		call = PORTAL[name]
		thread = self.thread(step)
		return call.answer(self.host.ports, thread, call.params(given, thread["party"]))

	def step_card(self, step: Step) -> None:
		"""A card."""
		given = {name: step.values[name] for name in ("notify", "urgent")}
		document = step.values.get("document", "")
		self._desk(
			"record_event",
			step,
			event_type="Invoice cancelled" if step.values.get("cancels") else "Invoice sent",
			title=f"Invoice {step.word}",
			source_key=step.key,
			reference_doctype="Sales Invoice" if document else "",
			reference_name=document,
			**given,
		)

	def step_say(self, step: Step) -> None:
		"""The business writes."""
		self._desk("send", step, text=f"We say {step.word}.", client_id=step.key, **step.values)

	def step_write(self, step: Step) -> None:
		"""The customer writes."""
		if step.values["by"] == "sms":
			self._text(step, f"I say {step.word}.")
		else:
			self._portal("reply", step, text=f"I say {step.word}.", client_id=step.key)

	def step_stop(self, step: Step) -> None:
		"""The customer wants no texts."""
		self._text(step, "STOP")

	def step_start(self, step: Step) -> None:
		"""The customer wants texts again."""
		self._text(step, "START")

	def _text(self, step: Step, words: str) -> None:
		phone = self._phones[step.customer]
		sid = f"SM{step.number:032x}"
		self.on_text(phone, words)
		receive_sms(
			self.host.ports,
			InboundSms(sid, phone, BUSINESS.phone, words, (), self.clock.us, keyword_in(words)),
		)

	def step_read(self, step: Step) -> None:
		"""The customer reads all there is."""
		last = self.thread(step)["last_entry"]
		if last:
			self._portal("read", step, upto=last)

	def step_open(self, step: Step) -> None:
		"""The customer's page asks what is new; they are there."""
		self._opened[step.customer] = self.clock.us
		self._note_open(step.customer)

	def step_want(self, step: Step) -> None:
		"""The customer changes the notification settings."""
		self._portal("save_preferences", step, **step.values)

	def step_subscribe(self, step: Step) -> None:
		"""The customer lets the browser be pushed to."""
		self._portal("subscribe", step, subscription=self._providers["subscriptions"][step.customer])

	def step_unsubscribe(self, step: Step) -> None:
		"""The customer does not want that any more."""
		endpoint = self._providers["subscriptions"][step.customer]["endpoint"]
		self._portal("unsubscribe", step, endpoint=endpoint)

	def step_call(self, step: Step) -> None:
		"""They have talked on the phone."""
		self._desk("record_call", step, seconds=60, source_key=step.key)

	def step_note(self, step: Step) -> None:
		"""The business keeps a note."""
		self._desk("note", step, text=f"We think {step.word}.", client_id=step.key)

	def step_past(self, step: Step) -> None:
		"""A card of long ago is brought in."""
		event = NewEvent(
			event_type="Invoice sent",
			title=f"Invoice {step.word}",
			occurred_us=self.clock.us - 86_400_000_000,
			source_key=step.key,
			from_history=True,
		)
		record_event(self.host.ports, self.thread(step), event)
