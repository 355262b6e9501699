"""What the server adds: the timeline over HTTP, and a signed text from the wire to the disk."""

import http.client
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.bare_serve import BARE, EMPTY
from benchmarks.load import get, rate
from benchmarks.measure import Result, Series, in_turn, times_over
from benchmarks.rows import Place, entry, phone_of, thread_id
from benchmarks.served import served, session_cookie
from benchmarks.site import LARGE, SMALL, scratch, site
from customer_thread.gateways.system import SystemClock
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.standalone.demo.twilio_message import TwilioMessage, make_sid
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn, now_us
from customer_thread.standalone.wiring import Host

TIMELINE = "/api/method/customer_thread.api.portal.timeline"
WEBHOOK = "/api/method/customer_thread.api.webhooks.twilio_message"
CONNECTIONS = 8
_ROUNDS = 20
_ROUND_SECONDS = 0.6
_BUSINESS, _CONTRACTOR = "+12125559998", "+12125559999"


def timeline() -> list[Result]:
	"""Return the rows of the timeline over HTTP: the large site, its longest thread, the newest page."""
	folder = site(LARGE)
	cookie = f"Cookie: sid={session_cookie(folder)}"
	poll = f"{TIMELINE}?after={_last_entry(folder)}&limit=50&as=html"
	with served(folder, bare=True) as port:
		requests = [get(path, port, cookie) for path in (TIMELINE, BARE, poll, EMPTY)]
		taken: list[list[float]] = [[] for _request in requests]
		for number in range(_ROUNDS + 1):
			for request, rates in zip(requests, taken, strict=True):
				answers = rate(port, request, connections=CONNECTIONS, seconds=_ROUND_SECONDS)
				if number:
					rates.append(answers)
	newest, bare, nothing, empty = (Series.of(rates) for rates in taken)
	return [
		_rates(
			"timeline",
			"`timeline` over HTTP, 50 entries; against one bare `SELECT` of the same 50 rows and `json.dumps` "
			"behind the same sign-in, same server",
			newest,
			bare,
			0.5,
		),
		_rates(
			"poll",
			"a poll that finds nothing new, over HTTP; against the same sign-in with an empty answer",
			nothing,
			empty,
			0.8,
		),
	]


def _last_entry(folder: Path) -> int:
	with closing(sqlite3.connect(folder / "thread.db")) as connection:
		found = connection.execute(
			"SELECT MAX(name) FROM `tabThread Entry` WHERE thread = ?", (thread_id(0),)
		).fetchone()
	return int(found[0])


def _rates(key: str, what: str, ours: Series, others: Series, goal: float) -> Result:
	ratio = times_over(ours, others)
	return Result(
		key,
		what,
		ours.written("/s", 0),
		others.written("/s", 0),
		f"{ratio:.2f} ×",
		f"≥ {goal} × its rate",
		ratio >= goal,
	)


def inbound() -> list[Result]:
	"""Return the row of a signed text, with the text that passes it on to the contractor."""
	folder, bare = (
		scratch(SMALL, "inbound"),
		SqliteDatabase(scratch(SMALL, "bare") / "thread.db", SystemClock()),
	)
	twilio = TwilioStandIn("AC" + "1" * 32, "secret-of-the-bench", [_BUSINESS])
	_configure(folder, twilio)
	watch = sqlite3.connect(folder / "thread.db")
	try:
		with served(folder) as port:
			line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
			number = iter(range(1, 1_000_000))
			texts, inserts = in_turn(
				lambda: _post(line, port, twilio),
				lambda: _insert(bare.connection, next(number)),
				times=100,
				between=lambda: _settle(watch),
			)
			line.close()
	finally:
		twilio.stop()
		watch.close()
		bare.close()
	ratio = times_over(texts, inserts)
	what = "a signed inbound text, HTTP to committed, its forward queued; against one bare `INSERT` + commit"
	return [Result("inbound", what, texts.ms, inserts.ms, f"{ratio:.2f} ×", "≤ 6 ×", ratio <= 6)]


def _configure(folder: Path, twilio: TwilioStandIn) -> None:
	host = Host(folder)
	host.settings_store.save(
		{
			"twilio_account_sid": twilio.account_sid,
			"twilio_auth_token": twilio.auth_token,
			"twilio_from_number": _BUSINESS,
			"twilio_api_base": twilio.start(),
			"contractor_mobile": _CONTRACTOR,
			"texts_per_sender": "0",
			"texts_per_thread": "0",
			"texts_per_day": "0",
		}
	)
	host.database.close()


def _post(line: http.client.HTTPConnection, port: int, twilio: TwilioStandIn) -> None:
	now = now_us()
	text = TwilioMessage(
		make_sid("SM"), "inbound", phone_of(0), _BUSINESS, "Is 8am fine?", "received", now, now
	)
	params = twilio.message_params(text)
	signature = twilio.sign(f"http://127.0.0.1:{port}{WEBHOOK}", params)
	headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
	line.request("POST", WEBHOOK, urlencode(params), headers)
	answer = line.getresponse()
	answer.read()
	if answer.status != 200:
		raise ConnectionError(f"the text was refused: {answer.status}")


def _insert(connection: sqlite3.Connection, number: int) -> None:
	values = next(entry(Place(1_000_000 + number, 0, 0, now_us(), False)))
	names, marks = ", ".join(f"`{name}`" for name in values), ", ".join(f":{name}" for name in values)
	connection.execute(f"INSERT INTO `tabThread Entry` ({names}) VALUES ({marks})", values)


def _settle(watch: sqlite3.Connection) -> None:
	"""Wait until the worker has passed everything on, so that it disturbs no other repetition."""
	query = "SELECT COUNT(*) FROM `tabThread Delivery` WHERE state IN ('Queued', 'Sending') AND provider_id IS NULL"
	deadline = time.monotonic() + 5
	while watch.execute(query).fetchone()[0]:
		if time.monotonic() > deadline:
			raise TimeoutError("the text was not passed on")
		time.sleep(0.005)
