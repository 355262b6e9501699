"""Whether texts would go out and come in, asked of the provider itself."""

from typing import Any

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.people.addresses import readable_phone
from customer_thread.service.ports import Ports


def check_texting(ports: Ports) -> dict[str, Any]:
	"""Return `ok` and a sentence that says what the provider answered."""
	_ = ports.translate
	settings = ports.settings()
	try:
		ports.sms().check()
	except GatewayError as error:
		# what is wrong for the moment only is not tried again here
		passing = _("Twilio cannot be reached. Check this server's connection, and try again.")
		return {"ok": False, "text": str(error) if error.permanent or error.code else passing}
	if not settings.twilio_auth_token:
		return {
			"ok": False,
			"text": _("Twilio takes the API key. Enter the Auth Token too: without it nothing comes in."),
		}
	if not settings.sender:
		return {"ok": False, "text": _("Twilio knows this account. Enter a number to text from.")}
	name = readable_phone(settings.sender)
	return {"ok": True, "text": _("Twilio answers. Texts go out from {0}.").format(name)}
