"""What is in a bubble: words are words, links are links, pictures open, mails unfold."""

import struct
import uuid
import zlib

import pytest
from playwright.sync_api import Route, expect
from support.chromium import REFUSED, Portal, box_of
from support.host import BUSINESS, CONTRACTOR, EmbeddedHost, reply_token
from support.mails import mail
from support.people import Browser, Staff
from support.waiting import wait_until

from customer_thread.domain.model import Attachment

pytestmark = pytest.mark.browser

HOSTILE = [
	"<script>window.hacked = 1</script>",
	"<img src=x onerror='window.hacked = 1'>",
	"javascript:alert(1) data:text/html,<script>window.hacked=1</script>",
	"</p></div><style>*{display:none}</style>",
	"&lt;b&gt; {{ 7*7 }} {0} ${window.hacked=1}",
	'https://evil.example/" onmouseover="window.hacked=1',
]


def png(width: int, height: int) -> bytes:
	"""Return a picture of one colour."""

	def chunk(kind: bytes, data: bytes) -> bytes:
		return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

	lines = (b"\0" + b"\x80\x60\x40" * width) * height
	head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
	parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
	return b"\x89PNG\r\n\x1a\n" + parts


def test_it_takes_everything_else_for_words(portal: Portal, host: EmbeddedHost, phone: str) -> None:
	for text in HOSTILE:
		host.text(phone, text)
	portal.open()
	portal.send(HOSTILE[0])
	expect(portal.page.locator("#entries > .row")).to_have_count(len(HOSTILE) + 1)

	assert portal.texts() == [*HOSTILE, HOSTILE[0]]
	assert portal.page.evaluate("window.hacked") is None
	entries = portal.page.locator("#entries")
	assert entries.locator("script, style, img, [onmouseover], [onerror]").count() == 0
	hrefs = [link.get_attribute("href") for link in entries.get_by_role("link").all()]
	assert hrefs == ["https://evil.example/"]
	assert portal.page.locator("a[href^='javascript' i], a[href^='data' i]").count() == 0


def test_it_makes_links_of_links_and_of_nothing_else(portal: Portal, host: EmbeddedHost, phone: str) -> None:
	host.text(
		phone, "See https://example.com/a?b=1&c=2. Or (http://example.org/x), not ftp://x or www.example"
	)
	portal.open()

	links = portal.row("See https").get_by_role("link").all()

	assert [link.get_attribute("href") for link in links] == [
		"https://example.com/a?b=1&c=2",
		"http://example.org/x",
	]
	for link in links:
		assert link.get_attribute("target") == "_blank"
		assert {"noopener", "noreferrer"} <= set(str(link.get_attribute("rel")).split())


def test_it_leaves_lines_and_blanks_as_they_were_typed(portal: Portal) -> None:
	portal.open()
	text = "1.  sand\n2.  stain\n\n3.  dry 👩‍👩‍👧‍👦"
	portal.send(text)

	wait_until(lambda: portal.texts() == [text])
	assert box_of(portal.row("stain").locator(".bubble"))["height"] > 80


def test_it_opens_a_picture_large_and_closes_it_again(portal: Portal, host: EmbeddedHost, phone: str) -> None:
	host.receive(phone, "My deck", [Attachment("deck.png", "image/png", png(640, 300))])
	portal.open()
	portal.look_until(lambda: portal.page.locator(".picture img").count() == 1)
	thumbnail = portal.page.locator(".picture img")
	wait_until(lambda: thumbnail.evaluate("(img) => img.naturalWidth") == 640)
	small = thumbnail.bounding_box()
	address = portal.page.url

	thumbnail.click()

	viewer = portal.page.get_by_role("dialog", name="Picture")
	expect(viewer).to_be_visible()
	large = viewer.locator("img").bounding_box()
	assert small
	assert large
	assert large["width"] > 2 * small["width"]
	wait_until(lambda: viewer.locator("img").evaluate("(img) => img.naturalWidth") == 640)
	assert portal.page.url == address
	portal.page.keyboard.press("Escape")
	expect(viewer).to_be_hidden()
	assert portal.page.evaluate("document.activeElement.className") == "picture"
	portal.page.keyboard.press("Enter")
	expect(viewer).to_be_visible()
	viewer.get_by_role("button", name="Close").click()
	expect(viewer).to_be_hidden()


