"""Who signs in to a site's portal and sees no messages, and how somebody in the Desk puts that right."""

from typing import Any
from uuid import uuid4

import pytest
from support.site_portal_users import new_customer, new_user, pat

from customer_thread.domain.errors import NoConversation, NotFound, NotSignedIn

__all__ = ["pat"]


def new_contact(site: Any, customer: str, email: str = "", user: str = "", second: str = "") -> Any:
	"""Return a contact of a customer."""
	contact = site.get_doc(
		{"doctype": "Contact", "first_name": f"TEST {uuid4().hex[:6]}", "user": user or None}
	)
	for address in (email, second):
		if address:
			contact.append("email_ids", {"email_id": address, "is_primary": int(address == email)})
	contact.append("links", {"link_doctype": "Customer", "link_name": customer})
	return contact.insert()


@pytest.fixture
def customer(site: Any) -> str:
	return str(new_customer(site, "unnamed").name)


@pytest.mark.parametrize("way", ["first address", "second address", "user", "CAPITALS"])
def test_it_names_who_signs_in_and_sees_nothing(site: Any, customer: str, pat: str, way: str) -> None:
	from customer_thread.api import portal, portal_users

	assert portal_users.unnamed(customer=customer) == []
	new_contact(
		site,
		customer,
		email={"first address": pat, "CAPITALS": pat.upper()}.get(way, f"x-{uuid4().hex}@test.example"),
		second=pat if way == "second address" else "",
		user=pat if way == "user" else "",
	)
	assert portal_users.unnamed(customer=customer) == [pat]
	for _again in range(2):
		assert portal_users.add(customer=customer, user=pat) == []
	rows = site.get_all("Portal User", {"parent": customer}, pluck="user")
	assert rows == [pat]
	site.set_user(pat)
	assert portal.own_thread()["party"] == customer


def test_it_gives_the_role_too_whoever_does_it(site: Any, staff: Any, customer: str) -> None:
	from customer_thread.api import portal_users

	plain = new_user(site, "plain")
	new_contact(site, customer, plain)
	staff("Sales Master Manager", "Thread Agent")
	assert portal_users.unnamed(customer=customer) == [plain]
	portal_users.add(customer=customer, user=plain)
	site.set_user("Administrator")
	assert "Customer" in site.get_roles(plain)
	assert site.db.get_value("User", plain, "user_type") == "Website User"
	assert "Please add" not in str(site.local.message_log)


def test_it_lets_nobody_in_who_is_not_on_a_contact(site: Any, staff: Any, customer: str, pat: str) -> None:
	from customer_thread.api import portal, portal_users

	disabled = new_user(site, "disabled", "Customer")
	new_contact(site, customer, disabled)
	site.db.set_value("User", disabled, "enabled", 0)
	colleague = staff("Sales User")
	site.set_user("Administrator")
	new_contact(site, customer, colleague)
	assert portal_users.unnamed(customer=customer) == []
	for user in (pat, disabled, colleague, "nobody@test.example", "Guest", "Administrator"):
		with pytest.raises(NotFound):
			portal_users.add(customer=customer, user=user)
	assert not site.get_all("Portal User", {"parent": customer})
	site.set_user(pat)
	with pytest.raises(NoConversation):
		portal.own_thread()


def test_it_is_for_whoever_may_change_the_customer(site: Any, staff: Any, customer: str, pat: str) -> None:
	from customer_thread.api import portal_users

	new_contact(site, customer, pat)
	other = str(new_customer(site, "other").name)
	narrow = staff("Sales Master Manager")
	site.set_user("Administrator")
	permission = {"doctype": "User Permission", "user": narrow, "allow": "Customer", "for_value": other}
	site.get_doc({**permission, "apply_to_all_doctypes": 1}).insert()
	askers = [narrow, staff("Thread Agent"), staff("Accounts User"), pat]
	for user in askers:
		site.set_user(user)
		for call in (portal_users.unnamed, lambda customer: portal_users.add(customer=customer, user=pat)):
			with pytest.raises(NotFound):
				call(customer=customer)
			with pytest.raises(NotFound):
				call(customer="nothing")
	site.set_user("Guest")
	with pytest.raises(NotSignedIn):
		portal_users.unnamed(customer=customer)
	site.set_user("Administrator")
	assert not site.get_all("Portal User", {"parent": customer})
	site.clear_messages()


def test_the_settings_name_them(site: Any, customer: str, pat: str) -> None:
	from customer_thread.api import admin

	new_contact(site, customer, pat)
	listed = admin.setup()["unnamed"]
	assert len(listed) == 20 or {"user": pat, "customer": customer} in listed
	document = site.get_doc("Customer", customer)
	document.append("portal_users", {"user": pat})
	document.save()
	assert pat not in [row["user"] for row in admin.setup()["unnamed"]]
