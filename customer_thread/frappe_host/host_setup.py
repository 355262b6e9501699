"""What a site knows of its own setup beyond its settings."""

from collections.abc import Iterator

import frappe

from customer_thread.domain.phrase import Translate
from customer_thread.frappe_host.mail_accounts import account_lines
from customer_thread.frappe_host.noted_types import RULE
from customer_thread.gateways.twilio_sms.setup import missing_setup as missing_texts
from customer_thread.gateways.web_push.setup import missing_setup as missing_push
from customer_thread.service.desk.check_setup import check_mail
from customer_thread.service.desk.read_setup import HostSetup
from customer_thread.service.settings import Settings


def host_setup() -> HostSetup:
	"""Return it as it is now."""
	return HostSetup(
		check_texts=missing_texts,
		check_mail=_mail,
		check_push=missing_push,
		mail_accounts=account_lines,
		card_rules=frappe.db.count(RULE, {"enabled": 1}),
	)


def _mail(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	yield from check_mail(settings, _)
	if not frappe.db.exists("Email Account", {"enable_incoming": 1}):
		yield "", _("No Email Account receives e-mail. Customers' answers do not come in.")
