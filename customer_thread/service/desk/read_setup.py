"""How far the setup is: a step each, in the order in which one goes through them, read anew from what is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypedDict

from customer_thread.domain.errors import Conflict
from customer_thread.domain.people.addresses import phone, readable_phone
from customer_thread.domain.phrase import Translate
from customer_thread.service.desk.check_links import check_links
from customer_thread.service.desk.check_setup import (
	Check,
	check_business,
	check_contractor,
	check_public_url,
)
from customer_thread.service.desk.setup_found import Found, FoundLine, StepState
from customer_thread.service.desk.test_states import mail_test, text_test
from customer_thread.service.ports import Ports
from customer_thread.service.settings import Settings
from customer_thread.store import automations, histories, sent_to


class SetupStep(TypedDict):
	"""A step, and how far it is."""

	key: str
	title: str
	#: optional: it works without
	state: StepState
	#: a sentence: what is missing, else what is so
	why: str
	#: of Customer Thread Settings; empty if it is set elsewhere
	field: str
	#: whether it goes on by itself just now: something is on its way
	is_moving: bool
	#: whether a test can be sent now
	can_test: bool
	#: what was found there, such as the site's Email Accounts
	found: list[FoundLine]


@dataclass(frozen=True)
class HostSetup:
	"""What a host knows of its own setup."""

	check_texts: Check
	check_mail: Check
	check_push: Check
	#: how many are in force; None: this host has neither rules nor a past to bring in
	card_rules: int | None = None
	#: what can be said of the accounts by which it mails
	mail_accounts: Callable[[Settings, Translate], Iterable[FoundLine]] = lambda _settings, _translate: ()


def read_setup(ports: Ports, host: HostSetup) -> list[SetupStep]:
	"""Return the steps. No secret is in them."""
	settings, _ = ports.settings(), ports.translate
	found = {
		("business", _("Business")): _business(settings, _),
		("texts", _("Texts")): _texts(ports, host, settings),
		("mail", _("E-mail")): _mail(ports, host, settings),
		("push", _("Notifications on devices")): _push(host, settings, _),
	}
	if host.card_rules is not None:
		found["card_rules", _("Card rules")] = _card_rules(host.card_rules, settings, _)
	found["automations", _("Automations")] = _automations(ports)
	if host.card_rules is not None:
		found["history", _("History")] = _history(ports)
	found["invitations", _("First invitations")] = _invitations(ports, settings)
	return [
		{
			"key": key,
			"title": title,
			"state": each.state,
			"why": each.why,
			"field": each.field,
			"is_moving": each.is_moving,
			"can_test": each.can_test,
			"found": list(each.found),
		}
		for (key, title), each in found.items()
	]


def _first(settings: Settings, _: Translate, checks: Iterable[Check]) -> tuple[str, str] | None:
	"""Return what matters most of what these find: the setting, and a sentence."""
	return next(chain.from_iterable(check(settings, _) for check in checks), None)


def _business(settings: Settings, _: Translate) -> Found:
	if lacking := _first(settings, _, [check_business, check_public_url, _nobody, check_contractor]):
		return Found("missing", lacking[1], lacking[0])
	mobile, mailbox = phone(settings.contractor_mobile, settings.default_region), settings.contractor_email
	ways = readable_phone(mobile.value) if mobile else "", mailbox
	reached = " · ".join(way for way in ways if way)
	words = _("Customers read “{0}”, by the clock of {1}. Their replies reach you at {2}.")
	return Found(
		"done", words.format(settings.business_name, settings.default_timezone, reached), "business_name"
	)


def _nobody(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	if not settings.contractor_mobile and not settings.contractor_email:
		yield "contractor_mobile", _("Nobody is told of replies: add your mobile or your mail address.")


def _texts(ports: Ports, host: HostSetup, settings: Settings) -> Found:
	_ = ports.translate
	if lacking := _first(settings, _, [host.check_texts]):
		is_begun = settings.twilio_account_sid or settings.twilio_auth_token or settings.sender
		is_needed = is_begun or not settings.sends_mail
		return Found("missing" if is_needed else "optional", lacking[1], lacking[0])
	mobile = phone(settings.contractor_mobile, settings.default_region)
	if mobile is None:
		return Found("missing", _("Add your mobile: a test text goes there."), "contractor_mobile")
	if tested := text_test(ports, mobile.value):
		return tested
	words = _("Texts go out from {0}. Send yourself one to be sure.")
	return Found("done", words.format(readable_phone(settings.sender)), can_test=True)


def _mail(ports: Ports, host: HostSetup, settings: Settings) -> Found:
	_ = ports.translate
	accounts = tuple(host.mail_accounts(settings, _))
	if lacking := _first(settings, _, [host.check_mail]):
		is_needed = settings.sends_mail or not settings.sends_texts
		return Found("missing" if is_needed else "optional", lacking[1], lacking[0], found=accounts)
	if not settings.capture_emails:
		words = _("E-mails go out from {0}. Those that come in stay out of threads: that is switched off.")
		return Found("optional", words.format(settings.from_address), "capture_emails", found=accounts)
	if tested := mail_test(ports):
		return replace(tested, found=accounts)
	words = _("E-mails go out from {0}. Send yourself one to see that answers come in.")
	return Found("done", words.format(settings.from_address), can_test=True, found=accounts)


def _push(host: HostSetup, settings: Settings, _: Translate) -> Found:
	if lacking := _first(settings, _, [host.check_push]):
		return Found("missing", lacking[1], lacking[0])
	return Found(
		"done", _("Customers’ phones can be notified, once they have turned it on."), "vapid_subject"
	)


def _card_rules(in_force: int, settings: Settings, _: Translate) -> Found:
	if not settings.capture_documents:
		return Found("optional", _("Cards from documents are switched off."), "capture_documents")
	if not in_force:
		return Found("missing", _("No card rule is in force: no document shows in a thread."))
	words = _("1 rule is in force.") if in_force == 1 else _("{0} rules are in force.").format(in_force)
	return Found("done", words)


def _automations(ports: Ports) -> Found:
	_, every = ports.translate, automations.every(ports.database)
	enabled = sum(each.enabled for each in every)
	if enabled:
		return Found("done", _("{0} of {1} are switched on.").format(enabled, len(every)))
	words = _("None is switched on. Preview one on a document of yours, then switch it on.")
	return Found("optional", words)


def _history(ports: Ports) -> Found:
	_, run = ports.translate, histories.latest(ports.database)
	if run is None:
		return Found("optional", _("Nothing has been brought in yet."), "history_months")
	if run["state"] == "Failed":
		words = _("It stopped after {0} of {1}. Press the button to go on.")
		return Found("missing", words.format(run["done"], run["total"]), "history_months")
	if run["state"] == "Running":
		words = _("It is being brought in: {0} of {1}.")
		return Found("missing", words.format(run["done"], run["total"]), "history_months", is_moving=True)
	words = _("The last {0} months are in: {1} new entries.")
	return Found("done", words.format(run["months"], run["entries"]), "history_months")


def _invitations(ports: Ports, settings: Settings) -> Found:
	_ = ports.translate
	if sent_to.is_anybody_invited(ports.database):
		return Found("done", _("Customers have been invited."))
	try:
		check_links(settings)
	except Conflict as error:
		return Found("missing", error.worded(_), "sign_in_links" if settings.public_url else "public_url")
	if not (settings.sends_texts or settings.sends_mail):
		words = _("Invitations leave by text or e-mail: set up one of them first.")
		return Found("missing", words, "twilio_account_sid")
	return Found("missing", _("Nobody has been invited yet. Choose a few customers you know well."))
