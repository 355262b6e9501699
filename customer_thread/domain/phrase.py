"""Words for a person: a template, which is translated where it is shown, and what fills it."""

from collections.abc import Callable, Iterable

#: gives a text in the reader's language
Translate = Callable[[str], str]


class Phrase(str):
	"""The words in English; `worded` gives them in the reader's language.

	`Phrase("at most {0:,} characters", 20_000)`: the template is a constant, so that `make pot` finds it. What
	fills it may be phrases too.
	"""

	__slots__ = ("given", "template")

	template: str
	given: tuple[object, ...]

	def __new__(cls, template: str, *given: object) -> "Phrase":
		"""Return the phrase; one that is whole already as it is."""
		if isinstance(template, Phrase) and not given:
			return template
		phrase = super().__new__(cls, _filled(template, given))
		phrase.template = template
		phrase.given = given
		return phrase

	def worded(self, translate: Translate) -> str:
		"""Return the words in the language of `translate`."""
		given = [each.worded(translate) if isinstance(each, Phrase) else each for each in self.given]
		try:
			return _filled(translate(self.template), given)
		except (LookupError, ValueError, AttributeError):
			# a slip in a translation must not hide what was to be said
			return _filled(self.template, given)


def _filled(template: str, given: Iterable[object]) -> str:
	"""Return the template as it is, braces and all, if nothing is to be filled in."""
	values = tuple(given)
	return template.format(*values) if values else template
