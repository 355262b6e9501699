"""What every answer carries, so that a page keeps to itself."""

import re

import pytest
import requests
from support.host import EmbeddedHost
from support.people import API, Browser, use_link

TIMEOUT = 20
OURS = ["/messages", f"{API}.portal.timeline"]
OTHERS = ["/messages/sign-in", "/nowhere", "/healthz", f"{API}.nothing"]
FRAPPES = pytest.mark.embedded("Frappe's own answer")


@pytest.mark.parametrize("path", [*OURS, *(pytest.param(path, marks=FRAPPES) for path in OTHERS)])
def test_it_hardens_every_answer(sarah: Browser, path: str) -> None:
	_check_hardened(sarah.http, sarah.base, path)


@pytest.mark.parametrize(
	"path", ["/messages", *(pytest.param(path, marks=FRAPPES) for path in [*OURS[1:], *OTHERS])]
)
def test_it_hardens_every_answer_to_a_guest(host: EmbeddedHost, path: str) -> None:
	_check_hardened(requests.Session(), host.url, path)


def _check_hardened(session: requests.Session, base: str, path: str) -> None:
	answer = session.get(base + path, timeout=TIMEOUT, allow_redirects=False)

	policy = answer.headers["Content-Security-Policy"]
	assert "unsafe" not in policy
	assert "default-src 'none'" in policy
	assert "frame-ancestors 'none'" in policy
	assert "*" not in policy
	assert answer.headers["X-Content-Type-Options"] == "nosniff"
	assert answer.headers["X-Frame-Options"] == "DENY"
	assert answer.headers["Referrer-Policy"] == "same-origin"
	assert answer.headers["Cache-Control"] == "no-store"
	assert "waitress" not in answer.headers.get("Server", "").lower()
	assert "Strict-Transport-Security" not in answer.headers


def test_it_has_no_inline_script_or_style_without_its_nonce(sarah: Browser) -> None:
	sarah.reply("hello")
	page = sarah.open()

	policy = page.headers["Content-Security-Policy"]
	nonce = re.search(r"'nonce-([^']+)'", policy)
	assert nonce
	assert f'<style nonce="{nonce[1]}">' in page.text
	assert len(re.findall("<style", page.text)) == 1
	assert re.findall(r"<script(?![^>]*\bsrc=)", page.text) == []
	assert re.findall(r"\s(?:style|on\w+)=", page.text) == []
	assert nonce[1] not in sarah.open().headers["Content-Security-Policy"]


def test_it_asks_nothing_of_third_parties(sarah: Browser) -> None:
	page = sarah.open().text

	assert re.findall(r'(?:src|href|action)="/\w[^"]*', page)
	assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*', page) == []


def test_it_caches_its_own_files_for_ever_under_a_changing_path(sarah: Browser) -> None:
	page = sarah.open().text
	files = re.findall(r'(?:src|href)="(/(?:messages/)?assets/[^"]+)"', page)

	assert len(files) >= 3
	for path in files:
		answer = requests.get(sarah.base + path, timeout=TIMEOUT)
		assert answer.status_code == 200, path
		assert "immutable" in answer.headers["Cache-Control"]
		assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
	"path",
	[
		*("../__init__.py", "..%2f__init__.py", "x/../../hooks.py", "", "js/nothing.js"),
		pytest.param("%00", marks=FRAPPES),
	],
)
def test_it_gives_out_no_other_file(host: EmbeddedHost, path: str) -> None:
	request = requests.Request("GET", host.url).prepare()
	request.url = f"{host.url}/assets/customer_thread/{path}"
	answer = requests.Session().send(request, timeout=TIMEOUT)

	assert answer.status_code == 404


@pytest.mark.embedded("a site's sessions are Frappe's")
def test_it_knows_https_by_its_public_address(own_host: EmbeddedHost) -> None:
	own_host.set(public_url="https://portal.example.com")
	customer = own_host.add_customer("Sarah Lee")
	link = own_host.run("sign-in", "--customer", customer).line
	assert link.startswith("https://portal.example.com/messages/in?t=")

	# whatever name the proxy asks for
	for host in ("portal.example.com", "127.0.0.1"):
		browser = requests.Session()
		browser.headers["Host"] = host
		answer = use_link(browser, own_host.url + own_host.sign_in_path(customer), allow_redirects=False)

	assert answer.status_code == 303
	assert answer.headers["Set-Cookie"].count("; Secure") == 2
	assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.embedded("a site's sessions are Frappe's")
def test_it_believes_no_forwarded_headers(own_host: EmbeddedHost) -> None:
	path = own_host.sign_in_path(own_host.add_customer("Sarah Lee"))

	browser = requests.Session()
	browser.headers["X-Forwarded-Proto"] = "https"
	browser.headers["X-Forwarded-Host"] = "evil.example"
	browser.headers["Forwarded"] = "proto=https"
	answer = use_link(browser, own_host.url + path, allow_redirects=False)

	assert answer.status_code == 303
	assert "; Secure" not in answer.headers["Set-Cookie"]
	assert "evil.example" not in answer.headers["Location"]


@pytest.mark.embedded("nginx packs a site's answers")
def test_it_packs_answers_for_those_who_take_it(sarah: Browser) -> None:
	packed = sarah.http.get(sarah.base + "/messages", timeout=TIMEOUT)
	plain = sarah.http.get(sarah.base + "/messages", headers={"Accept-Encoding": "identity"}, timeout=TIMEOUT)

	assert packed.headers["Content-Encoding"] == "gzip"
	assert "Content-Encoding" not in plain.headers
	assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
