"""The ports on a real Frappe site, with what the embedded host's contract tests ask of them."""

from typing import Any

import pytest

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Attachment, Party
from customer_thread.service.ports import Parties, PartyInfo
from customer_thread.store.database import Duplicate


@pytest.fixture
def database(site: Any) -> Any:
	from customer_thread.frappe_host.database import FrappeDatabase

	return FrappeDatabase()


def _thread(database: Any, **values: Any) -> str:
	return str(database.insert("Customer Thread", {"title": "TEST Sarah Lee", **values}))


def _found(parties: Parties, name: str) -> PartyInfo:
	info = parties.find(Party("Customer", name))
	assert info is not None
	return info


def test_it_names_threads_by_letters_and_entries_by_numbers(database: Any) -> None:
	thread = _thread(database)
	values = {
		"thread": thread,
		"kind": "Message",
		"author": "Customer",
		"occurred_us": 5,
		"text": "<b> & a < b",
	}
	first, second = database.insert("Thread Entry", values), database.insert("Thread Entry", values)
	assert isinstance(thread, str)
	assert second > first
	rows = database.select("SELECT text, owner FROM `tabThread Entry` WHERE name = %(name)s", {"name": first})
	assert rows == [{"text": "<b> & a < b", "owner": "Administrator"}]


@pytest.mark.parametrize("doctype", ["Customer Thread", "Thread Delivery"])
def test_it_gives_nothing_to_whoever_is_signed_in(site: Any, database: Any, doctype: str) -> None:
	needed = {
		"Customer Thread": {"title": "TEST"},
		"Thread Delivery": {"purpose": "Answer", "state": "Queued"},
	}
	site.set_user("Guest")
	name = database.insert(doctype, needed[doctype])
	assert site.db.get_value(doctype, name, "owner") == "Administrator"


@pytest.mark.parametrize("doctype", ["Customer Thread", "Thread Delivery"])
def test_it_refuses_a_second_row_with_a_unique_key_and_goes_on(
	site: Any, database: Any, doctype: str
) -> None:
	key = {"Customer Thread": "code", "Thread Delivery": "source_key"}[doctype]
	needed = {
		"Customer Thread": {"title": "TEST"},
		"Thread Delivery": {"purpose": "Answer", "state": "Queued"},
	}
	database.insert(doctype, {**needed[doctype], key: "test-unique"})
	with pytest.raises(Duplicate):
		database.insert(doctype, {**needed[doctype], key: "test-unique"})
	assert site.local.message_log == []
	assert database.lock(doctype, {key: "test-unique"})


def test_it_changes_a_row_only_if_it_still_matches(database: Any) -> None:
	thread = _thread(database, title="TEST one")
	assert database.update("Customer Thread", thread, {"title": "TEST two"}, {"title": "TEST one"})
	assert not database.update("Customer Thread", thread, {"title": "TEST three"}, {"title": "TEST one"})
	assert database.update("Customer Thread", thread, {"title": "TEST two"}, {"merged_into": None})
	assert database.lock("Customer Thread", {"name": thread})["title"] == "TEST two"


def test_looking_again_keeps_what_was_written_before_a_savepoint_from_holding(
	site: Any, database: Any
) -> None:
	site.db.savepoint("around")
	thread = _thread(database)
	site.db.savepoint("within")
	# from here on Frappe says that nothing was written
	site.db.rollback(save_point="within")
	assert site.db.transaction_writes == 0
	database.look_again()
	# which only goes while the transaction is still the same
	site.db.rollback(save_point="around")
	assert not database.lock("Customer Thread", {"name": thread})


def test_it_keeps_private_bytes_as_they_are(site: Any) -> None:
	from customer_thread.frappe_host.host import FrappeFiles

	files = FrappeFiles()
	for data in (b"\x89PNG\r\n\x1a\n\x00\xff", b"plain words\r\n"):
		name = files.save(Attachment("TEST picture.png", "image/png", data))
		document = site.get_doc("File", name)
		assert files.read(name) == data
		assert document.is_private
		assert document.owner == "Administrator"
	with pytest.raises(NotFound):
		files.read("no-such-file")


def test_it_knows_customers_and_their_newest_open_project(site: Any) -> None:
	from customer_thread.frappe_host.parties import ErpNextParties

	customer = site.get_doc(
		{
			"doctype": "Customer",
			"customer_name": "TEST Sarah Lee",
			"customer_group": "Individual",
			"territory": "All Territories",
		}
	).insert()
	parties = ErpNextParties()
	assert parties.find(Party("Customer", "TEST nobody")) is None
	assert _found(parties, customer.name).project == ""
	site.get_doc(
		{"doctype": "Project", "project_name": "TEST Deck Replacement", "customer": customer.name}
	).insert()
	info = _found(parties, customer.name)
	assert (info.name, info.project) == ("TEST Sarah Lee", "TEST Deck Replacement · Active")


def test_it_reads_the_settings_with_their_secrets(site: Any) -> None:
	from customer_thread.frappe_host.settings import settings

	document = site.get_doc("Customer Thread Settings")
	document.business_name, document.twilio_auth_token, document.forward_texts = "TEST Mike", "secret", 0
	document.save()
	now = settings()
	assert (now.business_name, now.twilio_auth_token, now.forward_texts) == ("TEST Mike", "secret", False)
	assert "secret" not in repr(now)


def test_it_tells_no_page_and_queues_nothing_before_the_transaction_holds(site: Any, database: Any) -> None:
	told: list[str] = []
	database.after_commit(lambda: told.append("told"))
	site.db.rollback()
	assert told == []
	database.after_commit(lambda: told.append("told"))
	# as a commit does
	site.db.after_commit.run()
	assert told == ["told"]


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.4 <script>", b"no pdf at all", b""])
def test_a_file_that_frappe_cannot_read_is_kept_as_it_came(site: Any, data: bytes) -> None:
	from customer_thread.frappe_host.host import FrappeFiles

	files = FrappeFiles()
	kept = files.save(Attachment("plan.pdf", "application/pdf", data or b" "))
	assert files.read(kept) == (data or b" ")
