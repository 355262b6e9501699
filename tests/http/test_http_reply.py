"""The customer replies: stored once, first, and sent on once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.host import MOBILE, EmbeddedHost
from support.people import API, Browser, Staff, message_of
from support.shapes import check_entry
from support.waiting import stays, wait_until


def test_it_answers_with_the_entry(sarah: Browser) -> None:
	client_id = str(uuid.uuid4())

	entry = sarah.reply("Sounds good!", client_id)

	check_entry(entry)
	assert (entry["text"], entry["client_id"], entry["state"]) == ("Sounds good!", client_id, "sending")
	wait_until(lambda: sarah.entry(entry["id"])["state"] == "delivered")


def test_it_texts_the_contractor_with_name_and_code(host: EmbeddedHost, sarah: Browser, staff: Staff) -> None:
	sarah.reply("Is 8am possible?")

	[text] = wait_until(lambda: host.texts_to(MOBILE, "Is 8am possible?"))
	assert text.body == f"Sarah Lee: Is 8am possible? (#{staff.code(sarah.customer)})"


def test_it_stores_a_repeated_reply_once(host: EmbeddedHost, sarah: Browser) -> None:
	client_id = str(uuid.uuid4())
	first = sarah.reply("only once please", client_id)
	again = sarah.reply("only once please", client_id.upper())
	other_words = sarah.reply("other words", client_id)

	assert first["id"] == again["id"] == other_words["id"]
	assert sarah.texts() == ["only once please"]
	wait_until(lambda: host.texts_to(MOBILE, "only once please"))
	stays(lambda: len(host.texts_to(MOBILE, "only once please")) == 1)
	assert host.texts_to(MOBILE, "other words") == []


def test_it_stores_a_reply_that_comes_twenty_times_at_once_once(host: EmbeddedHost, sarah: Browser) -> None:
	client_id = str(uuid.uuid4())
	words = f"twenty times {client_id}"
	with ThreadPoolExecutor(20) as pool:
		found = list(pool.map(lambda _: sarah.reply(words, client_id)["id"], range(20)))

	assert len(set(found)) == 1
	assert sarah.texts() == [words]
	wait_until(lambda: sarah.entry(found[0])["state"] == "delivered")
	stays(lambda: len(host.texts_to(MOBILE, words)) == 1)


def test_it_stores_twenty_replies_at_once_each_once(host: EmbeddedHost, sarah: Browser) -> None:
	with ThreadPoolExecutor(20) as pool:
		found = list(pool.map(lambda number: sarah.reply(f"number {number}")["id"], range(20)))

	assert len(set(found)) == 20
	assert sorted(sarah.texts()) == sorted(f"number {number}" for number in range(20))


def test_it_keeps_the_same_client_id_of_two_customers_apart(sarah: Browser, charlie: Browser) -> None:
	client_id = str(uuid.uuid4())
	mine = sarah.reply("mine", client_id)
	his = charlie.reply("his", client_id)

	assert mine["id"] != his["id"]
	assert sarah.texts() == ["mine"]
	assert charlie.texts() == ["his"]


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00", "\x00\x07\x1b", "\r\n"])
def test_it_refuses_an_empty_reply(sarah: Browser, text: str) -> None:
	answer = sarah.post("reply", text=text, client_id=str(uuid.uuid4()))

	assert answer.status_code == 400
	assert "type a message" in answer.json()["message"]
	assert sarah.entries() == []


def test_it_takes_20000_characters_and_no_more(sarah: Browser) -> None:
	longest = "ä" * 20_000

	assert sarah.post("reply", text=longest + "!", client_id=str(uuid.uuid4())).status_code == 413
	assert sarah.entries() == []
	sarah.reply(f"  {longest}  ")
	assert sarah.texts() == [longest]


@pytest.mark.parametrize(
	("text", "kept"),
	[
		("a\x00b\x07c", "abc"),
		("👩‍👩‍👧‍👦 ok 🏡", "👩‍👩‍👧‍👦 ok 🏡"),
		("שלום, מתי נוח?", "שלום, מתי נוח?"),
		("\u202egnp.exe", "\u202egnp.exe"),
		("a\r\nb\rc", "a\nb\nc"),
		("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
		("'; DROP TABLE `tabThread Entry`; --", "'; DROP TABLE `tabThread Entry`; --"),
		("{{ 7*7 }} {% raw %} %(name)s {0}", "{{ 7*7 }} {% raw %} %(name)s {0}"),
		("lone \ud800 half", "lone ? half"),
		("e\u0301", "e\u0301"),
		("\ufeffbom", "\ufeffbom"),
	],
)
def test_it_keeps_what_was_typed(host: EmbeddedHost, sarah: Browser, text: str, kept: str) -> None:
	sarah.reply(text)

	assert sarah.texts() == [kept]
	assert sarah.open().status_code == 200
	if kept.isprintable():
		assert wait_until(lambda: host.texts_to(MOBILE, f"Sarah Lee: {kept}"))


def test_it_shows_words_on_the_page_as_text_only(sarah: Browser) -> None:
	sarah.reply('<img src=x onerror=alert(1)> javascript:alert(1) https://a.example/"onmouseover=alert(1)')

	page = sarah.open().text
	assert "&lt;img src=x" in page
	assert "<img src=x" not in page
	assert 'href="javascript' not in page
	assert '"onmouseover' not in page


@pytest.mark.parametrize("client_id", ["", "1", "not-a-uuid", "' OR 1=1", "5f0c9ff0-5b1c-4e0e-9f0a", "\x00"])
def test_it_refuses_a_client_id_that_is_none(sarah: Browser, client_id: str) -> None:
	answer = sarah.post("reply", text="hello", client_id=client_id)

	assert answer.status_code == 400
	assert "client_id" in answer.json()["message"]
	assert sarah.entries() == []


@pytest.mark.parametrize(
	"body",
	[
		{},
		{"text": "hello"},
		{"client_id": "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a11"},
		{"text": None, "client_id": "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a11"},
		{"text": ["hello"], "client_id": "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a11"},
		{"text": {"a": 1}, "client_id": "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a11"},
		{"text": True, "client_id": "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a11"},
		{"text": "hello", "client_id": 12345},
		{"text": "hello", "client_id": None},
	],
)
def test_it_refuses_a_reply_that_lacks_something(sarah: Browser, body: dict[str, Any]) -> None:
	assert sarah.post("reply", **body).status_code == 400
	assert sarah.entries() == []


def test_it_takes_a_form_as_well(sarah: Browser) -> None:
	answer = sarah.http.post(
		f"{sarah.base}{API}.portal.reply",
		data={"text": "as a form", "client_id": str(uuid.uuid4())},
		headers={"X-Frappe-CSRF-Token": sarah.csrf},
		timeout=20,
	)

	assert message_of(answer)["text"] == "as a form"


@pytest.mark.parametrize("more", [{"thread": "other"}, {"customer": "CUST-00001"}, {"author": "contractor"}])
def test_it_writes_into_ones_own_thread_whatever_is_asked(
	host: EmbeddedHost, sarah: Browser, charlie: Browser, more: dict[str, str]
) -> None:
	asked = {**more, "customer": charlie.customer}
	entry = message_of(sarah.post("reply", text="mine", client_id=str(uuid.uuid4()), **asked))

	assert entry["author"] == "customer"
	assert sarah.texts() == ["mine"]
	assert charlie.entries() == []


@pytest.mark.parametrize("call", ["edit", "delete", "remove", "redact", "update"])
def test_it_has_no_way_to_change_what_was_said(host: EmbeddedHost, sarah: Browser, call: str) -> None:
	entry = sarah.reply("said")["id"]

	assert sarah.post(call, entry=entry, text="unsaid").status_code == host.no_such_call
	url = f"{sarah.base}{API}.portal.timeline"
	for method in ("PUT", "PATCH", "DELETE"):
		answer = sarah.http.request(method, url, headers={"X-Frappe-CSRF-Token": sarah.csrf}, timeout=20)
		assert answer.status_code == host.wrong_method
	assert sarah.texts() == ["said"]
