"""What is inside stays inside: notes, names, deliveries, saved replies, other people's words, by no way there is.

Everything that the program keeps and a customer is not to have gets a mark of its own; then customers and guests ask
for all there is, by every call and page, and nothing that comes has a mark in it. What is new is marked and asked for
by itself, or the test says what it does not know.
"""

import ast
import inspect
import json
import uuid
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import requests
from pypdf import PdfReader
from support.host import EmbeddedHost
from support.inside import Inside
from support.people import TIMEOUT, Browser
from support.planted import SHOWN, WORKS, found_in, word_columns
from support.site import IN_SITE
from support.waiting import wait_until

from customer_thread.service.portal.guest_calls import GUEST
from customer_thread.service.portal.portal_calls import PORTAL
from customer_thread.standalone import web
from customer_thread.standalone.demo.mailbox_stand_in import Letter
from customer_thread.standalone.demo.push_stand_in import PushStandIn

#: of each parameter of a customer's calls, what is tried besides leaving it out; entries come on top
TRIED: dict[str, list[Any]] = {
	"active": ["1", "0"],
	"after": [0],
	"around": [],
	"as": ["html"],
	"auth": ["x"],
	"before": [f"{2**62}.1"],
	"browser": ["Phone"],
	"client_id": [],
	"day": ["2026-05-15"],
	"document": ["Appointment", "Thread Note", "Thread Delivery"],
	"email": [False],
	"endpoint": ["https://push.example.com/none"],
	"entry": [],
	"index": [0],
	"limit": [1, 100],
	"name": [],
	"newer": ["0.0"],
	"outbox": ["nobody's"],
	"push": [True],
	"q": ["deck", "sarah", "ann", "mike", "failed"],
	"quiet": [False],
	"quiet_end": ["08:00"],
	"quiet_start": ["8", "21:00"],
	"rest": ["1"],
	"sms": [False],
	"subscription": [{}],
	"text": ["One more of mine"],
	"timezone": ["Nowhere/At_All", "America/New_York"],
	"upto": [],
}
#: of each condition by which the embedded host knows a path, what is asked for there
PATHS = {
	"path.startswith(METHOD)": [
		"/api/method/customer_thread.api.nothing",
		"/api/method/customer_thread.api.desk.thread?thread={thread}",
	],
	"path.startswith(assets.PREFIX)": [
		"/assets/customer_thread/desk/desk.css",
		"/assets/customer_thread/../store/notes.py",
	],
	"path == '/healthz'": ["/healthz"],
	"path == '/'": ["/"],
	"path == '/messages'": [
		"/messages",
		"/messages?q=deck",
		"/messages?limit=100",
		"/messages?around={entry}",
	],
	"path.startswith(PREVIEW)": [
		"/messages/preview/{thread}",
		"/messages/preview/{thread}/original?entry={entry}",
	],
	"path.startswith(PICTURES)": ["{picture}", "{picture}/0", "/messages/p/nothing"],
	"path == '/schedule'": ["/schedule"],
	"path.startswith(tuple(OWN_PAGES))": ["/messages/contracts/{thread}", "/messages/payments/{thread}"],
	"path == CALENDAR_PAGE": ["/messages/calendar"],
	"path.startswith(CALENDARS)": ["{calendar}", "/messages/calendar/nothing.ics"],
	"is_app_file(path)": ["/messages-sw.js", "/messages.webmanifest"],
	"path == OFFLINE": ["/messages/offline"],
	"path == SETTINGS_PAGE": ["/notification-settings"],
	"path in (WAY_IN, SIGN_IN, '/sign-in')": ["/messages/in", "/messages/sign-in", "/sign-in?token=x"],
	"path == '/sign-out'": ["/sign-out"],
}
#: answered before the tables of calls are looked at
ALONE = {"unsubscribe_mail": "token", "sign_in_link": "address", "use_link": "token", "switch": "customer"}


@pytest.fixture(scope="module")
def inside(host: EmbeddedHost) -> Iterator[Inside]:
	"""Return the business, marked."""
	service = PushStandIn()
	service.start()
	host.set(push_service_base=service.url)
	yield Inside(host, service)
	service.stop()


def answers(inside: Inside, browser: Browser) -> Iterator[requests.Response]:
	"""Yield what somebody gets who asks for everything."""
	for call in {**PORTAL, **GUEST}.values():
		for given in tries(inside, call.parameters):
			yield (browser.get if call.method == "GET" else browser.post)(call.name, **given)
	for name, parameter in ALONE.items():
		for value in ("", inside.places["thread"], inside.sarah.customer, inside.address):
			yield browser.get(name, **{parameter: value})
			yield browser.post(name, csrf=browser.csrf, **{parameter: value})
	for paths in PATHS.values():
		for path in paths:
			yield browser.open(path.format(**inside.places))
			yield browser.http.post(inside.host.url + path.format(**inside.places), timeout=TIMEOUT)


