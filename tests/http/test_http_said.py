"""The embedded host gathers the words of what was said long ago, and the inbox's search finds it and leads there."""

import sqlite3
from contextlib import closing

import pytest
from support.host import EmbeddedHost, new_phone
from support.waiting import wait_until

from customer_thread.domain.limits import INBOX_LATEST, WORDS_BLOCK

pytestmark = pytest.mark.embedded("in a site the scheduler does it")

#: in 2023
LONG_AGO = 1_700_000_000_000_000


def _kept(host: EmbeddedHost, word: str) -> bool:
	"""Return whether a word is among those that are gathered."""
	with closing(sqlite3.connect(f"file:{host.folder / 'thread.db'}?mode=ro", uri=True)) as database:
		[[count]] = database.execute(
			"SELECT COUNT(*) FROM `tabThread Words` WHERE words LIKE ?", (f"% {word}%",)
		)
	return bool(count)


def test_what_was_said_long_ago_is_found_there_until_it_is_erased(own_host: EmbeddedHost) -> None:
	customer = own_host.add_customer("Sarah Lee", phone=new_phone())
	own_host.sign_in(customer).reply("The gate code is marzipan", "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a77")
	own_host.fill(customer, INBOX_LATEST + WORDS_BLOCK, LONG_AGO, 1_000_000, from_history=True)
	own_host.restart()
	wait_until(lambda: _kept(own_host, "marzipan"))

	[line] = own_host.staff.ask("inbox", q="GATE marz")["threads"]
	assert line["found"] | {"entry": 0} == {
		"entry": 0,
		"note": False,
		"before": "The ",
		"hit": "gate",
		"after": " code is marzipan",
	}
	page = own_host.staff.ask("thread", thread=line["thread"], around=line["found"]["entry"], limit=5)
	assert "The gate code is marzipan" in [entry["text"] for entry in page["entries"]]
	own_host.staff.do("erase", customer=customer, name="Sarah Lee")
	wait_until(lambda: not _kept(own_host, "marzipan"))
	wait_until(lambda: own_host.staff.ask("inbox", q="GATE marz")["threads"] == [])
