"""Whoever configures: Thread Manager or System Manager, from the forms of the Desk."""

from typing import TypedDict

import frappe

from customer_thread.api import endpoint, require_manager
from customer_thread.domain.errors import Conflict, GatewayError
from customer_thread.frappe_host import automations, card_rules
from customer_thread.frappe_host.host_setup import host_setup
from customer_thread.frappe_host.portal_users import Unnamed, unnamed_anywhere
from customer_thread.frappe_host.settings import DOCTYPE
from customer_thread.frappe_host.setup_examples import ExamplesView, examples
from customer_thread.frappe_host.wiring import SETUP_CHECKS, site_ports
from customer_thread.gateways.twilio_sms.addresses import webhook_addresses
from customer_thread.gateways.twilio_sms.number import NumberView, read_number
from customer_thread.gateways.twilio_sms.number import enter_addresses as enter_at_twilio
from customer_thread.gateways.twilio_sms.setup import check_account
from customer_thread.gateways.web_push.keys import new_keys
from customer_thread.gateways.zulip import account as zulip_account
from customer_thread.gateways.zulip import setup as zulip_setup
from customer_thread.service.automations.preview_automation import AutomationPreview
from customer_thread.service.cards.bring_in_history import HistoryView, history_view
from customer_thread.service.cards.bring_in_history import start_history as begin
from customer_thread.service.cards.preview_card import PreviewView
from customer_thread.service.desk.check_setup import Missing, check_setup
from customer_thread.service.desk.is_stuck import is_stuck
from customer_thread.service.desk.read_refused import Refused, read_refused
from customer_thread.service.desk.read_setup import SetupStep, read_setup
from customer_thread.service.desk.visible import visible_thread
from customer_thread.service.outgoing.send_test_mail import send_test_mail as send_mail_to_ourselves
from customer_thread.service.outgoing.send_test_text import send_test_text as send_test
from customer_thread.service.params import Params
from customer_thread.service.thread.erase_entry import erase_entry as erase
from customer_thread.store import entries, histories


class SetupView(TypedDict):
	"""What is not set up yet, the most important first, and the addresses to enter at Twilio."""

	missing: list[Missing]
	webhooks: list[str]
	#: the address to enter at Zulip; empty without a public address
	zulip_webhook: str
	#: messages that were not received lately
	refused: list[Refused]
	#: who signs in to the portal and sees no messages
	unnamed: list[Unnamed]
	#: something to send has waited for ten minutes: nothing works in the background
	stuck: bool


class SetupSteps(TypedDict):
	"""How far each step of the setup is."""

	steps: list[SetupStep]
	#: the addresses to enter at Twilio: for messages, their status, calls
	webhooks: list[str]
	#: how far back *Bring in history* reaches
	history_months: int
	#: as in SetupView
	stuck: bool


class ConnectionView(TypedDict):
	"""Whether a provider takes the secrets that are saved, and its answer in words."""

	ok: bool
	text: str


@frappe.whitelist(methods=["GET"])
@endpoint
def setup() -> SetupView:
	"""Return how far the setup is."""
	require_manager()
	ports = site_ports()
	return {
		"missing": check_setup(ports.settings(), ports.translate, SETUP_CHECKS),
		"webhooks": webhook_addresses(ports.settings().public_url),
		"zulip_webhook": zulip_account.webhook_address(ports.settings().public_url),
		**read_refused(ports),
		"unnamed": unnamed_anywhere(),
		"stuck": is_stuck(ports),
	}


@frappe.whitelist(methods=["GET"])
@endpoint
def setup_steps() -> SetupSteps:
	"""Return the steps of the setup, in their order."""
	require_manager()
	ports = site_ports()
	return {
		"steps": read_setup(ports, host_setup()),
		"webhooks": webhook_addresses(ports.settings().public_url),
		"history_months": ports.settings().history_months,
		"stuck": is_stuck(ports),
	}


@frappe.whitelist(methods=["GET"])
@endpoint
def setup_examples() -> ExamplesView:
	"""Return what rules and automations would say of the site's own documents."""
	require_manager()
	return examples()


