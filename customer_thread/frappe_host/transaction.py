"""What a transaction of the site does to its documents, noted until it commits.

Its cards are made just before the commit, and after them what is written about it by itself is planned, in the same
transaction: all of it holds, or nothing. ERPNext reports what it
does many times, by several instances of a document and in an order of its own; what counts is each document before
and after (`domain/cards/transaction.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import get_system_timezone

from customer_thread.domain.cards.fields_read import fields_read
from customer_thread.domain.cards.model import Happened
from customer_thread.domain.cards.replay import when
from customer_thread.domain.cards.transaction import TouchedDocument, occasions_of
from customer_thread.domain.limits import TRANSACTION_DOCUMENTS
from customer_thread.domain.portal.pages import Reference
from customer_thread.frappe_host.current import as_loaded, current
from customer_thread.frappe_host.document_history import dated_us
from customer_thread.frappe_host.enabled_rules import put_in_force, rules_of
from customer_thread.frappe_host.guard import guarded
from customer_thread.frappe_host.noted_types import RULE, automated_types, document_types
from customer_thread.frappe_host.owners import owner_of
from customer_thread.frappe_host.participants import with_parties
from customer_thread.frappe_host.unwritten import FIELDS_OF_UNWRITTEN, as_rules_see, unwritten_status
from customer_thread.frappe_host.users import is_staff_user
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.cards.make_cards import Made, make_cards
from customer_thread.store import scheduled_messages

_NOTED = "customer_thread_transaction"
_Key = tuple[str, str]


@dataclass
class Note:
	"""One document of the transaction."""

	doc: Document
	before: Document | None
	happened: set[Happened] = field(default_factory=set)
	by_staff: bool = False
	in_import: bool = False
	#: what it became, where the database does not say: it was deleted
	final: dict[str, Any] | None = None
	#: what it was besides, where its row did not say
	unwritten: Mapping[str, Any] = field(default_factory=dict)


def note(
	doc: Document,
	happened: Happened,
	final: dict[str, Any] | None = None,
	*,
	before: Document | None = None,
	unwritten: Mapping[str, Any] | None = None,
) -> None:
	"""Note what happened to a document; `final`: what it is from now on, if its row does not say.

	`before` and `unwritten`: what it was, where another document has changed it.
	"""
	notes = _begun()
	# ERPNext saves some again while they are inserted
	before = None if happened == "Created" else before or doc.get_doc_before_save()
	known = notes.get((doc.doctype, str(doc.name)))
	if known is None and len(notes) >= TRANSACTION_DOCUMENTS:
		settle()
		notes = _begun()
	if known is None:
		known = notes[doc.doctype, str(doc.name)] = Note(doc, before)
		known.unwritten = (unwritten_status(before) if before else {}) if unwritten is None else unwritten
	elif happened != "Saved" and "Created" not in known.happened:
		# an instance that was loaded in the midst of it was reported first
		known.before = before
	known.doc, known.final = doc, final
	known.happened.add(happened)
	known.by_staff = is_staff_user(frappe.session.user)
	known.in_import = bool(frappe.flags.in_import or doc.flags.via_data_import)


def rename(doctype: str, old: str, new: str) -> None:
	"""Let what was noted of a document be about its new name."""
	notes = noted()
	if (doctype, old) in notes:
		notes[doctype, new] = notes.pop((doctype, old))


def settle_deleted(doc: Document) -> None:
	"""Make the cards of what was noted of a document whose row is gone."""
	key = (doc.doctype, str(doc.name))
	known = noted().get(key)
	if known and "Created" in known.happened:
		# nobody has seen it
		del noted()[key]
	elif known:
		known.final = known.final or doc.as_dict()
		settle(key)


def settle(only: _Key | None = None) -> None:
	"""Make the cards and messages of what was noted, or of one document of it, and forget it. It never fails.

	What could not be made, because of a rule's fault, is found when history is brought in.

	Raise QueryDeadlockError, as `guarded` does: the database has undone the whole transaction.
	"""
	notes = noted()
	settled = {key: notes.pop(key) for key in list(notes) if only in (None, key)}
	if not settled:
		return
	told = {key: note for key, note in settled.items() if key[0] in document_types()}
	about: set[Reference] = set()
	if told:
		what = "Cards of " + ", ".join(f"{doctype} {name}" for doctype, name in list(told)[:3])
		faults = [what]
		with guarded(what):
			made = _make_cards(told)
			faults, about = made.faults, made.about
		if faults:
			with guarded(what):
				put_in_force({doctype for doctype, _name in told})
	for reference in _to_plan(settled, about):
		plan(reference)


def _to_plan(settled: Mapping[_Key, Note], about: set[Reference]) -> list[Reference]:
	"""Return about which documents something may be to be written: those of the new cards, too."""
	found = [
		Reference(doctype, name)
		for (doctype, name), note in settled.items()
		if doctype in automated_types() and (not note.in_import or _is_waited_for(doctype, name))
	]
	also = sorted(about.difference(found), key=lambda one: (one.doctype, one.name))
	return [*found, *(reference for reference in also if reference.doctype in automated_types())]


def _is_waited_for(doctype: str, name: str) -> bool:
	"""Return whether a message about a document waits: whoever brings in a thousand of them writes about none anew."""
	return bool(scheduled_messages.waiting_about(site_ports().database, doctype, name))


def plan(reference: Reference) -> None:
	"""Let what is to be written about a document be what it is now. It never fails.

	Raise QueryDeadlockError, as `guarded` does.
	"""
	with guarded(f"Messages about {reference.doctype} {reference.name}"):
		site_ports().automations.plan(site_ports(), reference, "")


def noted() -> dict[_Key, Note]:
	"""Return what this transaction has noted and not yet settled."""
	return getattr(frappe.local, _NOTED, None) or {}


def _begun() -> dict[_Key, Note]:
	"""Return the notes to write into; the first of a transaction are settled or thrown away when it ends."""
	notes = noted()
	if not notes:
		setattr(frappe.local, _NOTED, notes)
		frappe.db.before_commit.add(settle)
		frappe.db.after_rollback.add(notes.clear)
	return notes


def _make_cards(notes: dict[_Key, Note]) -> Made:
	"""Make the cards and return what came of it."""
	if not site_ports().settings().capture_documents:
		return Made()
	now_us = site_ports().clock.now_us()
	in_import = any(note.in_import for note in notes.values())
	doctypes = dict.fromkeys(doctype for doctype, _name in notes)
	rules = [rule for doctype in doctypes for rule in rules_of(doctype)]
	# what is imported has its time of a field that no rule names
	read = None if in_import else fields_read(rules)
	names = read and read | FIELDS_OF_UNWRITTEN
	touched = [one for (_type, name), note in notes.items() if (one := _touched(name, note, names))]
	made = make_cards(
		site_ports(),
		rules,
		occasions_of(touched),
		timezone=get_system_timezone(),
		owner_of=owner_of,
		at_of=lambda document: when(now_us, dated_us(document)) if in_import else None,
		# whoever brings in a thousand documents notifies nobody of each
		from_history=in_import,
	)
	doctype, name = next(iter(notes))
	for fault in made.faults:
		frappe.log_error(RULE, fault, doctype, name)
	return made


def _touched(name: str, note: Note, names: frozenset[str] | None) -> TouchedDocument | None:
	"""Return what the transaction did to a document; None if its row is gone. `names`: what its rules read."""
	doc = note.doc
	after = (
		{**doc.as_dict(), **note.final, "doctype": doc.doctype} if note.final else current(doc, name, names)
	)
	if not after:
		return None
	return TouchedDocument(
		after=as_rules_see(after),
		before=_as_it_was(note.before, note.unwritten, names) if note.before else None,
		happened=frozenset(note.happened),
		submittable=bool(doc.meta.is_submittable),
		by_staff=note.by_staff,
	)


def _as_it_was(
	before: Document, unwritten: Mapping[str, Any], names: frozenset[str] | None
) -> dict[str, Any]:
	return {**with_parties(site_ports().database, as_loaded(before, names)), **unwritten}
