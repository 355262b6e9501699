"""What a query returns is what its type says, on either database, also of rows that have next to nothing in them."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from support.clock import NOW
from support.databases import AnyDatabase
from support.persons import MIKE, SARAH, STRANGER
from support.rows import add_attachment, add_delivery, add_entry, add_event, add_thread

from customer_thread.domain.model import Address, Party
from customer_thread.domain.push.subscription import Subscription
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.store import (
	attachments,
	bot_memories,
	bot_rows,
	consents,
	contact_points,
	deliveries,
	entries,
	event_rows,
	events,
	histories,
	inbox,
	inbox_rows,
	notes,
	notice_rows,
	notices,
	preferences,
	refusal_rows,
	refusals,
	rows,
	scheduled_lists,
	scheduled_messages,
	scheduled_rows,
	sign_ins,
	subscriptions,
	threads,
)

PARTY = Party("Customer", "CUST-1")
ABOUT = {"reference_doctype": "Sales Invoice", "reference_name": "INV-1"}


def _fits(value: object, hint: object) -> bool:
	if get_origin(hint) is Literal:
		return value in get_args(hint)
	if get_args(hint):
		return any(_fits(value, part) for part in get_args(hint))
	# a bool or a decimal is none of ours
	return type(value) is hint


def _check(kind: type, row: Mapping[str, Any] | None) -> None:
	assert row is not None, kind.__name__
	hints = get_type_hints(kind)
	assert set(row) == set(hints)
	for column, hint in hints.items():
		assert _fits(row[column], hint), (kind.__name__, column, row[column])


def _asked(database: AnyDatabase) -> Iterator[tuple[type, Any]]:
	"""Yield what each query returns, with the type it promises."""
	thread = add_thread(
		database, party_type="Customer", party="CUST-1", reply_token="r1", contractor_token="c1"
	)
	unmatched = add_thread(database, unmatched_address=f"phone:{STRANGER.phone}")
	event = add_event(database, thread, source_key="event:1", **ABOUT)
	card = add_entry(database, thread, kind="Event", event=event, channel=None, source_key="event:1")
	mail = add_entry(
		database, thread, channel="Email", message_id="<1@x>", sender=SARAH.email, source_key="mail:1"
	)
	add_entry(database, unmatched, author="Customer")
	delivery = add_delivery(
		database, thread=thread, entry=mail, provider_id="SM1", state="Sending", claim="c"
	)
	answer = add_delivery(database, purpose="Answer", channel=None, address=None, state="Skipped")
	add_attachment(database, {"entry": mail, "position": 0, "state": "Ready", "file": "f" * 32})
	add_attachment(database, {"entry": mail, "position": 1, "state": "Pending", "remote_url": "x"})
	contact_points.add(database, thread, Address("Phone", SARAH.phone), "Contact", "Sarah")
	run = histories.start(database, 12, NOW - 1, NOW, None)

	yield rows.ThreadRow, threads.get(database, thread)
	yield rows.ThreadRow, threads.require(database, unmatched)
	yield rows.ThreadRow, threads.of_party(database, PARTY)
	yield rows.ThreadRow, threads.require_of(database, PARTY)
	yield rows.ThreadRow, threads.by_reply_token(database, "r1")
	yield rows.ThreadRow, threads.by_contractor_reply_token(database, "c1")
	yield rows.ThreadRow, threads.lock(database, unmatched)
	yield rows.ThreadRow, threads.lock_unmatched(database, f"phone:{STRANGER.phone}")
	yield inbox_rows.InboxRow, inbox.listing(database, which="all", words="", before=None, limit=9)
	yield rows.PageRow, entries.older(database, thread, 9)
	yield rows.PageRow, entries.newer(database, thread, 9, Cursor(0, 0))
	yield rows.PageRow, entries.known_since(database, thread, 0, 10**9, 9)
	yield rows.PageRow, entries.get(database, thread, card)
	yield rows.EntryTextRow, entries.words_of(database, card)
	yield rows.OriginalRow, entries.original(database, thread, card)
	yield rows.MailRow, entries.mail_chain(database, thread)
	yield rows.PlaceRow, entries.first_unread(database, thread, 0)
	yield rows.SenderRow, entries.senders(database, thread, [mail])
	yield rows.SaidRow, entries.last_said(database, thread)
	yield rows.AnswerRow, entries.answer_of_another(database, thread, 0, "")
	yield rows.PlaceRow, entries.last_answer(database, thread)
	yield rows.PlaceRow, entries.first_asked(database, unmatched, Cursor(0, 0))
	yield rows.EntryRow, entries.by_source(database, "mail:1")
	yield rows.EventRow, events.of_document(database, *ABOUT.values())
	yield rows.EventRow, events.standing_of_document(database, thread, *ABOUT.values())
	told = events.numbers_shown(database, thread, "Sales Invoice", ["INV-1"], "Sales Invoice", ["1"])
	yield event_rows.NumberRow, told
	yield event_rows.DocumentCardRow, events.newest_standing(database, thread, "Sales Invoice", 5)
	yield event_rows.CardRow, events.cards_between(database, thread, ["INV-1"], 0, NOW * 2)
	yield rows.DeliveryRow, deliveries.get(database, answer)
	yield rows.DeliveryRow, deliveries.lock(database, answer)
	yield rows.DeliveryRow, deliveries.by_provider_sid(database, "SM1")
	yield rows.DeliveryRow, deliveries.claimed(database)
	yield rows.DeliveryRow, deliveries.of_entry(database, mail)
	yield rows.DeliveryRow, deliveries.of_entries(database, thread, [mail])
	yield rows.EntryStateRow, deliveries.states_of(database, [mail], "Message")
	yield rows.AttachmentRow, attachments.of_entries(database, [mail])
	yield rows.StoredFileRow, attachments.get(database, thread, mail, 1)
	yield rows.StoredFileRow, attachments.ready_files(database, mail)
	yield rows.DueAttachmentRow, attachments.due(database, NOW, 9)
	yield rows.ContactPointRow, contact_points.of_source(database, "Contact", "Sarah")
	yield rows.ContactPointRow, contact_points.of_sources(database, "Contact")
	yield rows.ContactPointRow, contact_points.in_thread(database, thread)
	consents.record(database, SARAH.phone, "+1", "Opted Out", NOW, "texted STOP")
	yield rows.ConsentRow, consents.of_phones(database, [SARAH.phone], "+1")
	yield rows.NoteRow, notes.add(database, thread, "x", None, NOW, None)
	yield rows.NoteRow, notes.of_thread(database, thread)
	preferences.add(database, thread, "sarah", NOW)
	preferences.note_change(database, thread, "sarah", "sms", ("On", "Off"), "Page", "sarah", NOW)
	yield notice_rows.PreferenceRow, preferences.of_reader(database, thread, "sarah")
	yield notice_rows.PreferenceRow, preferences.hold(database, thread, "sarah")
	yield notice_rows.PreferenceChangeRow, preferences.changes(database, thread)
	sign_ins.add(
		database,
		"0f",
		user="",
		thread=thread,
		purpose="Office",
		address="",
		entry=0,
		made_by=None,
		now_us=NOW,
		expires_us=NOW + 1,
	)
	link = sign_ins.by_hash(database, "0f")
	yield rows.SignInRow, link
	yield rows.SignInRow, sign_ins.lock(database, link["name"] if link else "")
	yield rows.SignInRow, sign_ins.of_thread(database, thread)
	yield rows.SignInRow, sign_ins.usable_of_thread(database, thread, NOW)
	subscription = Subscription("https://push.example/1", "p", "a")
	whose = subscriptions.Whose(thread, "sarah", "h", "k")
	name = subscriptions.keep(database, whose, subscription, NOW)
	yield notice_rows.SubscriptionRow, subscriptions.of_reader(database, thread, "sarah")
	yield notice_rows.SubscriptionRow, subscriptions.get(database, name)
	yield notice_rows.SubscriptionRow, subscriptions.by_endpoint(database, subscription.endpoint)
	sign_ins.add(
		database,
		"1f",
		user="",
		thread="",
		purpose="Asked For",
		address=SARAH.phone,
		entry=0,
		made_by=None,
		now_us=NOW,
		expires_us=NOW + 1,
	)
	yield rows.SignInRow, sign_ins.undecided_at(database, [SARAH.phone], NOW)
	add_delivery(database, thread=thread, entry=card, purpose="Notice", state="Held", channel="Email")
	[held] = notices.due(database, NOW, 9)
	yield notice_rows.HeldRow, held
	yield notice_rows.HeldNoticeRow, notices.held(database, held, 9)
	yield notice_rows.NoticeLineRow, notices.lines_of(database, [card, mail])
	refusals.add(database, "whatsapp:" + STRANGER.phone, "x", NOW)
	yield refusal_rows.RefusalRow, refusals.latest(database, NOW)
	remembered = bot_memories.hold(database, "SMS", MIKE.phone)
	yield bot_rows.BotMemoryRow, remembered
	bot_memories.save(database, remembered["name"], {"words": "x", "until_us": NOW - 1}, "[]", "asked", NOW)
	yield bot_rows.BotMemoryRow, bot_memories.ended(database, NOW, 9)
	scheduled = scheduled_messages.add(
		database, {"thread": thread, "reference_doctype": "Sales Invoice", "reference_name": "INV-1"}
	)
	yield scheduled_rows.ScheduledMessageRow, scheduled_messages.lock(database, scheduled)
	yield (
		scheduled_rows.ScheduledMessageRow,
		scheduled_messages.of_document(database, thread, "Sales Invoice", "INV-1"),
	)
	yield scheduled_rows.ScheduledMessageRow, scheduled_messages.due(database, NOW, 9)
	yield scheduled_rows.ScheduledLineRow, scheduled_lists.listed(database, {"thread": thread}, limit=9)
	yield rows.HistoryRow, run
	yield rows.HistoryRow, histories.latest(database)
	yield rows.HistoryRow, histories.lock_running(database)
	yield rows.EntryRow, entries.move(database, unmatched, thread)
	assert delivery != answer


def test_it_returns_just_the_columns_of_the_type_each_with_its_type(database: AnyDatabase) -> None:
	seen = set()
	with database.transaction():
		for kind, found in _asked(database):
			seen.add(kind)
			some = found if isinstance(found, list) else [found]
			assert some, kind.__name__
			for row in some:
				_check(kind, row)
	types = {
		**vars(rows),
		**vars(notice_rows),
		**vars(bot_rows),
		**vars(refusal_rows),
		**vars(scheduled_rows),
	}
	everything = {types[name] for name in types if name.endswith("Row")}
	# parts of an InboxRow and a PageRow
	assert everything - seen == {inbox_rows.ListedThreadRow, rows.ShownEntryRow, rows.ShownEventRow}


@pytest.mark.parametrize("value", [None, 0, 1.0, "Elsewhere", True])
def test_it_would_notice_another_value(value: object) -> None:
	with pytest.raises(AssertionError):
		_check(rows.EntryStateRow, {"entry": value, "state": value})
