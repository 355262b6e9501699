"""What the admin has not set up yet, and what does not work without it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypedDict
from urllib.parse import urlsplit

from customer_thread.domain.people.addresses import email, phone
from customer_thread.domain.phrase import Translate
from customer_thread.service.notices.channels import EVERY_CHANNEL
from customer_thread.service.settings import Settings

#: gives what is missing: the setting, empty if it is set elsewhere in the site, and a sentence
Check = Callable[[Settings, Translate], Iterable[tuple[str, str]]]

_LOCAL = (".localhost", ".local", ".test", ".internal")


class Missing(TypedDict):
	"""Something to set up."""

	#: of Customer Thread Settings; empty if it is set elsewhere in the site
	field: str
	text: str


def check_setup(settings: Settings, translate: Translate, gateways: Iterable[Check]) -> list[Missing]:
	"""Return what a site lacks or has wrong, the most important first; each of its gateways knows its own."""
	return run_checks(
		settings, translate, [_heard, check_public_url, *gateways, check_contractor, check_mail, _logo]
	)


def run_checks(settings: Settings, translate: Translate, checks: Iterable[Check]) -> list[Missing]:
	"""Return what these find, in their order."""
	return [{"field": field, "text": text} for check in checks for field, text in check(settings, translate)]


def is_heard(settings: Settings) -> bool:
	"""Return whether anybody of the business is told by text, by mail or in their chat what customers write."""
	return any(
		channel.is_set_up(settings) and channel.contractor(settings) for channel in EVERY_CHANNEL.values()
	)


def _heard(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	if not is_heard(settings):
		yield (
			"contractor_email" if settings.sends_mail and not settings.sends_texts else "contractor_mobile",
			_(
				"Nobody is told of replies: add your mobile or your mail address. "
				"Agents see them in the Desk's bell."
			),
		)


def check_business(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	"""Return whether customers read a name that is nobody's."""
	if settings.business_name == Settings().business_name:
		yield (
			"business_name",
			_("Customers read “{0}” where your name should be.").format(settings.business_name),
		)


def check_public_url(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	"""Return why links do not lead to the pages from everywhere."""
	url = urlsplit(settings.public_url)
	host = url.hostname or ""
	if not host:
		yield (
			"public_url",
			_("There is no public address. Links in texts and e-mails need it, and so does Twilio."),
		)
	elif host == "localhost" or host.endswith(_LOCAL) or host.startswith("127."):
		yield "public_url", _("The public address is known on this machine only. Twilio cannot reach it.")
	elif url.scheme != "https":
		yield (
			"public_url",
			_(
				"The public address begins with http://. Get a certificate and write https://: what is said here is private."
			),
		)


def check_contractor(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	"""Return why customers' replies do not reach the contractor by every way there is."""
	mobile = phone(settings.contractor_mobile, settings.default_region)
	if settings.contractor_mobile and mobile is None:
		yield "contractor_mobile", _("The contractor's mobile is no phone number.")
	elif settings.sends_texts and mobile is None:
		yield (
			"contractor_mobile",
			_("There is no contractor's mobile. Customers' replies are not texted to anyone."),
		)
	if settings.contractor_email and email(settings.contractor_email) is None:
		yield "contractor_email", _("The contractor's e-mail is no address.")
	elif settings.sends_mail and not settings.contractor_email:
		yield (
			"contractor_email",
			_("There is no contractor's e-mail. Customers' replies are not mailed to anyone."),
		)


def check_mail(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	"""Return what mails of a Frappe site lack on their way out."""
	if not settings.sends_mail:
		yield "", _("The site has no default outgoing Email Account. No e-mail goes out.")
		return
	yield from check_mail_addresses(settings, _)


def check_mail_addresses(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	"""Return which addresses mails lack."""
	if not settings.from_address:
		yield "mail_from", _("There is no address to mail from.")
	if not settings.reply_domain:
		yield (
			"reply_domain",
			_("There is no reply domain. Answers to e-mails find their thread by their references only."),
		)


def _logo(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	if settings.logo.startswith("/private/"):
		yield "logo", _("The logo is a private file, which no customer can see. Make it public.")
