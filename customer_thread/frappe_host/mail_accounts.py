"""The site's Email Accounts: which of them send and receive for customers."""

from collections.abc import Iterable, Iterator
from typing import Any

import frappe

from customer_thread.domain.phrase import Translate
from customer_thread.service.desk.setup_found import FoundLine, StepState
from customer_thread.service.settings import Settings


def gets_answers(account: Any, settings: Settings) -> bool:  # noqa: ANN401 - a row of Frappe's
	"""Return whether customers' answers may arrive in an account."""
	ours = {settings.from_address.lower(), settings.contractor_email.lower()} - {""}
	address = (account.email_id or "").lower()
	domain = settings.reply_domain.lower()
	is_of_domain = bool(domain) and address.rpartition("@")[2] == domain
	return bool(account.default_incoming or address in ours or is_of_domain)


def receiving() -> list[Any]:
	"""Return the accounts that receive."""
	return frappe.get_all(  # type: ignore[no-any-return]
		"Email Account",
		{"enable_incoming": 1, "awaiting_password": 0},
		["name", "email_id", "default_incoming"],
	)


def account_lines(settings: Settings, _: Translate) -> Iterator[FoundLine]:
	"""Return of each account that is switched on what it does, the first twenty."""
	fields = [
		"name",
		"email_id",
		"enable_outgoing",
		"default_outgoing",
		"enable_incoming",
		"default_incoming",
	]
	rows = frappe.get_all(
		"Email Account",
		fields=[*fields, "awaiting_password"],
		order_by="default_outgoing desc, name",
		limit=20,
	)
	for row in rows:
		if row.enable_outgoing or row.enable_incoming:
			words = ", ".join(_what_it_does(row, settings, _))
			state: StepState = (
				"missing" if row.awaiting_password else "done" if _is_used(row, settings) else "optional"
			)
			yield {"state": state, "text": f"{row.email_id or row.name}: {words}"}


def _is_used(row: Any, settings: Settings) -> bool:  # noqa: ANN401
	sends = row.enable_outgoing and row.default_outgoing
	return bool(sends or (row.enable_incoming and gets_answers(row, settings)))


def _what_it_does(row: Any, settings: Settings, _: Translate) -> Iterable[str]:  # noqa: ANN401
	if row.awaiting_password:
		yield _("waits for its password")
		return
	if row.enable_outgoing:
		yield _("sends to customers") if row.default_outgoing else _("sends, but is not the default")
	if row.enable_incoming:
		yield _("receives answers") if gets_answers(row, settings) else _("receives, but no answers")
