"""A site that can send texts, mails and links."""

from collections.abc import Iterator
from typing import Any

import pytest

SETTINGS = "Customer Thread Settings"
SET_UP = {
	"public_url": "https://portal.test.example",
	"twilio_account_sid": f"AC{'0' * 32}",
	"twilio_auth_token": "0" * 32,
	"twilio_from_number": "+12025550100",
	"mail_from": "office@test.example",
	"sign_in_links": 1,
	"sign_in_link_days": 7,
	"invitation_text": "",
	"texts_per_day": 0,
	# nobody's night: whatever the clock of this machine says
	"quiet_start": "08:00",
	"quiet_end": "08:00",
}


@pytest.fixture(autouse=True)
def ready(site: Any) -> Iterator[None]:
	"""Set up texts, mails and links; nothing is sent, for nothing is committed."""
	document = site.get_doc(SETTINGS)
	document.update(SET_UP)
	document.save()
	account = {"enable_outgoing": 1, "default_outgoing": 1, "email_id": "office@test.example"}
	if not site.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}):
		made = site.get_doc({"doctype": "Email Account", "email_account_name": "TEST office", **account})
		made.name = "TEST office"
		made.db_insert()
	yield
	site.clear_messages()
	site.clear_document_cache(SETTINGS, SETTINGS)
