"""Signing in by a link, once; signing out; who is asking."""

import json
from http.cookies import SimpleCookie
from urllib.parse import quote

import pytest
import requests
from support.host import EmbeddedHost
from support.people import API, Browser, use_link

from customer_thread.standalone.wiring import Host

TIMEOUT = 20

pytestmark = pytest.mark.embedded("a site has Frappe's own sign-in")


def get(url: str, **options: object) -> requests.Response:
	return requests.get(url, timeout=TIMEOUT, allow_redirects=False, **options)  # type: ignore[arg-type]


def press(url: str, http: requests.Session | None = None) -> requests.Response:
	"""Open a link in a browser and press its button."""
	return use_link(http or requests.Session(), url, allow_redirects=False)


def push(url: str, **form: str) -> requests.Response:
	"""Send the form of a link's page, as a browser would that has seen it before."""
	return requests.post(f"{url}/messages/in", data=form, timeout=TIMEOUT, allow_redirects=False)


def token_in(path: str) -> str:
	return path.partition("t=")[2]


def test_it_signs_in_by_a_link(host: EmbeddedHost) -> None:
	path = host.sign_in_path(host.add_customer("Sarah Lee"))

	answer = press(host.url + path)

	assert answer.status_code == 303
	assert answer.headers["Location"] == "/messages"
	assert answer.headers["Cache-Control"] == "no-store"
	cookies = SimpleCookie(answer.headers["Set-Cookie"].replace("Lax, ", "Lax; "))
	cookie = cookies["sid"]
	assert cookies["browser"]["httponly"]
	assert cookies["browser"]["path"] == "/"
	assert cookie["httponly"]
	assert cookie["samesite"] == "Lax"
	assert cookie["path"] == "/"
	assert not cookie["secure"]
	assert not cookie["domain"]
	assert len(cookie.value) >= 32


def test_it_takes_a_link_once(host: EmbeddedHost) -> None:
	path = host.sign_in_path(host.add_customer("Sarah Lee"))
	press(host.url + path)

	for again in (get(host.url + path), push(host.url, token=token_in(path))):
		assert again.status_code == 403
		assert "Set-Cookie" not in again.headers
		assert "used already" in again.text


def test_it_takes_a_link_once_also_at_the_same_moment(host: EmbeddedHost) -> None:
	from concurrent.futures import ThreadPoolExecutor

	path = host.sign_in_path(host.add_customer("Sarah Lee"))
	with ThreadPoolExecutor(8) as pool:
		answers = list(pool.map(lambda _: push(host.url, token=token_in(path)).status_code, range(8)))

	assert sorted(answers) == [303] + [403] * 7


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_it_keeps_a_link_that_was_only_looked_at(host: EmbeddedHost, method: str) -> None:
	path = host.sign_in_path(host.add_customer("Sarah Lee"))

	for _time in range(10):
		looked = requests.request(method, host.url + path, timeout=TIMEOUT, allow_redirects=False)
		assert looked.status_code == 200
		assert "Set-Cookie" not in looked.headers
		assert looked.headers["Cache-Control"] == "no-store"
		assert looked.headers["Referrer-Policy"] == "no-referrer"

	assert press(host.url + path).status_code == 303


def test_it_shows_one_button_and_no_name(host: EmbeddedHost) -> None:
	page = get(host.url + host.sign_in_path(host.add_customer("Sarah Lee"))).text

	assert page.count("<button") == 1
	assert "Open my messages" in page
	assert "Sarah" not in page


def test_it_takes_a_link_again_in_the_browser_that_used_it(host: EmbeddedHost) -> None:
	path = host.sign_in_path(host.add_customer("Sarah Lee"))
	phone = requests.Session()
	press(host.url + path, phone)
	# her session is over
	del phone.cookies["sid"]

	assert press(host.url + path, phone).status_code == 303
	assert "sid" in phone.cookies
	assert get(host.url + path).status_code == 403


