"""What happened between two moments, counted. Each query finds its rows by an index that begins with a time.

All take which threads are looked at: what whoever asks may see, and by whom they are worked on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from customer_thread.domain.thread import waiting
from customer_thread.store.database import Database, one_of
from customer_thread.store.inbox import assigned_to
from customer_thread.store.number_rows import AskedRow, ChoiceRow, LeftRow, ReadRow, SaidRow, WaitRow
from customer_thread.store.rows import typed

_WITHIN = "e.occurred_us >= %(from)s AND e.occurred_us < %(upto)s AND e.from_history = 0"
_OF_ENTRIES = (
	"FROM `tabThread Entry` e JOIN `tabCustomer Thread` ON `tabCustomer Thread`.name = e.thread "
	f"WHERE {_WITHIN} AND "
)
#: what is in no thread, such as an answer to the contractor, is blocked by none
_NOT_BLOCKED = "COALESCE(`tabCustomer Thread`.blocked_us, 0) = 0"
#: what a customer has in the portal
_SHOWN = "`tabCustomer Thread`.party_type = 'Customer' AND e.author <> 'Customer' AND e.kind IN ('Message', 'Event')"
#: of what leaves; pushes are notices
_CHANNELS = ("SMS", "Email", "Zulip")
#: of a channel, which changes of a preference are about it
_SWITCHES = {"": ("consent", "sms", "email", "push"), "SMS": ("consent", "sms"), "Email": ("email",)}
#: a text in several parts is one message; what has no entry is each a message
_MESSAGES = (
	"COUNT(DISTINCT CASE WHEN {which} AND d.entry > 0 THEN d.entry END) "
	"+ SUM(CASE WHEN {which} AND d.entry = 0 THEN 1 ELSE 0 END)"
)


@dataclass(frozen=True)
class Among:
	"""What is counted."""

	#: when each step of the time begins, µs, the earliest first; the first is when all of it does
	begins_us: Sequence[int]
	#: that moment is not in it any more
	upto_us: int
	#: the condition for threads that whoever asks may see; empty: all
	visible: str = ""
	#: whose turn it is: a user, or “nobody”; empty: whoever
	assigned: str = ""
	#: empty: all
	channel: str = ""

	def where(self, column: str = "") -> tuple[str, dict[str, Any]]:
		"""Return the conditions for threads and for the column with the channel, and all parameters."""
		params: dict[str, Any] = {"from": self.begins_us[0], "upto": self.upto_us}
		conditions = [
			_NOT_BLOCKED,
			*([self.visible] if self.visible else []),
			*assigned_to(self.assigned, params),
		]
		if column and self.channel:
			conditions.append(f"{column} = %(channel)s")
			params["channel"] = self.channel
		return " AND ".join(conditions), params

	def step(self, column: str, params: dict[str, Any]) -> str:
		"""Return the expression for the number of the step that a time is in, 0 the first."""
		ends = {f"end{number}": end for number, end in enumerate(self.begins_us[1:])}
		params |= ends
		cases = " ".join(f"WHEN {column} < %({key})s THEN {number}" for number, key in enumerate(ends))
		return f"CASE {cases} ELSE {len(ends)} END" if cases else "0"


def waits(database: Database, among: Among) -> list[WaitRow]:
	"""Return the questions that were asked in this time, and when each was answered, whenever that was.

	What the customer adds before the answer is the same question. What staff called done before anybody answered is
	none; of a thread that was called done several times the latest is known.
	"""
	where, params = among.where()
	order = "PARTITION BY thread ORDER BY occurred_us, name"
	before = (
		f"SELECT CASE WHEN {waiting.ASKS_SQL} THEN 1 ELSE 0 END FROM `tabThread Entry` p WHERE p.thread = turns.thread "
		f"AND p.occurred_us < %(from)s AND {_speaks('p')} ORDER BY p.occurred_us DESC, p.name DESC LIMIT 1"
	)
	after = (
		"SELECT l.occurred_us FROM `tabThread Entry` l WHERE l.thread = turns.thread "
		f"AND l.occurred_us >= %(upto)s AND {waiting.ANSWERS_SQL} ORDER BY l.occurred_us, l.name LIMIT 1"
	)
	rows = database.select(
		"WITH said AS (SELECT e.thread, e.occurred_us, e.name, e.channel, `tabCustomer Thread`.done_upto, "
		f"CASE WHEN {waiting.ASKS_SQL} THEN 1 ELSE 0 END AS asks "
		"FROM `tabThread Entry` e JOIN `tabCustomer Thread` ON `tabCustomer Thread`.name = e.thread "
		f"WHERE e.occurred_us >= %(from)s AND e.occurred_us < %(upto)s AND {_speaks('e')} AND {where}), "
		f"followed AS (SELECT said.*, LAG(asks) OVER ({order}) AS asks_before FROM said), "
		# each time that it is another who speaks
		f"turns AS (SELECT followed.*, LEAD(occurred_us) OVER ({order}) AS next_us FROM followed "
		"WHERE asks_before IS NULL OR asks_before <> asks) "
		f"SELECT occurred_us AS asked_us, COALESCE(next_us, ({after})) AS answered_us FROM turns WHERE asks = 1 "
		f"AND COALESCE(asks_before, ({before}), 0) = 0"
		+ (" AND channel = %(channel)s" if among.channel else ""),
		{**params, "channel": among.channel} if among.channel else params,
	)
	return typed(WaitRow, rows)


def _speaks(entry: str) -> str:
	"""Return the condition for entries that ask or answer, but for what was called done without an answer."""
	return (
		f"({waiting.ANSWERS_SQL} OR ({waiting.ASKS_SQL} AND ({entry}.name > done_upto OR EXISTS (SELECT 1 "
		f"FROM `tabThread Entry` l WHERE l.thread = {entry}.thread AND l.name > {entry}.name "
		f"AND l.name <= done_upto AND {waiting.ANSWERS_SQL}))))"
	)


def said(database: Database, among: Among) -> list[SaidRow]:
	"""Return how many messages and calls there were, by step, who spoke and the channel."""
	where, params = among.where("e.channel")
	step = among.step("e.occurred_us", params)
	rows = database.select(
		f"SELECT {step} AS step, e.kind, e.author, e.channel, COUNT(*) AS entries "
		f"{_OF_ENTRIES} e.kind IN ('Message', 'Call') AND {where} GROUP BY step, e.kind, e.author, e.channel",
		params,
	)
	return typed(SaidRow, rows)


def reads(database: Database, among: Among) -> list[ReadRow]:
	"""Return what customers got from us by each channel, and how much of it they have read in the portal."""
	where, params = among.where("e.channel")
	rows = database.select(
		"SELECT e.kind, e.channel, COUNT(*) AS entries, SUM(CASE WHEN e.name <= customer_read_upto THEN 1 ELSE 0 END) "
		f"AS opened {_OF_ENTRIES} {_SHOWN} AND {where} GROUP BY e.kind, e.channel",
		params,
	)
	return typed(ReadRow, rows)


def readers(database: Database, among: Among) -> tuple[int, int]:
	"""Return how many customers got something from us, and how many of them have read any of it in the portal."""
	where, params = among.where("e.channel")
	[row] = database.select(
		"SELECT COUNT(DISTINCT e.thread) AS customers, "
		"COUNT(DISTINCT CASE WHEN e.name <= customer_read_upto THEN e.thread END) AS readers "
		f"{_OF_ENTRIES} {_SHOWN} AND {where}",
		params,
	)
	return int(row["customers"]), int(row["readers"])


def asked(database: Database, among: Among) -> list[AskedRow]:
	"""Return the messages of the system's of this time that asked for a yes, and what came after each."""
	where, params = among.where("e.channel")
	rows = database.select(
		"SELECT e.occurred_us AS asked_us, s.about_us, s.confirmed_us, "
		"CASE WHEN s.reference_name <> '' AND EXISTS (SELECT 1 FROM `tabThread Scheduled Message` m "
		"WHERE m.reference_doctype = s.reference_doctype AND m.reference_name = s.reference_name "
		"AND m.thread = s.thread AND m.expects = 'Confirmation' AND m.creation_us > s.creation_us "
		"AND m.occurrence <> s.occurrence) THEN 1 ELSE 0 END AS is_moved, "
		"CASE WHEN EXISTS (SELECT 1 FROM `tabThread Entry` w WHERE w.thread = e.thread AND w.occurred_us >= e.occurred_us "
		"AND w.name > e.name AND (s.about_us = 0 OR w.occurred_us < s.about_us) AND w.kind = 'Message' "
		"AND w.author = 'Customer') THEN 1 ELSE 0 END AS has_written "
		"FROM `tabThread Entry` e JOIN `tabThread Scheduled Message` s ON s.entry = e.name "
		"JOIN `tabCustomer Thread` ON `tabCustomer Thread`.name = e.thread "
		f"WHERE {_WITHIN} AND e.author = 'Automated' AND s.expects = 'Confirmation' AND {where}",
		params,
	)
	return typed(AskedRow, rows)


