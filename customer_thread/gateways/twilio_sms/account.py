"""Whose account at Twilio it is, as the settings have it."""

from dataclasses import dataclass, field
from typing import Protocol

from customer_thread.gateways.twilio_sms.addresses import STATUS, webhook_address

# ruff: noqa: D102 - what each setting is, docs/schema.md says


class TwilioSettings(Protocol):
	"""What Twilio's part needs of the settings."""

	@property
	def twilio_account_sid(self) -> str: ...
	@property
	def twilio_auth_token(self) -> str: ...
	@property
	def twilio_previous_auth_token(self) -> str: ...
	@property
	def twilio_api_key(self) -> str: ...
	@property
	def twilio_api_secret(self) -> str: ...
	@property
	def twilio_from_number(self) -> str: ...
	@property
	def twilio_messaging_service_sid(self) -> str: ...
	@property
	def twilio_api_base(self) -> str: ...
	@property
	def public_url(self) -> str: ...
	@property
	def contractor_mobile(self) -> str: ...
	@property
	def default_region(self) -> str: ...


@dataclass(frozen=True)
class TwilioAccount:
	"""Whose account it is. With an API key and its secret those are used, else the Auth Token."""

	account_sid: str
	auth_token: str = field(default="", repr=False)
	api_key: str = ""
	api_secret: str = field(default="", repr=False)
	number: str = ""
	messaging_service_sid: str = ""
	#: another address of the API, for a local stand-in; empty for Twilio's own
	api_base: str = ""
	#: where Twilio reports what became of a text; empty for nowhere
	status_url: str = ""

	@property
	def credentials(self) -> tuple[str, str]:
		"""Return user and password, of one kind: Twilio refuses an API key with the Auth Token."""
		if self.api_key and self.api_secret:
			return self.api_key, self.api_secret
		return self.account_sid, self.auth_token


def account_of(settings: TwilioSettings) -> TwilioAccount:
	"""Return the account of the settings."""
	return TwilioAccount(
		account_sid=settings.twilio_account_sid,
		auth_token=settings.twilio_auth_token,
		api_key=settings.twilio_api_key,
		api_secret=settings.twilio_api_secret,
		number=settings.twilio_from_number,
		messaging_service_sid=settings.twilio_messaging_service_sid,
		api_base=settings.twilio_api_base,
		status_url=webhook_address(settings.public_url, STATUS),
	)
