"""What Twilio posts to us: the signature first, before any database work; only then it is read."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.inbound import CallReport, InboundMessage, RefusedMessage, StatusReport
from customer_thread.gateways.twilio_sms.account import TwilioSettings
from customer_thread.gateways.twilio_sms.inbound import (
	NotAnSms,
	parse_call,
	parse_message,
	parse_status,
	sender_of,
	verify,
)

log = logging.getLogger("customer_thread.twilio")


@dataclass(frozen=True)
class WebhookRequest:
	"""A POST, as it came."""

	#: scheme and host as this server was addressed; the configured public address wins over it
	own_url: str
	#: path with its raw query string, as received
	path: str
	query: Mapping[str, str]
	#: POST parameters alone, a MultiDict
	params: Mapping[str, str]
	signature: str | None


@dataclass(frozen=True)
class SignedWebhook:
	"""A POST of which Twilio's signature was checked."""

	query: Mapping[str, str]
	params: Mapping[str, str]
	#: the business's own, E.164
	number: str
	#: when it came, µs since 1970 UTC
	now_us: int


def checked(settings: TwilioSettings, request: WebhookRequest, now_us: int) -> SignedWebhook:
	"""Return what can be read of a request. Raise NotAllowed unless Twilio signed it for the configured account."""
	url = (settings.public_url or request.own_url).rstrip("/") + request.path
	tokens = [settings.twilio_auth_token, settings.twilio_previous_auth_token]
	if not verify(url, request.params, request.signature, tokens, settings.twilio_account_sid):
		raise NotAllowed("The signature is missing or wrong. Check the Auth Token and the public address.")
	return SignedWebhook(request.query, request.params, settings.twilio_from_number, now_us)


def read_message(webhook: SignedWebhook) -> InboundMessage:
	"""Return the text that came, or what is no text: refused by its status, Twilio would only repeat it.

	Raise BadInput.
	"""
	try:
		return parse_message(webhook.params, webhook.now_us)
	except NotAnSms as refusal:
		log.warning("%s", refusal)
		return RefusedMessage(sender_of(webhook.params), str(refusal), webhook.now_us)


def read_status(webhook: SignedWebhook) -> StatusReport | None:
	"""Return what is reported of a text of ours, None if it says nothing. Raise BadInput."""
	return parse_status(webhook.params, webhook.query)


def read_call(webhook: SignedWebhook) -> CallReport | None:
	"""Return the call that has ended, None while it goes on. Raise BadInput."""
	return parse_call(webhook.params, webhook.number, webhook.now_us)