def test_pictures_go_from_edge_to_edge_in_their_own_proportions(
	portal: Portal, host: EmbeddedHost, phone: str
) -> None:
	sizes = {"wide": (1600, 500), "upright": (600, 900), "small": (120, 90), "tower": (30, 3000)}
	for name, size in sizes.items():
		host.receive(phone, "", [Attachment(f"{name}.png", "image/png", png(*size))])
	host.receive(
		phone,
		"these are the boards that I mean, by the door and below it",
		[Attachment("words.png", "image/png", png(600, 900))],
	)
	held: list[Route] = []
	portal.page.route("**/*portal.attachment*", lambda route: held.append(route))
	# its load event waits for the pictures near the screen, which are held
	portal.page.goto(portal.base + "/messages", wait_until="domcontentloaded")
	portal.ready(portal.page)
	pictures = portal.page.locator(".picture img")
	portal.look_until(lambda: pictures.count() == 5)
	places = "() => [...document.querySelectorAll('.picture img')].map((img) => img.getBoundingClientRect().toJSON())"
	before = portal.page.evaluate(places)

	def is_loaded() -> bool:
		while held:
			held.pop().continue_()
		return all(img.evaluate("(img) => img.naturalWidth > 0") for img in pictures.all())

	# each is fetched once it is near the screen
	for picture in pictures.all():
		picture.scroll_into_view_if_needed()
	wait_until(is_loaded)
	portal.scroll_to(1_000_000)

	after = portal.page.evaluate(places)
	for was, found, (width, height) in zip(before, after, [*sizes.values(), (600, 900)], strict=True):
		assert abs(was["height"] - found["height"]) <= 1, "it moves what is read"
		assert 44 <= found["height"] <= 320
		assert found["width"] >= 44
		if (width, height) != sizes["tower"]:
			assert abs(found["width"] / found["height"] - width / height) < 0.02
	bubbles = portal.page.locator("#entries .bubble").all()
	for bubble, found in zip(bubbles, after, strict=True):
		box = box_of(bubble)
		# the border alone is around a picture
		if bubble.locator(".text").count() == 0:
			assert box["width"] - found["width"] <= 2.1
			assert box["height"] - found["height"] <= 2.1
	# the words do not make the bubble wider than the picture beside them, unless that is very narrow
	assert box_of(bubbles[-1])["width"] <= 242


def test_it_says_when_a_picture_could_not_be_loaded(portal: Portal, host: EmbeddedHost, phone: str) -> None:
	host.text(phone, "Look", media=["http://169.254.169.254/latest/meta-data"])
	portal.open()

	portal.look_until(
		lambda: portal.row("Look").get_by_text("A picture could not be loaded", exact=True).count() == 1
	)

	assert portal.page.locator("#entries img").count() == 0


@pytest.fixture
def mailed(host: EmbeddedHost, staff: Staff, customer: str, address: str) -> str:
	"""Let Sarah answer a mail, quoting it; return the quoted words."""
	staff.do(
		"send",
		customer=customer,
		text="The offer is attached.",
		channel="email",
		client_id=str(uuid.uuid4()),
	)
	[letter] = wait_until(lambda: host.mails_to(address, "The offer is attached."))
	quoted = f"On Thu, May 15, 2025 at 9:00 AM {BUSINESS} <{CONTRACTOR}> wrote:"
	words = f"Looks good to me.\n\n{quoted}\n> The offer is attached.\n> <b>Kind regards</b>\n"
	token = reply_token(letter)
	code, _said = host.mail(mail(address, token, words, subject="Re: Your offer"), address, token)
	assert code == 250
	return "<b>Kind regards</b>"


def test_it_folds_what_a_mail_quotes_and_unfolds_it(
	portal: Portal, mailed: str, sarah_device: Browser
) -> None:
	wait_until(lambda: "Looks good to me." in sarah_device.texts())
	portal.open()
	row = portal.row("Looks good to me.")
	expect(row.locator(".subject")).to_have_text("Re: Your offer")
	expect(row.locator(".meta time")).to_contain_text("Email")
	expect(row).not_to_contain_text("Kind regards")

	row.get_by_role("link", name="Show the whole email").click()

	expect(row.locator(".whole")).to_contain_text(mailed)
	expect(row.locator(".whole")).to_contain_text("wrote:")
	# the words above it are not said twice
	expect(row.locator(".whole")).not_to_contain_text("Looks good to me.")
	# news in between, with which the rows around it are read again, do not fold it
	sarah_device.reply("from my tablet")
	with portal.page.expect_response(
		lambda answer: "portal.timeline?" in answer.url and "after" not in answer.url
	):
		portal.look()
	expect(portal.row("from my tablet")).to_have_count(1)
	expect(row.locator(".whole")).to_be_visible()
	row.get_by_role("link", name="Hide the whole email").click()
	expect(row).not_to_contain_text("Kind regards")
	expect(row.get_by_role("link", name="Show the whole email")).to_be_visible()


def test_it_says_what_is_wrong_when_a_mail_cannot_be_unfolded(
	portal: Portal, mailed: str, sarah_device: Browser
) -> None:
	portal.expect_in_console(REFUSED)
	wait_until(lambda: "Looks good to me." in sarah_device.texts())
	portal.open()
	portal.page.route("**/*portal.original*", lambda route: route.fulfill(status=404, body="{}"))

	portal.row("Looks good to me.").get_by_role("link", name="Show the whole email").click()

	expect(portal.trouble).to_be_visible()
	expect(portal.row("Looks good to me.")).to_be_visible()


@pytest.fixture
def sarah_device(host: EmbeddedHost, customer: str) -> Browser:
	"""Return another device of Sarah's, to see what the server has."""
	return host.sign_in(customer)
