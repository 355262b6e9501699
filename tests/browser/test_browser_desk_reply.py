"""The Desk's reply box: the words are kept until the server has them, once."""

import re
from typing import Any

from playwright.sync_api import Page, Route
from support.reply_page import (
	Server,
	desk,
	lost,
	main_button,
	open_box,
	refused,
	send,
	server,
	show_box,
	trouble,
	typed,
)
from support.waiting import wait_until

__all__ = ["desk", "server"]


def test_it_sends_and_lets_go(desk: Page, server: Server) -> None:
	assert desk.locator(".ct-reply-way").inner_text() == "Text to (555) 010-2030 · texts come first"
	assert main_button(desk).is_disabled()
	send(desk, "  On our way  ")
	wait_until(lambda: typed(desk) == "")
	[asked] = server.sent
	assert (asked["thread"], asked["text"]) == ("A", "On our way")
	assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", asked["client_id"])
	assert desk.evaluate("[window.stored, localStorage.length]") == [1, 0]
	send(desk, "again")
	wait_until(lambda: len(server.sent) == 2)
	assert server.sent[1]["client_id"] != asked["client_id"]


def test_it_keeps_the_words_over_an_error_and_a_reload_and_sends_them_as_one(
	desk: Page, server: Server
) -> None:
	server.answer = lost
	send(desk, "Back at two")
	wait_until(lambda: "cannot be reached" in trouble(desk))
	assert typed(desk) == "Back at two"
	open_box(desk)
	assert typed(desk) == "Back at two"
	server.answer = None
	send(desk)
	wait_until(lambda: typed(desk) == "")
	first, second = server.sent
	assert first["client_id"] == second["client_id"]


def test_it_keeps_a_draft_for_each_thread(desk: Page) -> None:
	desk.locator("textarea").fill("for A")
	show_box(desk, "B")
	assert typed(desk) == ""
	desk.locator("textarea").fill("for B")
	show_box(desk, "A")
	assert typed(desk) == "for A"


def test_it_says_what_was_refused_as_text(desk: Page, server: Server) -> None:
	server.answer = refused
	send(desk, "x")
	wait_until(lambda: trouble(desk) == "This message is <b>too long</b>.")
	assert typed(desk) == "x"
	server.answer = None
	send(desk, "shorter")
	wait_until(lambda: typed(desk) == "")
	assert trouble(desk) == ""


def test_it_loses_no_words_that_were_changed_after_a_try_that_had_arrived(desk: Page, server: Server) -> None:
	server.answer = lost
	send(desk, "At two")
	wait_until(lambda: trouble(desk) != "")

	def had_arrived(route: Route, _asked: dict[str, Any]) -> None:
		route.fulfill(json={"message": {"entry": {"text": "At two"}}})

	server.answer = had_arrived
	send(desk, "At three")
	wait_until(lambda: "had arrived already" in trouble(desk))
	assert typed(desk) == "At three"
	server.answer = None
	send(desk)
	wait_until(lambda: typed(desk) == "")
	one, two, three = (asked["client_id"] for asked in server.sent)
	assert one == two != three


def test_a_note_looks_different_and_goes_nowhere_else(desk: Page, server: Server) -> None:
	plain = desk.locator(".ct-reply").evaluate("box => getComputedStyle(box).backgroundColor")
	desk.get_by_role("checkbox").check()
	assert desk.locator(".ct-reply-way").inner_text() == "Note: only your team sees this"
	assert main_button(desk).inner_text() == "Add note"
	assert desk.locator(".ct-reply").evaluate("box => getComputedStyle(box).backgroundColor") != plain
	send(desk, "pays late")
	wait_until(lambda: typed(desk) == "")
	assert [note["text"] for note in server.notes] == ["pays late"]
	assert server.sent == []
	assert not desk.get_by_role("checkbox").is_checked()


def test_it_adds_a_note_once_that_was_changed_after_a_try(desk: Page, server: Server) -> None:
	desk.get_by_role("checkbox").check()
	server.answer = lost
	send(desk, "pays late")
	wait_until(lambda: trouble(desk) != "")

	def never_came(route: Route, asked: dict[str, Any]) -> None:
		route.fulfill(json={"message": {"id": "n", "text": asked["text"]}})

	server.answer = never_came
	send(desk, "pays very late")
	wait_until(lambda: typed(desk) == "")
	assert trouble(desk) == ""


def test_it_sends_nothing_where_nobody_would_read_it(desk: Page, server: Server) -> None:
	server.way = {"channel": None, "address": None, "text": "Say first whose it is.", "reason": None}
	open_box(desk)
	assert desk.locator(".ct-reply-way").inner_text() == "Say first whose it is."
	send(desk, "hello?")
	assert main_button(desk).is_disabled()
	desk.get_by_role("checkbox").check()
	assert main_button(desk).is_enabled()
	assert server.sent == []


def test_it_asks_anew_which_way_something_long_goes(desk: Page, server: Server) -> None:
	server.way = {
		"channel": "email",
		"address": "x",
		"text": "E-mail to x",
		"reason": "longer than a text may be",
	}
	desk.locator("textarea").fill("x" * 1700)
	wait_until(lambda: desk.locator(".ct-reply-way").inner_text().startswith("E-mail to x"))
	assert server.lengths[-1] == 1700
