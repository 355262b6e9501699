"""The pictures of a message at an address that is sent to whoever is on a phone and not signed in."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
import requests
from support.host import NUMBER, EmbeddedHost, new_email, new_phone
from support.mails import mail
from support.people import Browser, Staff
from support.pictures import photo
from support.waiting import wait_until

from customer_thread.domain.limits import MMS_PICTURE_BYTES
from customer_thread.domain.model import Attachment

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10" + b"picture" * 20
DECK = Attachment("deck.png", "image/png", PNG)
LINK = re.compile(r"https?://\S+/messages/p/\S+")


@pytest.fixture
def mobile(host: EmbeddedHost) -> str:
	"""Return a contractor's phone of this test's own."""
	number = new_phone()
	host.set(contractor_mobile=number)
	return number


def link_to(host: EmbeddedHost, mobile: str, words: str) -> str:
	"""Return the path of the address in the text to the contractor that holds these words."""
	[text] = wait_until(lambda: host.texts_to(mobile, words))
	found = LINK.search(text.body)
	assert found, text.body
	assert len(found[0]) <= 120
	return urlsplit(found[0]).path


def get(host: EmbeddedHost, path: str, method: str = "GET") -> requests.Response:
	"""Ask as somebody who never signed in."""
	return requests.request(method, host.url + path, timeout=20, allow_redirects=False)


@pytest.fixture
def link(host: EmbeddedHost, mobile: str, sarah: Browser, phone: str) -> str:
	"""Return the path of the address of a picture of Sarah's, once it is there."""
	words = f"look {uuid.uuid4()}"
	host.receive(phone, words, [DECK])
	wait_until(lambda: [file["state"] for file in sarah.entries()[-1]["attachments"]] == ["ready"])
	return link_to(host, mobile, words)


def assert_secret(answer: requests.Response) -> None:
	"""Assert that nobody keeps or passes on an answer."""
	assert answer.headers["Cache-Control"] == "no-store"
	assert "noindex" in answer.headers["X-Robots-Tag"]
	assert answer.headers["Referrer-Policy"] == "no-referrer"
	assert answer.headers["X-Content-Type-Options"] == "nosniff"
	assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_it_opens_without_signing_in(host: EmbeddedHost, link: str) -> None:
	page = get(host, link)

	assert page.status_code == 200
	assert_secret(page)
	assert "Pictures from Sarah Lee" in page.text
	assert f'src="{link}/0"' in page.text
	picture = get(host, f"{link}/0")
	assert (picture.status_code, picture.content) == (200, PNG)
	assert picture.headers["Content-Type"] == "image/png"
	assert picture.headers["Content-Disposition"].startswith("inline")
	assert_secret(picture)
	assert get(host, f"{link}/0", "HEAD").headers["Content-Type"] == "image/png"


def test_it_stands_in_the_text_beside_the_words(host: EmbeddedHost, staff: Staff, mobile: str) -> None:
	phone = new_phone()
	host.sign_in(bob := host.add_customer("Bob Stone", phone=phone))
	host.receive(phone, "", [DECK, DECK])

	[text] = wait_until(lambda: host.texts_to(mobile))
	assert re.fullmatch(
		rf"Bob Stone: \[2 pictures\] https?://\S+/messages/p/\S+ \(#{staff.code(bob)}\)", text.body
	)


def test_it_gives_one_answer_for_all_that_opens_nothing(
	host: EmbeddedHost, sarah: Browser, link: str, phone: str
) -> None:
	host.receive(phone, "another", [DECK])
	other = sarah.entries()[-1]["id"]
	number, entry, until, mac = link.rpartition("/")[2].split("-")
	wrong = [
		f"{number}-{entry}-{until}-{mac[::-1]}",
		f"{number}-{other}-{until}-{mac}",
		f"{number}-{entry}-{int(until) + 1}-{mac}",
		f"{number}-{entry}-{int(until) - 20_000}-{mac}",
		f"{number}-999999999-{until}-{mac}",
		f"0-{entry}-{until}-{mac}",
		f"{number}-{entry}-{until}-{mac}x",
		"nothing",
		"' OR 1=1",
	]
	answers = [get(host, f"/messages/p/{token}") for token in wrong]
	answers += [get(host, f"/messages/p/{token}/0") for token in wrong]

	assert {answer.status_code for answer in answers} == {404}
	nonce = re.compile(r'nonce="[^"]*"')
	assert len({nonce.sub("", answer.text) for answer in answers}) == 1
	for answer in answers:
		assert_secret(answer)


