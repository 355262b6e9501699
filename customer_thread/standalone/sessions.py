"""Who is asking: one-time sign-in links, customers' sessions, staff tokens. Only hashes are kept."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from customer_thread.domain.times import DAY, MINUTE
from customer_thread.service.ports import Clock
from customer_thread.standalone.database import SqliteDatabase

#: how long a session lasts without a new sign-in
SESSION_DURATION = 30 * DAY


@dataclass(frozen=True)
class Session:
	"""A signed-in customer."""

	customer: str
	csrf_token: str


def _hash(token: str) -> str:
	return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Sessions:
	"""The tables `sign_in_link`, `session` and `staff_token`."""

	def __init__(self, database: SqliteDatabase, clock: Clock) -> None:
		self._database = database
		self._clock = clock

	def make_link_token(self, customer: str, minutes: int) -> str:
		"""Return a token that signs this customer in, once, within so many minutes."""
		token = secrets.token_urlsafe(32)
		with self._database.transaction():
			self._database.connection.execute(
				"INSERT INTO sign_in_link (token_hash, customer, expires_us) VALUES (?, ?, ?)",
				(_hash(token), customer, self._clock.now_us() + minutes * MINUTE),
			)
		return token

	def sign_in(self, token: str) -> str | None:
		"""Use a link's token up and return a new session's token, or None if the link is used, old or wrong."""
		now = self._clock.now_us()
		session_token = secrets.token_urlsafe(32)
		with self._database.transaction():
			connection = self._database.connection
			used = connection.execute(
				"UPDATE sign_in_link SET used_us = ? WHERE token_hash = ? AND used_us IS NULL AND expires_us > ? "
				"RETURNING customer",
				(now, _hash(token), now),
			).fetchall()
			if not used:
				return None
			connection.execute("DELETE FROM session WHERE expires_us <= ?", (now,))
			connection.execute(
				"INSERT INTO session (token_hash, customer, csrf_token, expires_us) VALUES (?, ?, ?, ?)",
				(_hash(session_token), used[0]["customer"], secrets.token_hex(20), now + SESSION_DURATION),
			)
		return session_token

	def find(self, token: str) -> Session | None:
		"""Return the session of a cookie, or None if it has ended."""
		rows = self._database.select(
			"SELECT customer, csrf_token FROM session WHERE token_hash = %(hash)s AND expires_us > %(now)s",
			{"hash": _hash(token), "now": self._clock.now_us()},
		)
		return Session(rows[0]["customer"], rows[0]["csrf_token"]) if rows else None

	def sign_out(self, token: str) -> None:
		"""End a session."""
		with self._database.transaction():
			self._database.connection.execute("DELETE FROM session WHERE token_hash = ?", (_hash(token),))

	def make_staff_token(self) -> str:
		"""Return a new "key:secret" for staff."""
		key, secret = secrets.token_hex(8), secrets.token_hex(20)
		with self._database.transaction():
			self._database.connection.execute(
				"INSERT INTO staff_token (api_key, secret_hash) VALUES (?, ?)", (key, _hash(secret))
			)
		return f"{key}:{secret}"

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
