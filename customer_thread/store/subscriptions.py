"""Thread Push Subscriptions: the browsers that may be pushed to. One that has ended keeps neither address nor keys."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from customer_thread.domain.limits import PUSH_REFUSALS, PUSH_SUBSCRIPTIONS
from customer_thread.domain.model import DATA_LIMIT, PushEnd
from customer_thread.domain.push.subscription import Subscription
from customer_thread.store.database import Database, Duplicate, move_rows, one_of
from customer_thread.store.notice_rows import SubscriptionRow
from customer_thread.store.rows import columns, first, held, typed

SUBSCRIPTION = "Thread Push Subscription"
_ALL = f"SELECT {columns(SubscriptionRow)} FROM `tabThread Push Subscription`"


@dataclass(frozen=True)
class Whose:
	"""Who reads by a browser, in which session, and our key that it was given."""

	thread: str
	user: str
	session_hash: str
	public_key: str
	user_agent: str = ""


def hash_of(endpoint: str) -> str:
	"""Return by what an endpoint is found: it is too long for an index."""
	return hashlib.sha256(endpoint.encode()).hexdigest()


def keep(database: Database, whose: Whose, subscription: Subscription, now_us: int) -> str:
	"""Keep a browser's subscription as this reader's, whosever it was before, and return its name.

	Given again as it is, it changes nothing. Beyond so many of a reader the oldest end.
	"""
	values = {
		"thread": whose.thread,
		"user": whose.user,
		"session_hash": whose.session_hash,
		"public_key": whose.public_key,
		"user_agent": whose.user_agent[:DATA_LIMIT],
		"endpoint": subscription.endpoint,
		"p256dh": subscription.p256dh,
		"auth": subscription.auth,
		"ended_us": 0,
		"ended_reason": None,
	}
	unique = {"endpoint_hash": hash_of(subscription.endpoint)}
	# looked for before it is held: holding what is not there holds up every other new row on MariaDB
	if by_endpoint(database, subscription.endpoint) is None:
		try:
			name = str(database.insert(SUBSCRIPTION, {**unique, **values, "created_us": now_us}))
		except Duplicate:
			pass
		else:
			_end_oldest(database, whose.user, now_us)
			return name
	row = database.lock(SUBSCRIPTION, unique) or {}
	if any(row.get(field) != value for field, value in values.items()):
		is_new = row.get("user") != whose.user or row.get("ended_us")
		fresh = {"created_us": now_us, "last_ok_us": 0, "refusals": 0} if is_new else {}
		database.update(SUBSCRIPTION, row["name"], {**values, **fresh})
		_end_oldest(database, whose.user, now_us)
	return str(row["name"])


def of_reader(database: Database, thread: str, user: str) -> list[SubscriptionRow]:
	"""Return the browsers in which somebody who reads this thread is pushed to, the oldest first.

	Those of all their threads: whoever speaks for several customers is notified of each on the same phone.
	"""
	rows = database.select(
		f"{_ALL} WHERE `user` = %(user)s AND ended_us = 0 ORDER BY created_us, name", {"user": user}
	)
	return typed(SubscriptionRow, rows)


def get(database: Database, subscription: str) -> SubscriptionRow | None:
	"""Return a subscription, also one that has ended."""
	return first(SubscriptionRow, database.select(f"{_ALL} WHERE name = %(name)s", {"name": subscription}))


def user_agents(database: Database, names: Iterable[str]) -> dict[str, str]:
	"""Return what the browser of each of these subscriptions says of itself, also of those that have ended."""
	params: dict[str, Any] = {}
	listed = one_of("name", names, params)
	if not listed:
		return {}
	rows = database.select(
		f"SELECT name, user_agent FROM `tabThread Push Subscription` WHERE name IN ({listed})", params
	)
	return {row["name"]: row["user_agent"] or "" for row in rows}


def by_endpoint(database: Database, endpoint: str) -> SubscriptionRow | None:
	"""Return the subscription with this endpoint, also one that has ended."""
	rows = database.select(f"{_ALL} WHERE endpoint_hash = %(hash)s", {"hash": hash_of(endpoint)})
	return first(SubscriptionRow, rows)


def end(database: Database, subscription: str, reason: PushEnd, now_us: int) -> bool:
	"""Push to a browser no more; return whether it went on until now."""
	ended = {
		"ended_us": now_us,
		"ended_reason": reason,
		"endpoint": None,
		"p256dh": None,
		"auth": None,
		"session_hash": None,
	}
	return database.update(SUBSCRIPTION, subscription, ended, {"ended_us": 0})


def end_of_session(database: Database, session_hash: str, now_us: int, unless_user: str = "") -> None:
	"""End the subscriptions that were made in a session which is over, or is somebody else's but `unless_user`."""
	rows = database.select(
		f"{_ALL} WHERE session_hash = %(hash)s AND ended_us = 0 AND `user` <> %(user)s",
		{"hash": session_hash, "user": unless_user},
	)
	_end_all(database, (row["name"] for row in rows), "Signed Out", now_us)


