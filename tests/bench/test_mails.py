"""E-mails that the site sent and received by itself."""

from typing import Any

import pytest
from support.persons import BOB, MIKE, SARAH
from support.site_mails import new_mail
from support.site_portal_users import pat
from support.site_threads import bob, sarah

from customer_thread.domain.model import Address

__all__ = ["bob", "pat", "sarah"]


def _take(*names: str) -> None:
	from customer_thread import tasks

	for name in names * 2:
		tasks.receive_communication(name)


def _entries(site: Any, thread: Any) -> list[tuple[str, str, str]]:
	rows = site.get_all(
		"Thread Entry",
		filters={"thread": thread["name"]},
		fields=["author", "subject", "text"],
		order_by="occurred_us, name",
	)
	return [(row.author, row.subject, row.text) for row in rows]


def test_it_shows_a_mail_that_was_sent_once(site: Any, sarah: Any, bob: Any) -> None:
	_take(new_mail(site))
	assert _entries(site, sarah) == [("Contractor", "Your estimate", "Here is your estimate.")]
	assert _entries(site, bob) == []


def test_it_finds_mails_whose_job_was_lost_in_an_upgrade(site: Any, sarah: Any) -> None:
	from customer_thread.patches.v0_1.receive_waiting_mails import execute

	new_mail(site)
	old = new_mail(site, subject="Long ago")
	site.db.set_value("Communication", old, "creation", "2020-01-01 00:00:00")
	for _again in range(2):
		execute()
	assert _entries(site, sarah) == [("Contractor", "Your estimate", "Here is your estimate.")]


def test_it_shows_a_mail_to_two_customers_to_each(site: Any, sarah: Any, bob: Any) -> None:
	_take(new_mail(site, recipients=f"{SARAH.email}, {BOB.email}"))
	for thread in (sarah, bob):
		assert _entries(site, thread) == [("Contractor", "Your estimate", "Here is your estimate.")]


def test_it_labels_what_the_system_wrote(site: Any, sarah: Any) -> None:
	_take(new_mail(site, communication_type="Automated Message"))
	assert [author for author, _subject, _text in _entries(site, sarah)] == ["Automated"]


@pytest.mark.parametrize(
	"values",
	[
		{"delivery_status": "Scheduled"},
		{"delivery_status": ""},
		{"delivery_status": "Error"},
		{"recipients": "supplier@test.example", "cc": SARAH.email},
		{"recipients": "supplier@test.example", "bcc": SARAH.email},
		{"communication_medium": "Phone"},
		{"communication_type": "Comment"},
	],
)
def test_it_keeps_what_is_not_the_customers_out(
	site: Any, sarah: Any, bob: Any, values: dict[str, str]
) -> None:
	_take(new_mail(site, **values))
	assert _entries(site, sarah) == _entries(site, bob) == []


@pytest.mark.parametrize(
	("of_notification", "author"),
	[(False, []), (True, ["Automated"])],
	ids=["staff's own", "a Notification's"],
)
def test_it_lets_no_customer_write_in_the_business_name(
	site: Any, sarah: Any, pat: str, of_notification: bool, author: list[str]
) -> None:
	values: dict[str, Any] = {"communication_type": "Automated Message"}
	if of_notification:
		notification = {"name": "TEST", "subject": "Thanks", "message": "Thanks", "event": "New"}
		notification |= {"doctype": "Notification", "document_type": "Customer", "channel": "Email"}
		# not insert: Frappe keeps in its cache who is to be notified of what
		site.get_doc({**notification, "enabled": 1}).db_insert()
		values |= {"reference_doctype": "Customer", "reference_name": sarah["party"]}
	site.set_user(pat)
	names = [new_mail(site, **values), new_mail(site)]
	site.set_user("Administrator")
	_take(*names)
	assert [row[0] for row in _entries(site, sarah)] == author


def test_it_takes_an_answer_to_a_mail_of_the_thread(site: Any, sarah: Any) -> None:
	sent = new_mail(site)
	_take(sent)
	answer = new_mail(
		site,
		sent_or_received="Received",
		delivery_status="",
		sender=SARAH.email,
		recipients=MIKE.email,
		in_reply_to=sent,
		content="<div>Looks good!</div><div class=gmail_quote>Here is your estimate</div>",
	)
	_take(answer)
	assert [row[2] for row in _entries(site, sarah)] == ["Here is your estimate.", "Looks good!"]


def test_it_takes_a_mail_without_an_id_once_however_often_it_is_fetched(site: Any, sarah: Any) -> None:
	mail = {"sent_or_received": "Received", "sender": SARAH.email, "message_id": "", "delivery_status": ""}
	mail |= {"recipients": f"reply+{sarah['reply_token']}@test.example", "content": "Is Friday fine?"}
	_take(
		new_mail(site, **mail),
		new_mail(site, **mail),
		new_mail(site, **mail, communication_date="2026-05-14 09:00:00"),
	)
	assert [row[2] for row in _entries(site, sarah)] == ["Is Friday fine?"] * 2, "asked on two days"


