"""`customer_thread.api.webhooks.*` on this host: the signature comes first, before any database work."""

from collections.abc import Callable
from typing import TypeVar

from werkzeug.wrappers import Request, Response

from customer_thread.gateways.twilio_sms.inbound import EMPTY_TWIML
from customer_thread.service.incoming import twilio_webhooks
from customer_thread.service.incoming.twilio_webhooks import WebhookRequest
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
	read: Callable[[Ports, WebhookRequest], Report],
	receive: Callable[[Ports, Report], None],
) -> Response:
	webhook = _webhook(request)
	twilio_webhooks.check_signature(host.settings(), webhook)
	report = read(host.ports, webhook)
	with host.database.transaction():
		receive(host.ports, report)
	return Response(EMPTY_TWIML, mimetype="text/xml")


def twilio_message(host: Host, request: Request) -> Response:
	"""A text came in."""
	return _answer(host, request, twilio_webhooks.read_message, twilio_webhooks.receive_message)


def twilio_status(host: Host, request: Request) -> Response:
	"""A text of ours got somewhere, or did not."""
	return _answer(host, request, twilio_webhooks.read_status, twilio_webhooks.receive_status_report)


def twilio_voice(host: Host, request: Request) -> Response:
	"""A call went on or ended."""
	return _answer(host, request, twilio_webhooks.read_call, twilio_webhooks.receive_call)
