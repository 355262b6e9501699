"""Frappe's own doors, tried by a user of the portal and by a guest over HTTP: none leads to what is inside a thread."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

# Frappe's own doors are in a site alone
pytest.importorskip("frappe")

import requests
from support.host import EmbeddedHost, new_email, new_phone
from support.people import TIMEOUT, Staff
from support.planted import found_in, plant, word_columns
from support.site import committed
from support.site_people import new_staff_token

import customer_thread.api

#: of Frappe, in which something about a thread may stand
OTHERS = (
	"Comment",
	"Communication",
	"Email Queue",
	"Error Log",
	"File",
	"Notification Log",
	"ToDo",
	"User",
	"Version",
)
#: a customer's own calls and pages, which have tests of their own, and what has its own proof
OWN = {"customer_thread.api.portal", "customer_thread.api.webhooks"}
NAME = "Marrowfat"
#: what is asked of each row, and of each DocType
ROW = [
	"/api/resource/{doctype}/{name}",
	"/api/v2/document/{doctype}/{name}",
	"/api/method/frappe.client.get?doctype={doctype}&name={name}",
	"/api/method/frappe.client.get_value?doctype={doctype}&filters={name}&fieldname=owner",
	"/api/method/frappe.desk.form.load.getdoc?doctype={doctype}&name={name}",
	"/api/method/frappe.desk.form.load.get_docinfo?doctype={doctype}&name={name}",
	"/api/method/frappe.desk.form.load.get_communications?doctype={doctype}&name={name}",
	"/api/method/frappe.desk.form.assign_to.get?args={name}",
	"/api/method/frappe.share.get_users?doctype={doctype}&name={name}",
	"/api/method/frappe.realtime.can_subscribe_doc?doctype={doctype}&docname={name}",
	"/api/method/frappe.utils.print_format.download_pdf?doctype={doctype}&name={name}",
	"/printview?doctype={doctype}&name={name}&trigger_print=0",
	"/{doctype}/{name}",
	"/app/{doctype}/{name}",
]
KIND = [
	"/api/resource/{doctype}?fields=[%22*%22]&limit_page_length=100",
	"/api/v2/document/{doctype}?fields=[%22*%22]",
	"/api/method/frappe.client.get_list?doctype={doctype}&fields=[%22*%22]&limit_page_length=100",
	"/api/method/frappe.client.get_count?doctype={doctype}",
	"/api/method/frappe.desk.reportview.get?doctype={doctype}&fields=[%22*%22]",
	"/api/method/frappe.desk.reportview.get_list?doctype={doctype}&fields=[%22*%22]",
	"/api/method/frappe.desk.reportview.get_count?doctype={doctype}",
	"/api/method/frappe.desk.reportview.export_query?doctype={doctype}&file_format_type=CSV&fields=[%22*%22]",
	"/api/method/frappe.desk.listview.get_group_by_count?doctype={doctype}&current_filters=[]&field=owner",
	"/api/method/frappe.desk.search.search_link?doctype={doctype}&txt=",
	"/api/method/frappe.desk.search.search_widget?doctype={doctype}&txt=&filter_fields=[]",
	"/api/method/frappe.desk.query_report.run?report_name={doctype}",
	"/api/method/frappe.realtime.can_subscribe_doctype?doctype={doctype}",
	"/api/method/frappe.www.list.get?doctype={doctype}",
	"/list?doctype={doctype}",
	"/app/{doctype}",
]
ELSE = [
	"/api/method/frappe.utils.global_search.search?text=marrowfat",
	"/api/method/frappe.utils.global_search.web_search?text=marrowfat",
	"/api/method/frappe.desk.desk_page.getpage?name=thread-inbox",
	"/api/method/frappe.desk.desk_page.getpage?name=thread-setup",
	"/api/method/frappe.desk.desktop.get_desktop_page?page=%7B%22name%22:%22Customer%20Threads%22%7D",
	"/api/method/frappe.desk.doctype.notification_log.notification_log.get_notification_logs",
	"/api/method/frappe.sessions.get",
	"/app/thread-inbox",
	"/me",
	"/search?q=marrowfat",
]


class House:
	"""A site in which Annabel Marrowfat has worked on Sarah's thread, and everything else is marked."""

	def __init__(self, host: EmbeddedHost) -> None:
		self.host = host
		self.user, token = new_staff_token("Annabel", NAME)
		annabel = Staff(host.url, token, self.user)
		self.sarah = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone(), email=new_email()))
		self.bob = host.sign_in(host.add_customer("Bob Miller", phone=new_phone(), email=new_email("bob")))
		for browser in (self.sarah, self.bob):
			browser.reply("Hello there")
			annabel.do("send", customer=browser.customer, text="Hi from us", channel="sms")
			annabel.do("note", customer=browser.customer, text="pays late")
		self.thread = str(annabel.do("open", customer=self.sarah.customer)["thread"])
		host.text(new_phone(), "I am nobody yet")
		self._assign()
		host.settle()  # type: ignore[attr-defined]
		plant(host.folder, {self.thread})
		with committed() as frappe:
			self.rows = {
				name: frappe.get_all(name, pluck="name", limit=1) for name in (*word_columns(), *OTHERS)
			}
			self.files = frappe.get_all("File", {"is_private": 1}, pluck="file_url", limit=3)

	def _assign(self) -> None:
		with committed() as frappe:
			from frappe.desk.form.assign_to import add

			given = {"doctype": "Customer Thread", "name": self.thread, "description": "xxmarkxx-todo"}
			add({**given, "assign_to": [self.user]})
			frappe.get_doc("Customer Thread", self.thread).add_comment("Comment", "xxmarkxx-comment")


