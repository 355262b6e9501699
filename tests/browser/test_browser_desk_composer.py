"""What the Desk's reply box offers: another way, later, saved replies, and a look at who else is there."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route
from support.reply_page import OF_THE_DESK, Server, desk, main_button, open_box, send, server, typed
from support.waiting import wait_until

__all__ = ["desk", "server"]


SMS = {"channel": "sms", "address": "+1", "text": "Text to (555) 010-2030", "reason": "texts come first"}
CHANNELS = ["sms", "email", "portal"]


def test_it_counts_a_text_and_says_what_makes_it_longer(desk: Page) -> None:
	count = desk.locator(".ct-reply-count")
	assert not count.is_visible()
	desk.locator("textarea").fill("On our way")
	assert count.inner_text() == "1 text, 150 characters left"
	desk.locator("textarea").fill("On our way — soon")
	assert count.inner_text() == "1 text, 53 characters left · “—” takes room: 70 characters a text, not 160"
	desk.locator("textarea").fill("[" * 81)
	assert count.inner_text() == "2 texts, 143 characters left"
	desk.get_by_role("checkbox").check()
	assert not count.is_visible()


def test_it_counts_nothing_of_a_mail(desk: Page, server: Server) -> None:
	server.way = {"channel": "email", "address": "x", "text": "E-mail to x", "reason": "asked for"}
	open_box(desk)
	desk.locator("textarea").fill("On our way — soon")
	assert not desk.locator(".ct-reply-count").is_visible()


def test_another_way_can_be_taken_for_one_message(desk: Page, server: Server) -> None:
	server.way = {**SMS, "channels": CHANNELS}
	server.ways["email"] = {
		"channel": "email",
		"address": "x",
		"text": "E-mail to x",
		"reason": "asked for",
		"channels": CHANNELS,
	}
	open_box(desk)
	choice = desk.get_by_label("How it is sent")
	assert choice.evaluate("select => [...select.options].map(({ text }) => text)") == [
		"Text",
		"E-mail",
		"Portal",
	]
	desk.locator("textarea").fill("the whole offer")
	choice.select_option("email")
	wait_until(lambda: desk.locator(".ct-reply-way").inner_text() == "E-mail to x · asked for")
	# over a reload, too
	open_box(desk)
	wait_until(lambda: desk.locator(".ct-reply-way").inner_text() == "E-mail to x · asked for")
	send(desk)
	wait_until(lambda: typed(desk) == "")
	wait_until(lambda: choice.input_value() == "sms")
	send(desk, "and by itself again")
	wait_until(lambda: len(server.sent) == 2)
	assert [asked.get("channel") for asked in server.sent] == ["email", None]


def test_a_way_that_is_gone_is_left(desk: Page, server: Server) -> None:
	desk.locator("textarea").fill("hello")
	desk.evaluate(
		"localStorage.setItem(Object.keys(localStorage)[0], JSON.stringify({ text: 'hello', channel: 'email' }))"
	)
	server.way = {**SMS, "channels": ["sms", "portal"]}
	server.ways["email"] = {"channel": "portal", "text": "Stays in the portal", "channels": ["sms", "portal"]}
	open_box(desk)
	wait_until(lambda: desk.locator(".ct-reply-way").inner_text().startswith("Text to"))
	send(desk)
	wait_until(lambda: len(server.sent) == 1)
	assert "channel" not in server.sent[0]


def test_at_night_it_waits_unless_one_says_now(desk: Page, server: Server) -> None:
	server.way = {**SMS, "quiet_text": "Sarah’s quiet hours end at 8:00am", "channels": CHANNELS}
	open_box(desk)
	assert desk.get_by_label("When it is sent").input_value() == "quiet"
	send(desk, "see you then")
	wait_until(lambda: typed(desk) == "")
	desk.locator("textarea").fill("the basement is full of water")
	assert main_button(desk).inner_text() == "Send later"
	desk.locator("textarea").press("Control+Shift+Enter")
	wait_until(lambda: typed(desk) == "")
	send(desk, "and later again")
	wait_until(lambda: len(server.sent) == 3)
	assert [asked["when"] for asked in server.sent] == ["quiet", "now", "quiet"]


ANN = "ann@example.com"


def _conflict(route: Route, _asked: dict[str, Any]) -> None:
	route.fulfill(status=409, json={"exc_type": "DuplicateEntryError", "message": "Somebody has answered."})


def test_two_in_one_thread_see_each_other(desk: Page, server: Server) -> None:
	others = desk.locator(".ct-reply-others")
	assert others.inner_text() == ""
	wait_until(lambda: [said["state"] for said in server.said] == ["here"])
	server.colleagues = {"others": [{"user": ANN, "writing": True}], "answered": None}
	desk.evaluate("heard({ thread: 'B' })")
	desk.evaluate("heard({ thread: 'A' })")
	wait_until(lambda: others.inner_text() == "Ann is writing…")
	server.colleagues = {"others": [{"user": ANN, "writing": False}], "answered": None}
	desk.locator("textarea").type("On")
	wait_until(lambda: others.inner_text() == "Ann is here")
	assert [said["state"] for said in server.said] == ["here", "here", "writing"]
	desk.evaluate("document.body.replaceChildren()")
	wait_until(lambda: server.said[-1]["state"] == "gone")


def test_a_second_answer_takes_one_more_press(desk: Page, server: Server) -> None:
	desk.evaluate("box.read_upto(7)")
	desk.locator("textarea").fill("At two")
	# over a reload, too
	open_box(desk)
	desk.evaluate("box.read_upto(9)")
	server.answer = _conflict
	server.colleagues = {"others": [], "answered": {"entry": 8, "by": ANN, "at": "2026-05-14T10:00:00Z"}}
	send(desk)
	notice = desk.locator(".ct-reply-notice")
	wait_until(lambda: notice.inner_text().startswith("Ann answered a minute ago."))
	wait_until(lambda: main_button(desk).is_enabled())
	assert typed(desk) == "At two"
	assert desk.locator(".ct-reply-problem").inner_text() == ""
	server.answer = None
	server.colleagues = {"others": [], "answered": None}
	send(desk)
	wait_until(lambda: typed(desk) == "")
	assert [(asked["upto"], asked["text"]) for asked in server.sent] == [(7, "At two"), (8, "At two")]
	assert notice.inner_text() == ""
	desk.locator("textarea").fill("One more thing")
	send(desk)
	wait_until(lambda: len(server.sent) == 3)
	assert server.sent[2]["upto"] == 9


def test_a_note_waits_for_nobody(desk: Page, server: Server) -> None:
	desk.evaluate("box.read_upto(7)")
	desk.get_by_role("checkbox").check()
	desk.locator("textarea").fill("pays late")
	server.colleagues = {"others": [], "answered": {"entry": 8, "by": ANN, "at": "2026-05-14T10:00:00Z"}}
	desk.evaluate("box.read_upto(8)")
	send(desk)
	wait_until(lambda: typed(desk) == "")
	assert "upto" not in server.notes[0]
	assert desk.locator(".ct-reply-notice").inner_text() == ""


def _template(shortcut: str, title: str, text: str, problem: str | None = None) -> dict[str, Any]:
	return {"name": shortcut, "title": title, "shortcut": shortcut, "text": text, "problem": problem}


def test_a_slash_brings_saved_replies_by_keys(desk: Page, server: Server) -> None:
	server.templates = [
		_template("call", "Please call us", "", "“Please call us”: the business has no phone."),
		_template("photo", "Send a photo", "Hi Sarah, <b>could</b> you send us a photo?"),
		_template("thanks", "Thank you", "Thank you, Sarah!"),
	]
	box, lines = desk.locator("textarea"), desk.locator(".ct-saved-line")
	box.press_sequentially("and/or 1/2")
	assert lines.count() == 0
	box.fill("")
	box.press_sequentially("First line")
	box.press("Enter")
	box.press_sequentially("/")
	wait_until(lambda: lines.count() == 3)
	found = Axe().run(desk, options={"rules": {rule: {"enabled": False} for rule in OF_THE_DESK}})
	assert found.violations_count == 0, found.generate_report()
	# nothing is known to fill it with
	assert "no phone" in lines.first.inner_text()
	box.press("Enter")
	assert typed(desk) == "First line\n/"
	box.press("ArrowDown")
	box.press("ArrowUp")
	box.press("ArrowUp")
	assert desk.locator("[aria-selected=true]").inner_text().startswith("Thank you")
	box.press_sequentially("ph")
	wait_until(lambda: lines.count() == 1)
	box.press("Enter")
	assert typed(desk) == "First line\nHi Sarah, <b>could</b> you send us a photo?"
	assert not desk.locator(".ct-saved").is_visible()
	assert server.sent == []
	box.press("Control+Enter")
	wait_until(lambda: len(server.sent) == 1)


def test_a_list_of_saved_replies_is_left_by_escape_and_used_by_hand(desk: Page, server: Server) -> None:
	server.templates = [_template("thanks", "Thank you", "Thank you, Sarah!")]
	box, lines = desk.locator("textarea"), desk.locator(".ct-saved-line")
	box.press_sequentially("/th")
	wait_until(lambda: lines.count() == 1)
	box.press("Escape")
	assert not desk.locator(".ct-saved").is_visible()
	box.press_sequentially("a")
	assert not desk.locator(".ct-saved").is_visible()
	box.fill("")
	box.press_sequentially("/you")
	wait_until(desk.locator(".ct-saved").is_visible)
	lines.first.click()
	assert typed(desk) == "Thank you, Sarah!"


def test_one_tap_puts_its_words_into_the_box(desk: Page, server: Server) -> None:
	server.taps = [{"what": "reply", "title": "Send the invoice", "text": "Here is invoice #2041"}]
	open_box(desk)
	desk.evaluate("box.offer_taps('CUST-1')")
	desk.get_by_role("button", name="Send the invoice").press("Enter")
	assert typed(desk) == "Here is invoice #2041"
	assert server.sent == []
	send(desk)
	wait_until(lambda: [sent["text"] for sent in server.sent] == ["Here is invoice #2041"])


QUIET = {"quiet_until": "2026-05-15T12:00:00Z", "quiet_text": "Sarah’s quiet hours end at 8:00am"}


def test_it_sees_the_night_come_while_one_writes(desk: Page, server: Server) -> None:
	desk.clock.install()
	open_box(desk)
	desk.locator("textarea").fill("On our way")
	assert main_button(desk).inner_text() == "Send"
	server.way = {**SMS, **QUIET}
	desk.clock.fast_forward(61_000)
	wait_until(lambda: main_button(desk).inner_text() == "Send later")
	desk.get_by_label("When it is sent").select_option("now")
	desk.clock.fast_forward(61_000)
	wait_until(lambda: len(server.lengths) >= 4)
	# what was chosen stays chosen
	send(desk)
	wait_until(lambda: [sent["when"] for sent in server.sent] == ["now"])


def test_a_message_into_a_night_that_was_not_shown_asks_first(desk: Page, server: Server) -> None:
	def is_night(route: Route, asked: dict[str, Any]) -> None:
		if asked["when"] == "day":
			server.way = {**SMS, **QUIET}
			route.fulfill(status=409, json={"exc_type": "Conflict", "message": "It is night by now."})
		else:
			route.fulfill(json={"message": {"entry": {"text": asked["text"]}}})

	server.answer = is_night
	send(desk, "See you tomorrow")
	wait_until(lambda: main_button(desk).inner_text() == "Send later")
	assert desk.locator(".ct-reply-problem").inner_text() == "It is night by now."
	assert typed(desk) == "See you tomorrow"
	assert desk.get_by_label("When it is sent").input_value() == "quiet"
	send(desk)
	wait_until(lambda: [sent["when"] for sent in server.sent] == ["day", "quiet"])
	assert len({sent["client_id"] for sent in server.sent}) == 1
	wait_until(lambda: typed(desk) == "")
