"""The contractor texts from their own phone: a command line to a small bot, never a customer's words."""

from collections.abc import Callable

from customer_thread.domain.commands import read_command
from customer_thread.domain.forwarded import name_in_text
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.routing import Route
from customer_thread.domain.thread import thread_number
from customer_thread.domain.thread.keys import sms_key, source_key
from customer_thread.domain.thread.machines import ROUNDS
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import HOUR, MINUTE
from customer_thread.domain.words import clean, preview
from customer_thread.service.outgoing.reach import contractor_mobile
from customer_thread.service.outgoing.send_message import send_entry
from customer_thread.service.ports import Ports
from customer_thread.service.thread.add_note import add_note
from customer_thread.store import deliveries, entries, sent_to, threads
from customer_thread.store.database import Database
from customer_thread.store.rows import ThreadRow

#: how long a forwarded conversation can be answered without its number
RECENT = 12 * HOUR
#: the same words are answered three times within this
ANSWERED_WITHIN = 10 * MINUTE
#: characters of the words that are kept with the answer
SHOWN = 80


def receive_command(ports: Ports, sms: InboundSms) -> None:
	"""Send the words to the customer they name, keep a note, or answer with the choices.

	Without a number they go to the conversation forwarded last only if it was the only one in twelve hours;
	otherwise nothing is sent to any customer.
	"""
	if sms.is_for_provider or _is_done(ports.database, sms):
		return
	_ = ports.translate
	command = read_command(clean(sms.text))
	recent = _recent(ports, sms.occurred_us)
	unnamed = recent[0] if len(recent) == 1 else None
	thread = _numbered(ports.database, command.number) if command.number else unnamed
	if thread is None:
		trouble = _("There is no #{0}.").format(command.number) if command.number else _("Which customer?")
		_answer(ports, sms, f"{trouble} {_choices(_, recent)}")
	elif not command.text and not sms.attachments:
		_answer(ports, sms, _("What shall I tell {0}? Write #{1} and the words.").format(*_who(thread)))
	elif command.is_note:
		add_note(ports, thread, command.text, author=None, source=sms.provider_sid)
		_answer(ports, sms, _("Noted for {0}.").format(name_in_text(thread["title"])))
	else:
		_send_to_customer(ports, thread, sms, command.text)


def _is_done(database: Database, sms: InboundSms) -> bool:
	"""Return whether this text was obeyed before: what it means may depend on when it is read."""
	if entries.thread_of_source(database, sms_key(sms)):
		return True
	return sent_to.has_source(database, _answer_key(sms))


def _answer_key(sms: InboundSms) -> str:
	return source_key("answer", sms.provider_sid.lower())


def _send_to_customer(ports: Ports, thread: ThreadRow, sms: InboundSms, text: str) -> None:
	draft = NewEntry(
		kind="Message",
		author="Contractor",
		channel=None,
		text=text,
		occurred_us=sms.occurred_us,
		source_key=sms_key(sms),
		attachments=sms.attachments,
	)
	posted = send_entry(ports, thread, draft, came_by=sms.channel)
	sent = deliveries.of_entry(ports.database, posted.entry)
	if posted.is_new and sent and sent[0]["state"] == "Skipped":
		reason = sent[0]["reason"]
		_answer(
			ports,
			sms,
			ports.translate("{0} sees it in the portal ({1}).").format(name_in_text(thread["title"]), reason),
		)


def _numbered(database: Database, number: str) -> ThreadRow | None:
	return threads.by_number(database, number) if thread_number.is_valid(number) else None


def _recent(ports: Ports, now_us: int) -> list[ThreadRow]:
	mobile = contractor_mobile(ports.settings())
	names = sent_to.threads_forwarded_to(ports.database, mobile, now_us - RECENT, now_us)
	found = [threads.get(ports.database, name) for name in names]
	return list({row["name"]: row for row in found if row}.values())


def _who(thread: ThreadRow) -> tuple[str, str]:
	return name_in_text(thread["title"]), thread["code"]


def _choices(translate: Callable[[str], str], recent: list[ThreadRow]) -> str:
	_ = translate
	if not recent:
		return _("Start with # and the customer's number, such as #174 on my way.")
	listed = "\n".join(f"#{row['code']} {name_in_text(row['title'])}" for row in recent[:8])
	return f"{_('Start with the number:')}\n{listed}"


def _answer(ports: Ports, sms: InboundSms, text: str) -> None:
	"""Text the contractor, once for each of their texts."""
	now = ports.clock.now_us()
	why = f"answer to the contractor's text: {preview(sms.text, SHOWN)}"
	route = Route(sms.channel, contractor_mobile(ports.settings()), why)
	key = _answer_key(sms)
	if sent_to.answers_since(ports.database, route.address, now - ANSWERED_WITHIN, why) >= ROUNDS:
		# the phone of somebody who drives answers by itself, and would go on for ever
		return
	if deliveries.queue(ports.database, "Answer", route, now, text=text, source_key=key):
		ports.queue.run_soon("deliver")
