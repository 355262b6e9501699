"""Messages to a channel of Zulip. Never sends anything twice by itself.

https://zulip.com/api/send-message
"""

import json
from collections.abc import Mapping
from typing import Any

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import ZULIP_LOOKED_AT, ZULIP_SECONDS
from customer_thread.domain.outbound import OutboundPost, SentSms
from customer_thread.domain.team_chat import RESOLVED, code_in
from customer_thread.domain.team_place import TeamPlace
from customer_thread.domain.times import SECOND
from customer_thread.gateways.zulip.account import ZulipAccount
from customer_thread.gateways.zulip.errors import UNCERTAIN
from customer_thread.gateways.zulip.exchange import Exchange
from customer_thread.gateways.zulip.markdown import plain, quoted

#: before Zulip's numbers, so that they are no other provider's
PREFIX = "zulip:"


class ZulipChat:
	"""The TeamChat port. Every method may raise GatewayError."""

	def __init__(self, account: ZulipAccount, timeout: float = ZULIP_SECONDS) -> None:
		self.account = account
		self._timeout = timeout

	def send(self, post: OutboundPost) -> SentSms:
		"""Hand one message to Zulip, once. A time-out is ambiguous: ask `find_sent` before another try."""
		exchange, place = Exchange(self.account, self._timeout), TeamPlace.of_key(post.to)
		if place.user:
			receiver: dict[str, Any] = {"type": "private", "to": [int(place.user)]}
		else:
			topic = _present_topic(exchange, place, post) if post.previous else place.topic
			receiver = {"type": "stream", "to": place.channel, "topic": topic}
		answer = exchange.ask("POST", "messages", {**receiver, "content": content_of(post)}, sending=True)
		return _sent(answer)

	def find_sent(self, post: OutboundPost, since_us: int) -> list[SentSms]:
		"""Return the bot's messages there with these words that Zulip has had since then, newest first.

		In whatever topic: one that was renamed, or that somebody moved it to, has it all the same.
		"""
		place = TeamPlace.of_key(post.to)
		where = (
			{"operator": "dm", "operand": [int(place.user)]}
			if place.user
			else {"operator": "stream", "operand": place.channel}
		)
		narrow = [where, {"operator": "sender", "operand": self.account.email}]
		asked = {
			"anchor": "newest",
			"num_before": ZULIP_LOOKED_AT,
			"num_after": 0,
			"narrow": json.dumps(narrow),
			"apply_markdown": False,
		}
		answer = Exchange(self.account, self._timeout).ask("GET", "messages", asked)
		listed = answer.get("messages")
		if not isinstance(listed, list):
			raise GatewayError("{0}", UNCERTAIN)
		content = content_of(post).strip()
		return [
			_sent(message)
			for message in reversed(listed)
			# Zulip's times are whole seconds
			if int(message["timestamp"]) * SECOND >= since_us - SECOND
			and str(message["content"]).strip() == content
		]

	def check(self, channel: str) -> str:
		"""Ask Zulip who the bot is, and for the channel; return the bot's name."""
		exchange = Exchange(self.account, self._timeout)
		name = str(exchange.ask("GET", "users/me").get("full_name") or "")
		if channel:
			exchange.ask("GET", "get_stream_id", {"stream": channel})
		return name


def content_of(post: OutboundPost) -> str:
	"""Return the message as it is written: its words are nothing but words."""
	return quoted(post.heading, post.text) if post.is_quoted else plain(post.text)


def _present_topic(exchange: Exchange, place: TeamPlace, post: OutboundPost) -> str:
	"""Return in which topic the thread's next message belongs; the earlier ones move there if need be.

	A topic that the team has renamed keeps its name while it ends with the thread number. It takes the customer's
	name once that has changed, or another thread has been joined; one that was done with is open again.
	"""
	number = post.previous.removeprefix(PREFIX)
	try:
		found = exchange.ask("GET", f"messages/{number}").get("message")
	except GatewayError as error:
		if not error.permanent:
			raise
		# somebody deleted it, or moved it out of the bot's sight
		return place.topic
	message: Mapping[str, Any] = found if isinstance(found, dict) else {}
	if message.get("display_recipient") != place.channel:
		return place.topic
	present, before = str(message.get("subject") or ""), TeamPlace.of_key(post.previous_to)
	open_again = present.removeprefix(RESOLVED)
	is_ours = bool(code_in(open_again)) and code_in(open_again) == code_in(before.topic)
	wanted = open_again if is_ours and before == place else place.topic
	if present == wanted or not is_ours:
		return wanted
	move = {"topic": wanted, "propagate_mode": "change_all", "send_notification_to_old_thread": False}
	try:
		exchange.ask("PATCH", f"messages/{number}", move)
	except GatewayError as error:
		if not error.permanent:
			raise
		# bots may not move messages in this organization: it goes on where it is
		return present
	return wanted


def _sent(message: Mapping[str, Any]) -> SentSms:
	number = message.get("id")
	if not isinstance(number, int):
		raise GatewayError("{0}", UNCERTAIN, ambiguous=True)
	# what Zulip has taken can be read there
	return SentSms(f"{PREFIX}{number}", "Delivered")
