"""The Twilio account of the settings."""

from customer_thread.gateways.twilio_sms.gateway import TwilioAccount
from customer_thread.service.settings import Settings


def account_of(settings: Settings) -> TwilioAccount:
	"""Return what the Twilio gateway needs of the settings."""
	return TwilioAccount(
		account_sid=settings.twilio_account_sid,
		auth_token=settings.twilio_auth_token,
		api_key=settings.twilio_api_key,
		api_secret=settings.twilio_api_secret,
		number=settings.twilio_from_number,
		messaging_service_sid=settings.twilio_messaging_service_sid,
		api_base=settings.twilio_api_base,
	)
