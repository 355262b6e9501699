"""Keys, times and cursors."""

import uuid
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain import times
from customer_thread.domain.errors import BadInput
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.thread import cursor, keys
from customer_thread.domain.thread.cursor import Cursor

NOW = 1_747_318_500_000_000


@given(st.sampled_from(["text", "mail", "portal", "event", "fallback"]), st.text(max_size=200))
def test_it_makes_keys_every_database_keeps_apart(kind: str, value: str) -> None:
	key = keys.source_key(kind, value)
	assert len(key) <= 140
	assert key == key.lower().strip()
	assert key.isascii()
	assert key == keys.source_key(kind, value)


@given(st.text(max_size=30), st.text(max_size=30))
def test_it_makes_different_keys_of_different_ids(one: str, other: str) -> None:
	assert (keys.source_key("mail", one) == keys.source_key("mail", other)) == (one == other)


def test_it_lets_nobody_write_the_hash_of_another_id() -> None:
	hashed = keys.source_key("event", "INV-2041")
	assert keys.source_key("event", hashed.removeprefix("event:")) != hashed


def test_it_keys_a_text_by_its_id_alone() -> None:
	text = InboundSms("SMabc", "+1555", "+1556", "hi", (), 1)
	assert keys.sms_key(text) == keys.sms_key(InboundSms("SMABC", "+1777", "", "other", (), 2))


@pytest.mark.parametrize("value", ["", "x", "123", "g" * 32, None, 5])
def test_it_takes_only_uuids_of_pages(value: str) -> None:
	with pytest.raises(BadInput):
		keys.client_id(value)


def test_it_writes_a_uuid_in_its_one_form() -> None:
	value = uuid.UUID(int=7)
	for form in (str(value), str(value).upper(), value.hex, f"{{{value}}}", value.urn):
		assert keys.client_id(form) == str(value)


@given(st.timedeltas(timedelta(0), timedelta(days=80_000)))
def test_it_keeps_every_microsecond(since: timedelta) -> None:
	moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + since
	us = times.to_us(moment)
	assert times.to_utc(us) == moment
	assert times.parse(times.iso(us), us) == us


def test_it_writes_iso() -> None:
	assert times.iso(1_778_854_500_000_000) == "2026-05-15T14:15:00.000000Z"
	assert times.iso(1) == "1970-01-01T00:00:00.000001Z"


@pytest.mark.parametrize(
	("text", "us"),
	[
		("2025-05-15T14:15:00Z", NOW),
		("2025-05-15T10:15:00-04:00", NOW),
		(" 2025-05-15 14:15:00+00:00 ", NOW),
		("2025-05-15T14:15:00.000001z", NOW + 1),
		("2025-05-16T14:15:00Z", NOW + times.DAY),
		("1970-01-01T00:00:00Z", 0),
	],
)
def test_it_reads_times(text: str, us: int) -> None:
	assert times.parse(text, NOW) == us


@pytest.mark.parametrize(
	"text",
	["", "today", "2025-05-15", "2025-05-15T14:15:00", "2025-05-16T14:15:01Z", "1969-12-31T23:59:59Z", "1",
	 "2025-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"],
)  # fmt: skip
def test_it_refuses_times_that_cannot_be(text: str) -> None:
	with pytest.raises(BadInput):
		times.parse(text, NOW)


def test_it_takes_the_first_zone_there_is() -> None:
	assert str(times.zone("", "Mars/Base", "Europe/Berlin", "UTC")) == "Europe/Berlin"
	assert str(times.zone()) == "UTC"
	assert str(times.zone("../etc/passwd", "/etc/localtime", "\0")) == "UTC"
	assert times.check_zone("America/New_York") == "America/New_York"


@pytest.mark.parametrize("name", ["", "Mars/Base", "../etc/passwd", "/etc/localtime", "America", "a\0b"])
def test_it_refuses_what_is_no_zone(name: str) -> None:
	with pytest.raises(BadInput):
		times.check_zone(name)


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_it_reads_its_own_cursors(us: int, entry: int) -> None:
	assert cursor.parse(str(Cursor(us, entry))) == Cursor(us, entry)


@pytest.mark.parametrize(
	"text",
	[
		"",
		"1",
		"1.",
		".1",
		"1.2.3",
		"-1.2",
		"1.-2",
		"1e3.2",
		" 1.2",
		"1.2\n",
		f"{2**63}.1",
		f"1.{2**63}",
		"x.y",
		"١.٢",
	],
)
def test_it_refuses_other_cursors(text: str) -> None:
	if text == "١.٢":
		# digits of another script are harmless, but not ours
		assert str(cursor.parse(text)) == "1.2"
		return
	with pytest.raises(BadInput):
		cursor.parse(text)


def test_it_orders_places_by_time_then_by_id() -> None:
	places = [Cursor(2, 1), Cursor(1, 9), Cursor(1, 2)]
	assert sorted(places) == [Cursor(1, 2), Cursor(1, 9), Cursor(2, 1)]
	assert timedelta(microseconds=times.DAY) == timedelta(days=1)
