"""The address of a message's pictures ends by itself, and with the message."""

import pytest
from support.persons import SARAH
from support.world import World

from customer_thread.domain.errors import NotFound
from customer_thread.domain.limits import PICTURE_LINK_DAYS
from customer_thread.domain.model import Attachment
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY, MINUTE
from customer_thread.service.portal.shared_pictures import picture_file, read_pictures
from customer_thread.service.reading.picture_link import picture_link
from customer_thread.service.thread.erase_entry import erase_entry
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.store.rows import ThreadRow

DECK = Attachment("deck.png", "image/png", b"\x89PNG")


def _entry(world: World, thread: ThreadRow, *files: Attachment) -> int:
	draft = NewEntry(
		kind="Message",
		author="Customer",
		channel="SMS",
		text="look",
		occurred_us=world.clock.now_us(),
		source_key=None,
		attachments=files,
	)
	return world.do(lambda: post_entry(world.ports, thread["name"], draft)).entry


def _token(world: World, thread: ThreadRow, entry: int) -> str:
	world.set(public_url="https://portal.example/")
	link = picture_link(world.ports, thread, entry)
	assert link.startswith("https://portal.example/messages/p/")
	return link.rpartition("/")[2]


def test_it_ends_after_some_days(world: World) -> None:
	thread = world.customer()
	entry = _entry(world, thread, DECK)
	token = _token(world, thread, entry)
	world.clock.move(PICTURE_LINK_DAYS * DAY - MINUTE)
	view = read_pictures(world.ports, token)
	assert (view["sender"], [file["name"] for file in view["files"]]) == (SARAH.name, ["deck.png"])
	assert picture_file(world.ports, token, "0") == DECK

	world.clock.move(2 * MINUTE)
	with pytest.raises(NotFound, match="nothing any more"):
		read_pictures(world.ports, token)
	with pytest.raises(NotFound, match="nothing any more"):
		picture_file(world.ports, token, "0")


def test_it_ends_with_the_message(world: World) -> None:
	thread = world.customer()
	token = _token(world, thread, entry := _entry(world, thread, DECK))
	world.do(lambda: erase_entry(world.ports, entry, "asked for"))
	with pytest.raises(NotFound, match="nothing any more"):
		read_pictures(world.ports, token)
	with pytest.raises(NotFound, match="nothing any more"):
		picture_file(world.ports, token, "0")


def test_it_shows_no_message_without_any(world: World) -> None:
	thread = world.customer()
	token = _token(world, thread, _entry(world, thread))
	with pytest.raises(NotFound, match="nothing any more"):
		read_pictures(world.ports, token)


def test_there_is_none_without_a_public_address(world: World) -> None:
	thread = world.customer()
	world.set(public_url="")
	assert picture_link(world.ports, thread, 1) == ""
