"""Rendering the Jinja of card rules, with faults told in words."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.meta import find_undeclared_variables

from customer_thread.domain.cards.sandbox import ENVIRONMENT, OUTPUT_LIMIT, TemplateFault, permit
from customer_thread.domain.phrase import Phrase

SOURCE_LIMIT = 2000
_WORD = re.compile(r"\w+")
#: filters that read fields of what they are given, and those of them that name one first and then give values
_NAMING_FILTERS = frozenset(
	{"map", "max", "min", "reject", "rejectattr", "select", "selectattr", "sort", "sum", "unique"}
)
_OTHERS_ARE_VALUES = frozenset({"rejectattr", "selectattr"})


def render(source: str, context: Mapping[str, Any]) -> str:
	"""Return what a template prints, at most 2,000 characters. Raise TemplateFault."""
	template = _compiled(source)
	text = ""
	try:
		for piece in template.generate(context):
			text += piece
			if len(text) > OUTPUT_LIMIT:
				raise TemplateFault("prints more than {0:,} characters. Make it shorter.", OUTPUT_LIMIT)
	except TemplateError as error:
		raise _fault_of(error) from error
	except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError) as error:
		raise TemplateFault("cannot be worked out for this document: {0}.", error) from error
	return text


def holds(condition: str, context: Mapping[str, Any]) -> bool:
	"""Return whether a condition holds; an empty one does. Raise TemplateFault.

	It is an expression, or a template that prints something other than 0, False or None.
	"""
	if not condition.strip():
		return True
	return render(as_template(condition), context).strip() not in ("", "0", "False", "None")


def as_template(condition: str) -> str:
	"""Return the template of a condition."""
	if "{%" in condition or "{{" in condition:
		return condition
	return f"{{% if ({condition}) %}}1{{% endif %}}"


def fields_used(source: str) -> set[str]:
	"""Return the fields of doc and before that a template names with a dot. Raise TemplateFault."""
	return {
		node.attr
		for node in _parsed(source).find_all(nodes.Getattr)
		if isinstance(node.node, nodes.Name) and node.node.name in ("doc", "before") and node.attr != "get"
	}


def names_in(source: str) -> set[str]:
	"""Return the names that a template has to be given. Raise TemplateFault."""
	try:
		return set(find_undeclared_variables(_parsed(source)))
	except TemplateError as error:
		raise _fault_of(error) from error


@lru_cache(maxsize=512)
def names_used(source: str) -> frozenset[str] | None:
	"""Return every name by which a template can read a field of a document or row, and other words of it.

	None if it works one out, or cannot be read.
	"""
	try:
		tree = _parsed(source)
	except TemplateFault:
		return None
	if not all(isinstance(node, nodes.Const | nodes.Slice) for node in _naming(tree)):
		return None
	constants = (str(node.value) for node in tree.find_all(nodes.Const))
	words = (word for text in constants for word in _WORD.findall(text))
	return frozenset({*(node.attr for node in tree.find_all(nodes.Getattr)), *words})


def _naming(tree: nodes.Template) -> Iterator[nodes.Node | None]:
	"""Yield what names a field otherwise than after a dot."""
	for item in tree.find_all(nodes.Getitem):
		yield item.arg
	for call in tree.find_all(nodes.Call):
		# of .get, which is all that may be called
		yield call.args[0] if call.args else None
	for taken in tree.find_all(nodes.Filter):
		if taken.name in _NAMING_FILTERS:
			yield from taken.args[:1] if taken.name in _OTHERS_ARE_VALUES else taken.args
			yield from (given.value for given in taken.kwargs)
			yield from (given for given in (taken.dyn_args, taken.dyn_kwargs) if given)


@lru_cache(maxsize=512)
def _compiled(source: str) -> Template:
	tree = _parsed(source)
	try:
		return ENVIRONMENT.from_string(tree)
	except (TemplateError, RecursionError, SyntaxError, MemoryError) as error:
		raise _fault_of(error) from error


def _parsed(source: str) -> nodes.Template:
	if len(source) > SOURCE_LIMIT:
		raise TemplateFault("is longer than {0:,} characters. Make it shorter.", SOURCE_LIMIT)
	try:
		tree = ENVIRONMENT.parse(source)
		for node in (tree, *tree.find_all(nodes.Node)):
			permit(node)
	except (TemplateError, RecursionError) as error:
		raise _fault_of(error) from error
	return tree


def _fault_of(error: Exception) -> TemplateFault:
	"""Return in words what Jinja, or our own part of it, found wrong."""
	# our own part gives it phrases, which go on being translatable
	said = error.args[0] if error.args and isinstance(error.args[0], Phrase) else str(error)
	if isinstance(error, RecursionError):
		return TemplateFault("is nested too deeply. Make it simpler.")
	if isinstance(error, UndefinedError):
		return TemplateFault("{0}", said)
	if isinstance(error, SecurityError):
		return TemplateFault("may not do that: it {0}.", said)
	return TemplateFault("cannot be read: {0}. Correct the Jinja.", said)
