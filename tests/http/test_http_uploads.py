"""Staff send pictures and files: by text as pictures or a link, by mail attached, and in the portal."""

import re
import uuid
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import requests
from PIL import Image
from support.host import EmbeddedHost, new_email, new_phone
from support.mails import plain_text
from support.people import API, Browser, Staff, message_of
from support.pictures import PHONE_MAKER, drawn, from_a_phone
from support.waiting import wait_until

from customer_thread.domain.limits import MMS_PICTURE_BYTES, UPLOAD_BYTES, UPLOADS_OF_MESSAGE

ABROAD = "+447700900124"
PDF = b"%PDF-1.4 an estimate"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100
LINK = re.compile(r"https?://\S+/messages/\S+")


def uploaded(staff: Staff, customer: str, name: str, data: bytes, **form: str) -> str:
	"""Upload it, and return its id."""
	return str(message_of(staff.upload(name, data, customer=customer, **form))["id"])


def sent(staff: Staff, customer: str, *uploads: str, text: str = "", **more: object) -> dict[str, object]:
	"""Send these, and return the delivery."""
	answer = staff.do("send", customer=customer, text=text, uploads=list(uploads), **more)
	delivery: dict[str, object] = answer["deliveries"][0]
	return delivery


@pytest.mark.embedded("what stands in for Twilio does not reach a site's public address")
def test_a_photo_goes_as_a_picture_upright_and_says_nothing_of_its_maker(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str
) -> None:
	words, data = f"like this? {uuid.uuid4()}", from_a_phone()
	assert PHONE_MAKER.encode() in data
	kept = message_of(staff.upload("IMG 1.JPG", data, "image/jpeg", customer=sarah.customer))
	assert (kept["name"], kept["content_type"], kept["width"], kept["height"]) == (
		"IMG 1.JPG", "image/jpeg", 400, 600,
	)  # fmt: skip
	way = staff.ask("way", customer=sarah.customer, uploads=f'["{kept["id"]}"]')
	assert (way["files"], way["is_picture_message"]) == ("the pictures go with the text", True)

	delivery = sent(staff, sarah.customer, kept["id"], text=words)
	assert delivery["reason"] == "texts come first"
	[text] = wait_until(lambda: host.texts_to(phone, words))
	[picture] = wait_until(lambda: list(text.media.values()))
	assert text.body == f"{words}\n[1 picture]"
	assert (picture.content_type, len(picture.data) <= MMS_PICTURE_BYTES) == ("image/jpeg", True)
	shown = Image.open(BytesIO(picture.data))
	assert (shown.size, dict(shown.getexif()), PHONE_MAKER.encode() in picture.data) == (
		(400, 600),
		{},
		False,
	)
	# in the portal, and in the Desk
	entry = sarah.entries()[-1]
	[file] = entry["attachments"]
	assert (file["name"], file["width"]) == ("IMG 1.JPG", 400)
	theirs = sarah.http.get(sarah.base + file["url"], timeout=20).content
	thread = staff.thread(sarah.customer)["thread"]["thread"]
	asked = {"thread": thread, "entry": entry["id"], "index": 0}
	assert staff.get("attachment", **asked).content == theirs
	assert PHONE_MAKER.encode() not in theirs
	url = f"{sarah.base}{API}.desk.attachment"
	assert sarah.http.get(url, params=asked, timeout=20).status_code == 403
	# the public address serves it to Twilio, a stranger who guesses gets nothing
	[public] = text.media_urls
	assert requests.get(public, timeout=20).status_code == 200
	wrong = re.sub(r"-[a-z2-7]{26}/", f"-{'a' * 26}/", public)
	assert requests.get(wrong, timeout=20).status_code == 404
	assert requests.post(public, timeout=20).status_code in (403, 405)


def test_a_number_that_takes_no_pictures_gets_a_link_and_staff_the_reason(
	host: EmbeddedHost, staff: Staff
) -> None:
	customer = host.add_customer("Bob Stone", phone=ABROAD)
	words = f"look {uuid.uuid4()}"
	file = uploaded(staff, customer, "deck.png", drawn(40, 30))
	way = staff.ask("way", customer=customer, uploads=f'["{file}"]')
	assert way["files"] == "sent as a link: this number takes no pictures"

	delivery = sent(staff, customer, file, text=words)
	assert delivery["reason"] == "texts come first · sent as a link: this number takes no pictures"
	[text] = wait_until(lambda: host.texts_to(ABROAD, words))
	assert (bool(LINK.search(text.body)), text.media_urls) == (True, ())
	# what is counted beside the words is as long as what is sent
	assert len(text.body) == len(words) + len(way["added"])


def test_a_file_goes_as_a_link_by_text_and_attached_by_mail(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str
) -> None:
	words = f"the estimate {uuid.uuid4()}"
	delivery = sent(staff, sarah.customer, uploaded(staff, sarah.customer, "../plan.pdf", PDF), text=words)
	assert str(delivery["reason"]).endswith("sent as a link: a text carries pictures alone")
	[text] = wait_until(lambda: host.texts_to(phone, words))
	assert f"{words}\n[1 file] http" in text.body
	[file] = sarah.entries()[-1]["attachments"]
	answer = sarah.http.get(sarah.base + file["url"], timeout=20)
	assert (file["name"], answer.content) == ("plan.pdf", PDF)
	assert answer.headers["Content-Disposition"].startswith("attachment")

	address = new_email()
	bob = host.add_customer("Bob Stone", email=address)
	photo = uploaded(staff, bob, "deck.png", drawn(40, 30))
	sent(staff, bob, uploaded(staff, bob, "plan.pdf", PDF), photo, text=words)
	[letter] = wait_until(lambda: host.mails_to(address, words))
	attached = list(letter.message.iter_attachments())
	assert [part.get_content_type() for part in attached] == ["application/pdf", "image/png"]
	assert attached[0].get_content() == PDF
	assert "[" not in plain_text(letter)


