"""The real site that the tests run in, when BENCH and SITE name one."""

import os
import secrets
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
	"""Return frappe, connected to the site as Administrator; everything is rolled back.

	Fail if something held before its time, as what MariaDB takes for the end of a transaction lets it.
	"""
	from support import site_anew

	site_anew.renew()
	frappe = open_site()
	commit = frappe.local.db.commit
	# what a job would keep at once is rolled back with the rest
	frappe.local.db.commit = _nothing
	mark, errors = {"doctype": f"TEST {secrets.token_hex(4)}"}, _errors(frappe)
	frappe.db.sql("INSERT INTO tabSingles (doctype, field, value) VALUES (%(doctype)s, 'undone', '')", mark)
	try:
		yield frappe
	finally:
		frappe.db.rollback()
		stayed = frappe.db.sql("SELECT 1 FROM tabSingles WHERE doctype = %(doctype)s", mark)
		if stayed:
			frappe.db.sql("DELETE FROM tabSingles WHERE doctype = %(doctype)s", mark)
			commit()
		for name in _errors(frappe) - errors:
			frappe.db.sql("DELETE FROM `tabError Log` WHERE name = %s", name)
		frappe.destroy()
	assert not stayed, "something ended the transaction, so that what this test wrote has stayed"


def _errors(frappe: Any) -> set[str]:  # noqa: ANN401
	"""Return what is logged; its table is MyISAM, which undoes nothing."""
	return {name for (name,) in frappe.db.sql("SELECT name FROM `tabError Log`")}


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
