"""E-mails of a real site, as its Communications."""

from typing import Any

from support.persons import MIKE, SARAH


def new_mail(site: Any, **values: Any) -> str:
	document = site.get_doc(
		{
			"doctype": "Communication",
			"communication_type": "Communication",
			"communication_medium": "Email",
			"sent_or_received": "Sent",
			"delivery_status": "Sent",
			"subject": "Your estimate",
			"content": "<p>Here is <b>your estimate</b>.</p><blockquote type=cite>old</blockquote>",
			"sender": MIKE.email,
			"recipients": SARAH.email,
			"communication_date": "2026-05-13 16:12:00",
			"message_id": f"{site.generate_hash(length=12)}@test.example",
			**values,
		}
	).insert(ignore_permissions=True)
	return str(document.name)