def test_it_goes_straight_on_where_its_customer_is_signed_in(sarah: Browser, host: EmbeddedHost) -> None:
	path = host.sign_in_path(sarah.customer)
	before = sarah.http.cookies["sid"]

	for answer in (
		sarah.open(f"{path}&redirect-to=/schedule", allow_redirects=False),
		sarah.http.post(
			f"{sarah.base}/messages/in",
			data={"token": token_in(path)},
			allow_redirects=False,
			timeout=TIMEOUT,
		),
	):
		assert answer.status_code == 303
		assert "Set-Cookie" not in answer.headers
	assert sarah.http.cookies["sid"] == before
	assert sarah.get("timeline").status_code == 200
	# it was not needed
	assert press(host.url + path).status_code == 303


def test_it_asks_whom_to_be_where_somebody_else_is_signed_in(sarah: Browser, host: EmbeddedHost) -> None:
	path = host.sign_in_path(host.add_customer("Bob <Miller>"))
	before = sarah.http.cookies["sid"]

	page = sarah.open(path)

	assert page.status_code == 200
	assert "You are signed in as Sarah Lee. This link is for Bob &lt;Miller&gt;." in page.text
	assert "Continue as Bob &lt;Miller&gt;" in page.text
	assert "Stay signed in as Sarah Lee" in page.text
	assert sarah.http.cookies["sid"] == before

	assert press(host.url + path, sarah.http).status_code == 303
	assert sarah.http.cookies["sid"] != before
	assert '"name": "Bob <Miller>"' in json.dumps(sarah.timeline()["thread"]["customer"])
	# Sarah's session does not live on in nobody's hands
	assert get(f"{host.url}{API}.portal.timeline", cookies={"sid": before}).status_code == 401


def test_it_leads_whoever_is_signed_in_on_from_a_link_that_opens_nothing(sarah: Browser) -> None:
	page = sarah.open("/messages/in?t=wrong")

	assert page.status_code == 403
	assert "You are signed in as Sarah Lee." in page.text
	assert 'href="/messages"' in page.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_it_is_signed_in_by_no_other_site(host: EmbeddedHost, site: str) -> None:
	path = host.sign_in_path(host.add_customer("Sarah Lee"))

	answer = requests.post(
		f"{host.url}/messages/in",
		data={"token": token_in(path)},
		headers={"Sec-Fetch-Site": site},
		allow_redirects=False,
		timeout=TIMEOUT,
	)

	assert answer.status_code == 403
	assert "Set-Cookie" not in answer.headers
	assert press(host.url + path).status_code == 303


def test_it_refuses_an_old_link(host: EmbeddedHost) -> None:
	customer = host.add_customer("Sarah Lee")
	host.set(sign_in_link_days=0)
	path = host.sign_in_path(customer)
	host.set(sign_in_link_days=7)

	assert get(host.url + path).status_code == 403
	assert push(host.url, token=token_in(path)).status_code == 403


@pytest.mark.parametrize("token", ["wrong", "a" * 100_000, "%00", "%ff%fe", "' OR '1'='1", "é"])
def test_it_refuses_a_wrong_link(host: EmbeddedHost, token: str) -> None:
	for answer in (get(f"{host.url}/messages/in?t={token}"), push(host.url, token=token)):
		assert answer.status_code in (400, 403, 413, 414, 431)
		assert "Set-Cookie" not in answer.headers


def test_it_keeps_the_link_of_another_time(host: EmbeddedHost) -> None:
	sarah = host.add_customer("Sarah Lee")
	first, second = host.sign_in_path(sarah), host.sign_in_path(sarah)
	press(host.url + first)

	assert press(host.url + second).status_code == 303


