"""How far the setup is: a step each, in the order in which one goes through them, read anew from what is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypedDict

from customer_thread.domain.errors import Conflict
from customer_thread.domain.people.addresses import phone, readable_phone
from customer_thread.domain.phrase import Translate
from customer_thread.domain.times import MINUTE
from customer_thread.service.desk.check_links import check_links
from customer_thread.service.desk.check_setup import (
	Check,
	check_business,
	check_contractor,
	check_public_url,
)
from customer_thread.service.outgoing.send_test_text import TEST_REASON
from customer_thread.service.ports import Ports
from customer_thread.service.settings import Settings
from customer_thread.store import automations, histories, sent_to
from customer_thread.store.rows import DeliveryRow

StepState = Literal["done", "missing", "optional"]


@dataclass(frozen=True)
class _Found:
	"""How far a step is."""

	state: StepState
	why: str
	#: the setting to change; empty if it is set elsewhere
	field: str = ""
	is_moving: bool = False


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


@dataclass(frozen=True)
class HostSetup:
	"""What a host knows of its own setup."""

	check_texts: Check
	check_mail: Check
	check_push: Check
	#: how many are in force; None: this host has neither rules nor a past to bring in
	card_rules: int | None = None


def read_setup(ports: Ports, host: HostSetup) -> list[SetupStep]:
	"""Return the steps. No secret is in them."""
	settings, _ = ports.settings(), ports.translate
	found = {
		("business", _("Business")): _business(settings, _),
		("texts", _("Texts")): _texts(ports, host, settings),
		("mail", _("E-mail")): _mail(host, settings, _),
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
		}
		for (key, title), each in found.items()
	]


def _first(settings: Settings, _: Translate, checks: Iterable[Check]) -> tuple[str, str] | None:
	"""Return what matters most of what these find: the setting, and a sentence."""
	return next(chain.from_iterable(check(settings, _) for check in checks), None)


def _business(settings: Settings, _: Translate) -> _Found:
	if lacking := _first(settings, _, [check_business, check_public_url, _nobody, check_contractor]):
		return _Found("missing", lacking[1], lacking[0])
	mobile, mailbox = phone(settings.contractor_mobile, settings.default_region), settings.contractor_email
	ways = readable_phone(mobile.value) if mobile else "", mailbox
	reached = " · ".join(way for way in ways if way)
	words = _("Customers read “{0}”, by the clock of {1}. Their replies reach you at {2}.")
	return _Found(
		"done", words.format(settings.business_name, settings.default_timezone, reached), "business_name"
	)


def _nobody(settings: Settings, _: Translate) -> Iterator[tuple[str, str]]:
	if not settings.contractor_mobile and not settings.contractor_email:
		yield "contractor_mobile", _("Nobody is told of replies: add your mobile or your mail address.")


def _texts(ports: Ports, host: HostSetup, settings: Settings) -> _Found:
	_ = ports.translate
	if lacking := _first(settings, _, [host.check_texts]):
		is_begun = settings.twilio_account_sid or settings.twilio_auth_token or settings.sender
		is_needed = is_begun or not settings.sends_mail
		return _Found("missing" if is_needed else "optional", lacking[1], lacking[0])
	mobile = phone(settings.contractor_mobile, settings.default_region)
	if mobile is None:
		return _Found("missing", _("Add your mobile: a test text goes there."), "contractor_mobile")
	last = sent_to.last_answer(ports.database, mobile.value, TEST_REASON)
	if last:
		return _tested(ports, last, readable_phone(mobile.value))
	words = _("Texts go out from {0}. Send yourself one to be sure.")
	return _Found("done", words.format(readable_phone(settings.sender)))


def _tested(ports: Ports, test: DeliveryRow, mobile: str) -> _Found:
	"""Return what became of the last test text."""
	_, error = ports.translate, test["error"] or ""
	if test["state"] == "Delivered":
		return _Found("done", _("A test text arrived at {0}.").format(mobile))
	is_new = ports.clock.now_us() - test["creation_us"] < MINUTE
	if test["state"] == "Sent" or (test["state"] == "Sending" and test["provider_id"] and is_new):
		# whether it arrives is reported soon after
		return _Found("done", _("A test text has left for {0}.").format(mobile), is_moving=is_new)
	if test["state"] == "Sending" and test["provider_id"]:
		words = _("Twilio took the test text and has said nothing since: can it reach the public address?")
		return _Found("missing", words)
	if test["state"] == "Failed":
		return _Found("missing", _("The test text did not arrive: {0}").format(error))
	words = _("The test text has not left yet: {0}") if error else _("The test text is on its way.")
	return _Found("missing", words.format(error), is_moving=True)


def _mail(host: HostSetup, settings: Settings, _: Translate) -> _Found:
	if lacking := _first(settings, _, [host.check_mail]):
		is_needed = settings.sends_mail or not settings.sends_texts
		return _Found("missing" if is_needed else "optional", lacking[1], lacking[0])
	words = _("E-mails go out from {0}, and answers come in.")
	return _Found("done", words.format(settings.from_address), "mail_from")


def _push(host: HostSetup, settings: Settings, _: Translate) -> _Found:
	if lacking := _first(settings, _, [host.check_push]):
		return _Found("missing", lacking[1], lacking[0])
	return _Found(
		"done", _("Customers’ phones can be notified, once they have turned it on."), "vapid_subject"
	)


def _card_rules(in_force: int, settings: Settings, _: Translate) -> _Found:
	if not settings.capture_documents:
		return _Found("optional", _("Cards from documents are switched off."), "capture_documents")
	if not in_force:
		return _Found("missing", _("No card rule is in force: no document shows in a thread."))
	words = _("1 rule is in force.") if in_force == 1 else _("{0} rules are in force.").format(in_force)
	return _Found("done", words)


def _automations(ports: Ports) -> _Found:
	_, every = ports.translate, automations.every(ports.database)
	enabled = sum(each.enabled for each in every)
	if enabled:
		return _Found("done", _("{0} of {1} are switched on.").format(enabled, len(every)))
	words = _("None is switched on. Preview one on a document of yours, then switch it on.")
	return _Found("optional", words)


def _history(ports: Ports) -> _Found:
	_, run = ports.translate, histories.latest(ports.database)
	if run is None:
		return _Found("optional", _("Nothing has been brought in yet."), "history_months")
	if run["state"] == "Failed":
		words = _("It stopped after {0} of {1}. Press the button to go on.")
		return _Found("missing", words.format(run["done"], run["total"]), "history_months")
	if run["state"] == "Running":
		words = _("It is being brought in: {0} of {1}.")
		return _Found("missing", words.format(run["done"], run["total"]), "history_months", is_moving=True)
	words = _("The last {0} months are in: {1} new entries.")
	return _Found("done", words.format(run["months"], run["entries"]), "history_months")


def _invitations(ports: Ports, settings: Settings) -> _Found:
	_ = ports.translate
	if sent_to.is_anybody_invited(ports.database):
		return _Found("done", _("Customers have been invited."))
	try:
		check_links(settings)
	except Conflict as error:
		return _Found("missing", error.worded(_), "sign_in_links" if settings.public_url else "public_url")
	if not (settings.sends_texts or settings.sends_mail):
		words = _("Invitations leave by text or e-mail: set up one of them first.")
		return _Found("missing", words, "twilio_account_sid")
	return _Found("missing", _("Nobody has been invited yet. Choose a few customers you know well."))
