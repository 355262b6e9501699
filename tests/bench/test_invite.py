"""Inviting a site's customers: their users are found or made, and nobody is let in who must not be."""

from typing import Any
from uuid import uuid4

import pytest
from support.site_portal_users import new_customer, new_user
from support.site_set_up import SETTINGS, ready

from customer_thread.domain.errors import Conflict, NotAllowed, NotFound, NotSignedIn

__all__ = ["ready"]


@pytest.fixture
def email() -> str:
	return f"sarah-{uuid4().hex[:8]}@test.example"


@pytest.fixture
def phone() -> str:
	return f"+1202555{uuid4().int % 10_000:04}"


def on_file(site: Any, *, phone: str = "", email: str = "", names: str = "Sarah Lee") -> str:
	"""Return a new customer with one Contact."""
	customer = str(new_customer(site, "invited").name)
	first, _blank, last = names.partition(" ")
	contact = site.get_doc({"doctype": "Contact", "first_name": first, "last_name": last})
	if phone:
		contact.append("phone_nos", {"phone": phone, "is_primary_mobile_no": 1})
	if email:
		contact.append("email_ids", {"email_id": email, "is_primary": 1})
	contact.append("links", {"link_doctype": "Customer", "link_name": customer})
	contact.insert()
	return customer


def invited(*customers: str, channel: str = "auto") -> list[dict[str, Any]]:
	from customer_thread.api import desk

	answer: list[dict[str, Any]] = desk.invite(customers=list(customers), channel=channel)
	return answer


def users_of(site: Any, customer: str) -> list[str]:
	rows = site.get_all("Portal User", {"parent": customer, "parenttype": "Customer"}, pluck="user")
	return [str(user) for user in rows]


def links_of(site: Any, user: str) -> list[Any]:
	found: list[Any] = site.get_all("Thread Sign In", {"user": user}, ["purpose", "address"])
	return found


def see(site: Any, user: str) -> str:
	"""Return whose messages a user sees."""
	from customer_thread.api import portal

	site.set_user(user)
	party = str(portal.own_thread()["party"])
	site.set_user("Administrator")
	return party


def test_a_phone_alone_gets_in_and_no_mail_is_ever_queued(site: Any, phone: str) -> None:
	from frappe.core.doctype.user.user import create_contact

	customer = on_file(site, phone=phone)
	[one] = invited(customer)

	assert (one["channel"], one["address"]) == ("SMS", phone)
	[user] = users_of(site, customer)
	document = site.get_doc("User", user)
	assert document.email.endswith(".invalid")
	assert (document.enabled, document.user_type, document.full_name) == (1, "Website User", one["title"])
	assert "Customer" in site.get_roles(user)
	assert [(row.purpose, row.address) for row in links_of(site, user)] == [("Invitation", phone)]
	assert see(site, user) == customer
	# whatever Frappe may want to tell its users
	create_contact(document, ignore_mandatory=True)
	document.reset_password(send_email=True)
	document.send_welcome_mail_to_user()
	site.sendmail(recipients=[user], subject="x", message="y")
	site.sendmail(recipients=[user], subject="x", message="y", now=True)
	assert not site.get_all("Email Queue Recipient", {"recipient": user})
	assert not site.get_all("Contact", {"user": user})
	site.sendmail(recipients=["somebody@test.example"], subject="x", message="y")
	assert site.get_all("Email Queue Recipient", {"recipient": "somebody@test.example"})


def test_a_made_up_address_is_nobodys_contact_point(site: Any, phone: str) -> None:
	customer = on_file(site, phone=phone, email=f"{uuid4().hex}@no-address.invalid")
	points = site.get_all("Thread Contact Point", {"source_name": ("like", f"%{customer}%")}, pluck="value")
	assert points == [phone]


def test_twice_makes_nothing_twice_and_sends_one_new_link(site: Any, phone: str) -> None:
	customer = on_file(site, phone=phone)
	first, second = invited(customer)[0], invited(customer)[0]

	assert first["delivery"] != second["delivery"]
	[user] = users_of(site, customer)
	assert len(links_of(site, user)) == 2
	assert len(site.get_all("Thread Delivery", {"purpose": "Invitation", "address": phone})) == 2
	assert len(site.get_all("Email Unsubscribe", {"email": user})) == 1


