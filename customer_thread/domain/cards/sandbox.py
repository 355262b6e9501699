"""The sandbox for the Jinja of card rules: what a template may see, call and print.

An administrator writes them, documents fill them. They may print, choose, compare and walk through a child
table; they may not call anything but `.get`, set variables, nest loops or multiply text, so that a
rule can neither reach the program nor keep it busy. Names that start with an underscore do not exist.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from jinja2 import StrictUndefined, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from customer_thread.domain.cards.numbers import Numbered, Numbering
from customer_thread.domain.cards.values import moment_of
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.wording import clock_time, date_in, long_date, money

OUTPUT_LIMIT = 2000
#: what a template is given for its filters; the blank is why it cannot name them
NUMBERS = "the numbers"
LOCALE = "the locale"
#: in which a document's times are, and in which they are told; without them as they are
ZONES = "the zones"

_FILTERS = (
	"abs",
	"capitalize",
	"default",
	"first",
	"float",
	"int",
	"last",
	"length",
	"list",
	"lower",
	"map",
	"max",
	"min",
	"reject",
	"rejectattr",
	"round",
	"select",
	"selectattr",
	"sort",
	"string",
	"sum",
	"title",
	"trim",
	"truncate",
	"unique",
	"upper",
)
_NODES = (
	nodes.Template,
	nodes.Output,
	nodes.TemplateData,
	nodes.If,
	nodes.For,
	nodes.Name,
	nodes.Const,
	nodes.Tuple,
	nodes.List,
	nodes.CondExpr,
	nodes.Filter,
	nodes.Test,
	nodes.Getattr,
	nodes.Getitem,
	nodes.Slice,
	nodes.Call,
	nodes.Keyword,
	nodes.Compare,
	nodes.Operand,
	nodes.And,
	nodes.Or,
	nodes.Not,
	nodes.Add,
	nodes.Sub,
	nodes.Mul,
	nodes.Div,
	nodes.FloorDiv,
	nodes.Neg,
	nodes.Pos,
	nodes.Concat,
)
_SCALARS = (str, int, float, Decimal, date, time, timedelta)


class TemplateFault(Exception):
	"""What is wrong with a template, as the end of a sentence that begins with its name."""

	def __init__(self, template: str, *given: object) -> None:
		super().__init__(template, *given)
		self.phrase = Phrase(template, *given)

	def __str__(self) -> str:
		return str(self.phrase)


class View:
	"""A document as templates see it: `doc.items` is the child table, never a method of a dict."""

	__slots__ = ("_doctype", "_path", "_row")

	def __init__(self, row: Mapping[str, Any] | None, path: str, doctype: str = "") -> None:
		self._row = row
		self._path = path
		self._doctype = doctype

	def __getattr__(self, name: str) -> object:
		try:
			return self[name]
		except KeyError:
			raise AttributeError(name) from None

	def __getitem__(self, name: str) -> object:
		if self._row is None:
			return None
		if not isinstance(name, str) or name.startswith("_"):
			raise KeyError(name)
		return self._wrap(self._row[name], name)

	def __bool__(self) -> bool:
		return self._row is not None

	def get(self, name: str, default: object = None) -> object:
		"""Return a field's value, or the default if there is no such field."""
		try:
			return self[name]
		except KeyError:
			return default

	def lacks(self, name: str) -> Phrase:
		"""Return in words that there is no such field, and what to do."""
		if not self._doctype:
			return Phrase("uses {0} of a row of {1}, which is not there. Correct the name.", name, self._path)
		return Phrase(
			"uses {0}.{1}, which {2} does not have. "
			"Correct the name, or write {0}.get('{1}') if it may be missing.",
			self._path,
			name,
			self._doctype,
		)

	def _wrap(self, value: object, name: str) -> object:
		if isinstance(value, list | tuple):
			rows = (View(row, f"{self._path}.{name}") if isinstance(row, Mapping) else row for row in value)
			return tuple(rows)
		return value if value is None or isinstance(value, _SCALARS) else str(value)


class _Missing(StrictUndefined):
	@property
	def _undefined_message(self) -> Phrase:
		if isinstance(self._undefined_obj, View):
			return self._undefined_obj.lacks(str(self._undefined_name))
		return Phrase(
			"uses {0}, which is not there. Use doc, before, told or by_staff.", str(self._undefined_name)
		)


class _Sandbox(ImmutableSandboxedEnvironment):
	intercepted_binops = frozenset({"*"})

	def is_safe_callable(self, obj: object) -> bool:
		return isinstance(getattr(obj, "__self__", None), View) and getattr(obj, "__name__", "") == "get"

	def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
		return isinstance(obj, View | LoopContext | date | time) and super().is_safe_attribute(
			obj, attr, value
		)

	def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
		if not all(isinstance(side, int | float | Decimal) for side in (left, right)):
			raise SecurityError(Phrase("multiplies what is not a number"))
		return super().call_binop(context, operator, left, right)