def tries(inside: Inside, parameters: tuple[str, ...]) -> Iterator[dict[str, Any]]:
	"""Yield what a call is given: each thing that is tried, alone, and each entry."""
	yield {}
	for name in parameters:
		for value in TRIED[name]:
			yield {name: value}
		if name in ("around", "after", "upto"):
			for entry in inside.entries:
				yield {name: entry, "as": "html"}
	if "entry" in parameters:
		for entry in inside.entries:
			for index in ("0", "1"):
				yield {"entry": entry, "index": index, "rest": index}
	if "text" in parameters:
		yield {"text": "Written by me", "client_id": str(uuid.uuid4()), "as": "html"}
	if "subscription" in parameters:
		yield {"subscription": inside.service.browser().subscription}
	if "name" in parameters:
		for document in ("Thread Note", "Thread Delivery", "Customer Thread", "Sales Invoice", "Appointment"):
			yield {"document": document, "name": inside.places["thread"]}


def told(answer: requests.Response) -> str:
	return f"{answer.url}\n{answer.headers}\n{answer.text}"


def test_every_column_of_words_is_marked(inside: Inside) -> None:
	columns = {(doctype, name) for doctype, names in word_columns().items() for name in names}
	unmarked = {(doctype, name) for doctype, names in WORKS.items() for name in names}
	assert unmarked <= columns, "these tables have columns that there are not"
	assert set(SHOWN) <= set(word_columns())
	missed = columns - unmarked - inside.marked
	# which the tests of a site begin without
	empty = {"Thread Saved Reply", "Thread Scheduled Message"} if IN_SITE else set()
	assert {(doctype, name) for doctype, name in missed if doctype not in empty} == set(), "there was no row"


def test_every_path_and_parameter_is_tried() -> None:
	source = "class App:\n" + "".join(inspect.getsource(web.App._route) + inspect.getsource(web.App._page))
	conditions = {
		ast.unparse(node.test)
		for node in ast.walk(ast.parse(source))
		if isinstance(node, ast.If) and "path" in ast.unparse(node.test)
	}
	assert conditions == set(PATHS)
	taken = {name for call in {**PORTAL, **GUEST}.values() for name in call.parameters}
	assert taken == set(TRIED)


@pytest.mark.parametrize("who", ["sarah", "tablet", "charlie", "guest"])
def test_nobody_outside_gets_what_is_inside(inside: Inside, who: str) -> None:
	browser = Browser(inside.host.url, "") if who == "guest" else getattr(inside, who)
	all_told = ""
	for answer in answers(inside, browser):
		all_told += told(answer)
		assert answer.status_code < 500, answer.url
		assert list(found_in(told(answer))) == [], answer.url
		# what somebody asks for may be said again
		asked = f"{answer.request.url}{answer.request.body!r}{[one.url for one in answer.history]}"
		assert [one for one in inside.secrets if one in told(answer) and one not in asked] == [], answer.url
	own = {"sarah": "Sounds good", "tablet": "Sounds good", "charlie": "I am Charlie"}
	assert own.get(who, "") in all_told


def whole(letter: Letter) -> str:
	"""Return a mail as it was sent, and its parts as they are read."""
	parts = [part for part in letter.message.walk() if not part.is_multipart()]
	read = [bytes(part.get_payload(decode=True)).decode("utf-8", "replace") for part in parts]
	return "\n".join([letter.data.decode("utf-8", "replace"), *read])


def test_no_text_mail_or_push_takes_it_out(inside: Inside) -> None:
	before = len(inside.service.received)
	for channel in ("sms", "email", "portal"):
		inside.send(inside.sarah, f"Again by {channel}", channel)
	inside.host.text(inside.phone, "STOP")
	inside.host.text(inside.phone, "START")
	wait_until(lambda: len(inside.service.received) > before, what="a push")
	inside.settle()
	mailbox = inside.host.mailbox_of(inside.sarah.customer, inside.address)
	mails = wait_until(lambda: inside.host.mails_to(inside.address, "Again by"))
	texts = inside.host.texts_to(inside.phone)
	assert len(texts) > 1
	sent = [
		*(text.body for text in texts),
		*(
			whole(letter)
			for letter in [*mails, *inside.host.mails_to(inside.address), *inside.host.mails_to(mailbox)]
		),
		*(json.dumps(push.payload) for push in inside.service.received),
	]
	for words in sent:
		assert list(found_in(words)) == []
		assert not [secret for secret in inside.secrets if secret in words]


@pytest.mark.embedded("a site's is for managers: tests/bench/test_erase_customer.py")
def test_her_copy_has_none_of_it(inside: Inside) -> None:
	for form in ("json", "pdf"):
		answer = inside.staff.get("export", customer=inside.sarah.customer, format=form)
		assert answer.status_code == 200
		text = answer.text
		if form == "pdf":
			text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
		assert "Sounds good" in text
		assert list(found_in(told(answer), text)) == []
		assert not [secret for secret in inside.secrets if secret in text]
	ours = inside.staff.get("export", customer=inside.sarah.customer, kind="business")
	assert len(set(found_in(ours.text))) > 5
