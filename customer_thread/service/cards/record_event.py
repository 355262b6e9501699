"""Something happened in the business that the customer sees as a card."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from customer_thread.domain import words
from customer_thread.domain.cards.model import TITLE_LIMIT
from customer_thread.domain.cards.new_event import CONFIRMED, NewEvent
from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import DATA_LIMIT, EVENT_TYPE_LIMIT
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.thread import keys
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.wording import card_line, known_locale, money
from customer_thread.service.ports import Ports
from customer_thread.service.thread.post_entry import Posted, post_entry, written_before
from customer_thread.service.thread.refuse_erased import refuse_erased
from customer_thread.store import events
from customer_thread.store.database import Database, Duplicate
from customer_thread.store.rows import ThreadRow

_VOIDING = re.compile(r"\b(cancel|void|withdraw)", re.IGNORECASE)
_LINK = re.compile(r"/(?![/\\])\S*|https?://\S+")
_LARGEST = Decimal(10) ** 12
_LONGEST_URL = 2000


def record_event(ports: Ports, thread: ThreadRow, event: NewEvent) -> Posted:
	"""Write the card, once. A cancellation makes the newest card of the same document void.

	What is written about its document by itself is planned with it in this thread, whose holder may wait for no other;
	of what a rule made, whoever asked the rules plans it once all cards are there.

	Raise BadInput for what cannot be shown, Erased for what is of before its customer was erased.
	"""
	event = _checked(event)
	locale = known_locale(ports.settings().locale)
	line = card_line(event.title, money(event.amount, event.currency, locale))
	key = _key(thread, event, event.source_key)
	is_live = event.by_rule and not event.from_history
	refuse_erased(ports, thread, event.occurred_us, key, is_live=is_live)
	try:
		void = _voided(ports.database, thread, event)
		fact = events.insert(ports.database, thread["name"], event, key, void[0] if void else None)
	except Duplicate:
		known = written_before(ports.database, key)
		if known is None:
			raise
		return known
	events.make_void(ports.database, void, fact)
	if event.reference_name and not event.from_history and not event.by_rule:
		reference = Reference(event.reference_doctype, event.reference_name)
		ports.automations.plan(ports, reference, thread["name"])
	return post_entry(
		ports,
		thread["name"],
		NewEntry(
			kind="Event",
			author="Contractor",
			channel=None,
			text=line,
			occurred_us=event.occurred_us,
			source_key=key,
			event=fact,
			found_by=tuple(f"#{name}" for name in event.found_by),
			from_history=event.from_history,
			notify=event.notify,
			urgent=event.urgent,
			of_document=event.by_rule,
		),
	)


def _checked(event: NewEvent) -> NewEvent:
	event_type, title = " ".join(event.event_type.split()), " ".join(words.clean(event.title).split())
	if not event_type or len(event_type) > EVENT_TYPE_LIMIT:
		raise BadInput("event_type must say what happened, in at most {0} characters.", EVENT_TYPE_LIMIT)
	if not title or len(title) > TITLE_LIMIT:
		raise BadInput("title must say what the card says, in at most {0} characters.", TITLE_LIMIT)
	if event.amount is not None and not re.fullmatch("[A-Z]{3}", event.currency):
		raise BadInput("currency must be a code of three letters, such as USD, when there is an amount.")
	if event.amount is not None and abs(event.amount) >= _LARGEST:
		raise BadInput("amount is too large.")
	if event.due_date and not _is_day(event.due_date):
		raise BadInput("due_date is a day, such as 2026-05-14.")
	if event.url and not _LINK.fullmatch(event.url):
		raise BadInput("url must begin with / or https://.")
	if len(event.url) > _LONGEST_URL:
		raise BadInput("url is too long: at most {0:,} characters, please.", _LONGEST_URL)
	if max(len(event.reference_doctype), len(event.reference_name)) > DATA_LIMIT:
		raise BadInput(
			"reference_doctype and reference_name name a document, in at most {0} characters each.",
			DATA_LIMIT,
		)
	if not event.source_key:
		raise BadInput("source_key must be the event's own id, so that it happens once.")
	return replace(event, event_type=event_type, title=title)


def _is_day(text: str) -> bool:
	try:
		return date.fromisoformat(text).isoformat() == text
	except ValueError:
		return False


def _voided(database: Database, thread: ThreadRow, event: NewEvent) -> list[str]:
	"""Return the standing cards of the same document that this event takes back, newest first.

	A cancellation takes back the newest, and that the customer has said yes to it.
	"""
	takes_back = bool(event.voids) if event.voids is not None else _is_voiding(event.event_type)
	if not event.reference_name or not takes_back:
		return []
	standing = events.standing_of_document(
		database, thread["name"], event.reference_doctype, event.reference_name
	)
	if event.voids is not None:
		keys_of = {_key(thread, event, key) for key in event.voids}
		return [row["name"] for row in standing if row["source_key"] in keys_of]
	names: list[str] = []
	for row in standing:
		if not _is_voiding(row["event_type"]):
			names.append(row["name"])
			if row["event_type"] != CONFIRMED:
				break
	return names


def _is_voiding(event_type: str) -> bool:
	return bool(_VOIDING.search(event_type.replace("_", " ")))


def _key(thread: ThreadRow, event: NewEvent, source_key: str) -> str:
	return source_key if event.by_rule else event_key(thread, source_key)


def event_key(thread: ThreadRow, source_key: str) -> str:
	"""Return the unique key of an event in a thread."""
	return keys.source_key("event", f"{thread['name']}:{source_key}")


def amount_of(text: str) -> Decimal | None:
	"""Return an amount as given over HTTP. Raise BadInput."""
	if not text:
		return None
	try:
		value = Decimal(text)
	except InvalidOperation:
		raise BadInput("amount “{0}” is no number. Write it like 4200.00.", text) from None
	if not value.is_finite():
		raise BadInput("amount must be a number.")
	return value
