"""A thread tells each document by one number, and no two by the same."""

from dataclasses import replace
from functools import partial
from typing import Any, cast

import pytest
from support.clock import NOW
from support.permits import DAY, FILED, LEE, PERMIT, report
from support.reader import READER
from support.world import World

from customer_thread.domain.cards.document_type import DocumentType
from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.cards.replay import DocumentHistory
from customer_thread.domain.cards.rules import Occasion
from customer_thread.domain.model import Party
from customer_thread.domain.search import wanted
from customer_thread.domain.times import HOUR
from customer_thread.service.cards.forget_document import forget_document
from customer_thread.service.cards.preview_card import preview_card
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.cards.rename_document import rename_document
from customer_thread.service.cards.replay_document import replay_document
from customer_thread.service.ports import PartyInfo
from customer_thread.service.reading.read_timeline import HtmlEntryView, Query, read_timeline
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import entries, threads

RULE = replace(FILED, title="Permit {{ doc | number }} filed{% if doc.old %}, for {{ doc.old | number_of('Permit') }}{% endif %}")  # fmt: skip
LOST = replace(RULE, moment="Becomes", field="state", value="Lost", event_type="Permit lost", title="Permit {{ doc | number }} lost")  # fmt: skip


@pytest.fixture
def permits(world: World) -> World:
	world.parties.known[LEE], world.parties.known[DAY] = PartyInfo("Sarah Lee"), PartyInfo("Charlie Day")
	return world


def _permit(name: str, **changes: object) -> dict[str, Any]:
	return {**PERMIT, "name": name, "old": "", **changes}


def _file(world: World, name: str, **changes: object) -> str:
	"""Let a permit be filed, and return what the customer is told."""
	row = _permit(name, **changes)
	assert report(world, Occasion("Created", row), [RULE]) == []
	return _lines(world, Party("Customer", row["customer"]))[-1]


def _lose(world: World, name: str, **changes: object) -> str:
	occasion = Occasion("Saved", _permit(name, state="Lost", **changes), _permit(name))
	assert report(world, occasion, [LOST]) == []
	return _lines(world)[-1]


def _lines(world: World, party: Party = LEE) -> list[str]:
	thread = threads.of_party(world.database, party)
	assert thread
	return [
		row["text"]
		for row in sorted(entries.older(world.database, thread["name"], 50), key=lambda row: row["name"])
	]


def _found(world: World, words: str) -> list[str]:
	thread = threads.of_party(world.database, LEE)
	assert thread
	terms = wanted(words, READER)
	return [row["text"] for row in entries.holding(world.database, thread["name"], 9, None, None, terms)]


def test_it_tells_each_document_by_a_number_of_its_own(permits: World) -> None:
	assert _file(permits, "PER-2026-00001") == "Permit #1 filed"
	assert _file(permits, "PER-2027-00001") == "Permit #2027-1 filed"
	assert _lose(permits, "PER-2026-00001") == "Permit #1 lost"
	assert _lose(permits, "PER-2027-00001") == "Permit #2027-1 lost"
	assert _file(permits, "PER-2027-00001-1", amended_from="PER-2027-00001") == "Permit #2027-1-1 filed"
	assert _file(permits, "PER-2028-00001", customer="Day") == "Permit #1 filed", "in another thread"
	assert _file(permits, "RET-2026-00001", is_return=1, old="PER-2026-00001") == "Permit #1 filed, for #1"
	assert _file(permits, "PER-2026-00002", old="PER-2025-00007") == "Permit #2 filed, for #2025-7"
	assert _file(permits, "PER-2026-00007") == "Permit #7 filed"


def test_it_tells_whole_names_if_the_settings_say_so(permits: World) -> None:
	permits.set(short_numbers=False)
	assert (
		_file(permits, "PER-2026-00001", old="PER-2026-00009")
		== "Permit #PER-2026-00001 filed, for #PER-2026-00009"
	)
	permits.set(short_numbers=True)
	assert _lose(permits, "PER-2026-00001") == "Permit #PER-2026-00001 lost", "as it was told"
	assert _file(permits, "PER-2026-00002") == "Permit #2 filed"
	permits.set(short_numbers=False)
	assert _lose(permits, "PER-2026-00002") == "Permit #PER-2026-00002 lost"


