"""Whose turn it is in a thread, and what its customer writes on that one's phone or in their mailbox."""

import uuid
from typing import Any

import pytest
from support.bot_phone import Phone
from support.host import CONTRACTOR, EmbeddedHost, new_email, new_phone, reply_token
from support.mails import mail
from support.people import Browser, Staff
from support.waiting import stays, wait_until

# in a site people are users: tests/bench/test_whose_turn.py
pytestmark = pytest.mark.embedded("its staff have names that are given to it")


@pytest.fixture
def ann(host: EmbeddedHost) -> Phone:
	"""Return the phone of somebody of the team, whom nobody has written to yet."""
	number = new_phone()
	host.set(team=f"Ann={number}, Bea={new_email('bea')}")
	return Phone(host, number)


def _give(staff: Staff, browser: Browser, user: str) -> dict[str, Any]:
	thread = staff.do("open", customer=browser.customer)["thread"]
	line: dict[str, Any] = staff.do("assign_to", thread=thread, user=user)
	return line


def test_it_is_somebodys_turn_and_everybodys_again(staff: Staff, sarah: Browser) -> None:
	assert _give(staff, sarah, "Ann")["assigned_to"] == "Ann"
	assert _give(staff, sarah, " Ann ")["assigned_to"] == "Ann"
	found = staff.ask("inbox", assigned="Ann", limit=100)["threads"]
	assert sarah.customer in {line["customer"] for line in found}
	nobodys = staff.ask("inbox", assigned="nobody", limit=100)["threads"]
	assert sarah.customer not in {line["customer"] for line in nobodys}
	assert _give(staff, sarah, "Bea")["assigned_to"] == "Bea"
	thread = staff.thread(sarah.customer)["thread"]["thread"]
	assert staff.do("assign_to", thread=thread)["assigned_to"] is None


def test_it_refuses_what_is_none(staff: Staff, sarah: Browser) -> None:
	thread = staff.do("open", customer=sarah.customer)["thread"]
	assert staff.post("assign_to", thread="nothing", user="Ann").status_code == 404
	assert staff.post("assign_to", thread=thread, user="A" * 200).status_code == 400
	assert staff.post("assign_to", thread=thread, user=["Ann"]).status_code == 400
	assert sarah.http.post(
		f"{sarah.base}/api/method/customer_thread.api.desk.assign_to", json={"thread": thread}
	).status_code in (401, 403)
	assert staff.thread(sarah.customer)["thread"]["assigned_to"] is None


def test_the_team_is_those_who_are_named(staff: Staff, ann: Phone, sarah: Browser) -> None:
	thread = staff.do("open", customer=sarah.customer)["thread"]
	assert [row["name"] for row in staff.ask("team", thread=thread)] == ["Ann", "Bea"]
	assert [row["name"] for row in staff.ask("team")] == ["Ann", "Bea"]


def test_what_its_customer_writes_goes_to_that_phone_alone(
	host: EmbeddedHost, staff: Staff, mike: Phone, ann: Phone, sarah: Browser, charlie: Browser, phone: str
) -> None:
	_give(staff, sarah, "Ann")
	sarah.reply("when?")
	ann.hears("Sarah Lee: when?")
	host.text(phone, "by text, too")
	ann.hears("by text, too")
	charlie.reply("and me?")
	mike.hears("Charlie Day: and me?")

	# each is answered where that phone was told of them
	ann.texts("tomorrow at 8")
	mike.texts("at noon")

	assert sarah.texts() == ["when?", "by text, too", "tomorrow at 8"]
	assert charlie.texts() == ["and me?", "at noon"]
	[sent] = [one for one in staff.thread(sarah.customer)["entries"] if one["text"] == "tomorrow at 8"]
	assert sent["author"] == "contractor"
	stays(lambda: not any("Sarah" in words for words in mike.heard()))
	assert not any("Charlie" in words for words in ann.heard())
	assert "Ann" not in sarah.open().text

	_give(staff, sarah, "")
	sarah.reply("thanks")
	mike.hears("Sarah Lee: thanks")


def test_each_phone_has_its_own_questions(
	host: EmbeddedHost, staff: Staff, mike: Phone, ann: Phone, sarah: Browser
) -> None:
	code = staff.code(sarah.customer)
	ann.texts(f"#{code}")
	ann.hears("Sarah Lee")
	mike.texts("who gets this?")
	mike.hears("Who is this for?")
	ann.texts("this is Ann's")

	assert sarah.texts() == ["this is Ann's"]
	assert not any("Who is this for" in words for words in ann.heard())


def test_a_phone_of_the_team_is_never_a_customers(host: EmbeddedHost, staff: Staff, ann: Phone) -> None:
	both = host.sign_in(host.add_customer("Ann at home", phone=ann.number))
	ann.texts("hello?")
	ann.hears("Who is this for?")
	assert both.texts() == []
	assert staff.unmatched(ann.number) is None
	refused = staff.post("record_call", phone=ann.number, seconds=60)
	assert refused.status_code == 400


def test_without_a_phone_it_is_mailed_and_answered_by_mail(
	host: EmbeddedHost, staff: Staff, mike: Phone
) -> None:
	address, words = new_email("bea"), f"words {uuid.uuid4()}"
	host.set(team=f"Bea={address}")
	browser = host.sign_in(host.add_customer("Bob", phone=new_phone()))
	_give(staff, browser, "Bea")
	browser.reply(words)
	[letter] = wait_until(lambda: host.mails_to(address, words))
	assert not host.mails_to(CONTRACTOR, words)

	token = reply_token(letter)
	host.mail(mail(address, token, "On my way."), address, token)
	wait_until(lambda: "On my way." in browser.texts())
	stays(lambda: mike.heard() == [])


def test_a_phone_that_said_stop_gets_no_more(
	host: EmbeddedHost, staff: Staff, mike: Phone, sarah: Browser
) -> None:
	number, address = new_phone(), new_email("ann")
	host.set(team=f"Ann={number} {address}")
	_give(staff, sarah, "Ann")
	Phone(host, number).texts("STOP")
	sarah.reply("first")
	wait_until(lambda: host.mails_to(address, "first"))
	host.set(team=f"Ann={number}")
	sarah.reply("second")
	mike.hears("Sarah Lee: second")
	assert Phone(host, number).heard() == []


@pytest.mark.parametrize(
	"team",
	["Ann=5", "=+12125550142", "Ann=+12125550142, Bea=+12125550142", "Ann=a@b.example c@d.example"],
)
def test_it_refuses_a_team_that_cannot_be(host: EmbeddedHost, team: str) -> None:
	assert host.run("set", f"team={team}").status == 2
