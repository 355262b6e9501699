"""The contractor texts from his own phone: a command line to a small bot, never a customer's words."""

from customer_thread.domain.inbound import InboundText
from customer_thread.domain.routing import Route
from customer_thread.domain.thread import thread_code
from customer_thread.domain.thread.keys import source_key, text_key
from customer_thread.domain.times import HOUR
from customer_thread.domain.words import clean
from customer_thread.service.outgoing.reach import contractor_mobile
from customer_thread.service.outgoing.send_message import send_entry
from customer_thread.service.ports import Ports
from customer_thread.service.thread.add_note import add_note
from customer_thread.service.thread.post_entry import NewEntry
from customer_thread.store import deliveries, entries, threads
from customer_thread.store.database import Duplicate, Row

#: how long a forwarded conversation can be answered without its code
RECENT = 12 * HOUR


def receive_command(ports: Ports, text: InboundText) -> None:
	"""Send the words to the customer they name, keep a note, or answer with the choices.

	Without a code they go to the conversation forwarded last only if it was the only one in twelve hours;
	otherwise nothing is sent to any customer.
	"""
	if text.is_for_provider or _is_done(ports, text):
		return
	_ = ports.translate
	code, is_note, words = thread_code.read_command(clean(text.text))
	recent = _recent(ports, text.occurred_us)
	thread = _named(ports, code) if code else (recent[0] if len(recent) == 1 else None)
	if thread is None:
		trouble = _("There is no #{0}.").format(code) if code else _("Which customer?")
		_answer(ports, text, f"{trouble} {_choices(ports, recent)}")
	elif not words and not text.media:
		_answer(ports, text, _("What shall I tell {0}? Write #{1} and the words.").format(*_who(thread)))
	elif is_note:
		add_note(ports, thread, words, author=None, source=text.provider_id)
		_answer(ports, text, _("Noted for {0}.").format(thread["title"]))
	else:
		_pass_on(ports, thread, text, words)


def _is_done(ports: Ports, text: InboundText) -> bool:
	"""Return whether this text was obeyed before: what it means may depend on when it is read."""
	if entries.thread_of_source(ports.database, text_key(text)):
		return True
	return deliveries.has_source(ports.database, _answer_key(text))


def _answer_key(text: InboundText) -> str:
	return source_key("answer", text.provider_id.lower())


def _pass_on(ports: Ports, thread: Row, text: InboundText, words: str) -> None:
	draft = NewEntry(
		kind="Message",
		author="Contractor",
		channel=None,
		text=words,
		occurred_us=text.occurred_us,
		source_key=text_key(text),
		media=text.media,
	)
	posted = send_entry(ports, thread, draft)
	sent = deliveries.of_entry(ports.database, posted.entry)
	if posted.is_new and sent and sent[0]["state"] == "Skipped":
		reason = sent[0]["reason"]
		_answer(
			ports, text, ports.translate("{0} sees it in the portal ({1}).").format(thread["title"], reason)
		)


def _named(ports: Ports, code: str) -> Row | None:
	return threads.by_code(ports.database, code) if thread_code.is_valid(code) else None


def _recent(ports: Ports, now_us: int) -> list[Row]:
	mobile = contractor_mobile(ports)
	names = deliveries.threads_forwarded_to(ports.database, mobile, now_us - RECENT, now_us)
	found = [threads.get(ports.database, name) for name in names]
	return list({row["name"]: row for row in found if row}.values())


def _who(thread: Row) -> tuple[str, str]:
	return thread["title"], thread["code"]


def _choices(ports: Ports, recent: list[Row]) -> str:
	if not recent:
		return ports.translate("Start with # and the customer's number, such as #174 on my way.")
	listed = "\n".join(f"#{row['code']} {row['title']}" for row in recent[:8])
	return f"{ports.translate('Start with the number:')}\n{listed}"


def _answer(ports: Ports, text: InboundText, words: str) -> None:
	"""Text the contractor, once for each of his texts."""
	now = ports.clock.now_us()
	route = Route("SMS", contractor_mobile(ports), "answer to the contractor's text")
	try:
		deliveries.insert(
			ports.database,
			{
				"purpose": "Answer",
				"channel": route.channel,
				"address": route.address,
				"state": "Queued",
				"reason": route.reason,
				"text": words,
				"due_us": now,
				"creation_us": now,
				"source_key": _answer_key(text),
			},
		)
	except Duplicate:
		return
	ports.queue.run_soon("deliver")
