"""What Twilio posts to us: signature first, before any database work; then recorded once."""

from collections.abc import Mapping
from dataclasses import dataclass

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.inbound import CallReport, InboundSms, StatusReport
from customer_thread.gateways.twilio_sms.inbound import parse_call, parse_message, parse_status, verify
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.incoming.receive_status import receive_status
from customer_thread.service.incoming.record_call import record_reported_call
from customer_thread.service.ports import Ports
from customer_thread.service.settings import Settings


@dataclass(frozen=True)
class WebhookRequest:
	"""A provider's POST."""

	#: scheme and host as this server was addressed; the configured public address wins over it
	own_url: str
	#: path with its raw query string, as received
	path: str
	query: Mapping[str, str]
	#: POST parameters alone, a MultiDict
	params: Mapping[str, str]
	signature: str | None


def check_signature(settings: Settings, request: WebhookRequest) -> None:
	"""Raise NotAllowed unless Twilio signed this for the configured account."""
	url = (settings.public_url or request.own_url).rstrip("/") + request.path
	tokens = [settings.twilio_auth_token, settings.twilio_previous_auth_token]
	if not verify(url, request.params, request.signature, tokens, settings.twilio_account_sid):
		raise NotAllowed("The signature is missing or wrong. Check the Auth Token and the public address.")


def read_message(ports: Ports, request: WebhookRequest) -> InboundSms:
	"""Return the text of a signed request. Raise BadInput."""
	return parse_message(request.params, ports.clock.now_us())


def receive_message(ports: Ports, text: InboundSms) -> None:
	"""Record a text, once."""
	if ports.settings().capture_texts:
		receive_sms(ports, text)


def read_status(ports: Ports, request: WebhookRequest) -> StatusReport | None:
	"""Return what a signed request reports of a text of ours, None if it says nothing. Raise BadInput."""
	return parse_status(request.params, request.query)


def receive_status_report(ports: Ports, report: StatusReport | None) -> None:
	"""Move the delivery forward."""
	if report:
		receive_status(ports, report)


def read_call(ports: Ports, request: WebhookRequest) -> CallReport | None:
	"""Return the call a signed request says has ended, None while it goes on. Raise BadInput."""
	return parse_call(request.params, ports.clock.now_us())


def receive_call(ports: Ports, call: CallReport | None) -> None:
	"""Record the marker, once."""
	if call:
		record_reported_call(ports, call, {ports.settings().twilio_from_number})
