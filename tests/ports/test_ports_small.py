"""What every Files, Bell, Clock, Ids and Parties port promises."""

import re
import time

import pytest

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Attachment, Party
from customer_thread.service.ports import Bell, Clock, Files, Ids, Parties

EMPTY = pytest.param(b"", marks=pytest.mark.embedded("Frappe refuses a File without content"))


@pytest.mark.parametrize("data", [EMPTY, b"\x00\xff" * 1000, b"x" * 2_000_000])
def test_it_keeps_bytes_as_they_are(files: Files, data: bytes) -> None:
	file = files.save(Attachment("déck ../../x.png", "image/png", data))
	assert files.read(file) == data
	assert len(file) <= 140


def test_it_keeps_a_picture_that_is_none(files: Files) -> None:
	data = b"\xff\xd8\xff a picture, they say"
	assert files.read(files.save(Attachment("deck.jpg", "image/jpeg", data))) == data


def test_it_keeps_two_files_of_one_name(files: Files) -> None:
	one, two = (files.save(Attachment("a.png", "image/png", data)) for data in (b"1", b"2"))
	assert one != two
	assert (files.read(one), files.read(two)) == (b"1", b"2")


def test_it_forgets_bytes_for_good_and_no_others(files: Files) -> None:
	gone, kept = (files.save(Attachment("a.png", "image/png", data)) for data in (b"1", b"2"))
	for _again in range(2):
		files.remove(gone)
	files.remove("../thread.db")
	with pytest.raises(NotFound):
		files.read(gone)
	assert files.read(kept) == b"2"


@pytest.mark.parametrize("file", ["", ".", "..", "../thread.db", "/etc/passwd", "0" * 32, "x\0y", "a" * 5000])
def test_it_has_no_file_of_any_other_name(files: Files, file: str) -> None:
	files.save(Attachment("a.png", "image/png", b"1"))
	with pytest.raises(NotFound):
		files.read(file)


@pytest.mark.parametrize("entry", [0, 1, 2**62])
def test_it_can_be_rung_for_anything(bell: Bell, entry: int) -> None:
	for _again in range(2):
		bell.ring(entry)


@pytest.mark.parametrize("thread", ["", "nothing", "%", "' OR 1=1"])
def test_it_can_forget_what_it_never_said(bell: Bell, thread: str) -> None:
	for _again in range(2):
		bell.forget(thread)


def test_it_tells_microseconds_since_1970(any_clock: Clock) -> None:
	first, second = any_clock.now_us(), any_clock.now_us()
	assert isinstance(first, int)
	assert 1_700_000_000_000_000 < first <= second < 4_000_000_000_000_000


def test_it_moves_with_the_machines_clock() -> None:
	from customer_thread.gateways.system import SystemClock

	assert abs(SystemClock().now_us() - time.time() * 1_000_000) < 5_000_000
	assert abs(SystemClock(10**9).now_us() - time.time() * 1_000_000 - 10**9) < 5_000_000


def test_it_makes_tokens_nobody_can_guess(ids: Ids) -> None:
	tokens = [ids.token() for _ in range(500)]
	assert len(set(tokens)) == 500
	# 32 of 36 letters and digits are more than 128 bits; hexadecimal digits carry four each
	assert all(re.fullmatch(r"[0-9a-z]{32,64}", token) for token in tokens)


@pytest.mark.parametrize("limit", [1, 2, 401])
def test_it_draws_numbers_below_a_limit(ids: Ids, limit: int) -> None:
	drawn = {ids.below(limit) for _ in range(limit * 20)}
	assert drawn <= set(range(limit))
	assert len(drawn) > limit // 2


def test_it_knows_its_customers(sarah: tuple[Parties, Party]) -> None:
	parties, party = sarah
	info = parties.find(party)
	assert info is not None
	assert info.name == "Sarah Lee"
	assert info.project == "Deck Replacement Project · Active"
	assert info.timezone == "America/Chicago"


@pytest.mark.parametrize("name", ["", "nobody", "%", "' OR 1=1 --"])
def test_it_knows_nobody_else(sarah: tuple[Parties, Party], name: str) -> None:
	parties, party = sarah
	assert parties.find(Party("Customer", name)) is None
	assert parties.find(Party("Lead", party.party)) is None
	assert not parties.readers(Party("Customer", name))
	assert not parties.readers(Party("Lead", party.party))
