"""Whose bot of which Zulip it is, as the settings have it."""

from dataclasses import dataclass, field
from typing import Protocol

# ruff: noqa: D102 - what each setting is, docs/schema.md says

#: what is posted there comes from Zulip: the same path on both hosts
WEBHOOK = "/api/method/customer_thread.api.webhooks.zulip_message"


class ZulipSettings(Protocol):
	"""What Zulip's part needs of the settings."""

	@property
	def zulip_site(self) -> str: ...
	@property
	def zulip_bot_email(self) -> str: ...
	@property
	def zulip_api_key(self) -> str: ...
	@property
	def zulip_webhook_token(self) -> str: ...
	@property
	def zulip_channel(self) -> str: ...
	@property
	def public_url(self) -> str: ...


@dataclass(frozen=True)
class ZulipAccount:
	"""A bot of one Zulip."""

	site: str
	email: str
	api_key: str = field(default="", repr=False)


def account_of(settings: ZulipSettings) -> ZulipAccount:
	"""Return the bot of the settings."""
	return ZulipAccount(settings.zulip_site, settings.zulip_bot_email, settings.zulip_api_key)


def webhook_address(public_url: str) -> str:
	"""Return what to enter as the bot's endpoint URL; nothing without a public address."""
	return f"{public_url.rstrip('/')}{WEBHOOK}" if public_url else ""


def zulip_addresses(settings: ZulipSettings) -> list[str]:
	"""Return the addresses to enter at Zulip where its bot is set up: one, or none without a public address."""
	address = webhook_address(settings.public_url)
	return [address] if address and settings.zulip_site else []
