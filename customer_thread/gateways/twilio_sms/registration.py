"""Whether carriers take texts from a number of the USA, in words that say what to do.

https://www.twilio.com/docs/messaging/api/usapptoperson-resource
https://www.twilio.com/docs/messaging/api/tollfree-verification-resource
"""

from collections.abc import Collection
from typing import Any, Literal

from customer_thread.domain.phrase import Translate

State = Literal["done", "missing", "optional"]


def campaign_line(statuses: Collection[str], _: Translate) -> tuple[State, str]:
	"""Return how far the registration of a local number has come (A2P 10DLC), by its campaigns' statuses."""
	if "VERIFIED" in statuses:
		return "done", _("The number is registered for business texting (A2P 10DLC).")
	if {"IN_PROGRESS", "PENDING"} & set(statuses):
		return "missing", _(
			"The number's registration for business texting is being worked on: until then carriers stop its texts. "
			"It takes days."
		)
	if statuses:
		return "missing", _(
			"The number's registration for business texting was refused. See why in the Twilio console, "
			"and hand it in again."
		)
	return "missing", _(
		"The number is not registered for business texting (A2P 10DLC): carriers in the USA stop its texts. "
		"Register it in the Twilio console, and add the number to the campaign's messaging service."
	)


def toll_free_line(verification: Any, _: Translate) -> tuple[State, str]:  # noqa: ANN401 - the library's
	"""Return how far the verification of a toll-free number has come; None: there is none."""
	# newer versions of the library make an enumeration of it
	status = getattr(verification, "status", None)
	status = str(getattr(status, "value", status) or "")
	if status == "TWILIO_APPROVED":
		return "done", _("The toll-free number is verified for texting.")
	if status in {"PENDING_REVIEW", "IN_REVIEW"}:
		return "missing", _(
			"The toll-free number's verification is being worked on: until then carriers stop its texts. It takes days."
		)
	if status == "TWILIO_REJECTED":
		words = _("The toll-free number's verification was refused: {0} Correct it in the Twilio console.")
		reason = verification.rejection_reason or ""
		return "missing", words.format(f"{reason.rstrip('.')}." if reason else "").replace("  ", " ")
	return "missing", _(
		"The toll-free number is not verified for texting: carriers stop its texts. "
		"Ask for it in the Twilio console."
	)
