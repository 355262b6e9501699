"""Two of the office in one thread: each sees the other, and nothing is sent twice by accident."""

import threading
import uuid
from typing import Any

import pytest
import requests
from support.host import EmbeddedHost, new_phone
from support.people import API, Staff, message_of


@pytest.fixture
def ann(host: EmbeddedHost) -> Staff:
	"""Return another of the office."""
	return host.new_staff()


def _open(host: EmbeddedHost, staff: Staff, name: str) -> tuple[str, str, int]:
	"""Return a customer who has asked something, their thread, and the entry that asks."""
	customer = host.add_customer(name, phone=new_phone())
	asked = host.sign_in(customer).reply("When do you come?")
	return customer, staff.do("open", customer=customer)["thread"], asked["id"]


def _presence(staff: Staff, thread: str, state: str, **more: object) -> dict[str, Any]:
	found: dict[str, Any] = staff.do("presence", thread=thread, state=state, **more)
	return found


def test_each_sees_the_other_come_write_and_go(host: EmbeddedHost, staff: Staff, ann: Staff) -> None:
	_customer, thread, _asked = _open(host, staff, "Bob Shared")
	assert _presence(staff, thread, "here") == {"others": [], "answered": None}
	assert _presence(ann, thread, "writing")["others"] == [{"user": staff.user, "writing": False}]
	assert _presence(staff, thread, "here")["others"] == [{"user": ann.user, "writing": True}]
	_presence(ann, thread, "gone")
	assert _presence(staff, thread, "here")["others"] == []
	_other, elsewhere, _asked = _open(host, staff, "Bob Elsewhere")
	assert _presence(ann, elsewhere, "here")["others"] == []
	assert staff.post("presence", thread=thread, state="asleep").status_code == 400
	assert staff.post("presence", thread="nothing", state="here").status_code == 404


def test_it_says_so_to_staff_alone(host: EmbeddedHost, staff: Staff) -> None:
	customer, thread, _asked = _open(host, staff, "Bob Outside")
	_presence(staff, thread, "writing")
	browser = host.sign_in(customer)
	url = f"{browser.base}{API}.desk.presence"
	body, csrf = {"thread": thread, "state": "here"}, {"X-Frappe-CSRF-Token": browser.csrf}
	assert browser.http.post(url, json=body, headers=csrf, timeout=20).status_code == 403
	host.check_refused(requests.post(url, json=body, timeout=20))
	for told in (browser.timeline(), browser.open().text):
		assert staff.user not in str(told)


def test_of_two_who_send_at_the_same_second_one_is_asked(
	host: EmbeddedHost, staff: Staff, ann: Staff
) -> None:
	customer, thread, asked = _open(host, staff, "Bob Both At Once")
	answers: dict[str, requests.Response] = {}
	together = threading.Barrier(3)

	def act(who: Staff, call: str, text: str) -> None:
		more = {"upto": asked} if call == "send" else {}
		together.wait()
		answers[text] = who.post(call, thread=thread, text=text, client_id=str(uuid.uuid4()), **more)

	acts = [(staff, "send", "At two"), (ann, "send", "At three"), (ann, "note", "Mike is on it")]
	threads = [threading.Thread(target=act, args=given) for given in acts]
	for one in threads:
		one.start()
	for one in threads:
		one.join()
	assert answers["Mike is on it"].status_code == 200
	assert sorted(answers[text].status_code for text in ("At two", "At three")) == [200, 409]
	sent = next(text for text in ("At two", "At three") if answers[text].status_code == 200)
	page = staff.thread(customer)
	assert [entry["text"] for entry in page["entries"]] == ["When do you come?", sent]
	assert [note["text"] for note in page["notes"]] == ["Mike is on it"]
	refused = message_of_refusal(answers["At two" if sent == "At three" else "At three"])
	assert refused == "Somebody of your team has answered meanwhile. Read it first, then send yours again."


def message_of_refusal(response: requests.Response) -> str:
	return str(response.json()["message"])


def test_who_has_read_it_sends_a_second_answer(host: EmbeddedHost, staff: Staff, ann: Staff) -> None:
	customer, thread, asked = _open(host, staff, "Bob Two Answers")
	client_id = str(uuid.uuid4())
	first = staff.do("send", thread=thread, text="At two", upto=asked, client_id=client_id)
	told = _presence(ann, thread, "writing", upto=asked)["answered"]
	author = staff.user if host.knows_authors else None
	assert (told["entry"], told["by"], told["at"]) == (first["entry"]["id"], author, first["entry"]["at"])
	assert ann.post("send", thread=thread, text="At three", upto=asked).status_code == 409
	ann.do("send", thread=thread, text="Or at three", upto=told["entry"])
	# the same again is no second answer, and who says nothing of what they read is asked nothing
	again = staff.do("send", thread=thread, text="At two", upto=asked, client_id=client_id)
	assert again["entry"]["id"] == first["entry"]["id"]
	message_of(staff.post("send", thread=thread, text="See you"))
	texts = [entry["text"] for entry in staff.thread(customer)["entries"]]
	assert texts == ["When do you come?", "At two", "Or at three", "See you"]


def test_a_new_word_of_the_customer_stops_nobody(host: EmbeddedHost, staff: Staff) -> None:
	customer, thread, asked = _open(host, staff, "Bob Writes On")
	host.sign_in(customer).reply("Hello?")
	staff.do("note", thread=thread, text="in a hurry")
	staff.do("send", thread=thread, text="An automated word", automated=True)
	staff.do("send", thread=thread, text="At two", upto=asked)
