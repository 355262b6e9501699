"""Whether a link can be made that signs somebody in."""

from customer_thread.domain.errors import Conflict
from customer_thread.service.settings import Settings


def check_links(settings: Settings) -> None:
	"""Raise Conflict with what keeps links from being made."""
	if not settings.public_url:
		raise Conflict("The settings have no public address yet, to which a link could lead.")
	if not (settings.sign_in_links and settings.sign_in_link_days):
		raise Conflict("Sign-in links are switched off in the settings.")
