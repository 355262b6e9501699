"""Twilio's error codes in words a contractor can act on, and its exceptions as GatewayError.

Codes: https://www.twilio.com/docs/api/errors
"""

import json
from typing import Any

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Consent
from customer_thread.domain.phrase import Phrase
from customer_thread.gateways.network import never_connected

#: code → what is wrong, and what to do
WORDS = {
	"11200": Phrase(
		"Twilio could not fetch the pictures. Check that the public address in Customer Thread Settings is reached from outside."
	),
	"11751": Phrase("The pictures are larger than Twilio takes."),
	"12300": Phrase("Twilio does not take pictures of this kind."),
	"14107": Phrase("Texts are being sent too fast. It is tried again by itself."),
	"20003": Phrase(
		"Twilio does not accept the Account SID and Auth Token (or API key). Check them in Customer Thread Settings."
	),
	"20404": Phrase(
		"Twilio does not know this account, message or picture. Check the Account SID in Customer Thread Settings."
	),
	"20429": Phrase("Twilio is asked too often at the moment. It is tried again by itself."),
	"21211": Phrase(
		"The receiver's number is not a valid phone number. Correct it in the customer's contact."
	),
	"21212": Phrase(
		"The business number is not a valid sender. Check the Twilio number in Customer Thread Settings."
	),
	"21217": Phrase(
		"The receiver's number does not look like a phone number. Correct it in the customer's contact."
	),
	"21266": Phrase(
		"The receiver's number is the business number itself. Correct it in the customer's contact."
	),
	"21408": Phrase(
		"Texting to this country is switched off. Allow it under Messaging, Geo permissions in the Twilio console."
	),
	"21602": Phrase("The message is empty. Write something and send it again."),
	"21603": Phrase("There is no number to send from. Enter the Twilio number in Customer Thread Settings."),
	"21606": Phrase(
		"The business number does not belong to this Twilio account or cannot send texts. Check it in Customer Thread Settings."
	),
	"21608": Phrase(
		"A Twilio trial account may only text verified numbers. Verify this number or upgrade the account."
	),
	"21601": Phrase("The business number cannot send pictures. See its capabilities in the Twilio console."),
	"21610": Phrase(
		"The customer replied STOP and gets no texts from this number. Write by e-mail; START turns texts on again."
	),
	"21611": Phrase("Too many texts are waiting to leave this number. It is tried again by itself."),
	"21612": Phrase("Twilio cannot reach this number from the business number. Write by e-mail or call."),
	"21614": Phrase(
		"This number cannot receive texts; it may be a landline. Ask the customer for a mobile number."
	),
	"21617": Phrase("The message is longer than 1,600 characters. Shorten it or send it by e-mail."),
	"21620": Phrase(
		"Twilio does not take the pictures' address. Check the public address in Customer Thread Settings."
	),
	"21623": Phrase("There are more pictures than Twilio takes in one message."),
	"21701": Phrase("Twilio does not know this messaging service. Check it in Customer Thread Settings."),
	"21703": Phrase("The messaging service has no number to send from. Add one in the Twilio console."),
	"30001": Phrase("Too many texts were waiting, so this one was dropped. Send it again later."),
	"30002": Phrase("The Twilio account is suspended. Sign in to the Twilio console to see why."),
	"30003": Phrase("The phone could not be reached; it may be switched off. Send it again later."),
	"30004": Phrase("The phone or its carrier blocks texts from this number. Write by e-mail or call."),
	"30005": Phrase("This number is not in use any more. Ask the customer for the new one."),
	"30006": Phrase(
		"This number is a landline or its carrier takes no texts. Ask the customer for a mobile number."
	),
	"30007": Phrase(
		"The carrier took the message for spam. Word it differently, without short links, and send it again."
	),
	"30008": Phrase("The carrier did not deliver it and gave no reason. Send it again later."),
	"30010": Phrase(
		"The text costs more than the limit set at Twilio. Raise the limit in the Twilio console."
	),
	"30011": Phrase("The customer's number takes no pictures."),
	"30019": Phrase("The pictures are larger than the phone's carrier takes."),
	"30022": Phrase("The carrier's limit of texts for this number is reached. Send it again later."),
	"30023": Phrase("The carrier's limit of texts for today is reached. Send it again tomorrow."),
	"30032": Phrase(
		"This toll-free number is not verified for texting yet. Verify it in the Twilio console."
	),
	"30034": Phrase(
		"This number is not registered for business texting (A2P 10DLC) yet. Register it in the Twilio console."
	),
	"30035": Phrase(
		"This number's registration for business texting is still being worked on. Send it again in some days."
	),
	"30036": Phrase(
		"The text could not be delivered before its time ran out. Send it again if it still matters."
	),
	"30410": Phrase("The carrier did not answer in time. Send it again later."),
	"30450": Phrase(
		"Twilio stopped the message to protect against fraud. See the message's log in the Twilio console."
	),
	"63038": Phrase(
		"The Twilio account has reached its limit of messages for today. Send it again tomorrow."
	),
}
#: trying again later can help, whatever the HTTP status says
PASSING = frozenset(
	{"14107", "20429", "21611", "30001", "30003", "30008", "30022", "30023", "30410", "63038"},
)
#: what a code says of the number, for every text after it
CONSENTS: dict[str, Consent] = {
	"21610": "Opted Out",
	**dict.fromkeys(("21211", "21217", "21614", "30005", "30006"), "Not Textable"),
}
#: it was for the pictures: the words alone can go
OF_PICTURES = frozenset({"11200", "11751", "12300", "21601", "21620", "21623", "30011", "30019"})
UNKNOWN = Phrase("Twilio did not deliver the message. Look the code up at twilio.com/docs/api/errors.")
UNREACHABLE = Phrase("Twilio cannot be reached at the moment. It is tried again by itself.")
UNCERTAIN = Phrase(
	"Twilio did not answer in time, so it may have taken the message. It is asked before another try."
)
PASSING_STATUS = frozenset({408, 425, 429})


