"""The rules of notices written down a second time, as simply as they can be said: who is pinged of what, when, and why not.

It knows nothing of the program's own decision; it follows what each customer does, in the order it happens.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from support.notice_nights import quiet_until
from support.notice_plan import DAY, HOME, MINUTE, NOBODY, Person, Plan, Step

NoticeChannel = Literal["Push", "Email", "SMS"]
CHANNELS: tuple[NoticeChannel, ...] = ("Push", "Email", "SMS")
#: how long a mail or text waits for what else comes
DELAY = 2 * MINUTE
#: how long a page that was touched counts as open
PRESENT = 2 * MINUTE
#: how long after their own words an answer may wake them
ANSWERS = 30 * MINUTE
TOO_OLD = 2 * DAY
#: of one thread in a minute are told together, and after which time
MANY, CROWD = 20, MINUTE
#: of all threads in a minute are told to nobody
MANY_ON_SITE = 50
#: why nobody is pinged, as staff read it
READ = "skipped: it was read"
VOID = "skipped: a later card says otherwise"
PRESENT_WHY = "skipped: the page was open"
OFF = "skipped: switched off in the notification settings"
OLD = "skipped: too old to ping"
BULK = "skipped: one of many at once"
NO_BROWSER = "skipped: no browser takes notifications"
NO_EMAIL = "skipped: no e-mail address on file"
NO_PHONE = "skipped: no phone that takes texts"
SIGNED_OUT = "skipped: signed out on that device"
LAST_RESORT = "skipped: a text is the last resort"


@dataclass
class Entry:
	"""Something in the thread that the customer is to learn of."""

	word: str
	known_us: int
	urgent: bool
	document: str = ""
	is_void: bool = False
	is_read: bool = False
	#: whether more than are told one by one came in a minute
	is_crowd: bool = False
	#: why not by a channel, where that was so in the end
	why: dict[NoticeChannel, str] = field(default_factory=dict)
	#: when by a channel
	told: dict[NoticeChannel, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
	"""A ping that is to reach somebody."""

	at_us: int
	customer: int
	channel: NoticeChannel
	words: tuple[str, ...]


@dataclass
class Wish:
	"""What a customer wants."""

	sms: bool = True
	email: bool = True
	push: bool = True
	quiet: bool = True
	quiet_start: str = "21:00"
	quiet_end: str = "08:00"
	timezone: str = ""


class Site:
	"""When anybody was to be notified of anything."""

	def __init__(self) -> None:
		self.moments: list[int] = []

	def is_bulk(self, now_us: int) -> bool:
		"""Return whether so much has come in the last minute that one more is one of many."""
		return len(self.moments) - bisect_right(self.moments, now_us - MINUTE) >= MANY_ON_SITE

	def was_bulk(self, us: int, now_us: int) -> bool:
		"""Return whether something was one of many of a minute, by what has come until now."""
		first, end = (
			bisect_right(self.moments, us - MINUTE),
			bisect_right(self.moments, min(us + MINUTE - 1, now_us)),
		)
		near = self.moments[first:end]
		return any(
			near[place] <= us <= near[place + MANY_ON_SITE] < near[place] + MINUTE
			for place in range(len(near) - MANY_ON_SITE)
		)


class Customer:
	"""One of them, and what waits for them."""

	def __init__(self, person: Person, site: Site) -> None:
		self.person, self.site = person, site
		#: since when they want what
		self.wishes = [(0, Wish())]
		self.entries: list[Entry] = []
		self.waiting: dict[NoticeChannel, list[tuple[int, Entry]]] = {channel: [] for channel in CHANNELS}
		self.wanted: list[Wanted] = []
		#: messages that go by text or mail, and wait for the morning
		self.held: list[tuple[int, NoticeChannel, Entry]] = []
		#: when a message went by which way, and its word
		self.messages: list[tuple[int, NoticeChannel, str]] = []
		self.learned: list[int] = []
		self.opted_out = False
		#: words of messages that leave at night too
		self.may_wake: set[str] = set()
		self.browsers = 0
		self.seen_us = self.heard_us = -DAY

	# What is so at a moment

	@property
	def wish(self) -> Wish:
		"""Return what they want by now."""
		return self.wishes[-1][1]

	def night_ends(self, now_us: int) -> int:
		"""Return when their quiet hours end if it is such now; else 0."""
		return self._night_ends(self.wish, now_us)

	def was_night(self, us: int) -> bool:
		"""Return whether a moment was in the quiet hours that they had then."""
		wish = next(wish for since_us, wish in reversed(self.wishes) if since_us <= us)
		return self._night_ends(wish, us) > 0

	def _night_ends(self, wish: Wish, us: int) -> int:
		if not wish.quiet:
			return 0
		zone = wish.timezone or self.person.zone or HOME
		return quiet_until(us, _minutes(wish.quiet_start), _minutes(wish.quiet_end), zone)

	@property
	def takes_texts(self) -> bool:
		"""Return whether a text reaches them."""
		return bool(self.person.phone) and not self.opted_out

	@property
	def way(self) -> NoticeChannel | None:
		"""Return how a message goes to them, if not in the portal alone."""
		if self.takes_texts:
			return "SMS"
		return "Email" if self.person.email else None

	def why_not(self, channel: NoticeChannel) -> str:
		"""Return why a channel is out of the question, or nothing."""
		if not {"Push": self.wish.push, "Email": self.wish.email, "SMS": self.wish.sms}[channel]:
			return OFF
		if channel == "Push":
			return "" if self.browsers else NO_BROWSER
		if channel == "Email":
			return "" if self.person.email else NO_EMAIL
		if not self.takes_texts:
			return NO_PHONE
		others = (self.why_not("Push"), self.why_not("Email"))
		return "" if all(others) else LAST_RESORT

	def why_nobody(self, entry: Entry, now_us: int) -> str:
		"""Return why no channel pings for an entry, or nothing."""
		if entry.is_read:
			return READ
		if entry.is_void:
			return VOID
		if now_us >= entry.known_us + TOO_OLD:
			return OLD
		if not entry.urgent and self._is_of_bulk(entry, now_us):
			return BULK
		return PRESENT_WHY if now_us - self.seen_us < PRESENT else ""

	def _is_of_bulk(self, entry: Entry, now_us: int) -> bool:
		if now_us == entry.known_us:
			return not entry.is_crowd and self.site.is_bulk(now_us)
		own = len(self.learned) - bisect_right(self.learned, entry.known_us - MINUTE)
		return own <= MANY and self.site.was_bulk(entry.known_us, now_us)

	# What follows

	def learn(self, entry: Entry, now_us: int) -> None:
		"""An entry has come that they are to be told of."""
		self.entries.append(entry)
		self.learned.append(now_us)
		entry.is_crowd = sum(us > now_us - MINUTE for us in self.learned) > MANY
		for channel in CHANNELS:
			why = self.why_nobody(entry, now_us) or self.why_not(channel)
			if why:
				entry.why[channel] = why
				continue
			until = 0 if entry.urgent else self.night_ends(now_us)
			if not until and not entry.urgent and (channel != "Push" or entry.is_crowd):
				until = now_us + (CROWD if channel == "Push" else DELAY)
			if until:
				self.waiting[channel].append((until, entry))
			else:
				self._ping(channel, now_us, [entry])
		self.site.moments.append(now_us)

	def _resort(self, entry: Entry, now_us: int) -> None:
		"""The way has ended by which they were to learn of it: they do by whichever is open, by text if none is."""
		is_told = bool(entry.told) or any(
			entry is one for channel in CHANNELS for _due, one in self.waiting[channel]
		)
		if is_told or self.why_nobody(entry, now_us):
			return
		for channel in CHANNELS:
			if not self.why_not(channel) and (channel != "SMS" or entry.why.get("SMS") == LAST_RESORT):
				del entry.why[channel]
				until = 0 if entry.urgent else self.night_ends(now_us)
				self.waiting[channel].append((until or now_us, entry))

	def _ping(self, channel: NoticeChannel, now_us: int, entries: list[Entry]) -> None:
		for entry in entries:
			entry.told[channel] = now_us
		words = tuple(entry.word for entry in entries)
		self.wanted.append(Wanted(now_us, self.person.index, channel, words))

	def send(self, entry: Entry, way: NoticeChannel, now_us: int, *, waits: bool) -> None:
		"""A message goes to them by itself; `waits`: not at night."""
		if not waits:
			self.may_wake.add(entry.word)
		self.entries.append(entry)
		self.held.append(((self.night_ends(now_us) if waits else 0) or now_us, way, entry))
		self.pass_until(now_us)

	def pass_until(self, us: int) -> None:
		"""Let all happen that is due until then."""
		while True:
			moments = [(due, channel) for channel in CHANNELS for due, _entry in self.waiting[channel]]
			due_us, channel = min(moments, default=(us + 1, CHANNELS[0]))
			held_us = min((due for due, _way, _entry in self.held), default=us + 1)
			if min(due_us, held_us) > us:
				return
			if held_us <= due_us:
				self._send_held(held_us)
			else:
				self._release(channel, due_us)

	def _send_held(self, now_us: int) -> None:
		"""A message is due, and goes as it can go by now."""
		due = [one for one in self.held if one[0] <= now_us]
		self.held = [one for one in self.held if one[0] > now_us]
		for _due, way, entry in due:
			until = 0 if entry.word in self.may_wake else self.night_ends(now_us)
			if entry.is_read:
				continue
			if until:
				self.held.append((until, way, entry))
			elif by := way if way == "Email" or self.takes_texts else self.way:
				self.messages.append((now_us, by, entry.word))

	def _release(self, channel: NoticeChannel, now_us: int) -> None:
		"""What waits for this moment becomes one ping, with all that waits only for company, unless it is of no use."""
		waiting, self.waiting[channel] = self.waiting[channel], []
		is_crowd_due = any(due_us <= now_us and entry.is_crowd for due_us, entry in waiting)
		told = []
		for due_us, entry in waiting:
			why = self.why_nobody(entry, now_us) or self.why_not(channel)
			if channel == "Push" and not self.browsers:
				why = SIGNED_OUT
			until = 0 if entry.urgent else self.night_ends(now_us)
			if due_us > now_us and (why or until or (entry.is_crowd and not is_crowd_due)):
				self.waiting[channel].append((due_us, entry))
			elif why:
				entry.why[channel] = why
				self._resort(entry, now_us)
			elif until:
				self.waiting[channel].append((until, entry))
			else:
				told.append(entry)
		if told:
			self._ping(channel, now_us, sorted(told, key=lambda entry: entry.known_us))


def _minutes(clock: str) -> int:
	hours, _colon, minutes = clock.partition(":")
	return int(hours) * 60 + int(minutes)


class Model:
	"""What a plan leads to."""

	def __init__(self, plan: Plan) -> None:
		site = Site()
		self.customers = [Customer(person, site) for person in plan.people]
		for step in plan.steps:
			if step.customer != NOBODY:
				self.customers[step.customer].pass_until(step.at_us)
				_follow(self.customers[step.customer], step)
		for customer in self.customers:
			customer.pass_until(plan.last_us)

	@property
	def wanted(self) -> Iterator[Wanted]:
		"""Return every ping that is to be."""
		for customer in self.customers:
			yield from customer.wanted


def _follow(customer: Customer, step: Step) -> None:
	values, now = step.values, step.at_us
	if step.kind == "card":
		if values.get("cancels"):
			for entry in customer.entries:
				entry.is_void = entry.is_void or entry.document == values["document"]
		if values["notify"]:
			customer.learn(
				Entry(
					step.word,
					now,
					values["urgent"],
					"" if values.get("cancels") else values.get("document", "-"),
				),
				now,
			)
	elif step.kind == "say":
		_say(customer, step)
	elif step.kind in ("write", "stop", "start"):
		customer.heard_us = now
		customer.opted_out = {"stop": True, "start": False}.get(step.kind, customer.opted_out)
	elif step.kind == "read":
		for entry in customer.entries:
			entry.is_read = True
	elif step.kind == "open":
		customer.seen_us = now
	elif step.kind == "want":
		customer.wishes.append((now, Wish(**values)))
	elif step.kind in ("subscribe", "unsubscribe"):
		customer.browsers = int(step.kind == "subscribe")


def _say(customer: Customer, step: Step) -> None:
	values, now = step.values, step.at_us
	way = customer.way if values["channel"] == "auto" else None
	is_machine, urgent, is_patient = (values.get(name) for name in ("automated", "urgent", "when"))
	is_answer = not is_machine and now < customer.heard_us + ANSWERS
	entry = Entry(step.word, now, bool(urgent or is_answer) and not is_patient)
	if way is None:
		customer.learn(entry, now)
	else:
		customer.send(entry, way, now, waits=bool(is_patient or (is_machine and not urgent)))
