"""What failed, by its cause, in words that say what to do."""

import re
from dataclasses import dataclass

from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.phrase import Phrase

_CAUSE = re.compile(r"(SMS|Email|Push|Zulip|):(.{0,140})")
#: as a provider or mail server gives one that can be looked up
_TWILIO_CODE = re.compile(r"[1-9]\d{4}")

#: of mail servers, by the beginning of their code, the longest first: RFC 3463, and RFC 5321 4.2.2 without dots
MAIL_WORDS = {
	"5.1.1": Phrase("There is no such mailbox. Ask the customer for their address."),
	"5.1.2": Phrase("There is no such mail domain. Look for a slip in the address."),
	"5.1.10": Phrase("Their domain takes no mail. Ask the customer for another address."),
	"5.2.1": Phrase("The mailbox is closed. Ask the customer for another address."),
	"5.2.2": Phrase("The mailbox is full. Write by text or call."),
	"4.2.2": Phrase("The mailbox is full. Write by text or call."),
	"5.3.4": Phrase("The mail is larger than their mail server takes. Send less at once."),
	"5.1.": Phrase("The address is not right. Ask the customer for it."),
	"5.4.": Phrase("Their mail server cannot be found. Look for a slip in the address."),
	"4.4.": Phrase("Their mail server could not be reached for days. Try again, or write by text."),
	"5.7.": Phrase(
		"Their mail server takes no mail from yours. See whether SPF, DKIM and DMARC are set for your domain."
	),
	"530": Phrase("Your mail server does not accept the user name and password. Check the account."),
	"534": Phrase("Your mail server does not accept the user name and password. Check the account."),
	"535": Phrase("Your mail server does not accept the user name and password. Check the account."),
	"550": Phrase("The mailbox is not there, or takes no mail from you. Ask the customer for their address."),
	"552": Phrase("The mailbox is full, or the mail is too large. Write by text or call."),
	"554": Phrase(
		"The mail was refused, often as spam. See whether SPF, DKIM and DMARC are set for your domain."
	),
}
#: where no code says anything
OTHERWISE: dict[DeliveryChannel | None, Phrase] = {
	"SMS": Phrase("These texts could not be sent. Each one says why; try again, or send by e-mail."),
	"Email": Phrase("These e-mails could not be sent. Each one says why; try again, or send by text."),
	"Zulip": Phrase("These messages did not appear in your team's chat. Each one says why."),
}


@dataclass(frozen=True)
class Cause:
	"""Why something failed: the channel, and the provider's code, empty if it gave none."""

	channel: DeliveryChannel | None
	code: str

	@property
	def key(self) -> str:
		"""Return it as one string, such as "SMS:30034"."""
		return f"{self.channel or ''}:{self.code}"

	@classmethod
	def of_key(cls, key: str) -> "Cause":
		"""Return the cause that `key` was made of. Raise BadInput."""
		match = _CAUSE.fullmatch(key)
		if match is None:
			raise BadInput("“{0}” is no cause of a failure.", key)
		return cls(match[1] or None, match[2])  # type: ignore[arg-type]

	@property
	def page(self) -> str:
		"""Return the address of the provider's own page about it; empty if there is none."""
		is_twilios = self.channel == "SMS" and _TWILIO_CODE.fullmatch(self.code)
		return f"https://www.twilio.com/docs/api/errors/{self.code}" if is_twilios else ""


def words_of_cause(cause: Cause) -> Phrase | None:
	"""Return what is wrong and what to do; None where what the gateway said of it is as exact as it gets."""
	if cause.channel == "Email":
		for code in sorted(MAIL_WORDS, key=len, reverse=True):
			if cause.code == code or (code.endswith(".") and cause.code.startswith(code)):
				return MAIL_WORDS[code]
	elif cause.code:
		# its gateway knows its provider's codes
		return None
	return OTHERWISE.get(cause.channel)