def words_for(code: str | int | None) -> Phrase:
	"""Return what a Twilio error code means and what to do; a general sentence for one that is not known."""
	return WORDS.get(str(code or ""), UNKNOWN)


def consent_of(code: str | int | None) -> Consent | None:
	"""Return what an error code says of the number, if anything: STOP to this sender, or no texts ever."""
	return CONSENTS.get(str(code or ""))


def undelivered(code: str | int | None) -> GatewayError:
	"""Return the error for a text that Twilio accepted and could not deliver."""
	known = str(code or "")
	return GatewayError(
		"{0}",
		words_for(known),
		permanent=True,
		code=known,
		consent=consent_of(known),
		of_pictures=known in OF_PICTURES,
	)


def refused(status: int, code: str | int | None, *, sending: bool = False) -> GatewayError:
	"""Return the error for an answer of the API that is not a success.

	After a 5xx nobody knows whether a text was accepted: ambiguous when `sending`.
	"""
	known = str(code or status)
	if known == "401":
		known = "20003"
	elif known == "429":
		known = "20429"
	broken = status >= 500
	passing = broken or status in PASSING_STATUS or known in PASSING
	if known in WORDS:
		words = WORDS[known]
	elif broken:
		words = UNCERTAIN if sending else UNREACHABLE
	else:
		words = Phrase(
			"Twilio refused it with error {0}. Look it up at twilio.com/docs/api/errors/{0}.", known
		)
	return GatewayError(
		"{0}",
		words,
		permanent=not passing,
		ambiguous=sending and broken,
		code=known,
		consent=consent_of(known),
		of_pictures=known in OF_PICTURES,
	)


def of_network(error: Exception, *, sending: bool = False) -> GatewayError:
	"""Return the error for a failure of the connection; ambiguous if a text may have gone out before it."""
	if sending and not never_connected(error):
		return GatewayError(UNCERTAIN, ambiguous=True)
	return GatewayError(UNREACHABLE)


def of_library(error: Exception, *, sending: bool = False) -> GatewayError:
	"""Return the error for what the twilio library raised."""
	status = getattr(error, "status", None)
	if isinstance(status, int):
		return refused(status, getattr(error, "code", None), sending=sending)
	for response in error.args:
		# a list that fails raises TwilioException(words, response) without looking into the answer
		if isinstance(getattr(response, "status_code", None), int):
			return refused(response.status_code, _code_in(response.text), sending=sending)
	return GatewayError("{0}", UNCERTAIN if sending else UNREACHABLE, ambiguous=sending)


def _code_in(body: str) -> int | None:
	try:
		answer: Any = json.loads(body)
		return int(answer["code"])
	except (ValueError, TypeError, KeyError):
		return None