def test_it_finds_a_card_by_either_number(permits: World) -> None:
	_file(permits, "PER-2026-00012", old="PER-2026-00009")
	card = ["Permit #12 filed, for #2026-9"]
	for words in ("#12", "12", "PER-2026-00012", "#per-2026-00012", "PER-2026-00009", "permit 12"):
		assert _found(permits, words) == card, words
	assert _found(permits, "#13") == []


def test_it_does_not_tell_the_number_of_a_deleted_document_again(permits: World) -> None:
	_file(permits, "PER-2026-00001")
	permits.do(lambda: forget_document(permits.ports, "Permit", "PER-2026-00001"))
	assert _file(permits, "PER-2026-00001", state="New") == "Permit #2026-1 filed"


def test_it_gives_a_renamed_document_the_number_of_its_new_name(permits: World) -> None:
	_file(permits, "PER-2026-00001")
	permits.do(lambda: rename_document(permits.ports, "Permit", "PER-2026-00001", "PER-2026-00005"))
	assert _lose(permits, "PER-2026-00005") == "Permit #5 lost"
	assert _file(permits, "PER-2026-00001") == "Permit #2026-1 filed", "#1 was told of another"


def test_it_minds_what_another_program_has_told(permits: World) -> None:
	thread = permits.do(lambda: open_thread(permits.ports, LEE))
	for name in ("7", "PER-2026-00003"):
		event = NewEvent("Seen", f"Permit #{name} seen", NOW, name)
		event = replace(event, reference_doctype="Permit", reference_name=name)
		permits.do(partial(record_event, permits.ports, thread, event))
	assert _file(permits, "PER-2026-00007") == "Permit #2026-7 filed"
	assert _lose(permits, "PER-2026-00003") == "Permit #PER-2026-00003 lost"


def test_it_numbers_what_was_before_and_what_is_tried_out_as_what_is_now(permits: World) -> None:
	_file(permits, "PER-2026-00001")
	old = DocumentHistory(_permit("PER-2025-00001"), False, True, NOW - HOUR, NOW - HOUR)
	made = permits.do(lambda: replay_document(permits.ports, [RULE], old, 0, timezone="UTC"))
	assert (made.new, made.faults) == (1, [])
	assert "Permit #2025-1 filed" in _lines(permits)
	kind = DocumentType("Permit", "Permits", {"customer", "old", "state"})
	for name, line in (
		("PER-2026-00001", "#1"),
		("PER-2025-00001", "#2025-1"),
		("PER-2024-00001", "#2024-1"),
	):
		tried = preview_card(permits.ports, RULE, _permit(name), kind, timezone="UTC")
		assert tried["card"], tried["reason"]
		assert tried["card"]["line"] == f"Permit {line} filed"


def test_its_card_has_the_whole_name_where_a_pointer_rests(permits: World) -> None:
	_file(permits, "PER-2026-00001")
	_file(permits, "7", old="PER-2026-00001")
	thread = threads.of_party(permits.database, LEE)
	assert thread
	shown = read_timeline(permits.ports, thread["name"], Query(), html=True)["entries"]
	first, second = (cast("HtmlEntryView", entry)["html"] for entry in shown)
	assert '<p class="chip" data-card="Permit filed" title="PER-2026-00001">' in first
	assert "title=" not in second
	assert {"number", "reference_name", "whole_name"}.isdisjoint(shown[0]["card"] or {})
	permits.do(lambda: forget_document(permits.ports, "Permit", "PER-2026-00001"))
	first = cast(
		"HtmlEntryView", read_timeline(permits.ports, thread["name"], Query(), html=True)["entries"][0]
	)["html"]
	assert "title=" not in first
