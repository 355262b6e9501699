"""What is not set up for Zulip, and whether Zulip takes what is."""

from collections.abc import Iterator
from importlib.util import find_spec

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.phrase import Translate
from customer_thread.gateways.zulip.account import ZulipSettings, account_of
from customer_thread.gateways.zulip.gateway import ZulipChat


def missing_setup(settings: ZulipSettings, translate: Translate) -> Iterator[tuple[str, str]]:
	"""Return what is missing: the setting, and a sentence. Nothing where nobody has begun with it."""
	_ = translate
	if not any(
		(settings.zulip_site, settings.zulip_bot_email, settings.zulip_api_key, settings.zulip_channel)
	):
		return
	if not settings.zulip_site:
		yield "zulip_site", _("Zulip's address is missing. Nothing appears in Zulip.")
	if not settings.zulip_bot_email:
		yield "zulip_bot_email", _("The e-mail address of Zulip's bot is missing. Nothing appears in Zulip.")
	if not settings.zulip_api_key:
		yield "zulip_api_key", _("The API key of Zulip's bot is missing. Nothing appears in Zulip.")
	if not settings.zulip_channel:
		yield "zulip_channel", _("There is no channel of Zulip in which customers' words appear.")
	if not settings.zulip_webhook_token:
		yield (
			"zulip_webhook_token",
			_(
				"The token of Zulip's bot is missing. What the team writes to it cannot be checked and is refused."
			),
		)
	if find_spec("zulip") is None:
		yield "zulip_site", _("Zulip needs a Python package: pip install 'zulip>=0.9,<0.10'.")


def check_account(settings: ZulipSettings, translate: Translate) -> tuple[bool, str]:
	"""Return whether messages would go out and come in, asked of Zulip itself, and a sentence that says what it answered."""
	_ = translate
	try:
		name = ZulipChat(account_of(settings)).check(settings.zulip_channel)
	except GatewayError as error:
		# what is wrong for the moment only is not tried again here
		passing = _("Zulip cannot be reached. Check its address and this server's connection, and try again.")
		return False, error.worded(translate) if error.permanent or error.code else passing
	if not settings.zulip_channel:
		return False, _(
			"Zulip knows the bot “{0}”. Enter the channel in which customers' words are to appear."
		).format(name)
	if not settings.zulip_webhook_token:
		return False, _(
			"Zulip knows the bot “{0}”. Enter its token too: without it nothing comes in."
		).format(name)
	return True, _("Zulip answers. Customers' words appear in #{0}, written by “{1}”.").format(
		settings.zulip_channel, name
	)
