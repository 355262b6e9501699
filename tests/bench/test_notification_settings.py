"""What the users of a real site's portal say of how they are notified, each for themselves."""

from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from support.site_portal_documents import Customer, bob, sarah
from support.site_portal_users import new_user

from customer_thread.domain.errors import BadInput, NoConversation, NotAllowed, NotSignedIn

__all__ = ["bob", "sarah"]

PAGE = "/notification-settings"


@pytest.fixture
def open_page(site: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
	"""Return what opens a page as a user, or posts a form to it."""
	from frappe.utils import set_request
	from frappe.website.serve import get_response

	monkeypatch.setattr(site.db, "rollback", lambda **_options: None)

	def opened(user: str, method: str = "GET", **form: str) -> Any:
		site.set_user(user)
		site.session.data.csrf_token = "token"
		set_request(method=method, path=PAGE, data=form)
		response = get_response()
		site.set_user("Administrator")
		return response

	return opened


@pytest.fixture
def tom(site: Any, sarah: Customer) -> str:
	"""Return another user who reads Sarah's thread."""
	user = str(new_user(site, "tom", "Customer"))
	doc = site.get_doc("Customer", sarah.name)
	doc.append("portal_users", {"user": user})
	doc.save()
	return user


def wanted(site: Any, user: str) -> Any:
	from customer_thread.api import portal

	site.set_user(user)
	found = portal.preferences()
	site.set_user("Administrator")
	return found


def save(site: Any, user: str, **given: object) -> Any:
	from customer_thread.api import portal

	site.set_user(user)
	try:
		return portal.save_preferences(**given)
	finally:
		site.set_user("Administrator")


def test_it_is_each_users_own(site: Any, sarah: Customer, bob: Customer, tom: str) -> None:
	default = wanted(site, sarah.user)
	assert (default["email"], default["quiet"], default["quiet_start"]) == (True, True, "21:00")
	answer = save(site, sarah.user, email=0, quiet_end="07:30", timezone="America/Denver")
	assert answer == wanted(site, sarah.user)
	assert (answer["email"], answer["quiet_end"], answer["timezone"]) == (False, "07:30", "America/Denver")
	assert wanted(site, tom) == default
	assert wanted(site, bob.user)["email"] is True
	rows = site.get_all(
		"Thread Preference Change", {"user": sarah.user}, ["field", "new", "way", "changed_by"]
	)
	assert sorted((row.field, row.new, row.way, row.changed_by) for row in rows) == [
		("email", "Off", "Page", sarah.user),
		("quiet_end", "07:30", "Page", sarah.user),
		("timezone", "America/Denver", "Page", sarah.user),
	]


def test_it_keeps_nothing_of_what_is_wrong_in_a_part(site: Any, sarah: Customer) -> None:
	default = wanted(site, sarah.user)
	with pytest.raises(BadInput):
		save(site, sarah.user, email=0, quiet_end="late")
	assert wanted(site, sarah.user) == default
	assert not site.get_all("Thread Preference", {"user": sarah.user})


def test_it_is_nobody_elses(site: Any, staff: Any, sarah: Customer) -> None:
	with pytest.raises(NotSignedIn):
		save(site, "Guest", email=0)
	with pytest.raises(NoConversation):
		save(site, str(new_user(site, "nobody", "Customer")), email=0)
	agent = staff("Thread Agent")
	with pytest.raises(NotAllowed):
		save(site, agent, email=0)
	for user in (sarah.user, "Guest"):
		site.set_user(user)
		for doctype in ("Thread Preference", "Thread Preference Change"):
			assert not site.has_permission(doctype, "read")
	site.set_user("Administrator")


def test_its_page_works_without_scripts(site: Any, sarah: Customer, open_page: Any) -> None:
	page = open_page(sarah.user)
	assert page.status_code == 200
	assert page.headers["Cache-Control"] == "no-store"
	assert "Notification settings" in page.get_data(as_text=True)
	form = {"csrf_token": "token", "quiet": "0", "quiet_start": "22:00", "quiet_end": "08:00", "email": "1"}
	answer = open_page(sarah.user, "POST", **form)
	assert answer.status_code == 303
	assert answer.headers["Location"].endswith(f"{PAGE}?done=saved")
	kept = wanted(site, sarah.user)
	assert (kept["quiet"], kept["quiet_start"], kept["email"]) == (False, "22:00", True)
	wrong = open_page(sarah.user, "POST", csrf_token="token", quiet_start="late")
	assert wrong.status_code == 422
	assert "is no time of day" in wrong.get_data(as_text=True)
	guest = open_page("Guest")
	assert guest.status_code == 303
	assert guest.headers["Location"].startswith(f"/login?redirect-to={PAGE}")


def test_it_goes_with_a_user_who_is_renamed_and_keeps_none_from_being_deleted(
	site: Any, sarah: Customer, tom: str
) -> None:
	save(site, tom, email=0)
	new = f"test-{uuid4().hex[:8]}@example.com"
	site.rename_doc("User", tom, new, force=True, show_alert=False)
	assert wanted(site, new)["email"] is False
	doc = site.get_doc("Customer", sarah.name)
	doc.portal_users = [row for row in doc.portal_users if row.user == sarah.user]
	doc.save()
	site.delete_doc("User", new)
	assert not site.db.exists("User", new)


def test_a_mail_ends_its_own_readers_mails_alone(site: Any, sarah: Customer, tom: str) -> None:
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.notices.unsubscribe import unsubscribe_address, unsubscribe_mail
	from customer_thread.store import threads

	ports = site_ports()
	save(site, tom, sms=0)
	site.db.set_single_value("Customer Thread Settings", "public_url", "https://mikes.example")
	site.clear_document_cache("Customer Thread Settings", "Customer Thread Settings")
	thread = threads.of_party(ports.database, sarah.party)
	assert thread
	address = unsubscribe_address(ports, thread, tom)
	[token] = parse_qs(urlsplit(address).query)["token"]
	site.set_user("Guest")
	unsubscribe_mail(ports, token)
	with pytest.raises(NotAllowed):
		unsubscribe_mail(ports, f"{token[:-1]}{'0' if token[-1] != '0' else '1'}")
	site.set_user("Administrator")
	kept = wanted(site, tom)
	assert (kept["email"], kept["sms"], kept["quiet"]) == (False, False, True)
	assert wanted(site, sarah.user)["email"] is True


def test_its_page_says_who_is_there(site: Any, sarah: Customer, tom: str) -> None:
	from customer_thread.api import portal
	from customer_thread.frappe_host.wiring import site_ports

	site.set_user(sarah.user)
	thread = portal.own_thread()["name"]
	portal.timeline(active="1")
	presence = site_ports().presence
	assert presence.is_present(thread, sarah.user)
	assert not presence.is_present(thread, tom)
	portal.timeline(active="0")
	assert not presence.is_present(thread, sarah.user)


def test_a_notice_is_in_the_readers_language(site: Any, sarah: Customer) -> None:
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.in_language import in_language_of
	from customer_thread.service.thread.open_thread import open_thread

	words = {"doctype": "Translation", "language": "de", "source_text": "View in Portal"}
	site.get_doc({**words, "translated_text": "Im Portal ansehen"}).insert()
	site.db.set_value("User", sarah.user, "language", "de")
	ports = site_ports()
	row = open_thread(ports, sarah.party)
	assert in_language_of(ports, row, sarah.user).translate("View in Portal") == "Im Portal ansehen"
	# of whom no language is known, they are spoken to in hers
	assert in_language_of(ports, row, "").translate("View in Portal") == "Im Portal ansehen"
	# and if none of hers is, as the site speaks, whatever language whoever asks reads
	site.db.set_value("User", sarah.user, "language", "")
	site.local.lang = "de"
	assert in_language_of(ports, row, "").translate("View in Portal") == "View in Portal"
	site.local.lang = "en"
