"""A printed copy ends where it would become too large."""

from functools import partial
from io import BytesIO

import pytest
from support.world import World

from customer_thread.domain.errors import BadInput
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.leaving.export_pdf import export_pdf
from customer_thread.service.thread.post_entry import post_entry


def test_a_conversation_that_is_too_long_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
	sarah = world.customer()
	for number in range(4):
		said = NewEntry(
			"Message", "Customer", "Portal", "much to say. " * 300, world.clock.now_us(), f"said:{number}"
		)
		world.do(partial(post_entry, world.ports, sarah["name"], said))
	with world.database.transaction():
		export_pdf(world.ports, sarah, BytesIO())
		monkeypatch.setattr("customer_thread.service.leaving.export_pdf.EXPORT_PAGES", 2)
		with pytest.raises(BadInput, match="Take its JSON copy"):
			export_pdf(world.ports, sarah, BytesIO())
