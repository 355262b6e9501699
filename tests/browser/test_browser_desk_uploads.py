"""Pictures and files in the Desk's reply box."""

import json
from io import BytesIO

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect
from support.pictures import drawn
from support.reply_page import OF_THE_DESK, Server, desk, open_box, send, server, trouble
from support.waiting import wait_until

__all__ = ["desk", "server"]

PICTURE = FilePayload(name="deck.png", mimeType="image/png", buffer=drawn(40, 30))
PLAN = FilePayload(name="plan.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4")


def choose(page: Page, *files: FilePayload) -> None:
	"""Choose these as the button lets one do."""
	with page.expect_file_chooser() as chooser:
		page.get_by_role("button", name="Attach").click()
	chooser.value.set_files(list(files))


def test_pictures_and_files_go_with_the_words_or_alone(desk: Page, server: Server) -> None:
	server.way = {**server.way, "files": "the pictures go with the text", "is_picture_message": True}
	choose(desk, PICTURE, PLAN)
	lines = desk.locator(".ct-shelf-line")
	expect(desk.get_by_role("button", name="Remove plan.pdf")).to_be_visible()
	expect(lines.locator("img")).to_have_attribute("alt", "deck.png")
	expect(desk.get_by_role("button", name="Send", exact=True)).to_be_enabled()
	expect(desk.locator(".ct-reply-way")).to_contain_text("the pictures go with the text")
	assert b"deck.png" in server.uploads[0]
	assert json.loads(server.asked_with[-1]) == ["u1", "u2"]
	found = Axe().run(desk)
	assert {one["id"] for one in found.response["violations"]} <= OF_THE_DESK
	# a note takes none along, and they are kept over it and over a reload
	desk.get_by_role("checkbox").check()
	expect(lines.first).not_to_be_visible()
	send(desk, "call her")
	wait_until(lambda: server.notes)
	assert "uploads" not in server.notes[0]
	open_box(desk)
	expect(lines).to_have_count(2)
	# with the keyboard alone
	desk.get_by_role("button", name="Remove plan.pdf").focus()
	desk.keyboard.press("Enter")
	expect(lines).to_have_count(1)
	send(desk)
	wait_until(lambda: server.sent)
	assert (json.loads(server.sent[0]["uploads"]), server.sent[0]["text"]) == (["u1"], "")
	expect(lines).to_have_count(0)
	assert desk.evaluate("localStorage.length") == 0


def test_what_is_refused_says_why_and_what_is_dropped_or_pasted_is_taken(desk: Page, server: Server) -> None:
	server.refuses = "This picture cannot be read. Please send it as JPEG or PNG."
	choose(desk, PICTURE)
	wait_until(lambda: trouble(desk) == f"deck.png: {server.refuses}")
	expect(desk.locator(".ct-shelf-line")).to_have_count(0)
	server.refuses = ""
	choose(desk, *[PICTURE] * 9)
	expect(desk.locator(".ct-shelf-line img")).to_have_count(9)
	for kind, target, held_by in (
		("drop", ".ct-reply", "dataTransfer"),
		("paste", "textarea", "clipboardData"),
	):
		desk.evaluate(
			"""([kind, target, held_by]) => {
				const held = new DataTransfer();
				held.items.add(new File(["x"], `${kind}.png`, { type: "image/png" }));
				const event = new Event(kind, { bubbles: true, cancelable: true });
				Object.defineProperty(event, held_by, { value: held });
				document.querySelector(target).dispatchEvent(event);
			}""",
			[kind, target, held_by],
		)
	wait_until(lambda: trouble(desk) == "At most 10 pictures and files go with one message.")
	expect(desk.get_by_role("button", name="Remove drop.png")).to_be_visible()
	expect(desk.locator(".ct-shelf-line")).to_have_count(10)


def test_what_gets_no_further_is_tried_again_without_choosing_it_anew(desk: Page, server: Server) -> None:
	desk.clock.install()
	open_box(desk)
	held: list[Route] = []
	desk.route("**/*.upload", lambda route: held.append(route), times=1)
	choose(desk, PICTURE)
	wait_until(lambda: desk.locator("progress").count() and held)
	desk.clock.fast_forward(121_000)
	wait_until(lambda: "could not be uploaded" in trouble(desk))
	desk.locator("textarea").fill("Here it is")
	# nothing goes without what was to go along
	assert desk.get_by_role("button", name="Send", exact=True).is_disabled()
	desk.get_by_role("button", name="Try again: deck.png").press("Enter")
	expect(desk.locator(".ct-shelf-line img")).to_be_visible()
	assert trouble(desk) == ""
	send(desk)
	wait_until(lambda: [json.loads(sent["uploads"]) for sent in server.sent] == [["u1"]])


def test_a_large_photo_is_made_smaller_before_it_goes(desk: Page, server: Server) -> None:
	photo = drawn(3200, 800, "JPEG", noise=True)
	assert len(photo) > 1_000_000
	choose(desk, FilePayload(name="porch.jpg", mimeType="image/jpeg", buffer=photo))
	wait_until(lambda: server.uploads)
	sent = server.uploads[0]
	at = sent.index(b"\xff\xd8\xff")
	assert Image.open(BytesIO(sent[at:])).size == (2560, 640)
	assert len(sent) < len(photo)
