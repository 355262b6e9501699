"""What can be known of the Frappe side without Frappe: its names lead somewhere, and its endpoints are the right ones."""

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import customer_thread
from customer_thread import hooks
from customer_thread.service.desk.desk_calls import DESK
from customer_thread.service.portal.guest_calls import GUEST
from customer_thread.service.portal.portal_calls import PORTAL

PACKAGE = Path(customer_thread.__file__).parent
NAME = PACKAGE.name
ENDPOINTS = sorted((PACKAGE / "api").glob("*.py"))
HOOKS = ast.parse((PACKAGE / "hooks.py").read_text("utf-8"))

#: the calls of both hosts as they are declared, and those that only a Frappe site has
METHODS: dict[str, Mapping[str, str]] = {
	"portal": {
		"switch": "POST",
		"unsubscribe_mail": "GET POST",
		"sign_in_link": "POST",
		"use_link": "POST",
		**{name: call.method for name, call in {**PORTAL, **GUEST}.items()},
	},
	"desk": {name: call.method for name, call in DESK.items()},
	"numbers": {"card": "POST"},
	"admin": {
		"start_history": "POST",
		"history": "GET",
		"erase_entry": "POST",
		"setup": "GET",
		"setup_steps": "GET",
		"setup_examples": "GET",
		"send_test_text": "POST",
		"send_test_mail": "POST",
		"number": "GET",
		"enter_addresses": "POST",
		"test_connection": "POST",
		"test_zulip": "POST",
		"make_push_keys": "POST",
		"preview_rule": "POST",
		"preview_automation": "POST",
	},
	"portal_users": {"unnamed": "GET", "add": "POST"},
	"search": {"link": "GET"},
	"webhooks": dict.fromkeys(("twilio_message", "twilio_status", "twilio_voice", "zulip_message"), "POST"),
}

#: besides the webhooks: who has the mail may leave it, who has a link may use it, and anybody may ask for one
FOR_GUESTS = {("portal", name) for name in ("resubscribe", "unsubscribe_mail", "sign_in_link", "use_link")}


def _paths() -> Iterator[str]:
	for node in ast.walk(HOOKS):
		if isinstance(node, ast.Constant) and str(node.value).startswith(f"{NAME}."):
			yield str(node.value)


def _is_there(dotted: str) -> bool:
	"""Return whether a function or class is in its file, or comes there from another file of ours."""
	module, _dot, name = dotted.rpartition(".")
	file = PACKAGE.joinpath(*module.split(".")[1:]).with_suffix(".py")
	if not file.is_file():
		return False
	for node in ast.parse(file.read_text("utf-8")).body:
		if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
			return True
		if isinstance(node, ast.ImportFrom):
			for alias in node.names:
				if (alias.asname or alias.name) == name:
					return _is_there(f"{node.module}.{alias.name}")
	return False


def _whitelisted(path: Path) -> Iterator[tuple[ast.FunctionDef, dict[str, object]]]:
	"""Return the functions anyone can call over HTTP, with what their decorator says."""
	for node in ast.walk(ast.parse(path.read_text("utf-8"))):
		if not isinstance(node, ast.FunctionDef):
			continue
		for decorator in node.decorator_list:
			called = decorator.func if isinstance(decorator, ast.Call) else decorator
			if ast.unparse(called) in ("frappe.whitelist", "whitelist"):
				keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
				yield node, {str(word.arg): ast.literal_eval(word.value) for word in keywords}


def test_it_names_hooks() -> None:
	assert len(set(_paths())) > 5


@pytest.mark.parametrize("dotted", sorted(set(_paths())))
def test_it_has_what_its_hooks_name(dotted: str) -> None:
	assert _is_there(dotted), dotted


def test_it_says_each_hook_once() -> None:
	names = [
		ast.unparse(target) for node in HOOKS.body if isinstance(node, ast.Assign) for target in node.targets
	]
	assert len(names) == len(set(names))


