"""What works on this host as it is set up, and what is missing."""

from collections.abc import Iterator

from customer_thread.domain.people.addresses import email, phone, readable_phone
from customer_thread.domain.phrase import Translate
from customer_thread.gateways.twilio_sms.setup import missing_setup
from customer_thread.gateways.zulip import setup as zulip
from customer_thread.service.desk.check_setup import (
	Missing,
	check_business,
	check_contractor,
	check_mail_addresses,
	check_public_url,
	is_heard,
	run_checks,
)
from customer_thread.service.settings import Settings
from customer_thread.standalone.settings_store import SMTP_URL


def missing(settings: Settings) -> list[Missing]:
	"""Return what is missing or wrong, the most important first."""
	return run_checks(
		settings,
		str,
		[
			_heard,
			check_public_url,
			missing_setup,
			zulip.missing_setup,
			check_contractor,
			check_mail,
			check_push,
			check_business,
		],
	)


def working(settings: Settings) -> Iterator[str]:
	"""Return what works, a sentence each."""
	mobile, mailbox = (
		phone(settings.contractor_mobile, settings.default_region),
		email(settings.contractor_email),
	)
	if settings.sends_texts:
		yield f"Customers get texts from {readable_phone(settings.sender)}."
		if mobile and settings.forward_texts:
			yield f"What customers write is texted to {readable_phone(mobile.value)}."
	if settings.sends_mail and settings.from_address:
		yield f"Customers get e-mails from {settings.from_address}."
		if mailbox:
			yield f"What customers write is mailed to {mailbox.value} where it cannot be texted."
	if settings.talks_in_zulip:
		yield f"What customers write appears in Zulip, in #{settings.zulip_channel}."
	if settings.sign_in_links and settings.sign_in_link_days and settings.public_url:
		yield f"Links sign customers in, for {settings.sign_in_link_days} days."
	if settings.push_contact:
		yield "Customers’ phones can be notified, once they have turned it on."


def _heard(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	if not is_heard(settings):
		yield (
			"contractor_email" if settings.sends_mail and not settings.sends_texts else "contractor_mobile",
			_(
				"Nobody is told of replies: set contractor_mobile and Twilio, or contractor_email and smtp_url. "
				"They are stored, and wait in desk.threads."
			),
		)


def check_mail(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	"""Return what mails lack on their way out of this host."""
	if settings.sends_mail:
		yield from check_mail_addresses(settings, _)
	else:
		yield (
			SMTP_URL,
			_(
				"No e-mail goes out: enter your mail server, such as smtp://name:password@mail.example.com:587."
			),
		)


def check_push(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	"""Return what pushes lack: `serve` makes the keys."""
	if not settings.push_contact:
		yield (
			"vapid_subject",
			_("Push services want to know whom to write to: enter your e-mail address as a contact."),
		)
