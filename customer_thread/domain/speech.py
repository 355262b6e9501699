"""In which language a customer is written to by what the app is shipped with: card titles and automated messages."""

from dataclasses import dataclass, field

from customer_thread.domain.phrase import Translate


@dataclass(frozen=True)
class Speech:
	"""The customer's language and the business's."""

	#: the business's, in which dates and amounts are written
	locale: str = "en_US"
	#: the customer's; empty: the business's
	their_locale: str = ""
	#: into the customer's language
	translate: Translate = field(default=str, compare=False)
	#: into the business's
	translate_here: Translate = field(default=str, compare=False)

	def said(self, text: str) -> tuple[str, str]:
		"""Return a template as its customer is to read it, and the locale of the dates and amounts in it.

		In the customer's language as long as the text is as the app was shipped with it; an admin's own words stay as
		they are, with dates as the business writes them.
		"""
		words = self.translate(text)
		is_shipped = words != text or self.translate_here(text) != text
		return words, (self.their_locale if is_shipped and self.their_locale else self.locale)