@frappe.whitelist(methods=["POST"])
@endpoint
def send_test_text() -> dict[str, str]:
	"""Text the contractor's phone; return the delivery's id."""
	require_manager()
	return {"delivery": send_test(site_ports())}


@frappe.whitelist(methods=["POST"])
@endpoint
def send_test_mail(key: object = None) -> dict[str, str]:
	"""Mail ourselves where customers' answers arrive; return the delivery's id. The same key again is the same mail."""
	require_manager()
	return {"delivery": send_mail_to_ourselves(site_ports(), Params({"key": key}).text("key", ""))}


@frappe.whitelist(methods=["GET"])
@endpoint
def number() -> NumberView:
	"""Ask Twilio where texts to the number go, and whether carriers take texts from it."""
	require_manager()
	ports = site_ports()
	return read_number(ports.settings(), ports.translate)


@frappe.whitelist(methods=["POST"])
@endpoint
def enter_addresses() -> NumberView:
	"""Enter our addresses at Twilio; return what Twilio says of the number then."""
	require_manager()
	ports = site_ports()
	try:
		enter_at_twilio(ports.settings())
	except GatewayError as error:
		raise Conflict("{0}", error.worded(ports.translate)) from error
	return read_number(ports.settings(), ports.translate)


@frappe.whitelist(methods=["POST"])
@endpoint
def test_connection() -> ConnectionView:
	"""Ask Twilio whether it takes the secrets that are saved."""
	require_manager()
	ports = site_ports()
	is_ok, text = check_account(ports.settings(), ports.translate)
	return {"ok": is_ok, "text": text}


@frappe.whitelist(methods=["POST"])
@endpoint
def test_zulip() -> ConnectionView:
	"""Ask Zulip whether it takes the secrets that are saved."""
	require_manager()
	ports = site_ports()
	is_ok, text = zulip_setup.check_account(ports.settings(), ports.translate)
	return {"ok": is_ok, "text": text}


@frappe.whitelist(methods=["POST"])
@endpoint
def make_push_keys() -> dict[str, str]:
	"""Make new keys for notifications on devices; every device must open the page again. Return the public one."""
	require_manager()
	keys, settings = new_keys(), frappe.get_doc(DOCTYPE)
	settings.vapid_public_key, settings.vapid_private_key = keys.public, keys.private
	settings.save()
	return {"public_key": keys.public}


@frappe.whitelist(methods=["POST"])
@endpoint
def preview_rule(rule: object = None, document: object = None) -> PreviewView:
	"""Return what a card rule, saved or not, would make of a document. Nothing is written."""
	require_manager()
	given = Params({"rule": rule, "document": document})
	return card_rules.preview(given.mapping("rule"), given.text("document"))


@frappe.whitelist(methods=["POST"])
@endpoint
def preview_automation(automation: object = None, document: object = None) -> AutomationPreview:
	"""Return what an automation, saved or not, would write about a document, and when. Nothing is written."""
	require_manager()
	given = Params({"automation": automation, "document": document})
	return automations.preview(given.mapping("automation"), given.text("document"))


@frappe.whitelist(methods=["POST"])
@endpoint
def start_history(months: object = None) -> HistoryView:
	"""Begin to bring in the last months, 12 unless told otherwise; return how far it has come."""
	user = require_manager()
	asked = Params({"months": months}).integer("months", 12)
	return history_view(begin(site_ports(), asked, user))


@frappe.whitelist(methods=["GET"])
@endpoint
def history() -> HistoryView:
	"""Return how far the run that was started last has come."""
	require_manager()
	return history_view(histories.latest(site_ports().database))


@frappe.whitelist(methods=["POST"])
@endpoint
def erase_entry(entry: object = None, reason: object = None) -> dict[str, str]:
	"""Remove a message's words and pictures, as privacy law may ask; return what is left in its place."""
	user = require_manager()
	given, ports = Params({"entry": entry, "reason": reason}), site_ports()
	known = entries.words_of(ports.database, given.integer("entry"))
	if known:
		visible_thread(ports, known["thread"])
	return {"text": erase(ports, given.integer("entry"), given.text("reason"), user)}
