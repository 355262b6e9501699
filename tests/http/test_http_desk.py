"""Staff: who may, the list of threads, one thread, writing to a customer."""

import re
import uuid
from functools import partial
from typing import Any

import pytest
from support.elsewhere import Elsewhere
from support.host import CONTRACTOR, DOMAIN, NUMBER, EmbeddedHost, new_email, new_phone, reply_token
from support.mails import plain_text
from support.people import API, Browser, Staff, message_of
from support.shapes import ENTRY
from support.waiting import stays, wait_until

READS = ["threads", "thread", "likely"]
WRITES = ["send", "note", "read", "record_event", "record_call", "assign", "retry", "trust", "renew"]
WRITES += ["sign_in_link", "revoke_links"]
CALLS = [*(("GET", name) for name in READS), *(("POST", name) for name in [*WRITES, "invite"])]


AUTHORIZATIONS = ["", "token", "token :", "token a:b", "Bearer x", "Basic YTpi"]
AUTHORIZATIONS += ["token {key}:wrong", "token {key}:", "token {key}"]


@pytest.mark.parametrize(("method", "call"), CALLS)
@pytest.mark.parametrize("authorization", AUTHORIZATIONS)
def test_it_refuses_a_wrong_token(
	host: EmbeddedHost, own: Staff, method: str, call: str, authorization: str
) -> None:
	key = own.token.partition(":")[0]
	headers = {"Authorization": authorization.format(key=key)} if authorization else {}
	# as many failures from one address would be held up
	with Elsewhere(f"127.0.1.{1 + AUTHORIZATIONS.index(authorization)}") as http:
		answer = http.request(method, f"{own.base}{API}.desk.{call}", headers=headers, timeout=20)

	host.check_refused(answer)


@pytest.fixture(scope="module")
def own(host: EmbeddedHost) -> Staff:
	return host.staff


@pytest.mark.parametrize(("method", "call"), CALLS)
def test_it_refuses_a_customer(sarah: Browser, method: str, call: str) -> None:
	body = {"customer": sarah.customer, "text": "I am staff", "event_type": "x", "title": "x", "seconds": 60}
	answer = sarah.http.request(
		method,
		f"{sarah.base}{API}.desk.{call}",
		params={"customer": sarah.customer},
		json=body if method == "POST" else None,
		headers={"X-Frappe-CSRF-Token": sarah.csrf},
		timeout=20,
	)

	assert answer.status_code == 403
	assert sarah.entries() == []


@pytest.mark.parametrize("call", WRITES)
@pytest.mark.parametrize("customer", ["CUST-99999", "' OR 1=1 --", "", "\x00", "\ud800", "x" * 10_000])
def test_it_knows_no_such_customer(staff: Staff, call: str, customer: str) -> None:
	body = {"text": "hello", "event_type": "x", "title": "x", "seconds": 60, "thread": "x", "delivery": "x"}
	body |= {"upto": 1}
	answer = staff.post(call, **body, **({"customer": customer} if call not in ("retry", "read") else {}))

	assert answer.status_code in ((404, 400) if call == "record_call" and not customer else (404,))


# The threads


