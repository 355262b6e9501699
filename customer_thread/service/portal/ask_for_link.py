"""Somebody who is not signed in asks for a link.

Whether a number or address is known is found out by whoever sends the link, later: what is done here, and how long it
takes, is the same for every one, so that nobody can ask us whose customer somebody is.
"""

import re
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TypedDict

from customer_thread.domain.limits import LINKS_ASKED_BY_ONE, LINKS_ASKED_BY_SOURCE, LINKS_ASKED_OF_SITE
from customer_thread.domain.model import Address, ContactKind
from customer_thread.domain.people.addresses import email, phone
from customer_thread.domain.routing import Route
from customer_thread.service.ports import Ports
from customer_thread.service.sign_in.is_on import sends_links
from customer_thread.service.sign_in.portal_link import portal_path
from customer_thread.store import deliveries, sent_to

_ENTRY = re.compile(r"/messages#(\d{1,15})")

#: why such a delivery takes its channel; staff read it
ASKED = "a link was asked for"


class SignInView(TypedDict):
	"""The page where one asks for a link."""

	#: sent: what can be said of an address, known or not
	step: str
	redirect_to: str
	#: how the host signs in people with passwords; empty if it does not
	login: str
	by_phone: bool
	by_mail: bool
	#: what was typed, if it is no address
	typed: str


def sign_in_page(ports: Ports, goal: str, *, typed: str = "", step: str = "ask") -> SignInView:
	"""Return the page; where no links are sent it says where to find one."""
	reached = _kinds(ports)
	return {
		"step": step if sends_links(ports.settings()) and reached else "none",
		"redirect_to": goal,
		"login": ports.login,
		"by_phone": "Phone" in reached,
		"by_mail": "Email" in reached,
		"typed": typed,
	}


def ask_for_link(ports: Ports, written: str, source: str, goal: str = "/messages") -> bool:
	"""Have a link sent to a phone number or e-mail address; return whether `written` is one, not whether it is known."""
	address = email(written) if "@" in written else phone(written, ports.settings().default_region)
	if address is None:
		return False
	send_link(ports, address, source, goal)
	return True


def send_link(ports: Ports, address: Address, source: str, goal: str) -> None:
	"""Queue a link to an address, at most a few in an hour; `source`: who asks, `goal`: where it leads."""
	settings = ports.settings()
	now = ports.clock.now_us()
	name, channel = next(
		(item for item in ports.channels.items() if item[1].rule.contact_kind == address.kind), ("", None)
	)
	most, seconds = LINKS_ASKED_BY_ONE
	before = sent_to.count_to(ports.database, address.value, "Sign In", now - seconds * 1_000_000)
	allowed = ports.within(f"sign-in:{_network(source)}", LINKS_ASKED_BY_SOURCE)
	allowed = allowed and before < most and ports.within("sign-in", LINKS_ASKED_OF_SITE)
	if channel is None or not name or not allowed or not sends_links(settings):
		return
	deliveries.queue(
		ports.database,
		"Sign In",
		Route(channel.rule.name, address.value, ASKED),
		now,
		text=_around(goal),
		message_id=channel.new_message_id(ports) if channel.new_message_id else "",
	)
	ports.queue.run_soon("deliver")


def _network(source: str) -> str:
	"""Return whose network address this is: of IPv6 everybody has 2⁶⁴ of their own (RFC 6177)."""
	try:
		known = ip_address(source)
	except ValueError:
		return source
	return str(ip_network((known, 64), strict=False)) if isinstance(known, IPv6Address) else source


def _around(goal: str) -> str:
	"""Return a path that finds an entry wherever in the thread it is; what is behind a # is kept by the page alone."""
	found = _ENTRY.fullmatch(goal)
	return portal_path(int(found[1])) if found else goal


def _kinds(ports: Ports) -> set[ContactKind | None]:
	settings = ports.settings()
	return {channel.rule.contact_kind for channel in ports.channels.values() if channel.is_set_up(settings)}
