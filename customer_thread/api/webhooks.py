"""What providers post: the signature comes first, before any database work of ours."""

from collections.abc import Callable
from typing import TypeVar

import frappe
from werkzeug.wrappers import Response

from customer_thread.api import endpoint
from customer_thread.domain.errors import NotAllowed
from customer_thread.frappe_host.limits import count_failure
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.gateways.twilio_sms.inbound import EMPTY_TWIML
from customer_thread.service.incoming import twilio_webhooks
from customer_thread.service.incoming.twilio_webhooks import WebhookRequest
from customer_thread.service.ports import Ports

Report = TypeVar("Report")


def _answer(
	read: Callable[[Ports, WebhookRequest], Report],
	receive: Callable[[Ports, Report], None],
) -> Response:
	request = frappe.request
	raw_query = request.query_string.decode("latin-1")
	webhook = WebhookRequest(
		own_url=frappe.utils.get_url(),
		path=request.path + (f"?{raw_query}" if raw_query else ""),
		query=request.args,
		# not form_dict, in which the query is mixed in: Twilio signs the posted parameters alone
		params=request.form,
		signature=request.headers.get("X-Twilio-Signature"),
	)
	ports = site_ports()
	try:
		twilio_webhooks.check_signature(ports.settings(), webhook)
	except NotAllowed:
		count_failure("webhooks")
		raise
	receive(ports, read(ports, webhook))
	return Response(EMPTY_TWIML, mimetype="text/xml")


@frappe.whitelist(allow_guest=True, methods=["POST"])
@endpoint
def twilio_message() -> Response:
	"""A text came in."""
	return _answer(twilio_webhooks.read_message, twilio_webhooks.receive_message)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@endpoint
def twilio_status() -> Response:
	"""A text of ours got somewhere, or did not."""
	return _answer(twilio_webhooks.read_status, twilio_webhooks.receive_status_report)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@endpoint
def twilio_voice() -> Response:
	"""A call went on or ended."""
	return _answer(twilio_webhooks.read_call, twilio_webhooks.receive_call)
