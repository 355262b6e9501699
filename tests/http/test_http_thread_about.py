"""Staff are shown a thread at a document's card, and who of them wrote what."""

from uuid import uuid4

import pytest
from support.host import EmbeddedHost
from support.people import Staff

DAY = 86_400_000_000


def _card(staff: Staff, customer: str, name: str, title: str, at: str) -> int:
	about = {"reference_doctype": "Quotation", "reference_name": name}
	made = staff.do(
		"record_event", customer=customer, event_type="quotation_sent", title=title, at=at, **about
	)
	return int(made["id"])


@pytest.fixture
def sarah(host: EmbeddedHost) -> str:
	return host.add_customer("Sarah Lee")


def test_it_is_read_around_the_last_card_of_a_document(host: EmbeddedHost, staff: Staff, sarah: str) -> None:
	name = uuid4().hex
	about = {"reference_doctype": "Quotation", "reference_name": name}
	_card(staff, sarah, name, "Estimate sent", "2025-05-10T14:15:00Z")
	last = _card(staff, sarah, name, "Estimate approved", "2025-05-12T14:15:00Z")
	for number in range(8):
		staff.do("note", customer=sarah, text=f"note {number}")
		staff.do("send", customer=sarah, text=f"message {number}", channel="portal")

	page = staff.thread(sarah, limit=4, **about)
	assert last in [entry["id"] for entry in page["entries"]]
	assert len(page["entries"]) == 4
	assert page["newer"]
	assert [row["name"] for row in page["documents"]] == [name, name]
	# by the document alone
	assert staff.thread(limit=4, **about)["entries"] == page["entries"]
	# the next page is as it is asked for
	assert last not in [
		entry["id"] for entry in staff.thread(sarah, limit=4, newer=page["newer"], **about)["entries"]
	]
	# a document without a card there
	latest = staff.thread(sarah, limit=4, reference_doctype="Quotation", reference_name="none")
	assert latest["entries"][-1]["text"] == "message 7"


def test_what_is_not_there_is_not_found(staff: Staff) -> None:
	document = {"reference_doctype": "Quotation", "reference_name": "none"}
	assert staff.get("thread", **document).status_code == 404
	assert staff.get("thread", customer="nobody", **document).status_code == 404
	assert staff.get("thread", lead="nobody").status_code == 404
	assert staff.get("thread").status_code == 400
	assert staff.get("thread", reference_doctype="Quotation").status_code == 400