@pytest.mark.parametrize("position", ["1", "-1", "x", "00000", "0/0", "0.png", "%00", "²"])
def test_it_has_nothing_at_another_place(host: EmbeddedHost, link: str, position: str) -> None:
	assert get(host, f"{link}/{position}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_can_only_be_looked_at(host: EmbeddedHost, link: str, method: str) -> None:
	assert get(host, link, method).status_code in (403, 404, 405)


def test_it_ends_when_the_addresses_are_renewed(
	host: EmbeddedHost, staff: Staff, sarah: Browser, link: str
) -> None:
	assert get(host, link).status_code == 200
	staff.do("renew", thread=staff.thread(sarah.customer)["thread"]["thread"])

	assert get(host, link).status_code == 404
	assert get(host, f"{link}/0").status_code == 404


def test_it_stays_when_it_is_said_whose_they_are(host: EmbeddedHost, staff: Staff, mobile: str) -> None:
	stranger, words = new_phone(), f"look {uuid.uuid4()}"
	host.receive(stranger, words, [DECK])
	link = link_to(host, mobile, words)
	wait_until(lambda: get(host, f"{link}/0").status_code == 200)

	customer = host.add_customer("Bob Stone")
	staff.do("assign", thread=wait_until(lambda: staff.unmatched(stranger))["thread"], customer=customer)

	assert get(host, f"{link}/0").content == PNG


def test_it_runs_nothing(host: EmbeddedHost, mobile: str, sarah: Browser, phone: str) -> None:
	words = f"look {uuid.uuid4()}"
	host.receive(
		phone,
		words,
		[
			Attachment("x.html", "text/html", b"<script>alert(1)</script>"),
			Attachment("x.svg", "image/svg+xml", b"<svg onload='alert(1)'/>"),
		],
	)
	wait_until(lambda: [file["state"] for file in sarah.entries()[-1]["attachments"]] == ["ready"] * 2)
	link = link_to(host, mobile, words)

	assert "<img class" not in get(host, link).text
	for position in (0, 1):
		answer = get(host, f"{link}/{position}")
		assert answer.headers["Content-Type"] == "application/octet-stream"
		assert answer.headers["Content-Disposition"].startswith("attachment")
		assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_it_says_what_is_not_there_yet_or_never_will_be(
	host: EmbeddedHost, mobile: str, phone: str, sarah: Browser
) -> None:
	host.twilio.fail_next(410, 20404, on="media")
	words = f"look {uuid.uuid4()}"
	host.receive(phone, words, [DECK])
	link = link_to(host, mobile, words)

	wait_until(lambda: "could not be loaded" in get(host, link).text)
	assert get(host, f"{link}/0").status_code == 404


def test_it_comes_with_a_mail_that_is_passed_on_by_text(own_host: EmbeddedHost) -> None:
	own_host.set(
		contractor_email="", mail_from="office@mikes.example", contractor_mobile=(mobile := new_phone())
	)
	address = new_email()
	customer = own_host.add_customer("Bob Stone", email=address)
	own_host.staff.do("send", customer=customer, text="Here is your estimate.")
	[letter] = wait_until(lambda: own_host.mails_to(address))
	to = str(letter.message["Reply-To"]).split("<")[-1].rstrip(">")
	words = f"look {uuid.uuid4()}"
	message = mail(address, to, words)
	message.add_attachment(PNG, maintype="image", subtype="png", filename="deck.png")
	own_host.take(message, to)

	link = link_to(own_host, mobile, words)
	assert get(own_host, f"{link}/0").content == PNG


def test_it_names_the_desk_where_no_address_can_be_sent(own_host: EmbeddedHost) -> None:
	own_host.set(contractor_mobile=(mobile := new_phone()), twilio_from_number=NUMBER)
	phone, words = new_phone(), f"look {uuid.uuid4()}"
	own_host.add_customer("Bob Stone", phone=phone)
	message = own_host.twilio
	own_host.set(public_url="")
	message.message_url = f"{own_host.url}/api/method/customer_thread.api.webhooks.twilio_message"
	message.receive(phone, NUMBER, words, [DECK])

	[text] = wait_until(lambda: own_host.texts_to(mobile, words))
	assert "[1 picture] (to be seen in the Desk)" in text.body


def test_a_picture_gets_there_whatever_the_provider_can_reach(
	host: EmbeddedHost, mobile: str, sarah: Browser, phone: str
) -> None:
	words, deck = f"look {uuid.uuid4()}", photo()
	host.receive(phone, words, [deck])

	def arrived() -> bool:
		texts = host.texts_to(mobile, words)
		return any(text.media or LINK.search(text.body) for text in texts)

	wait_until(arrived, seconds=60)
	wait_until(lambda: [file["state"] for file in sarah.entries()[-1]["attachments"]] == ["ready"])
	assert sarah.texts()[-1] == words
	assert len(host.texts_to(mobile, words)) <= 2


def test_a_small_one_stands_beside_it(host: EmbeddedHost, mobile: str, sarah: Browser, phone: str) -> None:
	words = f"look {uuid.uuid4()}"
	# with what no text carries, all are seen at the address
	host.receive(phone, words, [photo(), Attachment("plan.txt", "text/plain", b"a plan")])
	wait_until(lambda: [file["state"] for file in sarah.entries()[-1]["attachments"]] == ["ready"] * 2)
	link = link_to(host, mobile, words)

	answer = get(host, f"{link}/0/small")
	assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
	assert len(answer.content) <= MMS_PICTURE_BYTES
	assert_secret(answer)
	assert get(host, f"{link}/1/small").status_code == 404
	assert get(host, f"{link}/0/large").status_code == 404
