"""Where Twilio reaches us: the same paths on both hosts."""

PATH = "/api/method/customer_thread.api.webhooks."
MESSAGE = "twilio_message"
STATUS = "twilio_status"
#: a number's status callback: what answered a call itself would end it
VOICE = "twilio_voice"
#: for incoming messages, for their status, for calls
WEBHOOKS = (MESSAGE, STATUS, VOICE)


def webhook_addresses(public_url: str) -> list[str]:
	"""Return what to enter at Twilio, in the order of WEBHOOKS; nothing without a public address."""
	return [webhook_address(public_url, name) for name in WEBHOOKS] if public_url else []


def webhook_address(public_url: str, name: str) -> str:
	"""Return where one of them is; empty without a public address."""
	return f"{public_url.rstrip('/')}{PATH}{name}" if public_url else ""
