"""What staff chose is kept a day, is theirs, and goes with its thread."""

from functools import partial

import pytest
from support.persons import MIKE
from support.pictures import drawn
from support.world import World

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.model import Address, Attachment
from customer_thread.domain.times import HOUR
from customer_thread.service.desk.keep_upload import keep_upload
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.service.thread.forget_uploads import forget_uploads
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.store import attachments
from customer_thread.store.rows import ThreadRow
from customer_thread.store.upload_rows import UploadRow

PICTURE = Attachment("deck.png", "image/png", drawn(4, 3))


def chosen(world: World, thread: ThreadRow, by: str = MIKE.email) -> UploadRow:
	row: UploadRow = world.do(lambda: keep_upload(world.ports, thread, PICTURE, by=by))
	return row


def send(world: World, thread: ThreadRow, upload: UploadRow, by: str = MIKE.email) -> int:
	posted = world.do(lambda: send_message(world.ports, thread, "", sent_by=by, uploads=[upload["name"]]))
	return int(posted.entry)


def test_what_is_not_sent_is_removed_after_a_day_with_its_bytes(world: World) -> None:
	sarah = world.customer()
	old, sent = chosen(world, sarah), chosen(world, sarah)
	entry = send(world, sarah, sent)
	world.clock.move(23 * HOUR)
	young = chosen(world, sarah)
	assert world.do(partial(forget_uploads, world.ports)) == 0
	world.clock.move(2 * HOUR)
	assert world.do(partial(forget_uploads, world.ports)) == 1
	with pytest.raises(NotFound):
		world.ports.files.read(old["file"])
	[file] = attachments.ready_files(world.database, entry)
	assert world.ports.files.read(file["file"]) == world.ports.files.read(young["file"])
	with pytest.raises(NotFound):
		send(world, sarah, old)


def test_nobody_else_sends_it_and_to_nobody_else(world: World) -> None:
	sarah = world.customer()
	upload = chosen(world, sarah)
	with pytest.raises(NotFound):
		send(world, sarah, upload, by="ann@mikes.example")
	other = world.do(
		lambda: open_unmatched(world.ports, Address("Phone", "+12025550188"), "?", world.clock.now_us(), "k")
	)
	with pytest.raises(NotFound):
		send(world, other, upload)
	assert send(world, sarah, upload)
	with pytest.raises(BadInput):
		world.do(lambda: send_message(world.ports, sarah, "", sent_by=MIKE.email))


def test_it_goes_along_when_it_is_said_whose_the_thread_is(world: World) -> None:
	sarah = world.customer()
	waiting = world.do(
		lambda: open_unmatched(world.ports, Address("Phone", "+12025550187"), "?", world.clock.now_us(), "w")
	)
	upload = chosen(world, waiting)
	world.do(lambda: assign_thread(world.ports, waiting, sarah))
	assert send(world, sarah, upload)
