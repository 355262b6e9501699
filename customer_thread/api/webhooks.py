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

Report = TypeVar("Report")


def _answer(
	read: Callable[[SignedWebhook], Report | None],
	receive: Callable[[Ports, Report], object],
) -> Response:
	request = frappe.request
	raw_query = request.query_string.decode("latin-1")
	came = WebhookRequest(
		own_url=frappe.utils.get_url(),
		path=request.path + (f"?{raw_query}" if raw_query else ""),
		query=request.args,
		# not form_dict, in which the query is mixed in: Twilio signs the posted parameters alone
		params=request.form,
		signature=request.headers.get("X-Twilio-Signature"),
	)
	ports = site_ports()
	try:
		webhook = checked(ports.settings(), came, ports.clock.now_us())
	except NotAllowed:
		count_failure("webhooks")
		raise
	report = read(webhook)
	if report is not None:
		receive(ports, report)
	return Response(EMPTY_TWIML, mimetype="text/xml")


@frappe.whitelist(allow_guest=True, methods=["POST"])
@endpoint
def twilio_message() -> Response:
	"""A text came in."""
	return _answer(read_message, receive_message)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@endpoint
def twilio_status() -> Response:
	"""A text of ours got somewhere, or did not."""
	return _answer(read_status, receive_status_report)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@endpoint
def twilio_voice() -> Response:
	"""A call went on or ended."""
	return _answer(read_call, record_reported_call)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@endpoint
def zulip_message() -> Response:
	"""Somebody of the team wrote to the bot."""
	ports = site_ports()
	try:
		payload = zulip.checked(ports.settings(), frappe.request.get_data())
	except NotAllowed:
		count_failure("webhooks")
		raise
	said = zulip.read_message(payload, ports.clock.now_us())
	if said is not None:
		receive_team_message(ports, said)
	return Response(zulip.ANSWER, mimetype="application/json")
