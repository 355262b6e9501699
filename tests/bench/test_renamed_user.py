"""A user of the portal is given another name while something waits for them."""

from typing import Any

from support.site_portal_documents import Customer, sarah

from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.model import Verdict
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import notices

__all__ = ["sarah"]


def test_a_notice_waits_for_them_by_their_new_name(site: Any, sarah: Customer) -> None:
	thread = open_thread(site_ports(), sarah.party)["name"]
	notices.add(
		site_ports().database,
		"notice:of a renamed user",
		Verdict("Email", "Hold", reasons.GATHERING, 1),
		1,
		thread=thread,
		entry=0,
		reader=sarah.user,
		channel="Email",
		address=sarah.user,
		urgent=False,
		promotional=False,
	)
	new = f"renamed-{sarah.user}"
	site.rename_doc("User", sarah.user, new, force=True)

	assert site.db.get_value("Thread Delivery", {"source_key": "notice:of a renamed user"}, "reader") == new
