"""The one place that knows what stands behind each port on a Frappe site."""

from frappe import _

from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.host import FrappeFiles, FrappeLive, FrappeQueue
from customer_thread.frappe_host.mail import QueuedMail
from customer_thread.frappe_host.parties import ErpNextParties
from customer_thread.frappe_host.settings import settings
from customer_thread.gateways.system import SystemClock, SystemIds
from customer_thread.gateways.twilio_sms.gateway import TwilioAccount, TwilioSms
from customer_thread.service.ports import Ports


def ports() -> Ports:
	"""Return the ports for the request or job at hand."""
	return Ports(
		database=FrappeDatabase(),
		settings=settings,
		queue=FrappeQueue(),
		live=FrappeLive(),
		files=FrappeFiles(),
		sms=_sms,
		mail=QueuedMail,
		clock=SystemClock(),
		ids=SystemIds(),
		parties=ErpNextParties(),
		translate=_,
	)


def _sms() -> TwilioSms:
	now = settings()
	return TwilioSms(
		TwilioAccount(
			account_sid=now.twilio_account_sid,
			auth_token=now.twilio_auth_token,
			api_key=now.twilio_api_key,
			api_secret=now.twilio_api_secret,
			number=now.twilio_from_number,
			messaging_service_sid=now.twilio_messaging_service_sid,
			api_base=now.twilio_api_base,
		)
	)
