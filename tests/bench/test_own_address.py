"""Who has no Contact is known by the address of their user; nobody of the business is."""

from typing import Any

from support.site_portal_documents import Customer, sarah

from customer_thread.domain.sign_in import address_of
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.sign_in.who import readers_at

__all__ = ["sarah"]


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
