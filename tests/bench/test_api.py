"""The endpoints of a real site: each customer has their own thread, and nothing by any other way."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from support.persons import BUSINESS, STRANGER
from support.site_threads import RECORDS

from customer_thread.domain.errors import NotAllowed, NotFound, NotSignedIn
from customer_thread.domain.people.choice import Unchosen
from customer_thread.service.settings import Settings

SIGNED_URL = "https://thread.example.com"
WEBHOOK = "/api/method/customer_thread.api.webhooks.twilio_message"


def _user(site: Any, name: str) -> str:
	mail = f"test-{name}-{uuid4().hex[:8]}@example.com"
	document = site.get_doc(
		{"doctype": "User", "email": mail, "first_name": f"TEST {name}", "send_welcome_email": 0}
	)
	document.append("roles", {"role": "Customer"})
	document.insert()
	return mail


def _customer(site: Any, name: str, *users: str) -> str:
	document = site.get_doc({"doctype": "Customer", "customer_name": f"TEST {name} {uuid4().hex[:6]}"})
	for user in users:
		document.append("portal_users", {"user": user})
	return str(document.insert().name)


@pytest.fixture
def ann_and_bob(site: Any) -> tuple[str, str]:
	"""Return two portal users, each with a message in their own thread."""
	from customer_thread.api import portal

	users = _user(site, "ann"), _user(site, "bob")
	for user in users:
		_customer(site, user[:8], user)
	for user in users:
		site.set_user(user)
		portal.reply(text=f"Words of {user}", client_id=str(uuid4()))
	return users


def test_it_gives_each_customer_his_own_thread(site: Any, ann_and_bob: tuple[str, str]) -> None:
	from customer_thread.api import portal

	for user in ann_and_bob:
		site.set_user(user)
		assert [entry["text"] for entry in portal.timeline()["entries"]] == [f"Words of {user}"]


@pytest.mark.parametrize(
	"ask",
	[
		lambda portal, entry: portal.timeline(around=entry),
		lambda portal, entry: portal.read(upto=entry),
		lambda portal, entry: portal.attachment(entry=entry, index=0),
		lambda portal, entry: portal.original(entry=entry),
	],
	ids=["around", "read", "attachment", "original"],
)
def test_it_answers_alike_for_what_is_not_there_and_what_is_anothers(
	site: Any, ann_and_bob: tuple[str, str], ask: Callable[[Any, int], Any]
) -> None:
	from customer_thread.api import portal

	ann, bob = ann_and_bob
	site.set_user(bob)
	others = portal.timeline()["entries"][0]["id"]
	site.set_user(ann)
	said = []
	for entry in (others, 999_999_999):
		with pytest.raises(NotFound) as refused:
			ask(portal, entry)
		said.append(str(refused.value))
	assert said[0] == said[1]


@pytest.mark.parametrize("doctype", RECORDS)
def test_it_shows_a_customer_no_document(site: Any, ann_and_bob: tuple[str, str], doctype: str) -> None:
	site.set_user(ann_and_bob[0])
	assert not site.has_permission(doctype, "read")
	with pytest.raises(site.PermissionError):
		site.get_list(doctype)
	site.clear_messages()


def test_it_shows_a_customer_no_document_by_a_role_either(site: Any, ann_and_bob: tuple[str, str]) -> None:
	ann = ann_and_bob[0]
	site.set_user("Administrator")
	site.get_doc("User", ann).add_roles("Thread Agent")
	# a role with desk access would make them one of the staff; a website user is a customer all the same
	site.db.set_value("User", ann, "user_type", "Website User")
	site.clear_document_cache("User", ann)
	site.set_user(ann)
	assert site.get_list("Thread Entry") == []
	entry = site.get_all("Thread Entry", limit=1, pluck="name")[0]
	assert not site.get_doc("Thread Entry", entry).has_permission("read")


def test_it_keeps_customers_from_the_desk_calls_and_staff_from_the_portal(
	site: Any, ann_and_bob: tuple[str, str]
) -> None:
	from customer_thread.api import desk, portal

	site.set_user(ann_and_bob[0])
	with pytest.raises(NotAllowed):
		desk.threads()
	site.set_user("Guest")
	with pytest.raises(NotSignedIn):
		portal.timeline()
	with pytest.raises(NotSignedIn):
		desk.threads()
	site.set_user("Administrator")
	with pytest.raises(NotAllowed):
		portal.timeline()


def test_it_shows_staff_what_a_customer_wrote(site: Any, ann_and_bob: tuple[str, str]) -> None:
	from customer_thread.api import desk

	site.set_user("Administrator")
	previews = {row["last_preview"] for row in desk.threads()["threads"]}
	assert previews >= {f"Words of {user}" for user in ann_and_bob}


def test_it_shows_a_note_to_staff_alone(site: Any, ann_and_bob: tuple[str, str]) -> None:
	from customer_thread.api import desk, portal

	ann = ann_and_bob[0]
	customer = site.db.get_value("Portal User", {"user": ann}, "parent")
	site.set_user("Administrator")
	desk.note(customer=customer, text="TEST he pays late")
	assert "pays late" in str(desk.thread(customer=customer))
	site.set_user(ann)
	shown = str(portal.timeline(**{"as": "html"}))
	assert f"Words of {ann}" in shown
	assert "pays late" not in shown


def test_it_never_mixes_two_threads_of_one_user(site: Any) -> None:
	from customer_thread.api import portal

	user = _user(site, "both")
	mine = {_customer(site, "one", user), _customer(site, "two", user)}
	strangers = _customer(site, "three")
	site.set_user(user)
	assert set(portal.own_customers()) == mine
	with pytest.raises(Unchosen):
		portal.own_thread()
	with pytest.raises(NotFound):
		portal.switch(customer=strangers)


@pytest.mark.parametrize(
	"change",
	[
		lambda site, entry: entry.update({"text": "Other words"}).save(ignore_permissions=True),
		lambda site, entry: site.delete_doc("Thread Entry", entry.name, force=True, ignore_permissions=True),
		lambda site, entry: site.rename_doc("Thread Entry", entry.name, 999_999_999, force=True),
	],
	ids=["save", "delete", "rename"],
)
def test_it_refuses_to_change_an_entry(
	site: Any, ann_and_bob: tuple[str, str], change: Callable[[Any, Any], Any]
) -> None:
	site.set_user("Administrator")
	entry = site.get_doc("Thread Entry", {"text": f"Words of {ann_and_bob[0]}"})
	with pytest.raises(site.PermissionError, match="is a record"):
		change(site, entry)
	site.clear_messages()
	assert site.db.get_value("Thread Entry", entry.name, "text") == f"Words of {ann_and_bob[0]}"


@pytest.mark.parametrize("is_signed", [True, False])
def test_it_takes_a_text_that_is_signed(site: Any, monkeypatch: pytest.MonkeyPatch, is_signed: bool) -> None:
	from frappe.utils import set_request
	from twilio.request_validator import RequestValidator

	from customer_thread.api import webhooks
	from customer_thread.frappe_host.wiring import site_ports

	configured = Settings(
		public_url=SIGNED_URL, twilio_account_sid="AC" + "a" * 32, twilio_auth_token="right"
	)
	monkeypatch.setattr(webhooks, "site_ports", lambda: replace(site_ports(), settings=lambda: configured))
	sid = f"SM{uuid4().hex}"
	text = {
		"MessageSid": sid,
		"AccountSid": configured.twilio_account_sid,
		"From": STRANGER.phone,
		"To": BUSINESS.phone,
		"Body": "TEST",
		"NumMedia": "0",
	}
	signer = RequestValidator("right" if is_signed else "wrong")
	signature = signer.compute_signature(SIGNED_URL + WEBHOOK, text)
	set_request(method="POST", path=WEBHOOK, data=text, headers={"X-Twilio-Signature": signature})
	site.set_user("Guest")
	answers = [webhooks.twilio_message() for _repeat in range(2)]
	assert {answer.status_code for answer in answers} == {200 if is_signed else 403}
	assert {answer.mimetype for answer in answers} == {"text/xml" if is_signed else "application/json"}
	assert site.db.count("Thread Entry", {"source_key": f"text:{sid.lower()}"}) == int(is_signed)


def test_it_holds_up_whoever_keeps_forging_and_nobody_else(
	site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	from frappe.utils import set_request
	from twilio.request_validator import RequestValidator

	from customer_thread.api import webhooks
	from customer_thread.frappe_host.wiring import site_ports

	configured = Settings(
		public_url=SIGNED_URL, twilio_account_sid="AC" + "a" * 32, twilio_auth_token="right"
	)
	monkeypatch.setattr(webhooks, "site_ports", lambda: replace(site_ports(), settings=lambda: configured))
	site.local.request_ip = f"test-{uuid4()}"
	site.set_user("Guest")

	def post(token: str) -> int:
		text = {"MessageSid": f"SM{uuid4().hex}", "AccountSid": configured.twilio_account_sid}
		text |= {"From": STRANGER.phone, "To": BUSINESS.phone, "Body": "TEST", "NumMedia": "0"}
		signature = RequestValidator(token).compute_signature(SIGNED_URL + WEBHOOK, text)
		set_request(method="POST", path=WEBHOOK, data=text, headers={"X-Twilio-Signature": signature})
		return int(webhooks.twilio_message().status_code)

	statuses = [post("wrong") for _try in range(125)]
	assert statuses == [403] * 120 + [429] * 5
	assert post("right") == 200


def test_what_is_refused_is_shown_as_words(site: Any) -> None:
	from customer_thread.api import refuse

	refused = json.loads(refuse(NotFound("There is no {0} “{1}”.", "Event", "<img src=x>")).get_data())
	assert refused["message"] == "There is no Event “<img src=x>”."
	# the Desk shows this one as HTML
	[said] = json.loads(refused["_server_messages"])
	assert json.loads(said)["message"] == "There is no Event “&lt;img src=x&gt;”."
