"""What every Documents port promises."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.clock import NOW, FixedClock
from support.site import IN_SITE
from support.world import KnownDocuments

from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import OWN_PAGES, PAGES, Reference
from customer_thread.service.documents import Documents
from customer_thread.service.settings import Settings
from customer_thread.standalone.appointments import SqliteAppointments
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.standalone.documents import NoDocuments, RecordedDocuments

NOBODY = Party("Customer", "nobody' OR 1=1 --")


@pytest.fixture(params=["site", "dict"] if IN_SITE else ["none", "dict", "recorded"])
def documents(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Documents]:
	"""Return each Documents port."""
	if request.param == "recorded":
		tables = SqliteDatabase(tmp_path / "thread.db", FixedClock())
		yield RecordedDocuments(SqliteAppointments(tables), Settings)
		tables.close()
		return
	if request.param != "site":
		yield NoDocuments() if request.param == "none" else KnownDocuments()
		return
	from support.site_ports import site_documents

	with site_documents() as made:
		yield made


def test_it_opens_only_what_it_was_asked_about(documents: Documents) -> None:
	asked = {Reference(doctype, "X/1") for doctype in PAGES.values()}
	assert documents.openable(NOBODY, asked) <= asked
	assert documents.openable(NOBODY, set()) == set()


def test_it_has_nothing_for_nobody(documents: Documents) -> None:
	assert documents.planned(NOBODY, NOW) == []
	assert [documents.planned_one(NOBODY, Reference(doctype, "X/1")) for doctype in OWN_PAGES.values()] == [
		None
	] * len(OWN_PAGES)
	assert documents.contract(NOBODY, "X/1") is None
	assert documents.payment(NOBODY, "X/1") is None
	assert documents.payment_request(NOBODY, "X/1") is None
	assert documents.current(Reference("Appointment", "X/1")) is None
	assert documents.current(Reference("Sales Invoice", "nobody' OR 1=1 --")) is None