def test_it_makes_a_user_of_the_contact_and_renames_nobody(site: Any, phone: str, email: str) -> None:
	from frappe.core.doctype.user.user import create_contact

	customer = on_file(site, phone=phone, email=email, names="Sarah Lee")
	[one] = invited(customer, channel="email")

	assert (one["channel"], one["address"]) == ("Email", email)
	assert users_of(site, customer) == [email]
	document = site.get_doc("User", email)
	assert (document.first_name, document.last_name, document.send_welcome_email) == ("Sarah", "Lee", 0)
	create_contact(document, ignore_mandatory=True)
	names = site.get_all("Contact Email", {"email_id": email}, pluck="parent")
	assert [site.db.get_value("Contact", name, ["first_name", "last_name"]) for name in names] == [
		("Sarah", "Lee")
	]
	assert not site.get_all("Email Queue Recipient", {"recipient": email})
	assert not site.get_all("Email Unsubscribe", {"email": email})


def test_it_takes_the_user_who_has_the_address(site: Any) -> None:
	user = new_user(site, "known")
	customer = on_file(site, email=user)
	[one] = invited(customer)

	assert one["address"] == user
	assert users_of(site, customer) == [user]
	assert "Customer" in site.get_roles(user)
	assert see(site, user) == customer


def test_it_takes_the_user_of_the_rows_before_all(site: Any, phone: str, email: str) -> None:
	own, other = new_user(site, "own", "Customer"), new_user(site, "other", "Customer")
	customer = on_file(site, phone=phone, email=other)
	document = site.get_doc("Customer", customer)
	document.append("portal_users", {"user": own})
	document.save()

	invited(customer)

	assert users_of(site, customer) == [own]
	assert len(links_of(site, own)) == 1
	assert links_of(site, other) == []


def test_it_lets_in_nobody_of_the_business(site: Any, staff: Any, phone: str) -> None:
	colleague = staff("Thread Agent")
	site.set_user("Administrator")
	by_mail = on_file(site, phone=phone, email=colleague)
	by_row = on_file(site, phone=phone)
	site.get_doc(
		{
			"doctype": "Portal User",
			"parent": by_row,
			"parenttype": "Customer",
			"parentfield": "portal_users",
			"user": colleague,
		}
	).insert()
	administrator = site.db.get_value("User", "Administrator", "email")
	third = on_file(site, email=administrator)

	answer = invited(by_mail, by_row, third)

	for one, user in zip(answer, (colleague, colleague, "Administrator"), strict=True):
		assert (one["channel"], one["reason"]) == (
			None,
			f"{user} works for the business: no link signs them in.",
		)
		assert links_of(site, user) == []
	assert users_of(site, by_mail) == []


@pytest.mark.parametrize("way", ["row", "mail"])
def test_it_lets_in_nobody_who_was_disabled(site: Any, phone: str, way: str) -> None:
	user = new_user(site, "disabled", "Customer")
	customer = on_file(site, phone=phone, email=user if way == "mail" else "")
	if way == "row":
		document = site.get_doc("Customer", customer)
		document.append("portal_users", {"user": user})
		document.save()
	site.db.set_value("User", user, "enabled", 0)

	[one] = invited(customer)

	assert (one["channel"], one["reason"]) == (None, f"The user {user} is disabled.")
	assert links_of(site, user) == []
	assert users_of(site, customer) == ([user] if way == "row" else [])


def test_two_customers_with_one_address_share_a_user_who_is_reached_there_alone(
	site: Any, phone: str, email: str
) -> None:
	homes, rentals = on_file(site, email=email), on_file(site, phone=phone, email=email)

	one, other = invited(homes, rentals)

	assert (one["channel"], one["address"]) == ("Email", email)
	# a text to the phone of the one would open the other's messages too
	assert (other["channel"], other["address"]) == ("Email", email)
	assert users_of(site, homes) == users_of(site, rentals) == [email]
	[texted] = invited(rentals, channel="sms")
	assert texted["channel"] is None


def test_one_that_erpnext_would_not_save_keeps_back_no_other(site: Any, phone: str, email: str) -> None:
	first, bad, last = (on_file(site, phone=phone), on_file(site, email=email), on_file(site, phone=phone))
	site.db.set_value("Customer", bad, "customer_group", "TEST no such group", update_modified=False)
	site.clear_document_cache("Customer", bad)
	site.clear_messages()

	answer = invited(first, bad, "nobody", last)

	assert [bool(one["channel"]) for one in answer] == [True, False, False, True]
	assert answer[1]["reason"].startswith("It could not be saved: ")
	assert "TEST no such group" in answer[1]["reason"]
	assert not site.db.exists("User", email)
	assert users_of(site, bad) == []
	assert len(users_of(site, first)) == len(users_of(site, last)) == 1
	assert not site.local.message_log


