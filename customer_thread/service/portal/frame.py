"""What every page has around what it shows."""

from typing import Literal, TypedDict

from customer_thread.domain.errors import NoConversation, NotFound, ThreadError
from customer_thread.domain.people.addresses import readable_phone
from customer_thread.domain.phrase import Translate
from customer_thread.domain.portal.colors import Accents, accents
from customer_thread.domain.portal.tabs import Tab
from customer_thread.domain.wording import Reader
from customer_thread.service.portal.tabs import portal_tabs
from customer_thread.service.ports import PartyInfo, Ports
from customer_thread.service.reading.reader import locale_of
from customer_thread.service.reading.thread_header import ThreadHeader, thread_header
from customer_thread.service.settings import Settings
from customer_thread.store.rows import ThreadRow

API = "/api/method/customer_thread.api.portal"
_RTL = ("ar", "he", "fa", "ur")

Direction = Literal["ltr", "rtl"]


class Link(TypedDict):
	"""Where a page leads on."""

	href: str
	label: str


class SwitchTo(TypedDict):
	"""Another customer of the reader's."""

	customer: str
	label: str


class LiveView(TypedDict):
	"""Where a page is notified of changes."""

	script: str
	site: str


class AccountView(TypedDict):
	"""What is behind the reader's initials: signing out, and the reader's other customers."""

	csrf_token: str
	#: where signing out is posted to; empty where nobody is signed in
	sign_out: str
	others: list[SwitchTo]
	#: where the choice among `others` is posted to
	switch: str
	#: by which a browser knows its readers apart
	reader_id: str


class BaseView(Accents, AccountView):
	"""The business, its colours, where the page's files are; and nobody who reads."""

	nonce: str
	assets: str
	api: str
	business_name: str
	logo: str
	lang: str
	dir: Direction
	tabs: list[Tab]
	live: LiveView | None
	error: str
	#: where the Messages page is
	here: str
	#: what browsers subscribe to notifications with; empty where there are none
	push_key: str
	#: whether staff look at it
	is_preview: bool


class FrameView(TypedDict):
	"""Who reads, and the tabs."""

	thread: ThreadHeader
	lang: str
	dir: Direction
	tabs: list[Tab]


class TroubleView(TypedDict):
	"""An error as `message_page.html` shows it to a person."""

	title: str
	text: str
	#: by which the business can be asked: a number to read, an address to write to
	phone: str
	email: str
	link: Link | None


def base_page(ports: Ports, nonce: str, assets: str) -> BaseView:
	"""Return what every page has."""
	settings, locale = ports.settings(), locale_of(ports)
	return {
		"nonce": nonce,
		"assets": assets,
		"api": API,
		"business_name": settings.business_name,
		"logo": settings.logo,
		"lang": locale.replace("_", "-"),
		"dir": _direction(locale),
		"tabs": [],
		"csrf_token": "",
		"sign_out": "",
		"others": [],
		"switch": "",
		"live": None,
		"error": "",
		"here": "/messages",
		"push_key": settings.vapid_public_key if settings.sends_pushes else "",
		"reader_id": "",
		"is_preview": False,
		**accents(settings.accent_color),
	}


def _direction(locale: str) -> Direction:
	return "rtl" if locale.startswith(_RTL) else "ltr"


def offline_page(settings: Settings, translate: Translate) -> TroubleView:
	"""Return what is shown where there is no connection, and nothing was kept."""
	_ = translate
	return {
		"title": _("You are offline"),
		"text": _("Your messages are here again once this device has a connection."),
		"phone": readable_phone(settings.business_phone),
		"email": "",
		"link": {"href": "/messages", "label": _("Try again")},
	}


def frame(ports: Ports, thread: ThreadRow, info: PartyInfo, reader: Reader, route: str) -> FrameView:
	"""Return what the customer's pages have around them; of the tabs `route` is open."""
	return {
		"thread": thread_header(ports.settings(), info),
		"lang": reader.locale.replace("_", "-"),
		"dir": _direction(reader.locale),
		"tabs": portal_tabs(ports, thread, route),
	}


def trouble_page(settings: Settings, translate: Translate, error: ThreadError) -> TroubleView:
	"""Return an error as a page a person can read."""
	_ = translate
	if isinstance(error, NoConversation):
		return {
			"title": _("No messages yet"),
			"text": error.worded(_),
			"phone": readable_phone(settings.business_phone),
			"email": settings.public_email,
			"link": None,
		}
	title = _("Not found") if isinstance(error, NotFound) else _("That did not work")
	link: Link = {"href": "/messages", "label": _("Go to your messages")}
	return {"title": title, "text": error.worded(_), "phone": "", "email": "", "link": link}
