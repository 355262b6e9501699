"""What Twilio does with the business's number: whom it calls, and whether carriers take texts from it."""

import re
from dataclasses import dataclass, replace
from typing import Any, Literal, TypedDict

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import TWILIO_SERVICES
from customer_thread.domain.people.addresses import phone, region_of
from customer_thread.domain.phrase import Translate
from customer_thread.gateways.twilio_sms.account import TwilioSettings, account_of
from customer_thread.gateways.twilio_sms.addresses import MESSAGE, VOICE, webhook_address
from customer_thread.gateways.twilio_sms.errors import refused
from customer_thread.gateways.twilio_sms.gateway import TwilioSms, asking
from customer_thread.gateways.twilio_sms.registration import campaign_line, toll_free_line

#: https://en.wikipedia.org/wiki/Toll-free_telephone_numbers_in_the_North_American_Numbering_Plan
_TOLL_FREE = re.compile(r"\+18(00|33|44|55|66|77|88)\d{7}")
#: what a number has that was just bought: it answers every text with a greeting of Twilio's
_DEMO = "https://demo.twilio.com"


class NumberLine(TypedDict):
	"""Something Twilio says of the number."""

	state: Literal["done", "missing", "optional"]
	text: str


class NumberView(TypedDict):
	"""What Twilio says of the number, and whether our addresses can be entered there by a press."""

	lines: list[NumberLine]
	can_set: bool


@dataclass(frozen=True)
class _Number:
	"""The number, the messaging service that has it, and where each sends what comes in; None: there is none."""

	number: Any
	service: Any
	#: where texts that come in are posted to
	texts_to: str
	#: where calls that ended are reported to
	calls_to: str


def read_number(settings: TwilioSettings, translate: Translate) -> NumberView:
	"""Return what Twilio says of the number, or in one line why it says nothing."""
	_ = translate
	try:
		gateway = _gateway(settings)
		with asking():
			found = _find(gateway, settings)
			lines = [*_webhooks(found, settings, _), *_registered(gateway, found, _)]
	except GatewayError as error:
		return {"lines": [{"state": "missing", "text": error.worded(translate)}], "can_set": False}
	ours = webhook_address(settings.public_url, MESSAGE)
	return {"lines": lines, "can_set": bool(ours) and found.texts_to != ours}


def enter_addresses(settings: TwilioSettings) -> None:
	"""Enter our addresses at Twilio, where texts that come in go. What calls are reported to stays if it is set.

	Raise GatewayError. Again is no change.
	"""
	texts, calls = (webhook_address(settings.public_url, name) for name in (MESSAGE, VOICE))
	if not texts:
		raise GatewayError("There is no public address that Twilio could call.", permanent=True)
	gateway = _gateway(settings)
	with asking():
		found = _find(gateway, settings)
		if found.service and not found.service.use_inbound_webhook_on_number:
			found.service.update(inbound_request_url=texts, inbound_method="POST")
		if found.number:
			given = {"sms_url": texts, "sms_method": "POST", "sms_application_sid": ""}
			if not found.calls_to:
				given |= {"status_callback": calls, "status_callback_method": "POST"}
			found.number.update(**given)


def _gateway(settings: TwilioSettings) -> TwilioSms:
	account = account_of(settings)
	# an API key may be closed to the account's numbers
	return TwilioSms(replace(account, api_key="", api_secret="") if account.auth_token else account)


def _find(gateway: TwilioSms, settings: TwilioSettings) -> _Number:
	number = None
	if settings.twilio_from_number:
		own = phone(settings.twilio_from_number, settings.default_region)
		wanted = own.value if own else settings.twilio_from_number
		listed = gateway.client.incoming_phone_numbers.list(phone_number=wanted, limit=1)
		number = next((row for row in listed if row.phone_number == wanted), None)
		if number is None:
			raise refused(400, "21606")
	services = gateway.client.messaging.v1.services
	if settings.twilio_messaging_service_sid:
		service = services(settings.twilio_messaging_service_sid).fetch()
	else:
		sid = number.sid if number else ""
		every = services.list(limit=TWILIO_SERVICES) if sid else []
		service = next((one for one in every if _has(one, sid)), None)
	by_service = service is not None and not service.use_inbound_webhook_on_number
	return _Number(
		number,
		service,
		texts_to=(service.inbound_request_url if by_service else number.sms_url if number else "") or "",
		calls_to=(number.status_callback if number else "") or "",
	)


def _has(service: Any, number_sid: str) -> bool:  # noqa: ANN401 - the library's
	return any(row.sid == number_sid for row in service.phone_numbers.list(limit=TWILIO_SERVICES))


def _webhooks(found: _Number, settings: TwilioSettings, _: Translate) -> list[NumberLine]:
	texts, calls = (webhook_address(settings.public_url, name) for name in (MESSAGE, VOICE))
	lines: list[NumberLine] = []
	if texts and found.texts_to == texts:
		lines.append({"state": "done", "text": _("Twilio brings texts that come in here.")})
	elif not found.texts_to or found.texts_to.startswith(_DEMO):
		lines.append({"state": "missing", "text": _("Twilio does not know yet where texts that come in go.")})
	else:
		words = _("Twilio brings texts that come in to another address: {0}")
		lines.append({"state": "missing", "text": words.format(found.texts_to)})
	if calls and found.calls_to == calls:
		lines.append({"state": "done", "text": _("Twilio reports calls here.")})
	elif found.calls_to:
		words = _("Twilio reports calls to another address, which stays: {0}")
		lines.append({"state": "optional", "text": words.format(found.calls_to)})
	elif found.number:
		lines.append({"state": "optional", "text": _("Twilio reports calls nowhere.")})
	return lines


def _registered(gateway: TwilioSms, found: _Number, _: Translate) -> list[NumberLine]:
	"""Return whether carriers take texts from the number. Outside of the USA nobody registers one at Twilio this way."""
	number = str(found.number.phone_number) if found.number else ""
	if _TOLL_FREE.fullmatch(number):
		listed = gateway.client.messaging.v1.tollfree_verifications.list(
			tollfree_phone_number_sid=found.number.sid, limit=1
		)
		state, text = toll_free_line(listed[0] if listed else None, _)
		return [{"state": state, "text": text}]
	if number and not _is_of_the_usa(number):
		return []
	campaigns = found.service.us_app_to_person.list(limit=TWILIO_SERVICES) if found.service else []
	state, text = campaign_line([str(each.campaign_status or "") for each in campaigns], _)
	return [{"state": state, "text": text}]


def _is_of_the_usa(number: str) -> bool:
	return number.startswith("+1") and region_of(number) in {"US", ""}
