"""Links that sign in: asked for, received, opened and used."""

import re
import sqlite3

import requests

from support.host import EmbeddedHost
from support.people import API, use_link
from support.waiting import wait_until

TIMEOUT = 20


def ask(host: EmbeddedHost, address: str, goal: str = "/messages") -> requests.Response:
	"""Ask for a link on the page, as a form is sent."""
	form = {"address": address, "redirect-to": goal}
	return requests.post(f"{host.url}/messages/sign-in", data=form, timeout=TIMEOUT, allow_redirects=False)


def links_in(words: str) -> list[str]:
	"""Return the ways in that are written somewhere."""
	return re.findall(r"https?://\S+/messages/in\S*#[0-9a-z]+", words)


def texted(host: EmbeddedHost, phone: str, number: int = 1) -> str:
	"""Return the link of a text, the first or a later one."""
	texts = wait_until(lambda: [text for text in host.texts_to(phone) if links_in(text.body)][number - 1 :])
	return links_in(texts[0].body)[0]


def mailed(host: EmbeddedHost, address: str) -> str:
	"""Return the link of the latest mail."""
	letter = wait_until(lambda: host.mails_to(address, "/messages/in"))[-1]
	body = letter.message.get_body(("plain",))
	assert body
	return links_in(body.get_content())[0]


def plain(link: str) -> str:
	"""Return where a link leads without JavaScript."""
	way, _hash, token = link.partition("#")
	return f"{way}{'&' if '?' in way else '?'}t={token}"


def is_in(host: EmbeddedHost, http: requests.Session) -> bool:
	"""Return whether a browser reads messages."""
	return http.get(f"{host.url}{API}.portal.timeline", timeout=TIMEOUT).status_code == 200


def press(http: requests.Session, link: str) -> requests.Response:
	"""Use a link as its page does."""
	return use_link(http, plain(link), allow_redirects=False)


def hold(host: EmbeddedHost, sql: str) -> list[tuple[object, ...]]:
	"""Return what the folder of a host holds."""
	with sqlite3.connect(host.folder / "thread.db", timeout=20) as connection:
		return connection.execute(sql).fetchall()


def settled(host: EmbeddedHost) -> list[tuple[object, ...]]:
	"""Return what became of the links that were asked for, once none waits."""
	rows = hold(host, "SELECT address, state, reason FROM `tabThread Delivery` WHERE purpose = 'Sign In'")
	return [] if any(state == "Queued" for _address, state, _reason in rows) else rows


def make_old(host: EmbeddedHost) -> None:
	"""Let every link be too old."""
	hold(host, "UPDATE `tabThread Sign In` SET expires_us = created_us")
