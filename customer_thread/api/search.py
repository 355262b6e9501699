"""Frappe's search for the box of a link field, where it leads to a DocType of ours (`standard_queries` in hooks.py)."""

import json
from typing import Any

import frappe
from frappe.utils import cint

from customer_thread.api import endpoint
from customer_thread.frappe_host.link_search import search_links


@frappe.whitelist(methods=["GET"])
@endpoint
def link(
	doctype: object = "",
	txt: object = "",
	searchfield: object = None,
	start: object = 0,
	page_length: object = 10,
	filters: object = None,
	as_dict: object = False,
) -> list[Any]:
	"""Return what the box offers; the parameters are Frappe's, by their order. `searchfield` shows nothing more."""
	given = json.loads(filters) if isinstance(filters, str) else filters
	return search_links(
		str(doctype), str(txt or ""), cint(start), cint(page_length), given, as_dict=bool(cint(as_dict))
	)