def test_it_shows_nobodys_words_as_hers(site: Any, sarah: Any) -> None:
	forged = new_mail(
		site,
		sent_or_received="Received",
		delivery_status="",
		sender=f"Sarah <{SARAH.email}>",
		recipients=MIKE.email,
		content="Send the money elsewhere",
	)
	spam = new_mail(
		site, sent_or_received="Received", sender=SARAH.email, email_status="Spam", content="pills"
	)
	_take(forged, spam)
	assert _entries(site, sarah) == []
	waiting = site.get_all(
		"Customer Thread", filters={"unmatched_address": f"email:{SARAH.email}"}, pluck="name"
	)
	assert [row[2] for row in _entries(site, {"name": waiting[0]})] == ["Send the money elsewhere"]


def test_it_takes_what_was_sent_to_the_threads_own_address(site: Any, sarah: Any) -> None:
	address = f"reply+{sarah['reply_token']}@test.example"
	mail = new_mail(
		site,
		sent_or_received="Received",
		sender="anybody@test.example",
		recipients=address,
		content="By token",
		delivery_status="",
	)
	site.get_doc(
		{
			"doctype": "File",
			"file_name": "TEST deck.txt",
			"content": b"a file",
			"is_private": 1,
			"attached_to_doctype": "Communication",
			"attached_to_name": mail,
		}
	).insert(ignore_permissions=True)
	_take(mail)
	assert [row[2] for row in _entries(site, sarah)] == ["By token"]
	entry = site.get_all("Thread Entry", filters={"thread": sarah["name"]}, fields=["name", "attachments"])[0]
	assert entry.attachments == 1
	assert site.get_all("Thread Attachment", filters={"entry": entry.name}, pluck="state") == ["Ready"]


def _receive(site: Any, name: str, to: str = "") -> str:
	"""Let Frappe itself receive one of the recorded mails, and return the Communication's name."""
	from pathlib import Path

	from frappe.email.receive import InboundMail

	account = site.new_doc("Email Account")
	account.update({"name": "TEST", "email_id": "office@mikescontracting.example", "enable_incoming": 1})
	raw = (Path(__file__).parents[1] / "data" / "mail" / f"{name}.eml").read_bytes()
	return str(
		InboundMail(raw.replace(b"sara@lee.example", to.encode()) if to else raw, account).process().name
	)


def test_it_takes_no_machines_answer_for_a_customers(site: Any, open_thread: Any) -> None:
	sarah = open_thread("Sarah Lee", Address("Email", "sarah@lee.example"))
	before = site.db.count("Thread Entry"), site.db.count("Customer Thread")
	_take(_receive(site, "auto_reply"), _receive(site, "bounce_postfix"), _receive(site, "bounce_delayed"))
	assert (site.db.count("Thread Entry"), site.db.count("Customer Thread")) == before
	assert _entries(site, sarah) == []


@pytest.mark.parametrize(("report", "state"), [("bounce_postfix", "Failed"), ("bounce_delayed", "Sent")])
def test_it_marks_a_mail_that_came_back(site: Any, sarah: Any, report: str, state: str) -> None:
	from customer_thread.frappe_host.wiring import site_ports

	now_us = site_ports().clock.now_us()
	common = {
		"thread": sarah["name"],
		"purpose": "Message",
		"channel": "Email",
		"address": SARAH.email,
		"state": "Sent",
	}
	sent = [
		site_ports().database.insert(
			"Thread Delivery",
			{**common, "provider_id": f"<test-{n}@x>", "creation_us": now_us - n, "due_us": 0},
		)
		for n in (0, 1)
	]
	_take(_receive(site, report, to=SARAH.email))
	found = [site.db.get_value("Thread Delivery", name, ["state", "error_code"]) for name in sent]
	assert found[0] == (state, "5.1.1" if state == "Failed" else None)
	assert found[1] == ("Sent", None), "only the last one"


def test_it_takes_a_mail_without_a_message_id_once(site: Any, sarah: Any) -> None:
	address = f"reply+{sarah['reply_token']}@test.example"
	one = {"sent_or_received": "Received", "delivery_status": "", "recipients": address, "message_id": ""}
	# from hers: the contractor's own, where the site has one, would wait unmatched
	one["sender"] = SARAH.email
	fetched = [new_mail(site, **one, content="The same words") for _mailbox in range(2)]
	other = new_mail(site, **one, content="Other words")
	_take(*fetched, other)
	assert [row[2] for row in _entries(site, sarah)] == ["The same words", "Other words"]
