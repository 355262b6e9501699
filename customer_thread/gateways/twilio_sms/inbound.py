"""What Twilio posts to us, checked and put into our own words.

Webhooks: https://www.twilio.com/docs/messaging/guides/webhook-request
"""

import re
from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import cast, get_args

from twilio.request_validator import RequestValidator

from customer_thread.domain.errors import BadInput
from customer_thread.domain.inbound import CallReport, InboundSms, Keyword, StatusReport
from customer_thread.domain.limits import TEXT_ATTACHMENTS
from customer_thread.domain.model import DeliveryState, RemoteAttachment
from customer_thread.gateways.twilio_sms.errors import undelivered

#: the answer that makes Twilio do nothing, as text/xml
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
#: Twilio's default words; a message is one only if it is nothing else
KEYWORDS: dict[str, Keyword] = {
	**dict.fromkeys(("stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout"), "STOP"),
	**dict.fromkeys(("start", "yes", "unstop"), "START"),
	**dict.fromkeys(("help", "info"), "HELP"),
}
STATES: dict[str, DeliveryState] = {
	**dict.fromkeys(("accepted", "scheduled", "queued", "sending"), "Sending"),
	# the rest of it may follow
	**dict.fromkeys(("sent", "partially_delivered"), "Sent"),
	**dict.fromkeys(("delivered", "read"), "Delivered"),
	**dict.fromkeys(("undelivered", "failed", "canceled"), "Failed"),
}
#: of texts that came in: nothing of ours
INBOUND_STATES = frozenset({"receiving", "received"})
ENDED_CALLS = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
DAY_SECONDS = 86_400
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
#: what a call has in place of a number that is not shown: the word, on the keys of a phone
WITHHELD = frozenset(
	"+" + word.translate(_KEYS) for word in ("ANONYMOUS", "BLOCKED", "RESTRICTED", "UNAVAILABLE", "UNKNOWN")
)
#: https://www.twilio.com/docs/glossary/what-is-a-sid
MESSAGE_SID = re.compile(r"(?:SM|MM)[0-9a-f]{32}", re.IGNORECASE)
CALL_SID = re.compile(r"CA[0-9a-f]{32}", re.IGNORECASE)
#: a phone's number, and what it has run into
RUN_ON = re.compile(r"\s*\+[0-9]+[^0-9\s]")
CONTENT_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:\s*;.*)?", re.ASCII)
#: what stands before an address of WhatsApp, Messenger and the like: "whatsapp:+15551234567"
SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class NotAnSms(BadInput):
	"""A message by another of Twilio's channels. The sentence says nothing of who wrote, or what."""


def verify(
	url: str, params: Mapping[str, str], signature: str | None, tokens: Sequence[str], account_sid: str
) -> bool:
	"""Return whether Twilio signed this request with one of our tokens, for our account.

	`url` is the public address as configured at Twilio, with its query string; `params` are the POST
	parameters alone, a MultiDict with `getlist` where a name may occur twice.
	https://www.twilio.com/docs/usage/security#validating-requests
	"""
	if not signature or not account_sid:
		return False
	signed = [_is_signed(url, params, signature, token) for token in tokens if token]
	return any(signed) and params.get("AccountSid") == account_sid


def _is_signed(url: str, params: Mapping[str, str], signature: str, token: str) -> bool:
	try:
		return bool(RequestValidator(token).validate(url, params, signature))
	except (ValueError, TypeError):
		# a port that is no number, a value that is no text: nothing that Twilio signs
		return False


def parse_message(params: Mapping[str, str], now_us: int) -> InboundSms:
	"""Return the text message of a verified webhook, at the time it came. Raise BadInput, NotAnSms for no text."""
	provider_sid = _sid(params, "MessageSid", MESSAGE_SID)
	sender, recipient = _first(params, "From"), _first(params, "To")
	check_is_sms(sender, recipient)
	for name, end in (("From", sender), ("To", recipient)):
		if RUN_ON.match(end):
			raise BadInput("{0} is no number.", name)
	if "Body" not in params:
		raise BadInput("{0} is missing.", "Body")
	body = _words(params, "Body")
	return InboundSms(
		provider_sid=provider_sid,
		sender=sender,
		recipient=recipient,
		text=body,
		attachments=tuple(_media(params)),
		occurred_us=now_us,
		keyword=keyword_in(body, _words(params, "OptOutType")),
	)


def sender_of(params: Mapping[str, str]) -> str:
	"""Return whom a message comes from, as Twilio writes it. Raise BadInput."""
	return _first(params, "From")