def test_it_says_where_to_find_a_link_if_it_can_send_none(own_host: EmbeddedHost) -> None:
	own_host.set(sign_in_links=0)
	answer = get(own_host.url + "/messages/sign-in")

	assert answer.status_code == 200
	assert "<form" not in answer.text
	assert "open the link" in answer.text
	assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/messages?around=5", "/messages", "/invoices"])
def test_it_leads_back_to_a_page_of_this_site(host: EmbeddedHost, path: str) -> None:
	link = host.sign_in_path(host.add_customer("Sarah Lee"))

	answer = press(f"{host.url}{link}&redirect-to={quote(path)}")

	assert answer.headers["Location"] == path


@pytest.mark.parametrize(
	"path",
	[
		"https://evil.example/",
		"//evil.example",
		"/\\evil.example",
		"\\\\evil.example",
		"/\t/evil.example",
		"/\r/evil.example",
		"/\n/evil.example",
		"\t//evil.example",
		"/ /evil.example/../..//evil.example",
		"javascript:alert(1)",
		"https:evil.example",
		"/messages\r\nSet-Cookie: sid=1",
		"",
	],
)
def test_it_never_leads_to_another_site(host: EmbeddedHost, path: str) -> None:
	link = host.sign_in_path(host.add_customer("Sarah Lee"))

	assert press(f"{host.url}{link}&redirect-to={quote(path, safe='')}").headers["Location"] == "/messages"
	link = host.sign_in_path(host.add_customer("Sarah Lee"))
	answer = push(host.url, token=token_in(link), **{"redirect-to": path})

	assert answer.status_code == 303
	# as a browser reads it: tabs and line breaks are dropped, a backslash is a slash
	seen = answer.headers["Location"].translate({9: None, 10: None, 13: None}).replace("\\", "/")
	assert seen.startswith("/"), seen
	assert not seen.startswith("//"), seen
	assert len(SimpleCookie(answer.headers["Set-Cookie"])["sid"].value) >= 32


@pytest.mark.parametrize("path", ["/messages", "/messages?q=deck", "/messages?around=5", "/schedule"])
def test_it_leads_a_guest_to_sign_in(host: EmbeddedHost, path: str) -> None:
	answer = get(host.url + path)

	assert answer.status_code == 303
	assert answer.headers["Location"] == f"/messages/sign-in?redirect-to={quote(path)}"
	assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/messages", "/sign-out"])
def test_it_leads_a_guest_who_posts_to_a_page_he_can_open(host: EmbeddedHost, path: str) -> None:
	answer = requests.post(host.url + path, data={"text": "x"}, allow_redirects=False, timeout=TIMEOUT)

	assert answer.status_code == 303
	assert answer.headers["Location"] == "/messages/sign-in?redirect-to=/messages"


@pytest.mark.parametrize("call", ["timeline", "attachment?entry=1&index=0", "original?entry=1"])
def test_it_answers_a_guests_call_with_401(host: EmbeddedHost, call: str) -> None:
	answer = get(f"{host.url}{API}.portal.{call}")

	assert answer.status_code == 401
	assert answer.json()["exc_type"] == "AuthenticationError"


@pytest.mark.parametrize("sid", ["", "wrong", "0" * 43, "a;b", "%00"])
def test_it_takes_no_made_up_session(host: EmbeddedHost, sid: str) -> None:
	assert get(f"{host.url}{API}.portal.timeline", cookies={"sid": sid}).status_code == 401


@pytest.mark.parametrize("call", ["reply", "read"])
@pytest.mark.parametrize("csrf", ["", "wrong", "é"])
def test_it_refuses_a_post_without_the_pages_token(sarah: Browser, call: str, csrf: str) -> None:
	headers = {"X-Frappe-CSRF-Token": csrf.encode()} if csrf else {}
	answer = sarah.http.post(
		f"{sarah.base}{API}.portal.{call}",
		json={
			"text": "forged",
			"client_id": "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a11",
			"upto": 1,
			"csrf_token": sarah.csrf,
		},
		headers=headers,
		timeout=TIMEOUT,
	)

	assert answer.status_code == 403
	assert sarah.entries() == []


