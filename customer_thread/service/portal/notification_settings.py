"""What a customer says of how they are notified: the Notification Settings page, and its two calls."""

from typing import TypedDict

from customer_thread.domain.model import Consent
from customer_thread.domain.notices.common_zones import offered
from customer_thread.domain.notices.reasons import city
from customer_thread.domain.notices.wishes import checked_clock, checked_timezone
from customer_thread.domain.people.addresses import readable_phone
from customer_thread.domain.routing import Reach
from customer_thread.domain.times import zone
from customer_thread.service.notices.preferences import save_wishes, wishes_of
from customer_thread.service.notices.test_notice import send_test_notice
from customer_thread.service.notices.unsubscribe import SETTINGS_PAGE
from customer_thread.service.outgoing.reach import reach_of
from customer_thread.service.params import Params
from customer_thread.service.portal.frame import FrameView, frame
from customer_thread.service.ports import Ports
from customer_thread.service.reading.read_timeline import outbox_of
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of


class WishesView(TypedDict):
	"""What somebody wants."""

	sms: bool
	email: bool
	push: bool
	quiet: bool
	#: "21:00"
	quiet_start: str
	quiet_end: str
	#: IANA name
	timezone: str


class ZoneView(TypedDict):
	"""A zone to choose."""

	name: str
	label: str


class NotificationSettingsView(FrameView):
	"""The page."""

	wishes: WishesView
	#: the zone as it is told: "New York"
	city: str
	zones: list[ZoneView]
	outbox: str
	contractor: str
	#: whether the business can send texts, and mails
	sends_texts: bool
	sends_mails: bool
	#: whether a phone of the customer's is known, and a mail address
	has_phone: bool
	has_email: bool
	#: the business's number for texts; empty where the provider chooses one
	texts_from: str
	#: the customer's phones from which texts were stopped, and those that no text can reach
	stopped: list[str]
	not_textable: list[str]
	#: what was done just before, for a browser without scripts: "saved", "tested" or nothing
	done: str


def wishes_view(ports: Ports, thread: ThreadRow, user: str) -> WishesView:
	"""Return what somebody wants."""
	found = wishes_of(ports, thread, user)
	return {
		"sms": found.sms,
		"email": found.email,
		"push": found.push,
		"quiet": found.quiet,
		"quiet_start": found.quiet_start,
		"quiet_end": found.quiet_end,
		"timezone": found.timezone,
	}


def save_preferences(ports: Ports, thread: ThreadRow, params: Params) -> None:
	"""Keep what the reader who asks wants, as far as it is given. Raise BadInput, and keep nothing, if a part is wrong."""
	given = {
		"sms": _on_off(params.optional_boolean("sms")),
		"email": _on_off(params.optional_boolean("email")),
		"push": _on_off(params.optional_boolean("push")),
		"quiet": _on_off(params.optional_boolean("quiet")),
		"quiet_start": _clock(params.optional_text("quiet_start")),
		"quiet_end": _clock(params.optional_text("quiet_end")),
		# empty: the browser could not say
		"timezone": checked_timezone(params.text("timezone")) if params.optional_text("timezone") else "",
	}
	chosen = {name: value for name, value in given.items() if value}
	save_wishes(ports, thread, params.asked_by or "", chosen, "Page")


def post_settings(ports: Ports, thread: ThreadRow, params: Params) -> str:
	"""Do what the page's forms ask for, and return what was done: "saved" or "tested". Raise BadInput and TooMany."""
	if params.optional_text("test"):
		send_test_notice(ports, thread, params.asked_by or "")
		return "tested"
	save_preferences(ports, thread, params)
	return "saved"


def _on_off(value: bool | None) -> str:
	return "" if value is None else "On" if value else "Off"


def _clock(value: str | None) -> str:
	return "" if value is None else checked_clock(value)


def read_notification_settings(
	ports: Ports, thread: ThreadRow, user: str, done: str = ""
) -> NotificationSettingsView:
	"""Return what the page shows somebody."""
	info = info_of(ports.parties, thread)
	reader = reader_of(ports, thread, info)
	settings, wishes = ports.settings(), wishes_view(ports, thread, user)
	reach = reach_of(ports, thread)
	kinds = {address.kind for address in reach.addresses}
	return {
		**frame(ports, thread, info, reader, SETTINGS_PAGE),
		"wishes": wishes,
		"city": city(zone(wishes["timezone"])),
		"zones": [{"name": name, "label": label} for name, label in offered(wishes["timezone"])],
		"outbox": outbox_of(thread["name"]),
		"contractor": settings.business_name,
		"sends_texts": settings.sends_texts,
		"sends_mails": settings.sends_mail,
		"has_phone": "Phone" in kinds,
		"has_email": "Email" in kinds or _has_mailbox(ports, thread, user),
		"texts_from": readable_phone(settings.twilio_from_number),
		"stopped": _phones(reach, "Opted Out"),
		"not_textable": _phones(reach, "Not Textable"),
		"done": done,
	}


def _has_mailbox(ports: Ports, thread: ThreadRow, user: str) -> bool:
	party = party_of(thread)
	return any(
		reader.email for reader in (ports.parties.readers(party) if party else ()) if reader.user == user
	)


def _phones(reach: Reach, said: Consent) -> list[str]:
	return [readable_phone(phone) for (_channel, phone), consent in reach.consents.items() if consent == said]
