"""`customer_thread.api.webhooks.*` on this host: the signature comes first, before any database work."""

from collections.abc import Callable
from typing import TypeVar

from werkzeug.wrappers import Request, Response

from customer_thread.gateways.twilio_sms.inbound import EMPTY_TWIML
from customer_thread.gateways.twilio_sms.webhooks import (
	SignedWebhook,
	WebhookRequest,
	checked,
	read_call,
	read_message,
	read_status,
)
from customer_thread.gateways.zulip import inbound as zulip
from customer_thread.service.bot.by_team_chat import receive_team_message
from customer_thread.service.incoming.receive_message import receive_message
from customer_thread.service.incoming.receive_status_report import receive_status_report
from customer_thread.service.incoming.record_call import record_reported_call
from customer_thread.service.ports import Ports
from customer_thread.standalone.wiring import Host

Report = TypeVar("Report")


def _webhook(request: Request) -> WebhookRequest:
	raw_query = request.query_string.decode("latin-1")
	return WebhookRequest(
		own_url=request.root_url.rstrip("/"),
		path=request.path + (f"?{raw_query}" if raw_query else ""),
		query=request.args,
		params=request.form,
		signature=request.headers.get("X-Twilio-Signature"),
	)


def _answer(
	host: Host,
	request: Request,
	read: Callable[[SignedWebhook], Report | None],
	receive: Callable[[Ports, Report], object],
) -> Response:
	report = read(checked(host.settings(), _webhook(request), host.clock.now_us()))
	if report is not None:
		with host.database.transaction():
			receive(host.ports, report)
	return Response(EMPTY_TWIML, mimetype="text/xml")


def twilio_message(host: Host, request: Request) -> Response:
	"""A text came in."""
	return _answer(host, request, read_message, receive_message)


def zulip_message(host: Host, request: Request) -> Response:
	"""Somebody of the team wrote to the bot."""
	payload = zulip.checked(host.settings(), request.get_data())
	said = zulip.read_message(payload, host.clock.now_us())
	if said is not None:
		with host.database.transaction():
			receive_team_message(host.ports, said)
	return Response(zulip.ANSWER, mimetype="application/json")


def twilio_status(host: Host, request: Request) -> Response:
	"""A text of ours got somewhere, or did not."""
	return _answer(host, request, read_status, receive_status_report)


def twilio_voice(host: Host, request: Request) -> Response:
	"""A call went on or ended."""
	return _answer(host, request, read_call, record_reported_call)
