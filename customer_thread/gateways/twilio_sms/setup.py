"""What is not set up for texts, and whether Twilio takes what is."""

from collections.abc import Iterator
from dataclasses import replace

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.people.addresses import phone, readable_phone
from customer_thread.domain.phrase import Translate
from customer_thread.gateways.twilio_sms.account import TwilioSettings, account_of
from customer_thread.gateways.twilio_sms.gateway import TwilioSms


def missing_setup(settings: TwilioSettings, translate: Translate) -> Iterator[tuple[str, str]]:
	"""Return what is missing or wrong: the setting, and a sentence; the most important first."""
	_, number = translate, settings.twilio_from_number
	sender = settings.twilio_messaging_service_sid or number
	has_key = bool(settings.twilio_api_key and settings.twilio_api_secret)
	if not (settings.twilio_account_sid or settings.twilio_auth_token or sender):
		yield "twilio_account_sid", _("Texts are off: enter Twilio's Account SID, Auth Token and number.")
		return
	if not settings.twilio_account_sid:
		yield "twilio_account_sid", _("The Account SID is missing. Nothing can be texted.")
	if not settings.twilio_auth_token:
		yield (
			"twilio_auth_token",
			_("The Auth Token is missing. Texts that come in cannot be checked and are refused.")
			if has_key
			else _("The Auth Token is missing. Nothing can be texted."),
		)
	if settings.twilio_api_key and not settings.twilio_api_secret:
		yield "twilio_api_secret", _("The API key has no secret. Enter it, or take the key out.")
	if not sender:
		yield "twilio_from_number", _("There is no number to text from. Enter it, or a messaging service.")
	elif number and not phone(number, settings.default_region):
		yield "twilio_from_number", _("The number to text from is no phone number.")
	mobile = phone(settings.contractor_mobile, settings.default_region)
	if mobile and mobile == phone(number, settings.default_region):
		yield (
			"contractor_mobile",
			_("The contractor's mobile is the number to text from. Enter the phone they carry."),
		)


def check_account(settings: TwilioSettings, translate: Translate) -> tuple[bool, str]:
	"""Return whether texts would go out and come in, asked of Twilio itself, and a sentence that says what it answered."""
	_ = translate
	try:
		gateway = TwilioSms(account_of(settings))
		gateway.check()
		if settings.twilio_auth_token:
			# an API key may be closed to the account's numbers
			TwilioSms(replace(gateway.account, api_key="", api_secret="")).check_senders()
	except GatewayError as error:
		# what is wrong for the moment only is not tried again here
		passing = _("Twilio cannot be reached. Check this server's connection, and try again.")
		return False, error.worded(translate) if error.permanent or error.code else passing
	if not settings.twilio_auth_token:
		return False, _("Twilio takes the API key. Enter the Auth Token too: without it nothing comes in.")
	sender = settings.twilio_messaging_service_sid or settings.twilio_from_number
	if not sender:
		return False, _("Twilio knows this account. Enter a number to text from.")
	return True, _("Twilio answers. Texts go out from {0}.").format(readable_phone(sender))