@pytest.fixture(scope="module")
def house(host: EmbeddedHost) -> House:
	return House(host)


def doors(house: House) -> Iterator[str]:
	"""Yield what is asked for."""
	yield from ELSE
	yield from (quote(url) for url in house.files)
	for doctype, names in house.rows.items():
		asked = quote(doctype)
		yield from (door.format(doctype=asked) for door in KIND)
		yield from (door.format(doctype=asked, name=quote(str(name))) for name in names for door in ROW)


@pytest.mark.parametrize("who", ["sarah", "guest"])
def test_no_door_of_frappes_leads_inside(house: House, who: str) -> None:
	http = house.sarah.http if who == "sarah" else requests.Session()
	said, count = "", 0
	for door in doors(house):
		answer = http.get(house.host.url + door, timeout=TIMEOUT, allow_redirects=False)
		told = f"{answer.headers}\n{answer.text}"
		count += 1
		assert list(found_in(told)) == [], door
		for name in (NAME, house.user):
			# what was asked for may be said again
			is_asked_for = "marrowfat" in door or (name == house.user and quote(name) in door)
			if name in told and not is_asked_for:
				said += f"{door}\n"
		ours = any(quote(doctype) in door for doctype in word_columns())
		if ours and door.startswith("/api/") and answer.status_code == 200:
			assert json.loads(answer.text).get("message") in (None, [], {}, 0, False), (
				door,
				answer.text[:300],
			)
	assert said == ""
	assert count > 300


def whitelisted() -> Iterator[str]:
	"""Yield every function of ours that may be called over HTTP, but a customer's own."""
	import frappe

	for module in pkgutil.walk_packages(customer_thread.__path__, "customer_thread."):
		if ".demo" not in module.name and ".standalone" not in module.name:
			importlib.import_module(module.name)
	for call in frappe.whitelisted:
		if call.__module__.startswith("customer_thread.") and call.__module__ not in OWN:
			yield f"{call.__module__}.{call.__name__}"


@pytest.mark.parametrize("who", ["sarah", "guest"])
def test_no_call_of_ours_but_a_customers_own_answers_them(house: House, who: str) -> None:
	http = house.sarah.http if who == "sarah" else requests.Session()
	csrf = {"X-Frappe-CSRF-Token": house.sarah.csrf}
	with committed():
		calls = sorted(set(whitelisted()))
	assert len(calls) > 40
	given: dict[str, Any] = {"thread": house.thread, "customer": house.sarah.customer}
	for call in calls:
		url = f"{house.host.url}/api/method/{call}"
		for answer in (
			http.get(url, params=given, timeout=TIMEOUT),
			http.post(url, json=given, headers=csrf, timeout=TIMEOUT),
		):
			assert answer.status_code in (400, 401, 403, 404), (call, answer.status_code, answer.text[:200])
			assert list(found_in(answer.text)) == [], call


def test_no_customer_hears_who_of_the_office_it_was(house: House) -> None:
	shown = house.sarah.open().text + house.sarah.get("timeline", **{"as": "html"}).text
	assert "Hi from us" in shown
	sent = [text.body for text in house.host.twilio.sent]
	letters = [letter for letter in list(house.host.mailbox.messages) if house.user not in letter.receivers]
	mails = [letter.data.decode("utf-8", "replace") for letter in letters]
	for told in (shown, *sent, *mails):
		assert NAME not in told
		assert "Annabel" not in told
		assert house.user not in told
