"""The real site that the tests run in, when BENCH and SITE name one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: whether the tests of both hosts run inside a site now
IN_SITE = bool(os.environ.get("BENCH") and os.environ.get("SITE"))


def open_site() -> Any:  # noqa: ANN401 - Frappe has no types
	"""Return frappe, connected by this thread to the site as Administrator."""
	import frappe

	os.chdir(f"{os.environ['BENCH']}/sites")
	frappe.init(os.environ["SITE"])
	frappe.connect()
	frappe.set_user("Administrator")
	return frappe


@contextmanager
def undone() -> Iterator[Any]:
	"""Return frappe, connected to the site as Administrator; everything is rolled back."""
	frappe = open_site()
	# what a job would keep at once is rolled back with the rest
	frappe.local.db.commit = _nothing
	try:
		yield frappe
	finally:
		frappe.db.rollback()
		frappe.destroy()


def _nothing() -> None:
	"""Do nothing."""


def require_copy() -> None:
	"""Fail where something that is committed would stay."""
	import frappe

	assert frappe.conf.get("copy_of"), "this commits: run it by make test-bench, which works in a copy"


@contextmanager
def committed() -> Iterator[Any]:
	"""Return frappe, connected to the copied site; what is done holds afterwards."""
	frappe = open_site()
	require_copy()
	try:
		yield frappe
		frappe.db.commit()
	finally:
		frappe.destroy()
