"""Somebody of the business wrote to the bot.

In the manner of Zulip's bots (https://zulip.com/api/writing-bots): `usage`, and `handle_message` with a handler that
knows how an answer goes back.
"""

from collections.abc import Iterator
from typing import Protocol

from customer_thread.domain.bot import phrases
from customer_thread.domain.bot.decide import RECENT, decide
from customer_thread.domain.bot.model import BotMessage, Customer, Decision, Facts, Memory, Words
from customer_thread.domain.bot.read_command import Command, mentioned, read_command
from customer_thread.domain.errors import ThreadError
from customer_thread.domain.forwarded import name_in_text
from customer_thread.domain.phrase import Translate
from customer_thread.domain.thread import thread_number
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY
from customer_thread.domain.words import clean, message, text_length
from customer_thread.service.bot.last_lines import last_lines
from customer_thread.service.bot.memory import keys_of, memory_of, values_of, with_key
from customer_thread.service.outgoing.send_message import send_entry
from customer_thread.service.outgoing.way import check_somebody_reads
from customer_thread.service.ports import Ports
from customer_thread.service.thread.add_note import add_note
from customer_thread.service.thread.in_language import in_office_language
from customer_thread.store import bot_memories, deliveries, entries, sent_to, threads
from customer_thread.store.rows import ThreadRow

#: how far back who wrote lately is listed, and how many
LATELY = 30 * DAY
LISTED = 8


class BotHandler(Protocol):
	"""How the bot answers one message."""

	def send_reply(self, text: str) -> None:
		"""Answer. It is called once for a message at most, however often that is received."""


def usage(translate: Translate, *, is_plain: bool = True) -> str:
	"""Return what can be written to the bot, a line each; `is_plain`: where customers' words come to as well."""
	return "\n".join(phrase.worded(translate) for phrase in phrases.usage(is_plain=is_plain))


def handle_message(ports: Ports, message: BotMessage, bot_handler: BotHandler) -> None:
	"""Obey a message, once: say its words to the customer it means, note them, or answer.

	What it does not say for sure is asked about, and said to nobody meanwhile.
	"""
	ports = in_office_language(ports)
	row = bot_memories.hold(ports.database, message.mouth, message.speaker)
	key = message.source_key
	if key in keys_of(row["obeyed"]) or entries.thread_of_source(ports.database, key):
		return
	before = memory_of(row)
	command = read_command(clean(message.text))
	given = Words(command.text, message.attachments, command.verb == "note", message.occurred_us)
	decision = decide(command, given, _facts(ports, message, command, before))
	answer = _obey(ports, message, decision)
	now = ports.clock.now_us()
	obeyed = with_key(row["obeyed"], key)
	bot_memories.save(ports.database, row["name"], values_of(decision.memory), obeyed, decision.reason, now)
	if answer:
		bot_handler.send_reply(answer)


def _facts(ports: Ports, message: BotMessage, command: Command, memory: Memory) -> Facts:
	numbered = thread_number.is_valid(command.number)
	since = message.occurred_us - RECENT
	recent: dict[Customer, int] = {}
	for customer, us in _forwarded(ports, message, since):
		recent.setdefault(customer, us)
	remembered = {
		name: _customer(ports, message, threads.get(ports.database, name))
		for name in (memory.thread, *memory.choices)
	}
	return Facts(
		memory,
		ports.clock.now_us(),
		named=_customer(ports, message, threads.by_number(ports.database, command.number))
		if numbered
		else None,
		mentioned=tuple(_mentioned(ports, message)),
		is_plain=not _is_shown_elsewhere(ports, message),
		place=_customer(ports, message, threads.require(ports.database, message.thread))
		if message.thread
		else None,
		recent=tuple(recent.items()),
		remembered=tuple((name, customer) for name, customer in remembered.items() if customer),
	)


