"""Who has no Contact is known by the address of their user; nobody of the business is."""

import re
from typing import Any

from support.site_portal_documents import Customer, sarah
from support.site_set_up import ready

from customer_thread.domain.sign_in import address_of
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.outgoing.deliver import claim_delivery
from customer_thread.service.portal.ask_for_link import ask_for_link
from customer_thread.service.portal.way_in import Visit, use
from customer_thread.service.sign_in.who import readers_at

__all__ = ["ready", "sarah"]


def users(address: str) -> list[str]:
	return [reader.user for reader in readers_at(site_ports(), address_of(address))]


def test_a_link_goes_to_the_address_of_a_portal_user(site: Any, sarah: Customer) -> None:
	assert users(sarah.user) == [sarah.user]
	assert users(sarah.user.replace("test-", "tést-")) == []
	site.db.set_value("User", sarah.user, "enabled", 0)
	assert users(sarah.user) == []


def test_none_goes_to_somebody_of_the_business_or_to_who_reads_nothing(site: Any, sarah: Customer) -> None:
	site.db.set_value("User", sarah.user, "user_type", "System User")
	assert users(sarah.user) == []
	site.db.set_value("User", sarah.user, "user_type", "Website User")
	site.db.delete("Portal User", {"user": sarah.user})
	assert users(sarah.user) == []


def test_who_asks_with_it_is_mailed_a_link_that_signs_them_in(site: Any, sarah: Customer) -> None:
	ports = site_ports()
	assert ask_for_link(ports, sarah.user.upper(), "192.0.2.1")
	[name] = site.get_all("Thread Delivery", {"purpose": "Sign In", "address": sarah.user}, pluck="name")

	claimed = claim_delivery(ports, name)

	assert claimed
	assert claimed.outbound.to == sarah.user
	[token] = re.findall(r"https://portal\.test\.example/messages/in#([0-9a-z]+)", claimed.outbound.text)
	way = use(ports, Visit(token))
	assert way.user == sarah.user
	assert site.db.get_value("Customer Thread", way.thread, "party") == sarah.name
