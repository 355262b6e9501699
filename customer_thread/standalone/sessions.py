"""Who is asking: customers' sessions, staff tokens. Only hashes are kept."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from customer_thread.domain.errors import NotFound
from customer_thread.domain.times import DAY
from customer_thread.service.ports import Clock
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import subscriptions

#: how long a session lasts without a new sign-in
SESSION_DURATION = 30 * DAY
#: digits of its hash by which a session is named where sessions are listed
_ID_DIGITS = 12
#: of a User-Agent, kept to tell sessions apart
_BROWSER_CHARACTERS = 120


@dataclass(frozen=True)
class Session:
	"""A signed-in customer."""

	customer: str
	csrf_token: str
	#: of its token
	hash: str


@dataclass(frozen=True)
class ListedSession:
	"""A session as it is listed; times are µs since 1970 UTC, 0 where that was not written down."""

	id: str
	customer: str
	created_us: int
	expires_us: int
	browser: str


@dataclass(frozen=True)
class ListedToken:
	"""A staff token as it is listed; the time is µs since 1970 UTC, 0 where that was not written down."""

	key: str
	created_us: int
	label: str


def _hash(token: str) -> str:
	return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Sessions:
	"""The tables `session` and `staff_token`."""

	def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
		self._database = database
		self._clock = clock

	def start(self, customer: str, browser: str = "") -> str:
		"""Begin a session, inside a transaction, and return its token; `browser`: the User-Agent."""
		now = self._clock.now_us()
		token = secrets.token_urlsafe(32)
		connection = self._database.connection
		connection.execute("DELETE FROM session WHERE expires_us <= ?", (now,))
		connection.execute(
			"INSERT INTO session (token_hash, customer, csrf_token, expires_us, created_us, browser) "
			"VALUES (?, ?, ?, ?, ?, ?)",
			(
				_hash(token),
				customer,
				secrets.token_hex(20),
				now + SESSION_DURATION,
				now,
				browser[:_BROWSER_CHARACTERS],
			),
		)
		return token

	def find(self, token: str) -> Session | None:
		"""Return the session of a cookie, or None if it has ended."""
		rows = self._database.select(
			"SELECT customer, csrf_token FROM session WHERE token_hash = %(hash)s AND expires_us > %(now)s",
			{"hash": _hash(token), "now": self._clock.now_us()},
		)
		return Session(rows[0]["customer"], rows[0]["csrf_token"], _hash(token)) if rows else None

	def sign_out(self, token: str) -> None:
		"""End a session, and the pushes to its browser."""
		with self._database.transaction():
			self._database.connection.execute("DELETE FROM session WHERE token_hash = ?", (_hash(token),))
			subscriptions.end_of_session(self._database, _hash(token), self._clock.now_us())

	def listed(self, customer: str = "") -> Sequence[ListedSession]:
		"""Return the sessions that go on, the newest first, of one customer or of all."""
		rows = self._database.select(
			"SELECT * FROM session WHERE expires_us > %(now)s AND (%(customer)s = '' OR customer = %(customer)s) "
			"ORDER BY created_us DESC, token_hash",
			{"now": self._clock.now_us(), "customer": customer},
		)
		return [_listed(row) for row in rows]

	def end(self, session: str) -> None:
		"""End one session by the id it is listed with. Raise NotFound."""
		rows = self._database.select(
			"SELECT token_hash FROM session WHERE substr(token_hash, 1, %(digits)s) = %(id)s",
			{"digits": _ID_DIGITS, "id": session},
		)
		if not rows:
			raise NotFound("There is no session “{0}”.", session)
		with self._database.transaction():
			for row in rows:
				self._remove("session", "token_hash = ?", row["token_hash"])
				subscriptions.end_of_session(self._database, row["token_hash"], self._clock.now_us())

	def end_all_of(self, customer: str) -> int:
		"""End every session of a customer; return how many sessions."""
		with self._database.transaction():
			subscriptions.end_of_user(self._database, customer, self._clock.now_us())
			return self._remove("session", "customer = ?", customer)

	def make_staff_token(self, label: str = "") -> str:
		"""Return a new "key:secret" for staff; the label says whose it is."""
		key, secret = secrets.token_hex(8), secrets.token_hex(20)
		with self._database.transaction():
			self._database.connection.execute(
				"INSERT INTO staff_token (api_key, secret_hash, created_us, label) VALUES (?, ?, ?, ?)",
				(key, _hash(secret), self._clock.now_us(), label),
			)
		return f"{key}:{secret}"

	def listed_tokens(self) -> Sequence[ListedToken]:
		"""Return the staff tokens, the newest first."""
		rows = self._database.select("SELECT * FROM staff_token ORDER BY created_us DESC, api_key")
		return [ListedToken(row["api_key"], row["created_us"] or 0, row["label"] or "") for row in rows]

	def end_token(self, key: str) -> None:
		"""Let a staff token open nothing any more. Raise NotFound."""
		with self._database.transaction():
			removed = self._remove("staff_token", "api_key = ?", key)
		if not removed:
			raise NotFound("There is no token “{0}”.", key)

	def is_staff(self, authorization: str) -> bool:
		"""Return whether an Authorization header, `token key:secret`, is one of ours."""
		scheme, _blank, token = authorization.partition(" ")
		key, _colon, secret = token.strip().partition(":")
		if scheme.lower() != "token" or not secret:
			return False
		rows = self._database.select(
			"SELECT secret_hash FROM staff_token WHERE api_key = %(api_key)s", {"api_key": key}
		)
		return bool(rows) and hmac.compare_digest(rows[0]["secret_hash"], _hash(secret))

	def _remove(self, table: str, where: str, *given: object) -> int:
		return self._database.connection.execute(f"DELETE FROM {table} WHERE {where}", given).rowcount


def _listed(row: dict[str, Any]) -> ListedSession:
	return ListedSession(
		row["token_hash"][:_ID_DIGITS],
		row["customer"],
		row["created_us"] or 0,
		row["expires_us"],
		row["browser"] or "",
	)