def test_it_refuses_the_token_of_another_session(sarah: Browser, charlie: Browser) -> None:
	answer = sarah.post(
		"reply", csrf=charlie.csrf, text="forged", client_id="5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a11"
	)

	assert answer.status_code == 403
	assert sarah.entries() == []


def test_it_signs_out(sarah: Browser) -> None:
	sid = sarah.http.cookies["sid"]
	form = {"csrf_token": sarah.csrf}
	answer = sarah.http.post(f"{sarah.base}/sign-out", data=form, allow_redirects=False, timeout=TIMEOUT)

	assert answer.status_code == 303
	assert answer.headers["Location"] == "/messages/sign-in"
	assert '"storage"' in answer.headers["Clear-Site-Data"]
	assert "sid" not in sarah.http.cookies
	# also for whoever kept the cookie
	assert get(f"{sarah.base}{API}.portal.timeline", cookies={"sid": sid}).status_code == 401


@pytest.mark.parametrize("form", [{}, {"csrf_token": "wrong"}])
def test_it_is_signed_out_by_no_other_site(sarah: Browser, form: dict[str, str]) -> None:
	answer = sarah.http.post(f"{sarah.base}/sign-out", data=form, allow_redirects=False, timeout=TIMEOUT)

	assert answer.status_code == 403
	assert sarah.get("timeline").status_code == 200


def test_it_is_signed_out_by_no_link(sarah: Browser) -> None:
	assert sarah.open("/sign-out").status_code == 405
	assert sarah.get("timeline").status_code == 200


def test_it_keeps_other_sessions_when_one_is_ended(host: EmbeddedHost) -> None:
	customer = host.add_customer("Sarah Lee")
	phone, tablet = host.sign_in(customer), host.sign_in(customer)
	phone.http.post(f"{host.url}/sign-out", data={"csrf_token": phone.csrf}, timeout=TIMEOUT)

	assert tablet.get("timeline").status_code == 200


def test_it_replies_without_javascript(sarah: Browser) -> None:
	form = {
		"text": "from a plain form",
		"client_id": "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a12",
		"csrf_token": sarah.csrf,
	}
	answer = sarah.http.post(f"{sarah.base}/messages", data=form, allow_redirects=False, timeout=TIMEOUT)

	[entry] = sarah.entries()
	assert entry["text"] == "from a plain form"
	assert (answer.status_code, answer.headers["Location"]) == (303, f"/messages#{entry['id']}")
	forged = sarah.http.post(
		f"{sarah.base}/messages", data={**form, "csrf_token": "wrong"}, allow_redirects=False, timeout=TIMEOUT
	)
	assert forged.status_code == 403
	assert len(sarah.entries()) == 1


def test_it_keeps_the_words_of_a_form_it_cannot_take(sarah: Browser) -> None:
	long = "<b>" + "deck " * 4_100
	form = {
		"text": long,
		"client_id": "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a13",
		"csrf_token": sarah.csrf,
	}
	answer = sarah.http.post(f"{sarah.base}/messages", data=form, timeout=TIMEOUT)

	assert answer.status_code == 422
	assert "&lt;b&gt;deck deck" in answer.text
	assert "too long" in answer.text


def test_who_has_no_conversation_reads_how_to_reach_the_business(own_host: EmbeddedHost) -> None:
	own_host.set(business_phone="+1 503 555 0100", mail_from="office@mikes.example")
	kept = Host(own_host.folder)
	with kept.database.transaction():
		session = kept.sessions.start("CUST-99999")
	browser = Browser(own_host.url, "CUST-99999")
	browser.http.cookies["sid"] = session
	page = browser.open()
	assert page.status_code == 404
	assert "No messages yet" in page.text
	assert "(503) 555-0100" in page.text
	assert 'href="mailto:office@mikes.example"' in page.text