def _join(values: Iterable[Any], separator: str = ", ") -> str:
	text = ""
	for count, value in enumerate(values):
		text += (separator if count else "") + ("" if value is None else str(value))
		if len(text) > OUTPUT_LIMIT:
			raise SecurityError(Phrase("joins more than {0} characters", OUTPUT_LIMIT))
	return text


def _moment(context: Context, value: object) -> date | None:
	"""Return the date or time that a value is, a time as the clocks show it where it is told."""
	moment, zones = moment_of(value), context.get(ZONES)
	if isinstance(moment, datetime) and zones:
		own, told = zones
		moment = moment.replace(tzinfo=moment.tzinfo or own).astimezone(told)
	return moment


@pass_context
def _when(context: Context, value: object) -> str:
	moment = _moment(context, value)
	if moment is None:
		return "" if value is None else str(value)
	locale = _locale(context)
	day = date_in(_day_of(moment), locale, weekday=True, year=False)
	return f"{day}, {clock_time(moment, locale)}" if isinstance(moment, datetime) else day


@pass_context
def _day(context: Context, value: object) -> str:
	moment = _moment(context, value)
	if moment is None:
		return "" if value is None else str(value)
	return long_date(_day_of(moment), _locale(context))


@pass_context
def _time(context: Context, value: object) -> str:
	moment = _moment(context, value)
	return clock_time(moment, _locale(context)) if isinstance(moment, datetime) else ""


def _day_of(moment: date) -> date:
	return moment.date() if isinstance(moment, datetime) else moment


def _locale(context: Context) -> str:
	return str(context.get(LOCALE) or "en_US")


@pass_context
def _number(context: Context, value: object) -> str:
	if not isinstance(value, View):
		raise SecurityError(Phrase("asks for the number of what is no document; write doc | number"))
	name = value.get("name")
	if not name:
		return ""
	amended_from, is_return = value.get("amended_from"), bool(value.get("is_return"))
	doctype = str(value.get("doctype") or "")
	return _shown_number(
		context, Numbered(doctype, str(name), str(amended_from or ""), is_return, is_own=False)
	)


@pass_context
def _number_of(context: Context, name: object, doctype: object) -> str:
	return _shown_number(context, Numbered(str(doctype), str(name), is_own=False)) if name else ""


def _shown_number(context: Context, document: Numbered) -> str:
	numbering: Numbering | None = context.get(NUMBERS)
	return "#" + (numbering.of(document) if numbering else document.name)


@pass_context
def _money(context: Context, amount: Any, currency: object) -> str:  # noqa: ANN401 - whatever the field holds
	return money(amount, str(currency or ""), _locale(context))


def _printable(value: object) -> object:
	if callable(value) and not isinstance(value, Undefined):
		raise SecurityError(Phrase("prints what is not a value"))
	return "" if value is None else value


def _environment() -> _Sandbox:
	env = _Sandbox(undefined=_Missing, autoescape=False, finalize=_printable)
	env.globals.clear()
	own: dict[str, Callable[..., Any]] = {
		"day": _day,
		"join": _join,
		"money": _money,
		"number": _number,
		"number_of": _number_of,
		"time": _time,
		"urlencode": lambda value: quote(str(value), safe="/"),
		"when": _when,
	}
	env.filters = {name: env.filters[name] for name in _FILTERS} | own
	return env


ENVIRONMENT = _environment()


def permit(node: nodes.Node) -> None:
	"""Raise TemplateFault if a template may not hold this node."""
	if not isinstance(node, _NODES):
		raise TemplateFault("uses “{0}”, which rules may not. Leave it out.", type(node).__name__.lower())
	if isinstance(node, nodes.Call) and not (
		isinstance(node.node, nodes.Getattr) and node.node.attr == "get"
	):
		raise TemplateFault("calls something. Rules may call .get only; use a filter instead.")
	if isinstance(node, nodes.Filter) and node.name not in ENVIRONMENT.filters:
		raise TemplateFault("uses the filter {0}, which rules do not have. Leave it out.", node.name)
	if isinstance(node, nodes.Filter) and node.name == "number_of" and len(node.args) != 1:
		raise TemplateFault(
			"uses number_of without the kind of document. Write {0}.", "number_of('Sales Invoice')"
		)
	if isinstance(node, nodes.For) and (node.recursive or node.find(nodes.For)):
		raise TemplateFault("has a loop in a loop. Use one loop.")
