"""A call is declared once, with the parameters it takes; what it reads is what it declares."""

import ast
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Attachment
from customer_thread.service import answers
from customer_thread.service.calls import Call, Calls
from customer_thread.service.desk import (
	automation_calls,
	desk_calls,
	failure_calls,
	inbox_calls,
	leaving_calls,
)
from customer_thread.service.params import Params
from customer_thread.service.portal import portal_calls
from customer_thread.service.portal.notification_settings import save_preferences
from customer_thread.service.reading.read_timeline import query_of

READS = {
	"text",
	"texts",
	"optional_text",
	"optional_texts",
	"file",
	"integer",
	"optional_integer",
	"mapping",
	"boolean",
	"optional_boolean",
}
HELPERS: dict[str, Callable[..., object]] = {
	"query_of": query_of,
	"save_preferences": save_preferences,
	"_customer": desk_calls._customer,
	"_caller": desk_calls._caller,
	"_addressed": desk_calls._addressed,
	"_there": desk_calls._there,
	"_shown": desk_calls._shown,
	"_document": desk_calls._document,
	"_reference": automation_calls._reference,
	"_of_cause": failure_calls._of_cause,
	"whose": inbox_calls.whose,
	"leaving_thread": leaving_calls.leaving_thread,
}
DECLARED = [*desk_calls.DESK.values(), *portal_calls.PORTAL.values()]


def _read_by(function: Callable[..., object]) -> set[str]:
	"""Return the parameters that a function reads, itself or by the helpers it calls."""
	names: set[str] = set()
	for node in ast.walk(ast.parse(inspect.getsource(function))):
		if not isinstance(node, ast.Call):
			continue
		if isinstance(node.func, ast.Attribute) and node.func.attr in READS:
			names.add(ast.literal_eval(node.args[0]))
		elif isinstance(node.func, ast.Name) and node.func.id in HELPERS:
			names |= _read_by(HELPERS[node.func.id])
	return names


@pytest.mark.parametrize("call", DECLARED, ids=lambda call: call.answer.__name__)
def test_it_declares_what_it_reads(call: Call[Callable[..., object]]) -> None:
	# the host reads of which page it is asked
	assert set(call.parameters) - {"outbox"} == _read_by(call.answer)


def test_it_gives_a_call_its_own_parameters_alone() -> None:
	calls = Calls()

	@calls.post_call("greet", "name")
	def greet(params: Params) -> str:
		return f"Hi {params.text('name')}, not {params.text('other', 'anybody')}, says {params.asked_by}"

	assert calls == {"greet": greet}
	assert (greet.name, greet.method, greet.parameters) == ("greet", "POST", ("name",))
	given: dict[str, Any] = {"name": "Sarah", "other": "Bob", "cmd": "x"}
	assert greet.answer(greet.params(given, "mike@mikes.example")) == (
		"Hi Sarah, not anybody, says mike@mikes.example"
	)


def test_it_answers_in_the_same_bytes_on_both_hosts() -> None:
	assert answers.answer_with({"at": "früh"}).body == '{"message":{"at":"früh"}}'.encode()
	assert answers.answer_with("früh") == answers.HttpAnswer("früh".encode(), "text/plain; charset=utf-8")
	picture = answers.answer_with(Attachment("a b.png", "image/png", b"png"))
	assert (picture.body, picture.content_type) == (b"png", "image/png")
	assert picture.headers == {"Content-Disposition": "inline; filename*=UTF-8''a%20b.png"}
	page = answers.answer_with(Attachment("a.html", "text/html", b"<script>"))
	assert page.content_type == "application/octet-stream"
	assert page.headers == {"Content-Disposition": "attachment; filename*=UTF-8''a.html"}
	refused = answers.refuse_with(NotFound("There is no {0}.", "such thread"), str.upper, more="x")
	assert refused.status == 404
	assert refused.body == (
		b'{"exc_type":"DoesNotExistError","message":"THERE IS NO such thread.","more":"x"}'
	)
