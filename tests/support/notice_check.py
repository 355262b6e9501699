"""Compares what reached the customers of a month with what the model says was to reach them."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator

from customer_thread.store.database import Row
from support.notice_model import CHANNELS, Customer, Entry, Model, NoticeChannel, Wanted
from support.notice_month import Month
from support.notice_plan import MINUTE, Plan
from support.notice_providers import WORD, Ping

TOGETHER = "skipped: told together with the others"

#: lines of a digest that name an entry
NAMED = 5
#: within which a text comes whose first try was lost with its process
LATE = 5 * MINUTE


class Receipts:
	"""What reached whom."""

	def __init__(self, plan: Plan, pings: Iterable[Ping]) -> None:
		customers = {person.phone: person.index for person in plan.people if person.phone}
		customers |= {person.email: person.index for person in plan.people if person.email}
		customers |= {f"browser {person.index}": person.index for person in plan.people}
		self.by_customer: dict[int, list[Ping]] = defaultdict(list)
		#: mails that came again with the Message-ID of the first, and pushes with its tag and words
		self.repeated: list[Ping] = []
		seen: set[str] = set()
		for ping in sorted(pings, key=lambda ping: ping.at_us):
			if ping.id in seen:
				self.repeated.append(ping)
				continue
			seen.add(ping.id)
			self.by_customer[customers[ping.address]].append(ping)


def faults(model: Model, receipts: Receipts, deaths: int) -> list[str]:
	"""Return what is wrong, a line each; `deaths`: how often the process may have died."""
	found: list[str] = []
	for customer in model.customers:
		pings = receipts.by_customer[customer.person.index]
		found += _woken(customer, pings)
		found += _doubled(pings)
		found += _differing(customer, pings)
	if len(receipts.repeated) > deaths:
		found.append(
			f"{len(receipts.repeated)} mails and pushes came twice, and the process died {deaths} times"
		)
	return found


def unexplained(model: Model, month: Month) -> list[str]:
	"""Return each notice that has another end than it must have, or another reason than that, a line each."""
	rows = month.host.database.select(
		"SELECT e.text, d.channel, d.state, d.claim, d.reason FROM `tabThread Delivery` d "
		"JOIN `tabThread Entry` e ON e.name = d.entry WHERE d.purpose = 'Notice'"
	)
	kept = {(WORD.findall(row["text"])[0], row["channel"]): row for row in rows}
	found = [] if len(kept) == len(rows) else [f"{len(rows) - len(kept)} notices are written down twice"]
	for customer in model.customers:
		for entry in customer.entries:
			for channel, why in _ends(entry, month.host.ports.channels):
				row = kept.pop((entry.word, channel), None)
				if row is None or not _explains(row, why):
					found.append(
						f"{entry.word} by {channel}: {row} and not {why or 'sent'}; {customer.person}"
					)
	return found + [f"nobody was to be notified of {word} by {channel}" for word, channel in kept]


def _ends(entry: Entry, channels: Container[str]) -> Iterator[tuple[NoticeChannel, str]]:
	"""Return by which channels an entry was a question of notices, and why it was not told, or nothing."""
	for channel in CHANNELS:
		if channel in channels and (channel in entry.told or channel in entry.why):
			yield channel, "" if channel in entry.told else entry.why[channel]


def _explains(row: Row, why: str) -> bool:
	if why:
		return (row["state"], row["reason"]) == ("Skipped", why)
	# Sending without a claim: accepted, and no more is known
	is_sent = row["state"] in ("Sending", "Sent", "Delivered") and not row["claim"]
	is_sent = is_sent and row["reason"].startswith("sent: ")
	return is_sent or (row["state"], row["reason"]) == ("Skipped", TOGETHER)


def _woken(customer: Customer, pings: list[Ping]) -> Iterator[str]:
	"""Return each ping within quiet hours that tells of nothing urgent."""
	urgent = {entry.word for entry in customer.entries if entry.urgent} | customer.may_wake
	for ping in pings:
		if customer.was_night(ping.at_us) and not set(ping.words) & urgent:
			yield f"woken at night: {_said(customer, ping)}"


def _doubled(pings: list[Ping]) -> Iterator[str]:
	told = Counter((ping.channel, word) for ping in pings if ping.is_notice for word in ping.words)
	for (channel, word), times in told.items():
		if times > 1:
			yield f"told {times} times by {channel}: {word}"
	own = {word for ping in pings if not ping.is_notice for word in ping.words}
	for ping in pings:
		if ping.is_notice and own & set(ping.words):
			yield f"told of what was its own notice: {ping}"


def _differing(customer: Customer, pings: list[Ping]) -> Iterator[str]:
	"""Return what is missing, too much, early or late."""
	notices = [ping for ping in pings if ping.is_notice]
	messages = {(ping.channel, word): ping for ping in pings if not ping.is_notice for word in ping.words}
	for due_us, channel, word in customer.messages:
		came = messages.pop((channel, word), None)
		if came is None:
			yield f"missing: the message {word} to {customer.person} by {channel}"
		elif not due_us <= came.at_us <= due_us + LATE:
			yield f"the message {word} was due {due_us} and came {_said(customer, came)}"
	for ping in messages.values():
		yield f"a message nobody sent: {_said(customer, ping)}"
	for wanted in customer.wanted:
		found = next((ping for ping in notices if _is(ping, wanted)), None)
		if found:
			notices.remove(found)
		else:
			yield f"missing: {wanted} to {customer.person} {customer.wish}"
	for ping in notices:
		yield f"too much: {_said(customer, ping)}"


def _is(ping: Ping, wanted: Wanted) -> bool:
	"""Return whether this is that: a mail names five entries, others as many as fit; of the rest each says how many."""
	late = LATE if ping.channel == "SMS" else 0
	named = NAMED if ping.channel == "Email" else len(ping.words)
	return (
		ping.channel == wanted.channel
		and wanted.at_us <= ping.at_us <= wanted.at_us + late
		and len(ping.words) > 0
		and ping.words == wanted.words[:named]
		and ping.more == max(0, len(wanted.words) - named)
	)


def _said(customer: Customer, ping: Ping) -> str:
	return (
		f"{customer.person} at {ping.at_us} by {ping.channel}: {ping.words} and {ping.more}; {customer.wish}"
	)