def test_it_is_sent_once_and_by_nobody_twice(host: EmbeddedHost, staff: Staff, sarah: Browser) -> None:
	key, message = str(uuid.uuid4()), str(uuid.uuid4())
	first = uploaded(staff, sarah.customer, "a.png", drawn(40, 30), client_id=key)
	assert uploaded(staff, sarah.customer, "a.png", drawn(40, 30), client_id=key) == first
	for _again in range(2):
		sent(staff, sarah.customer, first, client_id=message)
	assert len(sarah.entries()) == 1
	assert (sarah.entries()[0]["text"], len(sarah.entries()[0]["attachments"])) == ("", 1)

	again = staff.post("send", customer=sarah.customer, text="hello", uploads=[first])
	assert again.status_code == 404
	assert again.json()["message"] == "A picture or file is not there any more. Please choose it again."
	assert len(sarah.entries()) == 1
	assert staff.post("send", customer=sarah.customer, text="").status_code == 400


def test_what_is_too_much_is_refused_with_a_sentence_and_nothing_is_sent(
	host: EmbeddedHost, staff: Staff, sarah: Browser
) -> None:
	files = [uploaded(staff, sarah.customer, f"{n}.png", drawn(4, 3)) for n in range(UPLOADS_OF_MESSAGE + 1)]
	answer = staff.post("send", customer=sarah.customer, text="all", uploads=files)
	assert (answer.status_code, answer.json()["message"]) == (
		400, "At most 10 pictures and files go with one message.",
	)  # fmt: skip
	assert sarah.entries() == []
	# none of them is lost by that
	assert (
		len(staff.do("send", customer=sarah.customer, text="", uploads=files[1:])["entry"]["attachments"])
		== 10
	)

	def refused(name: str, data: bytes, content_type: str = "") -> tuple[int, str]:
		answer = staff.upload(name, data, content_type, customer=sarah.customer)
		return answer.status_code, answer.json()["message"]

	unreadable = "This picture cannot be read. Please send it as JPEG or PNG."
	assert refused("big.bin", b"x" * (UPLOAD_BYTES + 1)) == (
		413,
		"This file is too large: at most 16 MB, please.",
	)
	assert refused("huge.bin", b"x" * (UPLOAD_BYTES + 2_000_000))[0] == 413
	assert refused("IMG_1.HEIC", HEIC) == (400, unreadable)
	assert refused("x.jpg", from_a_phone()[:500], "image/jpeg") == (400, unreadable)
	assert refused("x.txt", b"") == (400, "This file is empty.")
	assert staff.post("upload", customer=sarah.customer).json()["message"] == "file must be a file."
	url = f"{host.url}{API}.desk.upload"
	form = {"data": {"customer": sarah.customer}, "files": {"file": ("x.txt", b"x")}}
	host.check_refused(requests.post(url, timeout=20, **form))  # type: ignore[arg-type]
	theirs = sarah.http.post(url, timeout=20, headers={"X-Frappe-CSRF-Token": sarah.csrf}, **form)  # type: ignore[arg-type]
	assert theirs.status_code == 403


def test_a_large_photo_is_kept_smaller_and_can_be_looked_at(
	host: EmbeddedHost, staff: Staff, sarah: Browser
) -> None:
	large = drawn(2600, 1700, "JPEG", noise=True)
	assert len(large) > 5_000_000
	first = message_of(staff.upload("1.jpg", large, "image/jpeg", customer=sarah.customer))
	assert (first["width"], first["size"] < len(large)) == (2560, True)
	shown = staff.get("attachment", upload=first["id"])
	assert shown.headers["Content-Type"] == "image/jpeg"
	# Frappe, which takes out what a camera wrote down, writes it anew
	assert 100_000 < len(shown.content) <= first["size"]
	assert staff.get("attachment", upload="x").status_code == 404


def test_twelve_pictures_of_twelve_megabytes_from_a_phone_all_arrive(staff: Staff, sarah: Browser) -> None:
	# what stands behind a picture, such as the short film of some phones, makes it no other picture
	photo = from_a_phone()
	photo += b"\0" * (12_000_000 - len(photo))
	kept = [uploaded(staff, sarah.customer, f"IMG_{n}.JPG", photo) for n in range(12)]
	for files in (kept[:10], kept[10:]):
		assert len(
			staff.do("send", customer=sarah.customer, text="", uploads=files)["entry"]["attachments"]
		) == len(files)
	shown = [file for entry in sarah.entries() for file in entry["attachments"]]
	assert [file["name"] for file in shown] == [f"IMG_{n}.JPG" for n in range(12)]
	# her phone fetches them without the film
	assert len(sarah.http.get(sarah.base + shown[11]["url"], timeout=20).content) < 100_000


@pytest.mark.embedded("what stands in for Twilio does not reach a site's public address")
def test_the_public_address_is_gone_with_its_customer(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	customer, words = host.add_customer("Bob Stone", phone=phone), f"look {uuid.uuid4()}"
	sent(staff, customer, uploaded(staff, customer, "deck.png", drawn(40, 30)), text=words)
	[text] = wait_until(lambda: host.texts_to(phone, words))
	[public] = text.media_urls
	wait_until(lambda: list(text.media.values()))
	assert requests.get(host.url + urlsplit(public).path, timeout=20).status_code == 200
	ended = host.run("erase", "--customer", customer, "--name", "Bob Stone")
	assert ended.status == 0, ended.err
	wait_until(lambda: requests.get(host.url + urlsplit(public).path, timeout=20).status_code == 404)
