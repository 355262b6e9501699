"""What the stand-in's API says of the account's numbers, messaging services and registrations.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
https://www.twilio.com/docs/messaging/api/service-resource
"""

from collections.abc import Mapping, Sequence
from hashlib import md5
from typing import Any

from werkzeug.routing import Rule
from werkzeug.wrappers import Request

from customer_thread.standalone.demo.twilio_account import Account

ACCOUNT = "/2010-04-01/Accounts/<account>"
_SERVICE = "/v1/Services/<service>"
NUMBER_RULES = (
	Rule(f"{ACCOUNT}/IncomingPhoneNumbers.json", methods=["GET"], endpoint="numbers"),
	Rule(f"{ACCOUNT}/IncomingPhoneNumbers/<number>.json", methods=["POST"], endpoint="set_number"),
	Rule("/v1/Services", methods=["GET"], endpoint="services"),
	Rule(_SERVICE, methods=["GET"], endpoint="service"),
	Rule(_SERVICE, methods=["POST"], endpoint="set_service"),
	Rule(f"{_SERVICE}/PhoneNumbers", methods=["GET"], endpoint="pool"),
	Rule(f"{_SERVICE}/Compliance/Usa2p", methods=["GET"], endpoint="campaigns"),
	Rule("/v1/Tollfree/Verifications", methods=["GET"], endpoint="verifications"),
)
#: the names of what is set, as they are posted and as they are answered
_SET_AT_NUMBER = {
	"SmsUrl": "sms_url",
	"SmsMethod": "sms_method",
	"SmsApplicationSid": "sms_application_sid",
	"StatusCallback": "status_callback",
	"StatusCallbackMethod": "status_callback_method",
}
_SET_AT_SERVICE = {"InboundRequestUrl": "inbound_request_url", "InboundMethod": "inbound_method"}


def number_sid(number: str) -> str:
	"""Return by which id the stand-in knows a number."""
	return "PN" + md5(number.encode(), usedforsecurity=False).hexdigest()


def answer_about_numbers(
	account: Account, endpoint: str, request: Request, values: Mapping[str, str]
) -> dict[str, Any] | None:
	"""Return the answer, or None if there is no such number or service."""
	if endpoint == "numbers":
		part = request.args.get("PhoneNumber", "").lstrip("+")
		listed = [_number(account, number) for number in account.numbers if part in number]
		return {"incoming_phone_numbers": listed, "page": 0, "next_page_uri": None}
	if endpoint == "set_number":
		number = next((each for each in account.numbers if number_sid(each) == values["number"]), None)
		if number is None:
			return None
		_keep(account, account.number_settings, number, request.form, _SET_AT_NUMBER)
		return _number(account, number)
	if endpoint == "services":
		return _page("services", [_service(account, sid) for sid in sorted(account.services)])
	if endpoint == "verifications":
		wanted = request.args.get("TollfreePhoneNumberSid", "")
		return _page("verifications", [each for each in _verifications(account) if each["sid"] == wanted])
	return _of_service(account, endpoint, request, values["service"])


def _of_service(account: Account, endpoint: str, request: Request, sid: str) -> dict[str, Any] | None:
	if sid not in account.services:
		return None
	if endpoint == "pool":
		pool = account.pools.get(sid, ())
		return _page("phone_numbers", [{"sid": number_sid(each), "phone_number": each} for each in pool])
	if endpoint == "campaigns":
		statuses = account.campaigns.get(sid, ())
		return _page("compliance", [{"sid": "QE0", "campaign_status": status} for status in statuses])
	if endpoint == "set_service":
		_keep(account, account.service_settings, sid, request.form, _SET_AT_SERVICE)
	return _service(account, sid)


def _keep(
	account: Account,
	kept: dict[str, dict[str, str]],
	of: str,
	form: Mapping[str, str],
	names: Mapping[str, str],
) -> None:
	with account.lock:
		given = {names[name]: value for name, value in form.items() if name in names}
		kept[of] = {**kept.get(of, {}), **given}


def _number(account: Account, number: str) -> dict[str, Any]:
	unset = dict.fromkeys(_SET_AT_NUMBER.values(), "")
	return {
		**unset,
		**account.number_settings.get(number, {}),
		"account_sid": account.account_sid,
		"sid": number_sid(number),
		"phone_number": number,
		"capabilities": {"voice": True, "sms": number not in account.voice_only, "mms": True},
	}


def _service(account: Account, sid: str) -> dict[str, Any]:
	kept = account.service_settings.get(sid, {})
	return {
		"account_sid": account.account_sid,
		"sid": sid,
		"friendly_name": "Texts",
		"inbound_request_url": kept.get("inbound_request_url"),
		"inbound_method": kept.get("inbound_method"),
		"use_inbound_webhook_on_number": kept.get("use_inbound_webhook_on_number") == "true",
	}


def _verifications(account: Account) -> list[dict[str, Any]]:
	return [
		{"sid": number_sid(number), "status": status, "rejection_reason": reason or None}
		for number, (status, reason) in account.verifications.items()
	]


def _page(key: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
	return {key: rows, "meta": {"key": key, "page": 0, "page_size": 50, "next_page_url": None}}
