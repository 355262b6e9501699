"""What is malformed, too large, too often, or asked of the wrong endpoint."""

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from support.host import EmbeddedHost, new_phone, text_params
from support.people import API, Browser, Staff, message_of

TIMEOUT = 20


@pytest.mark.embedded("a site has many more addresses, and Frappe's own answer for none")
@pytest.mark.parametrize(
	"path",
	[
		"/nothing",
		"/messages/",
		"/messages/1",
		"/api/method/frappe.auth.get_logged_user",
		f"{API}.portal",
		f"{API}.portal.",
		f"{API}.portal.nothing",
		f"{API}.desk.nothing",
		f"{API}.webhooks.nothing",
		f"{API}.nothing.timeline",
		f"{API}.portal.timeline.more",
		f"{API}.portal.__class__",
		"/api/resource/Thread%20Entry",
		"/%00",
		"/.git/config",
		"/assets/customer_thread",
	],
)
def test_it_knows_no_such_address(sarah: Browser, path: str) -> None:
	answer = sarah.http.get(sarah.base + path, timeout=TIMEOUT)

	assert answer.status_code == 404
	if path.startswith("/api/"):
		assert answer.json()["exc_type"] == "DoesNotExistError"
	else:
		assert "<html" in answer.text


@pytest.mark.embedded("Frappe itself refuses a wrong method")
@pytest.mark.parametrize(
	("method", "path"),
	[
		("POST", f"{API}.portal.timeline"),
		("GET", f"{API}.portal.reply"),
		("GET", f"{API}.portal.read"),
		("PUT", f"{API}.portal.reply"),
		("DELETE", f"{API}.portal.reply"),
		("GET", f"{API}.desk.send"),
		("POST", f"{API}.desk.threads"),
		("GET", f"{API}.webhooks.twilio_message"),
		("PUT", "/messages"),
		("GET", "/sign-out"),
	],
)
def test_it_says_that_a_method_is_wrong(sarah: Browser, method: str, path: str) -> None:
	headers = {"X-Frappe-CSRF-Token": sarah.csrf}
	answer = sarah.http.request(method, sarah.base + path, headers=headers, timeout=TIMEOUT)

	assert answer.status_code == 405
	assert answer.headers["Allow"]
	assert sarah.entries() == []


@pytest.mark.embedded("Frappe itself reads the body, and refuses it in its own way")
@pytest.mark.parametrize(
	"body",
	[
		b"{",
		b"hello",
		b"[]",
		b'"text"',
		b"null",
		b"1",
		b"\xff\xfe{}",
		b'{"text": "a", }',
		b"[" * 100_000,
		b'{"a":' * 50_000,
		b'{"text": ' + b"1" * 5_000 + b"}",
	],
)
def test_it_refuses_malformed_json(sarah: Browser, staff: Staff, body: bytes) -> None:
	answer = sarah.http.post(
		f"{sarah.base}{API}.portal.reply",
		data=body,
		headers={"X-Frappe-CSRF-Token": sarah.csrf, "Content-Type": "application/json"},
		timeout=TIMEOUT,
	)

	assert answer.status_code == 400
	assert answer.json()["exc_type"] == "ValidationError"
	assert answer.json()["message"]
	theirs = requests.post(
		f"{staff.base}{API}.desk.note",
		data=body,
		headers={**staff.headers, "Content-Type": "application/json"},
		timeout=TIMEOUT,
	)
	assert theirs.status_code == 400


@pytest.mark.parametrize("size", [600_000, 1_000_001, 3_000_000, 12_000_000])
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "text/plain"])
def test_it_refuses_a_body_that_is_too_large(sarah: Browser, kind: str, size: int) -> None:
	start, end = (b'{"text": "', b'"}') if kind == "application/json" else (b"text=", b"")
	body = start + b"x" * (size - len(start) - len(end)) + end
	answer = sarah.http.post(
		f"{sarah.base}{API}.portal.reply",
		data=body,
		headers={"X-Frappe-CSRF-Token": sarah.csrf, "Content-Type": kind},
		timeout=TIMEOUT,
	)

	# less than 1 MB is read, and lacks a client_id
	assert answer.status_code == (400 if size < 1_000_000 else 413)
	assert sarah.entries() == []


@pytest.mark.embedded("nginx asks for a length")
def test_it_refuses_a_body_without_a_length_that_is_too_large(sarah: Browser) -> None:
	answer = sarah.http.post(
		f"{sarah.base}{API}.portal.reply",
		data=iter([b"x" * 100_000] * 15),
		headers={"X-Frappe-CSRF-Token": sarah.csrf, "Content-Type": "application/json"},
		timeout=TIMEOUT,
	)

	assert answer.status_code == 413