def check_is_sms(*ends: str) -> None:
	"""Raise NotAnSms if the ends of a message are none of a text's.

	The number behind "whatsapp:" may be a customer's, or the contractor's: its words are not a text of theirs, and
	could not be answered by text.
	"""
	for found in (SCHEME.match(end) for end in ends):
		if found is None:
			continue
		channel = found[1].lower() if found[1].isalpha() else "another channel"
		raise NotAnSms("A message by {0} was refused: it is no text.", channel)


def keyword_in(body: str, opt_out_type: str = "") -> Keyword | None:
	"""Return the opt-out word that Twilio acted upon: its own word for it, else the default ones."""
	if opt_out_type.upper() in get_args(Keyword):
		return cast("Keyword", opt_out_type.upper())
	return KEYWORDS.get(body.strip().lower())


def parse_status(params: Mapping[str, str], query: Mapping[str, str]) -> StatusReport | None:
	"""Return what became of a text of ours, or None for a state that says nothing. Raise BadInput.

	`query` is the query string of the status callback; its `delivery` is our own id.
	"""
	provider_sid = _sid(params, "MessageSid", MESSAGE_SID)
	status = _words(params, "MessageStatus") or _words(params, "SmsStatus")
	state = STATES.get(status.lower())
	if state is None:
		return None
	code = _words(params, "ErrorCode").strip()
	if not re.fullmatch("[0-9]{0,6}", code):
		raise BadInput("{0} is not a number.", "ErrorCode")
	return StatusReport(
		provider_sid=provider_sid,
		state=state,
		delivery=_words(query, "delivery"),
		error=undelivered(code if code != "0" else "") if state == "Failed" else None,
	)


def parse_call(params: Mapping[str, str], number: str, now_us: int) -> CallReport | None:
	"""Return a call that has ended, or None while it goes on. Raise BadInput.

	`number` is the business's own: what goes there is incoming. The legs of a `<Dial>` share their parent's id.
	Twilio gives the time of the end, so the beginning is that less the duration.
	https://www.twilio.com/docs/voice/api/call-resource#statuscallback
	"""
	provider_sid = _sid(params, "CallSid", CALL_SID)
	if _words(params, "ParentCallSid"):
		provider_sid = _sid(params, "ParentCallSid", CALL_SID)
	status = _words(params, "CallStatus").lower()
	if not status:
		raise BadInput("CallStatus is missing.")
	if status not in ENDED_CALLS:
		return None
	seconds = _number(params, "CallDuration", DAY_SECONDS)
	called = _first(params, "To", "Called")
	caller = _first(params, "From", "Caller")
	return CallReport(
		provider_sid=provider_sid,
		caller="" if caller in WITHHELD else caller,
		called=called,
		incoming=called == number,
		seconds=seconds,
		answered=status == "completed",
		occurred_us=_time(_words(params, "Timestamp"), now_us) - seconds * 1_000_000,
	)


def _media(params: Mapping[str, str]) -> list[RemoteAttachment]:
	found = []
	for index in range(_number(params, "NumMedia", TEXT_ATTACHMENTS)):
		url = _words(params, f"MediaUrl{index}")
		kind = _words(params, f"MediaContentType{index}") or "application/octet-stream"
		if not CONTENT_TYPE.fullmatch(kind):
			raise BadInput("{0} is none.", f"MediaContentType{index}")
		if url:
			found.append(RemoteAttachment(url=url, content_type=kind))
	return found


def _sid(params: Mapping[str, str], name: str, pattern: re.Pattern[str]) -> str:
	"""Return an id of Twilio's, in its usual case.

	A signature has no separators: of "MessageSid=SM…" and "NumMedia=0" it knows as little as of "MessageSid=SM…NumMedia0".
	"""
	value = _first(params, name)
	if not pattern.fullmatch(value):
		raise BadInput("{0} is none of Twilio's.", name)
	return value[:2].upper() + value[2:].lower()


def _words(params: Mapping[str, str], name: str) -> str:
	"""Return a parameter without what no database takes: NUL, and halves of surrogate pairs."""
	value = params.get(name) or ""
	return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _first(params: Mapping[str, str], *names: str) -> str:
	for name in names:
		if value := _words(params, name):
			return value
	raise BadInput("{0} is missing.", names[0])


def _number(params: Mapping[str, str], name: str, limit: int) -> int:
	value = _words(params, name) or "0"
	if not (value.isascii() and value.isdigit() and len(value) < 10):
		raise BadInput("{0} is not a number.", name)
	return min(int(value), limit)


def _time(value: str, now_us: int) -> int:
	try:
		at = parsedate_to_datetime(value)
		then = int(at.timestamp()) * 1_000_000 if at.tzinfo else 0
	except (ValueError, OverflowError, TypeError, IndexError):
		then = 0
	return min(then, now_us) if then > 0 else now_us
