"""What an automated message says, and whether its condition holds: Jinja in the sandbox of the card rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.first_name import first_name
from customer_thread.domain.automations.model import Automation
from customer_thread.domain.cards.model import Document
from customer_thread.domain.cards.numbers import Numbering
from customer_thread.domain.cards.sandbox import LOCALE, NUMBERS, ZONES, TemplateFault, View
from customer_thread.domain.cards.templates import holds as template_holds
from customer_thread.domain.cards.templates import render
from customer_thread.domain.errors import BadInput
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.speech import Speech
from customer_thread.domain.times import to_utc
from customer_thread.domain.words import clean

#: by which some locales hold a time or an amount together; one alone makes a text of twice as many segments
_BLANKS = {0xA0: " ", 0x202F: " "}


@dataclass(frozen=True)
class TextContext:
	"""What the words are filled with."""

	#: its times are naive and in `site_zone`
	document: Document
	site_zone: ZoneInfo
	#: the customer's, in which times are told
	zone: ZoneInfo
	customer_name: str
	business_name: str
	business_phone: str
	now_us: int
	#: to arrival
	minutes: int = 0
	#: by which numbers documents are told; None: by their whole names
	numbering: Numbering | None = field(default=None, compare=False)
	speech: Speech = field(default_factory=Speech)


def render_text(automation: Automation, context: TextContext) -> str:
	"""Return the words, cleaned as those of people are. Raise BadInput if they cannot be worked out, or are none."""
	words, locale = context.speech.said(automation.text)
	try:
		text = clean(render(words, _names(context, locale)).translate(_BLANKS))
	except TemplateFault as error:
		raise _fault(automation, Phrase("text"), error) from error
	if not text:
		raise BadInput("“{0}”: the text says nothing about this document.", automation.title)
	return text


def holds(automation: Automation, context: TextContext) -> bool:
	"""Return whether the condition holds; none does. Raise BadInput if it cannot be worked out."""
	try:
		return template_holds(automation.condition, _names(context, context.speech.locale))
	except TemplateFault as error:
		raise _fault(automation, Phrase("condition"), error) from error


def _fault(automation: Automation, what: Phrase, error: TemplateFault) -> BadInput:
	return BadInput("“{0}”: the {1} {2}", automation.title, what, error.phrase)


def _names(context: TextContext, locale: str) -> Mapping[str, Any]:
	doctype = str(context.document.get("doctype") or "")
	customer = {"name": context.customer_name, "first_name": first_name(context.customer_name)}
	business = {"name": context.business_name, "phone": context.business_phone}
	here = to_utc(context.now_us).astimezone(context.site_zone).replace(tzinfo=None)
	return {
		"doc": View(context.document, "doc", doctype),
		"customer": View(customer, "customer"),
		"business": View(business, "business"),
		"minutes": context.minutes,
		"now": here.isoformat(" ", "seconds"),
		LOCALE: locale,
		NUMBERS: context.numbering,
		ZONES: (context.site_zone, context.zone),
	}
