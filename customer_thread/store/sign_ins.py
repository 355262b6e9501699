"""Thread Sign Ins: the ways in without a password. Whoever reads this table can sign in by none of them."""

from collections.abc import Iterable

from customer_thread.domain.model import SignInPurpose
from customer_thread.store.database import Database, move_rows, one_of
from customer_thread.store.deliveries import DELIVERY
from customer_thread.store.rows import SignInRow, columns, first, held, typed

SIGN_IN = "Thread Sign In"
_ALL = f"SELECT {columns(SignInRow)} FROM `tabThread Sign In`"


def add(
	database: Database,
	token_hash: str,
	*,
	user: str,
	thread: str,
	purpose: SignInPurpose,
	address: str,
	entry: int,
	made_by: str | None,
	now_us: int,
	expires_us: int,
) -> None:
	"""Write down a link by the hash of its token."""
	values = {
		"token_hash": token_hash,
		"user": user or None,
		"thread": thread or None,
		"purpose": purpose,
		"made_by": made_by,
		"address": address or None,
		"entry": entry,
		"created_us": now_us,
		"expires_us": expires_us,
	}
	database.insert(SIGN_IN, values)


def by_hash(database: Database, token_hash: str) -> SignInRow | None:
	"""Return the link whose token has this hash."""
	return first(SignInRow, database.select(f"{_ALL} WHERE token_hash = %(hash)s", {"hash": token_hash}))


def hashes_among(database: Database, hashes: Iterable[str]) -> set[str]:
	"""Return those of these hashes that are of a link's token."""
	params: dict[str, object] = {}
	listed = one_of("hash", hashes, params)
	if not listed:
		return set()
	rows = database.select(
		f"SELECT token_hash FROM `tabThread Sign In` WHERE token_hash IN ({listed})", params
	)
	return {row["token_hash"] for row in rows}


def lock(database: Database, name: str) -> SignInRow | None:
	"""Return a link's newest state and hold it."""
	return held(SignInRow, database.lock(SIGN_IN, {"name": name}))


def record_use(
	database: Database, sign_in: SignInRow, browser_hash: str, user: str, thread: str, now_us: int
) -> None:
	"""Note that a link that is held was used by this user, and in which browser."""
	changes: dict[str, object] = {"last_used_us": now_us, "user": user, "thread": thread}
	if not sign_in["first_used_us"]:
		changes |= {"first_used_us": now_us, "browser_hash": browser_hash}
	database.update(SIGN_IN, sign_in["name"], changes)


def forget(database: Database, until_us: int, limit: int) -> int:
	"""Remove the links that ended until then, the oldest first, at most so many; return how many."""
	rows = database.select(
		"SELECT name FROM `tabThread Sign In` WHERE expires_us <= %(until)s ORDER BY expires_us LIMIT %(limit)s",
		{"until": until_us, "limit": limit},
	)
	return sum(database.delete(SIGN_IN, {"name": row["name"]}) for row in rows)


def forget_requests(database: Database, until_us: int, limit: int) -> int:
	"""Remove the requests for links that were made until then, the oldest first, at most so many; return how many."""
	rows = database.select(
		# they are of no thread; an index over the purpose alone would be taken for what a page asks
		"SELECT name FROM `tabThread Delivery` WHERE thread IS NULL AND purpose = 'Sign In' AND creation_us <= %(until)s "
		"ORDER BY creation_us LIMIT %(limit)s",
		{"until": until_us, "limit": limit},
	)
	return sum(database.delete(DELIVERY, {"name": row["name"]}) for row in rows)


def of_thread(database: Database, thread: str, limit: int = 20) -> list[SignInRow]:
	"""Return a thread's latest links, the newest first."""
	rows = database.select(
		f"{_ALL} WHERE thread = %(thread)s ORDER BY created_us DESC, name LIMIT %(limit)s",
		{"thread": thread, "limit": limit},
	)
	return typed(SignInRow, rows)


def usable_of_thread(database: Database, thread: str, now_us: int) -> list[SignInRow]:
	"""Return a thread's links that are neither revoked nor too old, used or not."""
	rows = database.select(
		f"{_ALL} WHERE thread = %(thread)s AND revoked_us = 0 AND expires_us > %(now)s",
		{"thread": thread, "now": now_us},
	)
	return typed(SignInRow, rows)


def usable_by(database: Database, users: Iterable[str], now_us: int) -> list[SignInRow]:
	"""Return the links of these users that are neither revoked nor too old, used or not."""
	params: dict[str, object] = {"now": now_us}
	listed = one_of("user", users, params)
	if not listed:
		return []
	rows = database.select(
		f"{_ALL} WHERE `user` IN ({listed}) AND revoked_us = 0 AND expires_us > %(now)s", params
	)
	return typed(SignInRow, rows)


def undecided_at(database: Database, addresses: Iterable[str], now_us: int) -> list[SignInRow]:
	"""Return the links to these addresses that can be used and are nobody's yet."""
	params: dict[str, object] = {"now": now_us}
	listed = one_of("address", addresses, params)
	if not listed:
		return []
	rows = database.select(
		f"{_ALL} WHERE address IN ({listed}) AND `user` IS NULL AND revoked_us = 0 AND expires_us > %(now)s",
		params,
	)
	return typed(SignInRow, rows)


def revoke(database: Database, name: str, now_us: int) -> bool:
	"""Let a link open nothing from now on; return whether it was not revoked before."""
	return database.update(SIGN_IN, name, {"revoked_us": now_us}, {"revoked_us": 0})


def move(database: Database, source: str, goal: str) -> None:
	"""Let a thread's links lead to another thread."""
	move_rows(database, SIGN_IN, source, goal)


def remove_of_thread(database: Database, thread: str) -> None:
	"""Forget a thread's links."""
	database.delete(SIGN_IN, {"thread": thread})
