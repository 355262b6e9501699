"""What staff are answered has the keys of docs/http.md, and no others."""

import re
from typing import Any

from support.host import EmbeddedHost, new_phone
from support.pages import page, sections
from support.people import Staff, message_of

SECTIONS = sections(page("http.md"))


def _rows(heading: str) -> set[str]:
	"""Return the keys that a section has in the first column of its tables."""
	cells = re.findall(r"^\| ([^|]+) \|", SECTIONS[heading], re.MULTILINE)
	return {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}


def _listed(heading: str, kind: str) -> set[str]:
	"""Return the keys that a section lists in one line for one kind of thing."""
	[line] = [line for line in SECTIONS[heading].splitlines() if line.startswith(kind)]
	return set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", line)))


def _bob(host: EmbeddedHost, staff: Staff) -> str:
	customer = host.add_customer("Bob Keys", phone=new_phone())
	staff.do("send", customer=customer, text="hello")
	staff.do("note", customer=customer, text="pays late")
	return customer


def test_it_lists_a_thread_with_these_keys(host: EmbeddedHost, staff: Staff) -> None:
	_bob(host, staff)

	found = message_of(staff.get("threads"))

	assert set(found) == {"threads", "before"}
	assert set(found["threads"][0]) == _rows("GET desk.threads") - {"filter", "q", "before", "limit"}


def test_it_shows_a_thread_with_these_keys(host: EmbeddedHost, staff: Staff) -> None:
	found = staff.thread(_bob(host, staff))

	assert set(found) == _rows("GET desk.thread")
	assert set(found["thread"]) == set(message_of(staff.get("threads"))["threads"][0]) | {
		"project",
		"contractor",
		"reason",
		"quiet_until",
		"customer_read_at",
		"customer_unread",
	}
	assert set(found["notes"][0]) == _listed("GET desk.thread", "| `notes` |") - {"notes"}
	assert set(found["deliveries"][0]) == _listed("GET desk.thread", "A delivery: ")


def test_it_answers_what_is_done_with_these_keys(host: EmbeddedHost, staff: Staff) -> None:
	customer = _bob(host, staff)
	shown: dict[str, Any] = staff.thread(customer)

	sent = staff.do("send", customer=customer, text="again")

	assert set(sent) == {"entry", "deliveries"}
	assert set(sent["entry"]) == set(shown["entries"][0])
	assert set(sent["deliveries"][0]) == set(shown["deliveries"][0])
	assert set(staff.do("note", customer=customer, text="late again")) == set(shown["notes"][0])
