"""What is not set up for pushes."""

from collections.abc import Iterator
from typing import Protocol

from customer_thread.domain.phrase import Translate
from customer_thread.gateways.web_push.keys import public_of

# ruff: noqa: D102 - what each setting is, docs/schema.md says


class PushSettings(Protocol):
	"""What this part needs of the settings."""

	@property
	def vapid_public_key(self) -> str: ...
	@property
	def vapid_private_key(self) -> str: ...
	@property
	def push_contact(self) -> str: ...


def missing_setup(settings: PushSettings, translate: Translate) -> Iterator[tuple[str, str]]:
	"""Return what is missing or wrong: the setting, and a sentence."""
	_ = translate
	if not settings.vapid_private_key:
		yield (
			"make_push_keys",
			_("Customers cannot be notified on their phones yet. Make the keys: one tap."),
		)
	elif public_of(settings.vapid_private_key) != settings.vapid_public_key:
		yield "make_push_keys", _("The keys for notifications do not belong together. Make new ones.")
	elif not settings.push_contact:
		yield (
			"vapid_subject",
			_("Push services want to know whom to write to: enter your e-mail address as a contact."),
		)
