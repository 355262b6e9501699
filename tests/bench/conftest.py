"""Tests inside a real site: BENCH is the bench's folder, SITE the site's name. Nothing they write stays."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

if not (os.environ.get("BENCH") and os.environ.get("SITE")):
	collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def site() -> Iterator[Any]:
	"""Return frappe, connected to the site as Administrator; everything is rolled back."""
	import frappe

	os.chdir(f"{os.environ['BENCH']}/sites")
	frappe.init(os.environ["SITE"])
	frappe.connect()
	frappe.set_user("Administrator")
	yield frappe
	frappe.db.rollback()
	frappe.destroy()
