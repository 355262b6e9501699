"""A copy of a conversation: the customer's has what the portal shows her, the business's own what staff see besides."""

import base64
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image
from pypdf import PdfReader
from support.host import OFFICE, EmbeddedHost, new_email, new_phone
from support.mails import mail, proof
from support.people import Browser
from support.waiting import wait_until

from customer_thread.domain.model import Attachment

pytestmark = pytest.mark.embedded("the files of a folder; what a site adds is in tests/bench")


def picture(color: str) -> bytes:
	made = BytesIO()
	Image.new("RGB", (3000, 2000), color).save(made, "PNG")
	return made.getvalue()


@pytest.fixture(scope="module")
def sarah(host: EmbeddedHost) -> Browser:
	"""Return a customer who wrote by every way, with a picture, and about whom there is a note."""
	phone, address = new_phone(), new_email()
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=phone, email=address))
	host.receive(phone, "How is it? 👍🏽 中", [Attachment("deck.png", "image/png", picture("red"))])
	text = "Looks good.\n\nOn Tue, May 13, 2026 Mike wrote:\n> The whole estimate\n"
	host.take(mail(address, OFFICE, text, subject="The deck", **proof(address)), OFFICE)
	host.staff.do("send", customer=browser.customer, text="On our way\nSee you")
	host.staff.do("note", customer=browser.customer, text="Pays late, says Ann")
	card = {"event_type": "Invoice sent", "title": "Invoice #2041 sent", "amount": "4200", "currency": "USD"}
	host.staff.do("record_event", customer=browser.customer, **card)
	host.staff.do("record_call", customer=browser.customer, seconds=190)
	wait_until(
		lambda: "ready" in [file["state"] for entry in browser.entries() for file in entry["attachments"]]
	)
	return browser


def copy(host: EmbeddedHost, sarah: Browser, **how: str) -> requests.Response:
	return host.staff.get("export", customer=sarah.customer, **how)


def as_shown(entry: dict[str, Any]) -> dict[str, Any]:
	"""Return an exported entry without what only a file has in it."""
	files = [{key: value for key, value in file.items() if key != "data"} for file in entry["attachments"]]
	return {**{key: value for key, value in entry.items() if key != "original"}, "attachments": files}


def test_her_copy_has_exactly_what_the_portal_shows_her(host: EmbeddedHost, sarah: Browser) -> None:
	answer = copy(host, sarah)
	assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Sarah%20Lee.json"
	given = json.loads(answer.content)
	assert set(given) == {"business", "customer", "timezone", "made_at", "entries"}
	assert [as_shown(entry) for entry in given["entries"]] == sarah.entries()
	[file] = [file for entry in given["entries"] for file in entry["attachments"]]
	assert base64.b64decode(file["data"]) == picture("red")
	[whole] = [entry["original"] for entry in given["entries"] if entry["original"]]
	assert "The whole estimate" in whole
	assert b"Ann" not in answer.content


def test_our_own_has_notes_and_deliveries_too(host: EmbeddedHost, sarah: Browser) -> None:
	given = json.loads(copy(host, sarah, kind="business").content)
	[note] = given["notes"]
	assert (note["text"], note["author"]) == ("Pays late, says Ann", None)
	assert [row["purpose"] for entry in given["entries"] for row in entry["deliveries"]].count("Message") == 1
	assert any(entry["sender"] for entry in given["entries"])
	assert len(given["entries"]) == len(sarah.entries())


def test_it_can_be_printed_with_its_pictures(host: EmbeddedHost, sarah: Browser) -> None:
	answer = copy(host, sarah, format="pdf")
	assert answer.headers["Content-Type"] == "application/pdf"
	pages = PdfReader(BytesIO(answer.content)).pages
	text = " ".join("\n".join(page.extract_text() for page in pages).split())
	for words in (
		"Sarah Lee", "How is it? [thumbs up sign] □", "The deck", "Looks good.", "On our way See you",
		"Invoice #2041 sent — $4,200", "Phone call", "America/New_York",
	):  # fmt: skip
		assert words in text
	assert "Ann" not in text
	[shown] = [image for page in pages for image in page.images]
	assert max(shown.image.size) == 1000  # type: ignore[union-attr]


def test_a_long_one_is_written_page_by_page(own_host: EmbeddedHost) -> None:
	customer = own_host.add_customer("Sarah Lee", phone=new_phone())
	own_host.sign_in(customer)
	own_host.fill(customer, 1234, 1_700_000_000_000_000, 1_000_000)
	given = json.loads(own_host.staff.get("export", customer=customer).content)
	ids = [entry["id"] for entry in given["entries"]]
	assert len(ids) == 1234
	assert ids == sorted(set(ids))
	printed = own_host.staff.get("export", customer=customer, format="pdf")
	assert len(PdfReader(BytesIO(printed.content)).pages) > 20


@pytest.mark.parametrize(
	("how", "words"),
	[
		({"kind": "all"}, "kind must be one of"),
		({"format": "xml"}, "format must be one of"),
		({"kind": "business", "format": "pdf"}, "own copy is JSON"),
	],
)
def test_it_refuses_what_there_is_not(
	host: EmbeddedHost, sarah: Browser, how: dict[str, str], words: str
) -> None:
	answer = copy(host, sarah, **how)
	assert answer.status_code == 400
	assert words in answer.text


def test_a_customer_gets_none(host: EmbeddedHost, sarah: Browser) -> None:
	url = f"/api/method/customer_thread.api.desk.export?customer={sarah.customer}"
	assert sarah.open(url).status_code == 403


def test_the_command_line_writes_a_file(host: EmbeddedHost, sarah: Browser, tmp_path: Path) -> None:
	for name in ("sarah.json", "sarah.pdf"):
		file = tmp_path / name
		ended = host.run("export", "--customer", sarah.customer, file)
		assert (ended.status, ended.out) == (0, ""), ended.err
		assert file.stat().st_mode & 0o077 == 0
		assert host.run("export", "--customer", sarah.customer, file).status == 1
	assert len(json.loads((tmp_path / "sarah.json").read_text("utf-8"))["entries"]) == len(sarah.entries())
	assert host.run("export", "--customer", sarah.customer, tmp_path / "sarah.doc").status == 2
