"""What Zulip's outgoing webhook posts: the bot's token first, before anything else; only then it is read.

https://zulip.com/api/outgoing-webhooks
"""

import hmac
import json
import re
from collections.abc import Mapping
from typing import Any

from customer_thread.domain.errors import BadInput, NotAllowed
from customer_thread.domain.inbound import TeamMessage
from customer_thread.domain.team_place import TeamPlace
from customer_thread.domain.times import SECOND
from customer_thread.gateways.zulip.account import ZulipSettings
from customer_thread.gateways.zulip.gateway import PREFIX

#: `private_message` before Zulip 8
TRIGGERS = frozenset({"mention", "direct_message", "private_message"})
CHANNEL_TYPES = frozenset({"stream", "channel"})
#: what is answered to whatever was taken in: an answer of ours goes by the API
ANSWER = '{"response_not_required": true}'
#: what the addresses of bots end with before their @, as Zulip makes them
_BOT = "-bot"
_UPLOADS = "/user_uploads/"
_MENTION = re.compile(r"@_?\*\*([^*|\n]+)(?:\|\d+)?\*\*")


def checked(settings: ZulipSettings, posted: bytes) -> Mapping[str, Any]:
	"""Return what was posted. Raise NotAllowed unless it has the token that Zulip made for the bot."""
	try:
		payload = json.loads(posted)
	except (ValueError, RecursionError):
		payload = None
	given = payload.get("token") if isinstance(payload, dict) else None
	if not isinstance(payload, dict) or not _is_the(settings.zulip_webhook_token, given):
		raise NotAllowed("The token is missing or wrong. Check the bot's token in Customer Thread Settings.")
	return payload


def _is_the(token: str, given: object) -> bool:
	known, shown = (
		str(value or "").encode("utf-8", "backslashreplace")
		for value in (token, isinstance(given, str) and given)
	)
	return hmac.compare_digest(known, shown) and bool(token)


def read_message(payload: Mapping[str, Any], now_us: int) -> TeamMessage | None:
	"""Return what somebody wrote to the bot; None for what is nobody's word to it. Raise BadInput.

	That is so of its own messages and another bot's, of what was edited since, and of a conversation of several.
	"""
	message = payload.get("message")
	if not isinstance(message, Mapping):
		raise BadInput("There is no message.")
	if payload.get("trigger") not in TRIGGERS or _is_edited(message) or _is_of_bot(payload, message):
		return None
	try:
		number, user = int(message["id"]), int(message["sender_id"])
		occurred_us = int(message["timestamp"]) * SECOND
		content, kind = str(message["content"]), str(message["type"])
		place = _place(message, kind, user)
	except (KeyError, TypeError, ValueError) as error:
		raise BadInput("The message cannot be read.") from error
	if place is None:
		return None
	text, is_first = _without_mention(content, str(payload.get("bot_full_name") or ""))
	return TeamMessage(
		channel="Zulip",
		provider_id=f"{PREFIX}{number}",
		place=place,
		user=str(user),
		name=str(message.get("sender_full_name") or ""),
		email=str(message.get("sender_email") or "").lower(),
		text=_MENTION.sub(r"\1", text),
		occurred_us=min(occurred_us, now_us),
		is_addressed=is_first or bool(place.user),
		has_files=_UPLOADS in content,
	)


def _place(message: Mapping[str, Any], kind: str, user: int) -> TeamPlace | None:
	if kind in CHANNEL_TYPES:
		return TeamPlace(str(message["display_recipient"]), str(message["subject"]))
	# the two of them: in a conversation of several not every word is for the bot
	return TeamPlace(user=str(user)) if len(message["display_recipient"]) <= 2 else None


def _is_edited(message: Mapping[str, Any]) -> bool:
	return bool(message.get("last_edit_timestamp") or message.get("edit_history"))


def _is_of_bot(payload: Mapping[str, Any], message: Mapping[str, Any]) -> bool:
	sender = str(message.get("sender_email") or "").lower()
	return sender == str(payload.get("bot_email") or "").lower() or sender.partition("@")[0].endswith(_BOT)


def _without_mention(content: str, name: str) -> tuple[str, bool]:
	"""Return the words without the mention of the bot that they begin with, and whether they do.

	As Zulip's own bots have it, one that stands elsewhere speaks of the bot, not to it.
	"""
	mention = re.match(rf"\s*@\*\*{re.escape(name)}(?:\|\d+)?\*\*[\s:,]*", content, re.IGNORECASE)
	return (content[mention.end() :], True) if name and mention else (content, False)