def test_it_declares_and_does_nothing_else() -> None:
	assert {type(node) for node in HOOKS.body} == {ast.Assign}


def test_it_guards_every_doctype_but_child_tables() -> None:
	files = PACKAGE.glob("customer_thread/doctype/*/*.json")
	doctypes = [json.loads(path.read_text("utf-8")) for path in files]
	guarded = {doctype["name"] for doctype in doctypes if not doctype.get("istable")}
	assert guarded
	bell = {"Notification Log": f"{NAME}.permissions.has_bell_permission"}
	assert hooks.has_permission == {**dict.fromkeys(guarded, f"{NAME}.permissions.has_permission"), **bell}
	assert hooks.permission_query_conditions == dict.fromkeys(guarded, f"{NAME}.permissions.query_conditions")


@pytest.mark.parametrize("area", sorted(METHODS))
def test_it_has_the_calls_and_no_others(area: str) -> None:
	found = {node.name: how["methods"] for node, how in _whitelisted(PACKAGE / "api" / f"{area}.py")}
	assert found == {name: methods.split() for name, methods in METHODS[area].items()}


def test_it_can_be_called_nowhere_else() -> None:
	files = {
		path
		for path in PACKAGE.rglob("*.py")
		if "standalone" not in path.parts and any(True for _ in _whitelisted(path))
	}
	assert files == {PACKAGE / "api" / f"{area}.py" for area in METHODS}


@pytest.mark.parametrize("path", ENDPOINTS, ids=lambda path: path.stem)
def test_it_types_every_endpoint(path: Path) -> None:
	for node, _how in _whitelisted(path):
		given = [*node.args.args, *node.args.kwonlyargs, node.args.kwarg, node.args.vararg]
		assert all(argument.annotation for argument in given if argument), node.name
		assert node.returns, node.name


@pytest.mark.parametrize("path", ENDPOINTS, ids=lambda path: path.stem)
def test_it_opens_every_endpoint_the_same_way(path: Path) -> None:
	for node, _how in _whitelisted(path):
		assert [ast.unparse(decorator) for decorator in node.decorator_list][1:] == ["endpoint"], node.name


@pytest.mark.parametrize("path", ENDPOINTS, ids=lambda path: path.stem)
def test_it_lets_guests_in_only_with_what_is_a_secret_of_theirs(path: Path) -> None:
	for node, how in _whitelisted(path):
		may = path.stem == "webhooks" or (path.stem, node.name) in FOR_GUESTS
		assert bool(how.get("allow_guest")) == may, node.name


def test_it_asks_staff_for_their_role_first() -> None:
	path = PACKAGE / "api" / "desk.py"
	[answer] = [
		node
		for node in ast.parse(path.read_text("utf-8")).body
		if isinstance(node, ast.FunctionDef) and node.name == "_answer"
	]
	assert ast.unparse(answer.body[1]) == "user = require_staff()"
	for node, _how in _whitelisted(path):
		[_docstring, *more, last] = [ast.unparse(each) for each in node.body]
		calls = (
			"desk_calls",
			"automation_calls",
			"inbox_calls",
			"failure_calls",
			"file_calls",
			"leaving_calls",
			"number_calls",
			"tray_calls",
		)
		assert last.startswith(tuple(f"return _answer({each}." for each in calls)), node.name
		assert more in ([], ["require_manager()"]), node.name


def test_it_gives_a_customer_nothing_but_the_own_thread() -> None:
	path = PACKAGE / "api" / "portal.py"
	for node, _how in _whitelisted(path):
		if node.name != "switch" and (path.stem, node.name) not in FOR_GUESTS:
			[_docstring, only] = node.body
			assert ast.unparse(only).startswith("return _answer(portal_calls."), node.name


def test_it_asks_who_configures_for_his_role_first() -> None:
	for node, _how in _whitelisted(PACKAGE / "api" / "admin.py"):
		assert "require_manager()" in ast.unparse(node.body[1]), node.name
