"""Which channel a message takes, decided at the moment of sending, with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from customer_thread.domain.model import TEXT_LIMIT, Address, Consent, DeliveryChannel
from customer_thread.domain.people.addresses import is_textable


@dataclass(frozen=True)
class Reach:
	"""How someone can be reached: his addresses, newest first, and what his phones said to our sender."""

	addresses: Sequence[Address]
	consents: Mapping[str, Consent]

	@property
	def phone(self) -> str:
		"""Return the phone to text to, or an empty string."""
		textable = (
			address.value
			for address in self.addresses
			if address.kind == "Phone"
			and is_textable(address)
			and self.consents.get(address.value, "Allowed") == "Allowed"
		)
		return next(textable, "")

	@property
	def email(self) -> str:
		"""Return the address to mail to, or an empty string."""
		return next((address.value for address in self.addresses if address.kind == "Email"), "")

	@property
	def why_no_text(self) -> str:
		"""Return why there is no phone to text to."""
		phones = [address for address in self.addresses if address.kind == "Phone"]
		if not phones:
			return "no phone number on file"
		if any(self.consents.get(address.value) == "Opted Out" for address in phones):
			return "texts are off: the number answered STOP"
		return "the number cannot receive texts"


@dataclass(frozen=True)
class Business:
	"""What the business can do at this moment."""

	sends_texts: bool
	sends_mail: bool
	#: E.164, where customers' replies are texted to; empty for nowhere
	mobile: str
	#: where they are mailed to; empty for nowhere
	email: str


@dataclass(frozen=True)
class Route:
	"""A way to someone; `channel` None: it stays in the portal."""

	channel: DeliveryChannel | None
	address: str
	reason: str


def forward(customer: Reach, business: Business, length: int) -> Route:
	"""Return how a customer's reply of `length` characters reaches the contractor."""
	can_text = bool(business.sends_texts and business.mobile)
	can_mail = bool(business.sends_mail and business.email)
	if customer.phone and can_text and not (length > TEXT_LIMIT and customer.email and can_mail):
		return Route("SMS", business.mobile, "customer has a phone, the contractor takes texts")
	why = customer.why_no_text if not customer.phone else "the contractor takes no texts"
	if customer.phone and can_text:
		why = f"longer than a text may be ({TEXT_LIMIT:,} characters)"
	if customer.email and can_mail:
		return Route("Email", business.email, f"by e-mail: {why}")
	if not customer.email:
		return Route(None, "", f"portal only: {why}, no e-mail on file")
	return Route(None, "", f"portal only: {why}, the contractor takes no e-mail")


def outward(customer: Reach, business: Business, length: int, wanted: str) -> Route:
	"""Return how a message reaches the customer; `wanted` is auto, sms, email or portal."""
	if wanted == "portal":
		return Route(None, "", "portal only: asked for")
	can_text = bool(business.sends_texts and customer.phone)
	can_mail = bool(business.sends_mail and customer.email)
	no_text = "texts are not set up" if not business.sends_texts else customer.why_no_text
	no_mail = "e-mail is not set up" if not business.sends_mail else "no e-mail on file"
	too_long = length > TEXT_LIMIT and can_mail
	if wanted in ("auto", "sms") and can_text and not (wanted == "auto" and too_long):
		return Route("SMS", customer.phone, "texts come first" if wanted == "auto" else "asked for")
	if wanted in ("auto", "email") and can_mail:
		why = f"longer than a text may be ({TEXT_LIMIT:,} characters)" if can_text else no_text
		return Route("Email", customer.email, "asked for" if wanted == "email" else f"by e-mail: {why}")
	if wanted == "sms":
		return Route(None, "", f"portal only: {no_text}")
	if wanted == "email":
		return Route(None, "", f"portal only: {no_mail}")
	return Route(None, "", f"portal only: {no_text}, {no_mail}")


def fallback(route: Route, customer: Reach, business: Business, purpose: str) -> Route | None:
	"""Return the other way once the first has failed for good, or None if there is none."""
	if purpose == "Forward":
		text, mail = business.mobile, business.email
	else:
		text, mail = customer.phone, customer.email
	if route.channel == "SMS" and business.sends_mail and mail:
		return Route("Email", mail, "by e-mail: the text could not be delivered")
	if route.channel == "Email" and business.sends_texts and text:
		return Route("SMS", text, "by text: the e-mail could not be delivered")
	return None
