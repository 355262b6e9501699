"""Pictures reach the contractor, and the customer, as pictures where the number takes them."""

import re
import uuid
from io import BytesIO

import pytest
from PIL import Image
from support.host import CONTRACTOR, EmbeddedHost, new_email, new_phone
from support.mails import plain_text
from support.people import Browser, Staff
from support.pictures import photo, small
from support.waiting import stays, wait_until

from customer_thread.domain.limits import MMS_PICTURE_BYTES
from customer_thread.domain.model import Attachment
from customer_thread.standalone.demo.twilio_message import TwilioMessage

#: a phone of London, which takes no picture messages of ours
ABROAD = "+447700900123"
LINK = re.compile(r"https?://\S+/messages/\S+")

pytestmark = pytest.mark.embedded("what stands in for Twilio does not reach a site's public address")


@pytest.fixture
def mobile(host: EmbeddedHost) -> str:
	"""Return a contractor's phone of this test's own."""
	number = new_phone()
	host.set(contractor_mobile=number)
	return number


def said(host: EmbeddedHost, phone: str, *pictures: Attachment) -> str:
	"""Let a phone text these pictures, and return the words beside them."""
	words = f"look {uuid.uuid4()}"
	host.receive(phone, words, list(pictures))
	return words


def carried(host: EmbeddedHost, to: str, words: str) -> TwilioMessage:
	"""Return the picture message that holds these words, once it is delivered."""
	[text] = wait_until(lambda: host.texts_to(to, words))
	wait_until(lambda: text.status == "delivered", what=f"delivered, not {text.error_code}")
	return text


def linked(host: EmbeddedHost, to: str, words: str) -> TwilioMessage:
	"""Return the text with these words that has an address for the pictures."""
	found: TwilioMessage = wait_until(
		lambda: [text for text in host.texts_to(to, words) if LINK.search(text.body)]
	)[0]
	return found


def test_a_picture_comes_as_a_picture(
	host: EmbeddedHost, staff: Staff, mobile: str, sarah: Browser, phone: str
) -> None:
	words = said(host, phone, small())

	text = carried(host, mobile, words)
	assert text.sid.startswith("MM")
	assert text.body == f"Sarah Lee: {words}\n> [1 picture] (#{staff.code(sarah.customer)})"
	[picture] = text.media.values()
	assert (picture.content_type, picture.data) == ("image/png", small().data)
	stays(lambda: len(host.texts_to(mobile, words)) == 1)


def test_a_large_photo_is_made_small_enough(
	host: EmbeddedHost, mobile: str, sarah: Browser, phone: str
) -> None:
	large = photo()
	assert len(large.data) > MMS_PICTURE_BYTES
	words = said(host, phone, large, photo("2.jpg"), small())

	text = carried(host, mobile, words)
	assert "[3 pictures]" in text.body
	assert not LINK.search(text.body)
	first, second, third = text.media.values()
	assert [one.content_type for one in (first, second, third)] == ["image/jpeg", "image/jpeg", "image/png"]
	assert all(len(one.data) <= MMS_PICTURE_BYTES for one in (first, second, third))
	assert Image.open(BytesIO(first.data)).size[0] > Image.open(BytesIO(first.data)).size[1]
	# what she has in her thread is as it came
	file = sarah.entries()[-1]["attachments"][0]
	assert sarah.http.get(sarah.base + file["url"], timeout=20).content == large.data


def test_a_picture_without_words_says_whose_it_is(
	host: EmbeddedHost, staff: Staff, mobile: str, sarah: Browser, phone: str
) -> None:
	host.receive(phone, "", [small()])

	text = carried(host, mobile, "[1 picture]")
	assert text.body == f"Sarah Lee: [1 picture] (#{staff.code(sarah.customer)})"
	assert len(text.media) == 1


@pytest.mark.parametrize(
	"with_it",
	[
		Attachment("plan.pdf", "application/pdf", b"%PDF-1.4"),
		Attachment("broken.png", "image/png", b"\x89PNG\r\n\x1a\nnothing"),
	],
)
def test_what_is_no_picture_is_seen_at_an_address_and_all_with_it(
	host: EmbeddedHost, mobile: str, sarah: Browser, phone: str, with_it: Attachment
) -> None:
	words = said(host, phone, small(), with_it)

	text = linked(host, mobile, words)
	assert text.media_urls == ()
	stays(lambda: len(host.texts_to(mobile, words)) == 1)


def test_a_phone_abroad_gets_an_address(host: EmbeddedHost, sarah: Browser, phone: str) -> None:
	host.set(contractor_mobile=ABROAD)
	words = said(host, phone, small())

	assert linked(host, ABROAD, words).media_urls == ()