def test_it_lists_threads_latest_first(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	customer = host.add_customer("Bob Listed", phone=phone)
	host.text(phone, "about the deck\nand the stairs")

	first = message_of(staff.get("threads"))["threads"][0]

	assert {key: first[key] for key in ("customer", "title", "last_preview", "unread", "address")} == {
		"customer": customer,
		"title": "Bob Listed",
		"last_preview": "about the deck and the stairs",
		"unread": 1,
		"address": None,
	}
	assert first["thread"]
	assert first["last_at"].endswith("Z")


def test_it_pages_through_threads_once_each(host: EmbeddedHost, staff: Staff) -> None:
	made = {host.add_customer(f"Paged {number}") for number in range(7)}
	seen: list[str] = []
	page = message_of(staff.get("threads", q="Paged", limit=3))
	while True:
		seen += [row["customer"] for row in page["threads"]]
		if not page["before"]:
			break
		page = message_of(staff.get("threads", q="Paged", limit=3, before=page["before"]))

	assert len(seen) == 7
	assert set(seen) == made


@pytest.mark.parametrize(
	("q", "found"),
	[
		("percent 100%", {"Percent 100%"}),
		("100%", {"Percent 100%"}),
		("1000", {"Percent 1000"}),
		("under_score", {"Under_score"}),
		("wow!", {"Wow!"}),
		("o'neill", {"O'Neill"}),
		("%%%", set()),
		("\\", set()),
	],
)
def test_it_searches_threads_literally(host: EmbeddedHost, own: Staff, q: str, found: set[str]) -> None:
	names = ("Percent 100%", "Percent 1000", "Under_score", "UnderXscore", "Wow!", "O'Neill")
	for name in names:
		if not message_of(own.get("threads", q=name))["threads"]:
			host.add_customer(name)

	titles = {row["title"] for row in message_of(own.get("threads", q=q))["threads"]}
	# digits are looked for in phone numbers, too, of which others have any
	assert titles & set(names) == found


@pytest.mark.parametrize(
	"params",
	[
		{"filter": "everything"},
		{"limit": 0},
		{"limit": 101},
		{"limit": "x"},
		{"before": "x"},
		{"before": "1"},
		{"before": "9999999999999999999.abc"},
		{"before": "1.' OR 1=1"},
	],
)
def test_it_refuses_a_list_that_is_none(staff: Staff, params: dict[str, Any]) -> None:
	assert staff.get("threads", **params).status_code == 400


def test_it_counts_what_staff_have_not_read(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	customer = host.add_customer("Bob Unread", phone=phone)

	def entries() -> list[int]:
		return [entry["id"] for entry in message_of(staff.get("thread", customer=customer))["entries"]]

	host.text(phone, "one")
	host.text(phone, "two")
	staff.do("send", customer=customer, text="yes?", channel="portal")
	host.text(phone, "three")
	first, second, own, third = entries()
	thread = message_of(staff.get("thread", customer=customer))["thread"]

	assert thread["unread"] == 3
	assert staff.do("read", thread=thread["thread"], upto=second) == {"unread": 1}
	# never backwards
	assert staff.do("read", thread=thread["thread"], upto=first) == {"unread": 1}
	assert staff.do("read", thread=thread["thread"], upto=own) == {"unread": 1}
	host.text(phone, "four")
	assert staff.do("read", thread=thread["thread"], upto=third) == {"unread": 1}
	assert staff.do("read", thread=thread["thread"], upto=entries()[-1]) == {"unread": 0}
	assert message_of(staff.get("thread", customer=customer))["thread"]["unread"] == 0


@pytest.mark.parametrize("upto", [0, 999_999_999])
def test_it_reads_an_entry_of_that_thread_only(host: EmbeddedHost, staff: Staff, upto: int) -> None:
	phone, other = new_phone(), new_phone()
	mine, theirs = host.add_customer("Bob Read", phone=phone), host.add_customer("Tom Read", phone=other)
	host.text(phone, "mine")
	host.text(other, "theirs")
	thread = message_of(staff.get("thread", customer=mine))["thread"]["thread"]
	foreign = message_of(staff.get("thread", customer=theirs))["entries"][0]["id"]

	assert staff.post("read", thread=thread, upto=upto).status_code == 404
	assert staff.post("read", thread=thread, upto=foreign).status_code == 404
	assert staff.post("read", thread="nope", upto=foreign).status_code == 404


def test_it_filters_threads(host: EmbeddedHost, staff: Staff) -> None:
	phone, stranger = new_phone(), new_phone()
	customer = host.add_customer("Bob Filtered", phone=phone)
	host.text(phone, "unread words")
	host.text(stranger, "who am I?")

	def listed(which: str) -> list[dict[str, Any]]:
		found: list[dict[str, Any]] = message_of(staff.get("threads", filter=which, limit=100))["threads"]
		return found

	assert customer in [row["customer"] for row in listed("unread")]
	assert customer not in [row["customer"] for row in listed("unmatched")]
	assert stranger in [row["address"] for row in listed("unmatched")]
	assert customer not in [row["customer"] for row in listed("failed")]
	host.twilio.fail_next(400, 21612, holding="cannot go")
	staff.do("send", customer=customer, text="cannot go", channel="sms")
	wait_until(lambda: customer in [row["customer"] for row in listed("failed")])


# One thread


def test_it_shows_a_thread_with_what_surrounds_it(host: EmbeddedHost, staff: Staff) -> None:
	customer = host.add_customer("Bob Thread", phone=new_phone(), project="Roof · Active")
	staff.do("send", customer=customer, text="hello", client_id=str(uuid.uuid4()))
	staff.do("note", customer=customer, text="pays late")

	found = staff.thread(customer)

	assert found["thread"]["customer"] == customer
	assert found["thread"]["title"] == "Bob Thread"
	assert found["thread"]["project"] == "Roof · Active"
	assert [entry["text"] for entry in found["entries"]] == ["hello"]
	assert set(found["entries"][0]) == ENTRY | {"parts"}
	assert [note["text"] for note in found["notes"]] == ["pays late"]
	[delivery] = found["deliveries"]
	assert {"id", "entry", "channel", "purpose", "address", "state", "reason", "error", "attempts"} <= set(
		delivery
	)
	by_thread = staff.thread(thread=found["thread"]["thread"])
	assert by_thread["entries"] == found["entries"]


@pytest.mark.parametrize(
	("params", "status"),
	[
		({}, 400),
		({"customer": "nobody"}, 404),
		({"thread": "nothing"}, 404),
		({"thread": "' OR 1=1"}, 404),
		({"customer": "nobody", "limit": 0}, 404),
	],
)
def test_it_shows_no_thread_that_is_not_there(staff: Staff, params: dict[str, Any], status: int) -> None:
	assert staff.get("thread", **params).status_code == status


def test_it_pages_through_a_thread(host: EmbeddedHost, staff: Staff) -> None:
	customer = host.add_customer("Bob Pages")
	for number in range(5):
		staff.do("send", customer=customer, text=f"{number}", channel="portal")
	page = staff.thread(customer, limit=2)
	seen = [entry["text"] for entry in page["entries"]]
	while page["before"]:
		page = staff.thread(customer, limit=2, before=page["before"])
		seen = [entry["text"] for entry in page["entries"]] + seen

	assert seen == list("01234")
	assert staff.get("thread", customer=customer, limit=0).status_code == 400


# Writing


@pytest.mark.parametrize(
	("contacts", "channel", "shown", "reason"),
	[
		("both", "auto", "sms", "texts come first"),
		("mail", "auto", "email", "by e-mail: no phone number on file"),
		("none", "auto", "portal", "portal only: no phone number on file, no e-mail on file"),
		("both", "sms", "sms", "asked for"),
		("both", "email", "email", "asked for"),
		("both", "portal", "portal", "portal only: asked for"),
		("mail", "sms", "portal", "portal only: no phone number on file"),
		("phone", "email", "portal", "portal only: no e-mail on file"),
	],
)
def test_it_sends_the_way_that_is_asked_for(
	host: EmbeddedHost, staff: Staff, contacts: str, channel: str, shown: str, reason: str
) -> None:
	phone, address = new_phone(), new_email()
	on_file = {
		"phone": phone if contacts in ("both", "phone") else "",
		"email": address if contacts in ("both", "mail") else "",
	}
	browser = host.sign_in(host.add_customer("Bob Sent", **on_file))
	words = f"sent {uuid.uuid4()}"

	answer = staff.do("send", customer=browser.customer, text=words, channel=channel)

	assert answer["entry"]["channel"] == shown
	[delivery] = answer["deliveries"]
	assert delivery["reason"] == reason
	assert browser.texts() == [words]
	if shown == "sms":
		[text] = wait_until(lambda: host.texts_to(phone, words))
		assert (text.body, text.from_) == (words, NUMBER)
	elif shown == "email":
		wait_until(lambda: host.mails_to(address, words))
	else:
		assert delivery["state"] == "Skipped"


def test_it_mails_a_customer_with_a_button_and_a_way_to_answer(host: EmbeddedHost, staff: Staff) -> None:
	address = new_email()
	customer = host.add_customer("Bob Mailed", email=address)
	staff.do("send", customer=customer, text="<b>Your</b> estimate", automated=True)

	[letter] = wait_until(lambda: host.mails_to(address))
	message = letter.message
	html = message.get_body(("html",))
	assert html
	assert "View in Portal" in html.get_content()
	assert re.search(rf"{host.url}/messages/in#[0-9a-f]{{40}}", html.get_content())
	assert "&lt;b&gt;Your&lt;/b&gt; estimate" in html.get_content()
	assert "<b>Your</b> estimate" in plain_text(letter)
	assert message["Auto-Submitted"] == "auto-generated"
	assert reply_token(letter).endswith(f"@{DOMAIN}")
	assert CONTRACTOR not in str(message["From"])


def test_it_threads_the_mails_of_one_conversation(host: EmbeddedHost, staff: Staff) -> None:
	address = new_email()
	customer = host.add_customer("Bob Threaded", email=address)
	for words in ("first", "second", "third"):
		staff.do("send", customer=customer, text=words)
		wait_until(partial(host.mails_to, address, words))

	one, two, three = (letter.message for letter in host.mails_to(address))
	assert two["In-Reply-To"] == one["Message-ID"]
	assert three["In-Reply-To"] == two["Message-ID"]
	assert str(three["References"]).split() == [one["Message-ID"], two["Message-ID"]]
	assert one["In-Reply-To"] is None


def test_it_sends_a_repeated_message_once(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	customer = host.add_customer("Bob Once", phone=phone)
	client_id = str(uuid.uuid4())
	first = staff.do("send", customer=customer, text="once", client_id=client_id)
	again = staff.do("send", customer=customer, text="once", client_id=client_id)

	assert first["entry"]["id"] == again["entry"]["id"]
	wait_until(lambda: host.texts_to(phone))
	stays(lambda: len(host.texts_to(phone)) == 1)


@pytest.mark.parametrize(
	("body", "status"),
	[
		({"text": ""}, 400),
		({"text": "\x00 "}, 400),
		({}, 400),
		({"text": "x" * 20_001}, 413),
		({"text": "hello", "channel": "pigeon"}, 400),
		({"text": "hello", "channel": "SMS"}, 400),
		({"text": "hello", "client_id": "x"}, 400),
		({"text": "hello", "urgent": "perhaps"}, 400),
		({"text": "hello", "automated": [1]}, 400),
		({"text": "hello", "when": "tomorrow"}, 400),
	],
)
def test_it_refuses_a_message_it_does_not_understand(
	host: EmbeddedHost, own: Staff, body: dict[str, Any], status: int
) -> None:
	phone = new_phone()
	browser = host.sign_in(host.add_customer("Bob Refused", phone=phone))

	assert own.post("send", customer=browser.customer, **body).status_code == status
	assert browser.entries() == []
	assert host.texts_to(phone) == []


def test_it_splits_a_long_text_that_is_asked_for(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	browser = host.sign_in(host.add_customer("Bob Long", phone=phone, email=new_email()))
	words = " ".join(f"word{number}" for number in range(310))

	answer = staff.do("send", customer=browser.customer, text=words, channel="sms")

	assert len(answer["deliveries"]) == 2
	wait_until(lambda: len(host.texts_to(phone)) == 2)
	assert " ".join(text.body for text in host.texts_to(phone)) == words
	assert browser.texts() == [words]


def test_it_falls_back_for_a_customer_once(host: EmbeddedHost, staff: Staff) -> None:
	phone, address = new_phone(), new_email()
	browser = host.sign_in(host.add_customer("Bob Fallback", phone=phone, email=address))
	host.twilio.fail_next(400, 21612, holding="one way or another")

	entry = staff.do("send", customer=browser.customer, text="one way or another")["entry"]["id"]

	wait_until(lambda: len(host.mails_to(address, "one way or another")) == 1)
	states = [(row["channel"], row["state"]) for row in staff.deliveries(browser.customer, entry)]
	assert states[0] == ("SMS", "Failed")
	assert len(states) == 2
	assert browser.texts() == ["one way or another"]