def _mentioned(ports: Ports, message: BotMessage) -> Iterator[Customer]:
	for number in mentioned(message.text):
		named = threads.by_number(ports.database, number) if thread_number.is_valid(number) else None
		if customer := _customer(ports, message, named):
			yield customer


def _is_shown_elsewhere(ports: Ports, message: BotMessage) -> bool:
	"""Return whether it was written where no customer's words appear, so that it answers none of them by itself."""
	return any(name == message.mouth and channel.team_place for name, channel in ports.channels.items())


def _forwarded(ports: Ports, message: BotMessage, since_us: int) -> list[tuple[Customer, int]]:
	"""Return whose words were forwarded to where this was written, the latest first, and when last."""
	until_us = message.occurred_us
	channel = next((channel for name, channel in ports.channels.items() if name == message.mouth), None)
	if channel and channel.team_place:
		forwarded = sent_to.last_shown_by(ports.database, channel.rule.name, since_us, until_us)
	else:
		forwarded = sent_to.last_forwarded_to(ports.database, message.speaker, since_us, until_us)
	found = (
		(_customer(ports, message, threads.get(ports.database, name)), us) for name, us in forwarded.items()
	)
	return [(customer, us) for customer, us in found if customer]


def _customer(ports: Ports, message: BotMessage, thread: ThreadRow | None) -> Customer | None:
	if thread is None or (message.sees_as and not ports.team.may_see(message.sees_as, thread["name"])):
		return None
	return Customer(thread["name"], name_in_text(thread["title"]), thread["code"])


def _obey(ports: Ports, message: BotMessage, decision: Decision) -> str:
	"""Do what was decided and return the answer; empty for none."""
	answer = [phrase.worded(ports.translate) for phrase in decision.answer]
	if decision.words and decision.customer:
		thread = threads.require(ports.database, decision.customer.thread)
		refused = _write(ports, message, thread, decision.words)
		return refused or " ".join(answer)
	if decision.with_lines and decision.customer:
		nothing = ports.translate("Nothing was said yet.")
		lines = last_lines(ports, decision.customer.thread) or nothing
		head = f"{decision.customer.name} (#{decision.customer.number})"
		return "\n".join([*answer, head, lines])
	if decision.with_usage:
		recent = dict(_forwarded(ports, message, message.occurred_us - LATELY))
		lately = phrases.numbered(list(recent)[:LISTED])
		wrote = [f"{ports.translate('Who wrote lately:')}\n{lately}"] if lately else []
		known = usage(ports.translate, is_plain=not _is_shown_elsewhere(ports, message))
		return "\n".join([*answer, known, *wrote])
	return " ".join(answer)


def _write(ports: Ports, said: BotMessage, thread: ThreadRow, words: Words) -> str:
	"""Send words to a customer or note them; return what the contractor must know of it, empty for nothing."""
	try:
		if words.is_note:
			add_note(ports, thread, words.text, author=said.sent_by, source=said.source_key)
			return ""
		text = message(words.text) if words.text else ""
		check_somebody_reads(ports, thread, text_length(text))
	except ThreadError as error:
		return f"{ports.translate('Not sent:')} {error.worded(ports.translate)}"
	draft = NewEntry(
		kind="Message",
		author="Contractor",
		channel=None,
		text=text,
		occurred_us=said.occurred_us,
		source_key=said.source_key,
		sent_by=said.sent_by,
		attachments=words.attachments,
	)
	# a phone answers by itself; where the team talks people write
	by = next((rule.name for rule in ports.rules if rule.name == said.mouth), None)
	posted = send_entry(ports, thread, draft, came_by=by)
	of_entry = deliveries.of_entry(ports.database, posted.entry)
	sent = [row for row in of_entry if row["purpose"] == "Message"]
	if sent and sent[0]["state"] == "Skipped":
		template = ports.translate("{0} sees it in the portal ({1}).")
		return template.format(name_in_text(thread["title"]), sent[0]["reason"])
	return ""