def test_a_picture_that_never_comes_holds_nothing_up(
	host: EmbeddedHost, mobile: str, sarah: Browser, phone: str
) -> None:
	host.twilio.fail_next(410, 20404, on="media")
	words = said(host, phone, small(), small("2.png"))

	assert linked(host, mobile, words).media_urls == ()


@pytest.mark.parametrize("code", [11200, 12300, 30019])
def test_the_words_go_alone_where_the_pictures_cannot(
	host: EmbeddedHost, staff: Staff, mobile: str, sarah: Browser, phone: str, code: int
) -> None:
	host.twilio.unshown[mobile] = code
	words = said(host, phone, small())

	alone = linked(host, mobile, words)
	wait_until(lambda: alone.status == "delivered")
	with_pictures, without = host.texts_to(mobile, words)
	assert (len(with_pictures.media_urls), without.media_urls) == (1, ())
	[delivery] = staff.deliveries(sarah.customer, sarah.entries()[-1]["id"])
	wait_until(lambda: staff.deliveries(sarah.customer, sarah.entries()[-1]["id"])[0]["state"] == "Delivered")
	assert delivery["channel"] == "SMS"
	stays(lambda: len(host.texts_to(mobile, words)) == 2)
	assert not host.mails_to(CONTRACTOR, words)
	assert sarah.texts()[-1] == words


def test_they_go_alone_where_twilio_refuses_the_address(
	host: EmbeddedHost, mobile: str, sarah: Browser, phone: str
) -> None:
	words = f"look {uuid.uuid4()}"
	host.twilio.fail_next(400, 21620, holding=words)
	host.receive(phone, words, [small()])

	assert linked(host, mobile, words).media_urls == ()
	stays(lambda: len(host.texts_to(mobile, words)) == 1)


def test_nothing_is_lost_where_the_words_fail_too(
	host: EmbeddedHost, staff: Staff, mobile: str, sarah: Browser, phone: str
) -> None:
	host.twilio.unshown[mobile] = 30019
	words = said(host, phone, small())
	linked(host, mobile, words)
	# of the number itself: the words have gone, and it mails what fails then
	second = f"look {uuid.uuid4()}"
	host.twilio.undeliverable[mobile] = 30005
	host.receive(phone, second, [small()])

	[letter] = wait_until(lambda: host.mails_to(CONTRACTOR, second))
	assert [part.get_content_type() for part in letter.message.iter_attachments()] == ["image/png"]
	assert "[1 picture]" not in plain_text(letter)


def test_what_the_contractor_photographs_reaches_a_phone(
	host: EmbeddedHost, staff: Staff, mobile: str, sarah: Browser, phone: str
) -> None:
	words = f"like this? {uuid.uuid4()}"
	host.receive(mobile, f"#{staff.code(sarah.customer)} {words}", [photo()])

	text = carried(host, phone, words)
	assert text.body == f"{words}\n[1 picture]"
	[picture] = text.media.values()
	assert (picture.content_type, len(picture.data) <= MMS_PICTURE_BYTES) == ("image/jpeg", True)
	assert sarah.texts()[-1] == words


def test_what_the_contractor_photographs_reaches_a_mailbox(
	host: EmbeddedHost, staff: Staff, mobile: str
) -> None:
	address = new_email()
	browser = host.sign_in(host.add_customer("Bob Stone", email=address))
	words = f"like this? {uuid.uuid4()}"
	picture = photo()
	host.receive(mobile, f"#{staff.code(browser.customer)} {words}", [picture])

	[letter] = wait_until(lambda: host.mails_to(address, words))
	[attached] = letter.message.iter_attachments()
	assert (attached.get_content_type(), attached.get_content()) == ("image/jpeg", picture.data)


def test_a_mail_says_what_it_does_not_carry(host: EmbeddedHost, staff: Staff, mobile: str) -> None:
	address = new_email()
	browser = host.sign_in(host.add_customer("Bob Stone", email=address))
	words = f"like this? {uuid.uuid4()}"
	host.twilio.fail_next(410, 20404, on="media")
	host.receive(mobile, f"#{staff.code(browser.customer)} {words}", [small()])

	[letter] = wait_until(lambda: host.mails_to(address, words))
	assert re.search(r"\[1 picture\] https?://\S+/messages/p/\S+", plain_text(letter))


def test_only_twilio_is_given_the_small_picture_for_a_while(
	host: EmbeddedHost, mobile: str, sarah: Browser, phone: str
) -> None:
	text = carried(host, mobile, said(host, phone, photo()))
	[url] = text.media_urls
	answer = sarah.http.get(url, timeout=20)

	assert answer.headers["Content-Type"] == "image/jpeg"
	assert answer.headers["Cache-Control"] == "no-store"
	assert "noindex" in answer.headers["X-Robots-Tag"]
	assert sarah.http.get(url.replace("/small", "/tiny"), timeout=20).status_code == 404
	assert sarah.http.get(url.replace("/0/", "/1/"), timeout=20).status_code == 404