def test_it_refuses_a_webhook_that_is_too_large(host: EmbeddedHost) -> None:
	params = text_params(new_phone(), "x" * 1_000_001)

	assert host.webhook("twilio_message", params).status_code == 413


@pytest.mark.embedded("gunicorn's own tests see to it")
@pytest.mark.parametrize(
	"raw",
	[
		b"GARBAGE\r\n\r\n",
		b"GET / HTTP/9.9\r\n\r\n",
		b"GET /messages HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
		b"GET /messages HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
		b"POST /messages HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		b"GET " + b"/" * 300_000 + b" HTTP/1.1\r\n\r\n",
		b"GET /messages HTTP/1.1\r\nCookie: " + b"a=b; " * 60_000 + b"\r\n\r\n",
		b"GET /messages HTTP/1.1\r\nHost: x\r\nCookie: sid=\xff\xfe\r\n\r\n",
		b"GET http://evil.example/messages HTTP/1.1\r\nHost: x\r\n\r\n",
		b"GET //evil.example/%2e%2e/messages HTTP/1.1\r\nHost: x\r\n\r\n",
	],
)
def test_it_survives_a_request_that_is_none(host: EmbeddedHost, raw: bytes) -> None:
	with socket.create_connection(("127.0.0.1", int(host.url.rpartition(":")[2])), timeout=TIMEOUT) as client:
		try:
			client.sendall(raw)
			answer = client.recv(100)
		except ConnectionError:
			answer = b""

	assert answer[:9] in (b"", b"HTTP/1.1 ", b"HTTP/1.0 ")
	assert answer[9:10] in (b"", b"3", b"4", b"2")
	assert b"evil.example" not in answer
	assert requests.get(host.url + "/healthz", timeout=TIMEOUT).status_code == 200


@pytest.mark.parametrize(
	"header", ["Authorization", "X-Twilio-Signature", "X-Frappe-CSRF-Token", "Cookie", "Host"]
)
def test_it_survives_headers_that_are_no_text(host: EmbeddedHost, header: str) -> None:
	for call in ("portal.reply", "desk.note", "webhooks.twilio_message"):
		answer = requests.post(
			f"{host.url}{API}.{call}",
			headers={header: b"token \xff\xfe:\x80"},
			data={"a": "b"},
			timeout=TIMEOUT,
		)
		assert answer.status_code in (400, 401, 403)


@pytest.mark.embedded("a site has Frappe's own limits")
def test_it_limits_what_one_address_gets_wrong(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Sarah Lee", phone=phone))
	staff = own_host.staff

	def wrong(_: int) -> int:
		url = f"{own_host.url}{API}.desk.threads"
		return requests.get(url, headers={"Authorization": "token a:b"}, timeout=TIMEOUT).status_code

	with ThreadPoolExecutor(8) as pool:
		statuses = list(pool.map(wrong, range(150)))

	assert statuses.count(401) == 120
	assert statuses.count(429) == 30
	forged = own_host.webhook("twilio_message", text_params(phone, "forged"), token="wrong")
	assert forged.status_code == 429
	assert forged.json()["exc_type"] == "RateLimitExceededError"
	# whoever gets it right is not held up
	assert message_of(staff.get("threads"))
	own_host.text(phone, "right")
	assert browser.texts() == ["right"]
	browser.reply("still here")
	path = own_host.sign_in_path(browser.customer)
	assert requests.get(own_host.url + path, allow_redirects=False, timeout=TIMEOUT).status_code == 200


@pytest.mark.embedded("a site has Frappe's own sign-in")
def test_it_limits_guesses_of_sign_in_links(own_host: EmbeddedHost) -> None:
	def guess(number: int) -> int:
		return requests.get(f"{own_host.url}/sign-in?token=guess{number}", timeout=TIMEOUT).status_code

	with ThreadPoolExecutor(8) as pool:
		statuses = list(pool.map(guess, range(140)))

	assert set(statuses) == {403, 429}


def test_it_answers_many_at_once(host: EmbeddedHost, sarah: Browser) -> None:
	with ThreadPoolExecutor(50) as pool:
		answers = list(pool.map(lambda _: sarah.get("timeline").status_code, range(300)))

	assert set(answers) == {200}


@pytest.mark.embedded("a bench is watched by its own means")
def test_it_says_when_it_is_well(host: EmbeddedHost) -> None:
	answer = requests.get(host.url + "/healthz", timeout=TIMEOUT)

	assert (answer.status_code, answer.json()) == (200, {"message": "ok"})
