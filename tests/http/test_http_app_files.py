"""What makes the page an app: manifest, icons, service worker, offline page; for anybody, on both hosts."""

import base64
from io import BytesIO
from typing import Any

import pytest
import requests
from PIL import Image
from support.host import BUSINESS, EmbeddedHost
from support.people import TIMEOUT, Browser


def get(host: EmbeddedHost, path: str) -> requests.Response:
	answer = requests.get(host.url + path, timeout=TIMEOUT, allow_redirects=False)
	assert answer.status_code == 200, answer.text
	return answer


def manifest(host: EmbeddedHost) -> dict[str, Any]:
	answer = get(host, "/messages.webmanifest")
	assert answer.headers["Content-Type"] == "application/manifest+json"
	found: dict[str, Any] = answer.json()
	return found


def picture(answer: requests.Response) -> Image.Image:
	assert answer.headers["Content-Type"] == "image/png"
	return Image.open(BytesIO(answer.content))


def logo_of(color: str) -> str:
	out = BytesIO()
	Image.new("RGB", (300, 300), color).save(out, "PNG")
	return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


def test_the_manifest_is_the_businesss(host: EmbeddedHost) -> None:
	found = manifest(host)
	assert found["name"] == BUSINESS
	assert 0 < len(found["short_name"]) <= 12
	assert (found["start_url"], found["scope"], found["display"]) == ("/messages", "/", "standalone")
	assert [(icon["sizes"], icon["purpose"]) for icon in found["icons"]] == [
		("192x192", "any"),
		("512x512", "any"),
		("512x512", "maskable"),
	]


def test_each_icon_is_there_in_its_size(host: EmbeddedHost) -> None:
	for icon in manifest(host)["icons"]:
		answer = get(host, icon["src"])
		width, height = picture(answer).size
		assert f"{width}x{height}" == icon["sizes"]
		assert "immutable" in answer.headers["Cache-Control"]
	assert picture(get(host, "/messages-icon-180.png")).size == (180, 180)
	assert "immutable" not in get(host, "/messages-icon-192.png?v=old").headers["Cache-Control"]


@pytest.mark.parametrize(
	"path", ["/messages-icon-64.png", "/messages-icon-192.png.png", "/messages-icon-.png"]
)
def test_there_is_no_other_icon(host: EmbeddedHost, path: str) -> None:
	assert requests.get(host.url + path, timeout=TIMEOUT).status_code == 404


@pytest.mark.embedded("a site's logo is a file of its own")
def test_icons_are_made_again_when_the_logo_changes(own_host: EmbeddedHost) -> None:
	seen = set()
	for color, shown in (("#ff0000", (255, 0, 0, 255)), ("#00ff00", (0, 255, 0, 255))):
		own_host.set(logo=logo_of(color))
		icons = manifest(own_host)["icons"]
		seen.add(icons[0]["src"])
		assert picture(get(own_host, icons[0]["src"])).getpixel((96, 96)) == shown
		mask = picture(get(own_host, icons[2]["src"]))
		assert (mask.getpixel((256, 256)), mask.getpixel((20, 20))) == (shown, (255, 255, 255, 255))
	assert len(seen) == 2


def test_the_worker_may_look_after_every_page(host: EmbeddedHost) -> None:
	answer = get(host, "/messages-sw.js")
	assert answer.headers["Content-Type"].startswith("text/javascript")
	assert answer.headers["Cache-Control"] == "no-cache"
	policy = answer.headers["Content-Security-Policy"]
	assert "connect-src 'self'" in policy
	assert "sandbox" not in policy
	assert "{{" not in answer.text


def test_a_page_without_a_connection_says_so(host: EmbeddedHost) -> None:
	answer = get(host, "/messages/offline")
	assert "You are offline" in answer.text
	assert 'href="/messages"' in answer.text


def test_the_page_leads_to_all_of_it(sarah: Browser) -> None:
	page = sarah.open()
	assert '<link rel="manifest" href="/messages.webmanifest">' in page.text
	assert "worker-src 'self'" in page.headers["Content-Security-Policy"]
	assert 'id="offline" hidden' in page.text


def test_the_settings_have_a_button_for_this_device(sarah: Browser) -> None:
	page = sarah.open("/notification-settings").text
	assert 'id="this-device"' in page
	assert 'data-push-key="B' in page
	assert "js/messages/this_device.js" in page
