"""A business in this process with the providers around it, and what these received."""

import json
from pathlib import Path

from support.clock import FixedClock
from support.notice_month import PROVIDERS, PUBLIC, Month
from support.notice_plan import DAY, FIRST_US, Person, Plan, Step
from support.notice_providers import Browsers, Mailboxes, Phones, Ping
from support.persons import BUSINESS
from support.surroundings import ACCOUNT, TOKEN


class Stage:
	"""Plays plans."""

	def __init__(self, folder: Path, clock: FixedClock | None = None) -> None:
		self.folder = folder
		self.clock = clock or FixedClock(FIRST_US)
		self.phones = Phones(ACCOUNT, TOKEN, [BUSINESS.phone], self.clock.now_us)
		self.mailboxes = Mailboxes(self.clock.now_us)
		self.phones.start()
		self.browsers = Browsers(self.clock.now_us)
		self.urls = {
			"twilio_api_base": self.phones.url,
			"smtp_url": f"smtp://127.0.0.1:{self.mailboxes.start()}",
			"push_service_base": self.browsers.start(),
		}

	def close(self) -> None:
		"""End the providers."""
		self.phones.stop()
		self.mailboxes.stop()
		self.browsers.stop()

	def write(self, plan: Plan) -> None:
		"""Write down for the business where the providers are, and the subscription of each customer's browser."""
		subscriptions = [self.browsers.subscription(person.index) for person in plan.people]
		(self.folder / PROVIDERS).write_text(json.dumps({"urls": self.urls, "subscriptions": subscriptions}))

	def play(self, plan: Plan) -> Month:
		"""Let it all happen."""
		self.clock.us = plan.first_us
		self.write(plan)
		month = Month(self.folder, self.clock)
		month.on_text = self.phones.heed
		month.set_up(plan)
		month.play(plan)
		return month

	@property
	def pings(self) -> list[Ping]:
		"""Return what was received, oldest first."""
		found = [*self.phones.pings(PUBLIC), *self.mailboxes.pings(), *self.browsers.pings()]
		return sorted(found, key=lambda ping: ping.at_us)

	@property
	def notices(self) -> list[Ping]:
		"""Return those that tell of something in the thread."""
		return [ping for ping in self.pings if ping.is_notice]

	@property
	def received(self) -> int:
		"""Return how many texts, mails and pushes came so far."""
		return len(self.phones.sent) + len(self.mailboxes.messages) + len(self.browsers.received)


def one_person(first_us: int, *steps: Step, email: bool = True, phone: bool = True) -> Plan:
	"""Return the plan of one customer in New York."""
	person = Person(
		0, "America/New_York", "+15035550000" if phone else "", "one@customers.example" if email else ""
	)
	numbered = tuple(
		Step(step.at_us, 0, step.kind, step.values, number) for number, step in enumerate(steps, 1)
	)
	return Plan((person,), numbered, first_us, max(step.at_us for step in steps) + 2 * DAY)