def rebind(database: Database, old_session: str, session_hash: str) -> None:
	"""Let the subscriptions that were made in a session end with another one."""
	rows = database.select(f"{_ALL} WHERE session_hash = %(hash)s AND ended_us = 0", {"hash": old_session})
	for row in rows:
		database.update(SUBSCRIPTION, row["name"], {"session_hash": session_hash})


def end_of_user(database: Database, user: str, now_us: int) -> None:
	"""End the subscriptions of somebody who was signed out everywhere."""
	_end_all(database, (row["name"] for row in of_reader(database, "", user)), "Signed Out", now_us)


def end_of_other_keys(database: Database, public_key: str, now_us: int) -> int:
	"""End the subscriptions that were made for another key of ours than this; return how many."""
	rows = database.select(
		"SELECT name FROM `tabThread Push Subscription` WHERE ended_us = 0 AND public_key <> %(key)s",
		{"key": public_key},
	)
	_end_all(database, [row["name"] for row in rows], "Keys Replaced", now_us)
	return len(rows)


def _end_oldest(database: Database, user: str, now_us: int) -> None:
	too_many = of_reader(database, "", user)[:-PUSH_SUBSCRIPTIONS]
	_end_all(database, (row["name"] for row in too_many), "Too Many", now_us)
	# as many that have ended are remembered: a browser can be given anew for ever
	ended = database.select(
		"SELECT name FROM `tabThread Push Subscription` WHERE `user` = %(user)s AND ended_us > 0 "
		"ORDER BY ended_us DESC, name LIMIT %(limit)s",
		{"user": user, "limit": 2 * PUSH_SUBSCRIPTIONS},
	)
	for row in ended[PUSH_SUBSCRIPTIONS:]:
		database.delete(SUBSCRIPTION, {"name": row["name"]})


def _end_all(database: Database, names: Iterable[str], reason: PushEnd, now_us: int) -> None:
	for name in names:
		end(database, name, reason, now_us)


def note_reached(database: Database, subscription: str, now_us: int) -> None:
	"""Note that a push service accepted a push."""
	database.update(SUBSCRIPTION, subscription, {"last_ok_us": now_us, "refusals": 0}, {"ended_us": 0})


def note_refused(database: Database, subscription: str, now_us: int) -> None:
	"""Note that a push service refused one; so many in a row end one that never worked."""
	row = held(SubscriptionRow, database.lock(SUBSCRIPTION, {"name": subscription}))
	if row is None or row["ended_us"]:
		return
	refusals = row["refusals"] + 1
	database.update(SUBSCRIPTION, subscription, {"refusals": refusals})
	if refusals >= PUSH_REFUSALS and not row["last_ok_us"]:
		end(database, subscription, "Refused", now_us)


def move(database: Database, source: str, goal: str) -> None:
	"""Let the subscriptions that were made in a thread be another thread's."""
	move_rows(database, SUBSCRIPTION, source, goal)


def remove_of_thread(database: Database, thread: str) -> None:
	"""Forget those of a thread that is removed."""
	database.delete(SUBSCRIPTION, {"thread": thread})