def left(database: Database, among: Among, limit: int) -> list[LeftRow]:
	"""Return what left for customers and the contractor, by channel and error code, so many of them at most.

	Of notices nothing: their words stand in the thread anyway.
	"""
	where, params = among.where()
	listed = one_of("sent", [name for name in _CHANNELS if among.channel in ("", name)], params)
	if not listed:
		return []
	messages, failed = _MESSAGES.format(which="1 = 1"), _MESSAGES.format(which="d.state = 'Failed'")
	rows = database.select(
		f"SELECT d.channel, CASE WHEN d.state = 'Failed' THEN COALESCE(d.error_code, '') ELSE '' END AS error_code, "
		f"{messages} AS messages, {failed} AS failed, "
		"MAX(CASE WHEN d.state = 'Failed' THEN d.error END) AS error "
		"FROM `tabThread Delivery` d LEFT JOIN `tabCustomer Thread` ON `tabCustomer Thread`.name = d.thread "
		f"WHERE d.channel IN ({listed}) AND d.creation_us >= %(from)s AND d.creation_us < %(upto)s "
		f"AND d.purpose <> 'Notice' AND d.state IN ('Sent', 'Delivered', 'Failed') AND {where} "
		"GROUP BY d.channel, CASE WHEN d.state = 'Failed' THEN COALESCE(d.error_code, '') ELSE '' END "
		# what was sent is in those without a code
		"ORDER BY CASE WHEN error_code = '' THEN 0 ELSE 1 END, failed DESC LIMIT %(limit)s",
		{**params, "limit": limit},
	)
	return typed(LeftRow, rows)


def choices(database: Database, among: Among) -> list[ChoiceRow]:
	"""Return how often customers switched a channel off or on again, by step."""
	where, params = among.where()
	listed = one_of("field", _SWITCHES.get(among.channel, ()), params)
	if not listed:
		return []
	step = among.step("c.changed_us", params)
	rows = database.select(
		f"SELECT {step} AS step, c.field, c.new, COUNT(*) AS changes "
		"FROM `tabThread Preference Change` c JOIN `tabCustomer Thread` ON `tabCustomer Thread`.name = c.thread "
		"WHERE c.changed_us >= %(from)s AND c.changed_us < %(upto)s "
		f"AND c.field IN ({listed}) AND {where} GROUP BY step, c.field, c.new",
		params,
	)
	return typed(ChoiceRow, rows)
