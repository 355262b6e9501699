"""The office sees who used which link when."""

from urllib.parse import urlsplit

import requests
from support.host import EmbeddedHost, new_phone
from support.people import API, Browser, Staff, message_of, use_link


def plain(link: str) -> str:
	way, _hash, token = link.partition("#")
	return f"{way}?t={token}"


def links(staff: Staff, customer: str) -> list[dict[str, object]]:
	found: list[dict[str, object]] = message_of(staff.get("sign_ins", customer=customer))
	return found


def test_the_office_makes_a_link_and_sees_who_used_it(host: EmbeddedHost, staff: Staff) -> None:
	customer = host.add_customer("Sarah Lee", phone=new_phone())
	link = staff.do("sign_in_link", customer=customer)["link"]
	assert urlsplit(link).path == "/messages/in"
	[made] = links(staff, customer)
	assert (made["purpose"], made["state"]) == ("Office", "Open")
	assert made["first_used_at"] is None

	http = requests.Session()
	use_link(http, plain(link))
	assert http.get(f"{host.url}{API}.portal.timeline", timeout=20).status_code == 200

	[used] = links(staff, customer)
	assert used["state"] == "Used"
	assert used["first_used_at"]
	assert link.rpartition("#")[2] not in str(used)


def test_nobody_else_does(host: EmbeddedHost, sarah: Browser) -> None:
	url = f"{host.url}{API}.desk.sign_ins?customer={sarah.customer}"
	assert sarah.http.get(url, timeout=20).status_code == 403
	host.check_refused(requests.get(url, timeout=20))
	assert message_of(host.staff.get("sign_ins", customer="CUST-99999")) == []
