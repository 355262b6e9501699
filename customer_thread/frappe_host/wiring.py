"""The one place that knows what stands behind each port on a Frappe site."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import frappe
from frappe import _

from customer_thread.frappe_host.bell import DeskBell
from customer_thread.frappe_host.colleagues import CachedColleagues
from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.documents import ErpNextDocuments
from customer_thread.frappe_host.host import FrappeFiles, FrappeLive, FrappeQueue
from customer_thread.frappe_host.limits import within
from customer_thread.frappe_host.logo import logo
from customer_thread.frappe_host.mail import QueuedMail
from customer_thread.frappe_host.noted_types import automated_types
from customer_thread.frappe_host.parties import ErpNextParties
from customer_thread.frappe_host.presence import CachedPresence
from customer_thread.frappe_host.seal import seal
from customer_thread.frappe_host.settings import settings
from customer_thread.frappe_host.site_language import site_language
from customer_thread.frappe_host.switch_automation import switch_automation
from customer_thread.frappe_host.tabs import page_links
from customer_thread.frappe_host.team import SiteTeam
from customer_thread.frappe_host.traces import FrappeTraces
from customer_thread.frappe_host.users import is_staff_address, staff_numbers
from customer_thread.gateways.system import SystemClock, SystemIds
from customer_thread.gateways.twilio_sms.account import account_of
from customer_thread.gateways.twilio_sms.gateway import TwilioSms
from customer_thread.gateways.twilio_sms.setup import missing_setup
from customer_thread.gateways.web_push import setup as web_push_setup
from customer_thread.gateways.web_push.gateway import WebPush
from customer_thread.gateways.zulip import account as zulip_account
from customer_thread.gateways.zulip import setup as zulip_setup
from customer_thread.gateways.zulip.gateway import ZulipChat
from customer_thread.permissions import visible_threads
from customer_thread.service.automations.wired import AUTOMATIONS
from customer_thread.service.notices.channels import EVERY_CHANNEL
from customer_thread.service.notices.wired import NOTICES
from customer_thread.service.ports import Ports

#: what each gateway says is not set up
SETUP_CHECKS = (missing_setup, web_push_setup.missing_setup, zulip_setup.missing_setup)


def site_ports() -> Ports:
	"""Return the ports for the request or job at hand."""
	database = FrappeDatabase()
	return Ports(
		database=database,
		settings=settings,
		queue=FrappeQueue(),
		live=FrappeLive(),
		bell=DeskBell(),
		files=FrappeFiles(),
		texting={"SMS": _sms},
		mail=QueuedMail,
		push=lambda: WebPush(settings().push_service_base),
		channels=EVERY_CHANNEL,
		clock=SystemClock(),
		ids=SystemIds(),
		parties=ErpNextParties(),
		presence=CachedPresence(),
		colleagues=CachedColleagues(SystemClock()),
		team=SiteTeam(),
		documents=ErpNextDocuments(database),
		seal=seal,
		traces=FrappeTraces(),
		translate=_remembering(_),
		translator=_translator,
		language=lambda: frappe.local.lang or "",
		site_language=site_language,
		page_links=page_links,
		staff_numbers=staff_numbers,
		# with parameters beside it, a % of a customer's name is written twice
		visible=lambda: visible_threads().replace("%", "%%"),
		is_staff=is_staff_address,
		within=within,
		login="/login",
		logo=logo,
		notices=NOTICES,
		automations=replace(AUTOMATIONS, switch=switch_automation),
		automated=automated_types,
		team_chats={"Zulip": _zulip},
	)


def _translator(language: str) -> Callable[[str], str]:
	"""Return what translates into a language whoever asks: a notice is composed in a request of the staff, too."""
	return _remembering(partial(_, lang=language or site_language()))


def _remembering(look_up: Callable[[str], str]) -> Callable[[str], str]:
	"""Return a translation that looks a phrase up once: a page has the same one in every entry."""
	known: dict[str, str] = {}

	def translate(text: str) -> str:
		if text not in known:
			known[text] = look_up(text)
		return known[text]

	return translate


def _zulip() -> ZulipChat:
	return ZulipChat(zulip_account.account_of(settings()))


def _sms() -> TwilioSms:
	return TwilioSms(account_of(settings()))
