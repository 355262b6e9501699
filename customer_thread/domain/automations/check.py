"""Whether an automation makes sense, before it is saved."""

import re
from collections.abc import Collection
from typing import get_args

from customer_thread.domain.automations.model import Automation, AutomationChannel, AutomationMoment
from customer_thread.domain.automations.stop_words import stop_word_asked_for
from customer_thread.domain.cards.check import STANDARD_FIELDS
from customer_thread.domain.cards.sandbox import TemplateFault
from customer_thread.domain.cards.templates import as_template, fields_used
from customer_thread.domain.cards.values import names
from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import AUTOMATION_MINUTES, MESSAGE_SEGMENTS
from customer_thread.domain.model import DATA_LIMIT
from customer_thread.domain.notices.promotional import opt_out_words
from customer_thread.domain.notices.texts import segments, without_gsm
from customer_thread.domain.phrase import Phrase, Translate

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_DAY_MINUTES = 1440


def check(automation: Automation, fields: Collection[str] | None = None) -> None:
	"""Raise BadInput, naming the automation and the field, if it cannot work.

	`fields` are the fieldnames of its DocType; without them, whether a field exists is left to the first use.
	"""
	_check_words(automation)
	_check_moment(automation)
	_check_templates(automation, fields)
	for what, name in (
		(Phrase("date field"), automation.date_field),
		(Phrase("field “Not after”"), automation.valid_until_field),
		(Phrase("field “Urgent on the day of”"), automation.soon_field),
	):
		if name and fields is not None and name not in fields and name not in STANDARD_FIELDS:
			raise fault(
				automation, "the {0} is {1}, which {2} does not have.", what, name, automation.document_type
			)


def check_text(automation: Automation, text: str, translate: Translate = str) -> None:
	"""Raise BadInput if these words, as a customer would get them, are not to be sent: too long, or an opt-out.

	What is promotional says now and then how to get no more: it is no longer with that either.
	"""
	asked = stop_word_asked_for(text)
	if asked:
		raise fault(
			automation,
			"the text tells the customer to write {0}, which ends all texts to her phone. Ask for another word, or for a call.",
			asked,
		)
	if automation.promotional:
		text = f"{text} {opt_out_words(translate)}"
	count = segments(text)
	if count <= MESSAGE_SEGMENTS:
		return
	special = without_gsm(text)
	if special:
		raise fault(
			automation,
			"the text is {0} segments, and at most {1} are sent. “{2}” makes each shorter: write it otherwise.",
			count,
			MESSAGE_SEGMENTS,
			special[0],
		)
	raise fault(
		automation,
		"the text is {0} segments, and at most {1} are sent. Make it shorter.",
		count,
		MESSAGE_SEGMENTS,
	)


def fault(automation: Automation, template: str, *given: object) -> BadInput:
	"""Return the error that says which automation is at fault, and in what."""
	return BadInput("“{0}”: {1}", automation.title or automation.name, Phrase(template, *given))


def _check_words(automation: Automation) -> None:
	for what, text in (
		(Phrase("title"), automation.title),
		(Phrase("document"), automation.document_type),
		(Phrase("text"), automation.text),
	):
		if not text.strip():
			raise fault(automation, "the {0} is empty. Fill it in.", what)
	if automation.channel not in get_args(AutomationChannel):
		raise fault(
			automation,
			"the channel is “{0}”. Choose one of {1}.",
			automation.channel,
			_listed(AutomationChannel),
		)
	if "{" not in automation.text:
		check_text(automation, automation.text)
	elif asked := stop_word_asked_for(automation.text):
		raise fault(
			automation,
			"the text tells the customer to write {0}, which ends all texts to her phone. Ask for another word, or for a call.",
			asked,
		)


def _listed(choice: object) -> str:
	return ", ".join(get_args(choice))


def _check_moment(automation: Automation) -> None:
	if automation.moment not in get_args(AutomationMoment):
		raise fault(
			automation,
			"the moment is “{0}”. Choose one of {1}.",
			automation.moment,
			_listed(AutomationMoment),
		)
	if automation.moment == "After Event" and not names(automation.after_event):
		raise fault(automation, "the event is empty. Name the card after which it is sent.")
	if automation.moment == "Date Field" and not automation.date_field:
		raise fault(automation, "the date field is empty. Name the field that says when.")
	if automation.at_time and not _CLOCK.fullmatch(automation.at_time):
		raise fault(automation, "“{0}” is no time of day. Write it like 09:00.", automation.at_time)
	if automation.at_time and automation.offset_minutes % _DAY_MINUTES:
		raise fault(automation, "with a time of day, the minutes are whole days: 1440, 2880 and so on.")
	if abs(automation.offset_minutes) > AUTOMATION_MINUTES:
		raise fault(automation, "at most {0:,} minutes before or after, please.", AUTOMATION_MINUTES)
	if not 0 <= automation.valid_minutes <= AUTOMATION_MINUTES:
		raise fault(automation, "the minutes for which it is valid are from 0 to {0:,}.", AUTOMATION_MINUTES)
	if automation.moment == "After Event" and automation.offset_minutes < 0:
		raise fault(automation, "nothing can be sent before an event. Give 0 or more minutes.")
	if max(len(automation.after_event), len(automation.ended_by), len(automation.gives_way_to)) > DATA_LIMIT:
		raise fault(automation, "the events are longer than {0} characters. Name fewer.", DATA_LIMIT)


def _check_templates(automation: Automation, fields: Collection[str] | None) -> None:
	condition = as_template(automation.condition) if automation.condition.strip() else ""
	for what, source in ((Phrase("text"), automation.text), (Phrase("condition"), condition)):
		try:
			used = fields_used(source)
		except TemplateFault as error:
			raise fault(automation, "the {0} {1}", what, error.phrase) from error
		unknown = sorted(used - set(fields) - STANDARD_FIELDS) if fields is not None else []
		if unknown:
			raise fault(
				automation,
				"the {0} uses doc.{1}, which {2} does not have.",
				what,
				unknown[0],
				automation.document_type,
			)
