"""What the providers say to what is set: the command for what a site has a button for."""

from collections.abc import Iterator

from customer_thread.gateways.twilio_sms import setup as twilio
from customer_thread.gateways.zulip import setup as zulip
from customer_thread.service.settings import Settings


def ask_providers(settings: Settings) -> Iterator[tuple[bool, str]]:
	"""Return whether each provider that anything is set for takes it, and what it answered."""
	if settings.twilio_account_sid or settings.twilio_auth_token:
		yield twilio.check_account(settings, str)
	if settings.zulip_site or settings.zulip_api_key:
		yield zulip.check_account(settings, str)