def test_it_says_that_frappe_makes_no_more_users_now(
	site: Any, phone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
	new_user(site, "one-more")
	monkeypatch.setitem(site.local.conf, "throttle_user_limit", 0)
	[one] = invited(on_file(site, phone=phone))

	assert (one["channel"], one["reason"]) == (
		None,
		"Frappe makes no more than 0 users within an hour. Please go on later.",
	)


def test_it_is_for_agents_within_what_they_may_see(site: Any, staff: Any, phone: str, email: str) -> None:
	mine, theirs = on_file(site, phone=phone), on_file(site, email=email)
	agent = staff("Thread Agent")
	site.set_user("Administrator")
	permission = {"doctype": "User Permission", "user": agent, "allow": "Customer", "for_value": mine}
	site.get_doc({**permission, "apply_to_all_doctypes": 1}).insert()
	site.set_user(agent)

	answer = invited(mine, theirs)

	assert answer[0]["channel"] == "SMS"
	assert (answer[1]["title"], answer[1]["reason"]) == (None, f"There is no Customer “{theirs}”.")
	site.set_user("Administrator")
	assert len(users_of(site, mine)) == 1
	assert users_of(site, theirs) == []


@pytest.mark.parametrize("role", ["Sales Master Manager", "Customer", "Accounts User"])
def test_it_is_for_nobody_else(site: Any, staff: Any, phone: str, role: str) -> None:
	customer = on_file(site, phone=phone)
	staff(role)
	with pytest.raises(NotAllowed):
		invited(customer)
	site.set_user("Guest")
	with pytest.raises(NotSignedIn):
		invited(customer)
	site.set_user("Administrator")
	assert users_of(site, customer) == []


@pytest.mark.parametrize("words", ["Hi {first_name}", "{link} {link}", "x" * 481])
def test_it_keeps_no_words_that_cannot_be_filled_in(site: Any, words: str) -> None:
	document = site.get_doc(SETTINGS)
	document.invitation_text = words
	with pytest.raises(site.ValidationError):
		document.save()


def test_it_says_the_words_of_the_settings(site: Any, phone: str) -> None:
	document = site.get_doc(SETTINGS)
	document.invitation_text = "Come in, {name}!"
	document.save()
	[one] = invited(on_file(site, phone=phone))

	text = site.db.get_value("Thread Delivery", one["delivery"], "text")
	assert text.startswith("Come in, TEST invited ")
	assert "https://portal.test.example/messages/in#" in text


def test_the_office_copies_a_link_and_revokes_all(site: Any, phone: str) -> None:
	from customer_thread.api import desk

	customer = on_file(site, phone=phone)
	invited(customer)
	given = desk.sign_in_link(customer=customer)

	[user] = users_of(site, customer)
	assert given["link"].startswith("https://portal.test.example/messages/in#")
	made = site.get_all("Thread Sign In", {"user": user, "purpose": "Office"}, ["made_by", "revoked_us"])
	assert [(row.made_by, row.revoked_us) for row in made] == [("Administrator", 0)]
	assert desk.revoke_links(customer=customer) == {"revoked": 2}
	assert desk.revoke_links(customer=customer) == {"revoked": 0}


def test_the_office_copies_none_for_a_colleague(site: Any, staff: Any) -> None:
	from customer_thread.api import desk

	colleague = staff("Thread Agent")
	site.set_user("Administrator")
	customer = on_file(site, email=colleague)
	with pytest.raises(Conflict, match="works for the business"):
		desk.sign_in_link(customer=customer)
	assert links_of(site, colleague) == []


def test_who_sees_one_customer_copies_no_link_to_another(
	site: Any, staff: Any, phone: str, email: str
) -> None:
	from customer_thread.api import desk

	mine, theirs = on_file(site, phone=phone, email=email), on_file(site, email=email)
	invited(mine, theirs)
	agent = staff("Thread Agent")
	site.set_user("Administrator")
	permission = {"doctype": "User Permission", "user": agent, "allow": "Customer", "for_value": mine}
	site.get_doc({**permission, "apply_to_all_doctypes": 1}).insert()
	site.set_user(agent)
	with pytest.raises(NotAllowed, match="whom you may not see"):
		desk.sign_in_link(customer=mine)
	with pytest.raises(NotFound):
		desk.sign_in_link(customer=theirs)
	with pytest.raises(NotFound):
		desk.revoke_links(customer=theirs)
	site.set_user("Administrator")
