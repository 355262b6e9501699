"""What Zulip refuses, in words an admin can act on, and what its library raises, as GatewayError.

https://zulip.com/api/rest-error-handling
"""

import math
from collections.abc import Mapping
from typing import Any

import requests

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.phrase import Phrase
from customer_thread.gateways.network import never_connected

WRONG_KEY = Phrase(
	"Zulip does not accept the bot's e-mail address and API key. Check them in Customer Thread Settings."
)
#: code → what is wrong, and what to do
WORDS = {
	"INVALID_API_KEY": WRONG_KEY,
	"UNAUTHORIZED": WRONG_KEY,
	"STREAM_DOES_NOT_EXIST": Phrase(
		"Zulip has no such channel that the bot can see. Check it in Customer Thread Settings, and let the bot in."
	),
	"USER_DEACTIVATED": Phrase("The bot is deactivated in Zulip. Activate it there."),
	"REALM_DEACTIVATED": Phrase("This Zulip organization is deactivated."),
	"RATE_LIMIT_HIT": Phrase("Zulip is asked too often at the moment. It is tried again by itself."),
}
NO_ZULIP = Phrase("There is no Zulip at this address. Check it in Customer Thread Settings.")
UNREACHABLE = Phrase("Zulip cannot be reached at the moment. It is tried again by itself.")
UNCERTAIN = Phrase(
	"Zulip did not answer in time, so it may have taken the message. It is asked before another try."
)
PASSING_STATUS = frozenset({408, 425, 429})
#: characters of Zulip's own sentence
SHOWN = 200


def refused(status: int, answer: Mapping[str, Any], *, sending: bool = False) -> GatewayError:
	"""Return the error for an answer that is not a success.

	After a 5xx nobody knows whether a message was accepted: ambiguous when `sending`.
	"""
	code = str(answer.get("code") or status)
	if status == 401 and code not in WORDS:
		code = "UNAUTHORIZED"
	broken = status >= 500
	if code in WORDS:
		words = WORDS[code]
	elif broken or status in PASSING_STATUS:
		words = UNCERTAIN if sending and broken else UNREACHABLE
	elif answer.get("result") != "error":
		words = NO_ZULIP
	else:
		words = Phrase("Zulip refused it: {0}", " ".join(str(answer.get("msg") or code).split())[:SHOWN])
	passing = broken or status in PASSING_STATUS
	return GatewayError(
		"{0}",
		words,
		permanent=not passing,
		ambiguous=sending and broken,
		code=code,
		retry_after=_seconds(answer.get("retry-after")) if passing else 0,
	)


def of_network(error: BaseException, *, sending: bool = False) -> GatewayError:
	"""Return the error for what `requests` raised, or Zulip's library because of that."""
	cause = error if isinstance(error, requests.RequestException) else (error.__cause__ or error)
	if isinstance(cause, requests.TooManyRedirects | requests.exceptions.InvalidURL):
		return GatewayError("{0}", NO_ZULIP, permanent=True)
	if sending and not never_connected(cause):
		return GatewayError("{0}", UNCERTAIN, ambiguous=True)
	return GatewayError("{0}", UNREACHABLE)


def _seconds(asked: object) -> int:
	if isinstance(asked, int | float) and math.isfinite(asked):
		return max(0, math.ceil(asked))
	return 0
