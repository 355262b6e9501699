"""What one can do on the demo page, and what comes of it at the other ends."""

import re
from typing import Any

import pytest
import requests
from support.people import Browser
from support.running_demo import Demo
from support.waiting import stays, wait_until

PNG = bytes.fromhex(
	"89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
	"0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def newest(sarah: Browser, text: str) -> dict[str, Any]:
	return wait_until(lambda: next((entry for entry in sarah.entries() if entry["text"] == text), None) or {})


def code_of(demo: Demo) -> str:
	found = re.search(r"#(\d+)\)", demo.texts("mike")[0])
	assert found
	return found[1]


def mail_for(demo: Demo, who: str, words: str) -> dict[str, Any]:
	letters = wait_until(
		lambda: [letter for letter in demo.state()["mail"][who] if words in letter["text"]], what=words
	)
	found: dict[str, Any] = letters[-1]
	return found


def test_sarahs_text_arrives_in_the_thread_and_at_mike(demo: Demo, sarah: Browser) -> None:
	demo.act("text", who="sarah", text="Is Friday possible?")

	entry = newest(sarah, "Is Friday possible?")
	assert (entry["author"], entry["channel"]) == ("customer", "sms")
	forwarded = f"Sarah Lee: Is Friday possible? (#{code_of(demo)})"
	wait_until(lambda: forwarded in demo.texts("mike"))


@pytest.mark.parametrize("own", [True, False])
def test_sarahs_picture_arrives_in_the_thread(demo: Demo, sarah: Browser, own: bool) -> None:
	words = f"Look, {own}"
	files = {"picture": ("gate.png", PNG, "image/png")} if own else None
	demo.act("text", files, who="sarah", text=words, **({} if own else {"sample": "1"}))

	wait_until(lambda: newest(sarah, words)["attachments"][0]["state"] == "ready")
	picture = newest(sarah, words)["attachments"][0]
	data = sarah.http.get(sarah.base + picture["url"], timeout=20).content
	assert data == PNG if own else data.startswith(b"\xff\xd8")
	shown = demo.state()["phones"]["sarah"]["texts"][-1]["pictures"][0]
	assert requests.get(demo.url + shown, timeout=20).content == data


def test_mikes_answer_by_code_reaches_sarah(demo: Demo, sarah: Browser) -> None:
	demo.act("text", who="mike", text=f"#{code_of(demo)} on my way")

	entry = newest(sarah, "on my way")
	assert (entry["author"], entry["label"], entry["channel"]) == ("contractor", "Mike's Contracting", "sms")
	wait_until(lambda: "on my way" in demo.texts("sarah"))


def test_mikes_answer_without_code_reaches_sarah(demo: Demo, sarah: Browser) -> None:
	demo.act("text", who="mike", text="Bring boots")

	newest(sarah, "Bring boots")
	wait_until(lambda: "Bring boots" in demo.texts("sarah"))


def test_mikes_note_reaches_nobody(demo: Demo, sarah: Browser) -> None:
	demo.act("text", who="mike", text=f"#{code_of(demo)} note gate code 4711")

	wait_until(lambda: demo.texts("mike")[-1] == "Noted for Sarah Lee.")
	# the words, as a number may be a part of any id
	stays(lambda: "gate code" not in sarah.open().text + str(demo.state()["phones"]["sarah"]))


def test_an_invoice_becomes_a_card_and_its_cancelling_makes_it_void(demo: Demo, sarah: Browser) -> None:
	demo.act("invoice")
	sent = sarah.entries()[-1]
	number = demo.state()["invoice"]
	assert sent["card"]["title"] == f"Invoice #{number} sent"
	assert not sent["card"]["void"]

	demo.act("cancel")

	assert sarah.entry(sent["id"])["card"]["void"]
	assert sarah.entries()[-1]["card"]["title"] == f"Invoice #{number} cancelled"
	assert "Cancelled" in requests.get(sent["card"]["url"], timeout=20).text
	assert demo.state()["invoice"] == str(int(number) - 1)


def test_a_call_leaves_a_call_entry(demo: Demo, sarah: Browser) -> None:
	demo.act("call")
	assert demo.state()["calling"]
	demo.act("call")

	assert not demo.state()["calling"]
	calls = [entry for entry in sarah.entries() if entry["kind"] == "call"]
	assert re.fullmatch(r"Phone call — May 15, 10:2\dam · 1 min", calls[-1]["text"])


def test_the_office_writes_and_is_told_how_it_went(demo: Demo, sarah: Browser) -> None:
	said = demo.act("office", text="A reminder", automated="1")

	assert said == "Written to Sarah: by text."
	assert newest(sarah, "A reminder")["author"] == "automated"
	wait_until(lambda: "A reminder" in demo.texts("sarah"))


def test_mails_are_answered_in_both_directions(demo: Demo, sarah: Browser) -> None:
	demo.act("office", text="Your warranty papers", channel="email")
	letter = mail_for(demo, "sarah", "Your warranty papers")
	assert letter["from"] == "Mike's Contracting"
	assert letter["time"].startswith("10:2")
	assert letter["start"].startswith("Your warranty papers")

	demo.act("mail", who="sarah", letter=letter["id"], text="Got them, thanks")

	entry = newest(sarah, "Got them, thanks")
	assert (entry["author"], entry["channel"], entry["quoted"]) == ("customer", "email", True)
	answered = mail_for(demo, "sarah", "Got them, thanks")
	assert re.search(r"On Thu, May 15, 2025 at 10:\d\d AM Mike's Contracting", answered["text"])
	forwarded = mail_for(demo, "mike", "Got them, thanks")

	demo.act("mail", who="mike", letter=forwarded["id"], text="You are welcome")

	assert newest(sarah, "You are welcome")["author"] == "contractor"
	wait_until(lambda: "You are welcome" in demo.texts("sarah"))
	assert [letter["mine"] for letter in demo.state()["mail"]["mike"]] == [False, True]


def test_a_text_that_fails_goes_by_mail_until_sarah_says_start(demo: Demo, sarah: Browser) -> None:
	demo.act("fail")
	assert demo.state()["failing"]
	demo.act("office", text="Does this arrive?")

	mail_for(demo, "sarah", "Does this arrive?")
	state = demo.state()
	assert not state["failing"]
	assert state["phones"]["sarah"]["texts"][-1]["lost"] == "30006"
	assert sarah.texts().count("Does this arrive?") == 1

	demo.act("text", who="sarah", text="START")
	demo.act("office", text="And this?")

	wait_until(lambda: "And this?" in demo.texts("sarah"))


def test_stop_turns_what_is_sent_to_her_to_mail_and_start_turns_it_back(demo: Demo, sarah: Browser) -> None:
	demo.act("text", who="sarah", text="STOP")
	assert demo.state()["phones"]["sarah"]["stopped"]
	demo.act("office", text="From now on by mail")
	mail_for(demo, "sarah", "From now on by mail")
	sarah.reply("Still to his phone")
	wait_until(lambda: any("Still to his phone" in text for text in demo.texts("mike")))

	demo.act("text", who="sarah", text="START")

	assert not demo.state()["phones"]["sarah"]["stopped"]
	demo.act("office", text="By text again")
	wait_until(lambda: any("By text again" in text for text in demo.texts("sarah")))


def test_a_second_link_leaves_the_first_page_working(demo: Demo, sarah: Browser) -> None:
	sarah.open()
	first = sarah.csrf
	sarah.http.get(f"{demo.url}/portal", timeout=20)

	sent = sarah.post("reply", csrf=first, text="Still me", client_id="6f1d3f0e-4c0a-4f0e-9d0e-2f6d1c7b8a90")

	assert sent.status_code == 200


@pytest.mark.parametrize(
	("action", "values", "status"),
	[
		("text", {"who": "sarah", "text": "  "}, 400),
		("text", {"who": "bob", "text": "hi"}, 400),
		("office", {"text": ""}, 422),
		("office", {"text": "x", "channel": "pigeon"}, 422),
		("mail", {"who": "sarah", "letter": "in999", "text": "x"}, 404),
		("nothing", {}, 404),
	],
)
def test_it_says_what_is_wrong(demo: Demo, action: str, values: dict[str, str], status: int) -> None:
	answer = demo.post(action, **values)

	assert answer.status_code == status
	assert answer.json()["error"].endswith(".")


def test_no_other_site_can_press_its_buttons(demo: Demo) -> None:
	for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
		answer = requests.post(f"{demo.url}/api/invoice", headers=headers, timeout=20)
		assert answer.status_code == 403


def test_every_page_of_the_demo_keeps_to_itself(demo: Demo) -> None:
	for path in ("/", "/invoices", "/api/state", "/static/demo.js", "/nothing"):
		answer = requests.get(demo.url + path, timeout=20)
		policy = answer.headers["Content-Security-Policy"]
		assert "unsafe" not in policy
		assert "default-src 'none'" in policy
		assert not re.search(r"https?://(?!127\.0\.0\.1)", answer.text.replace("http://www.w3.org/", ""))


def pushed(demo: Demo) -> list[dict[str, str]]:
	found: list[dict[str, str]] = demo.state()["pushed"]
	return found


def test_an_invoice_makes_sarahs_phone_buzz(demo: Demo, sarah: Browser) -> None:
	before = len(pushed(demo))
	said = demo.act("invoice")
	number = re.search(r"#(\d+)", said)
	assert number

	shown = wait_until(lambda: pushed(demo)[before:])
	assert [push["title"] for push in shown] == ["Mike's Contracting"]
	assert number[0] in shown[0]["body"]
	assert "$" not in shown[0]["body"]
	assert requests.get(shown[0]["href"], cookies=sarah.http.cookies, timeout=20).status_code == 200


def test_the_night_is_quiet_and_the_morning_tells_all_as_one(demo: Demo, sarah: Browser) -> None:
	sarah.mark_read(sarah.timeline()["last"])
	assert "quiet hours" in demo.act("clock", to="night")
	before = len(pushed(demo))
	for _twice in range(2):
		demo.act("invoice")
	stays(lambda: len(pushed(demo)) == before, 2.0)

	demo.act("clock", to="morning")

	wait_until(lambda: len(pushed(demo)) > before)
	stays(lambda: len(pushed(demo)) == before + 1)


def test_an_invoice_buzzes_though_her_portal_is_open_when_she_looks_away(demo: Demo, sarah: Browser) -> None:
	sarah.get("timeline", active=1)
	before = len(pushed(demo))
	demo.act("invoice")
	stays(lambda: len(pushed(demo)) == before, 1.0)

	assert "looked away" in demo.act("invoice", away="1")

	wait_until(lambda: len(pushed(demo)) > before)


def test_the_clock_goes_nowhere_else(demo: Demo) -> None:
	assert demo.post("clock", to="noon").status_code == 400
