"""The settings are the DocType's, and secrets stay secret."""

import ast
import dataclasses
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import customer_thread
from customer_thread.gateways.twilio_sms.account import TwilioAccount
from customer_thread.gateways.zulip.account import ZulipAccount
from customer_thread.service.settings import NAMES, Settings

FILE = "customer_thread/doctype/customer_thread_settings/customer_thread_settings.json"
PACKAGE = Path(customer_thread.__file__).parent
DOCTYPE = json.loads((PACKAGE / FILE).read_text("utf-8"))
LAYOUT = {"Section Break", "Column Break", "Tab Break", "HTML", "Button"}
STORED = {field["fieldname"]: field for field in DOCTYPE["fields"] if field["fieldtype"] not in LAYOUT}
PASSWORDS = {name for name, field in STORED.items() if field["fieldtype"] == "Password"}
SECRETS = PASSWORDS & set(NAMES)


def test_it_has_the_same_names_on_both_sides() -> None:
	assert set(NAMES) <= set(STORED)
	assert {item.name for item in fields(Settings)} == {*NAMES, "sends_mail"}


def test_it_hides_what_nothing_reads() -> None:
	"""Its column stays, for an admin may have filled it; so does what the embedded host alone reads."""
	hidden = {name for name, field in STORED.items() if field.get("hidden")}
	read_in_a_site_alone = {"fetch_every_minute"}
	read_by_the_embedded_host = {"authserv_id"}
	assert set(STORED) - set(NAMES) == (hidden - read_by_the_embedded_host) | read_in_a_site_alone


def test_it_reads_each_setting_somewhere() -> None:
	home = PACKAGE / "service" / "settings.py"
	scripts = [path for path in PACKAGE.rglob("*.py") if path != home and "doctype" not in path.parts]
	read = {
		node.attr
		for path in (home, *scripts)
		for node in ast.walk(ast.parse(path.read_text("utf-8")))
		if isinstance(node, ast.Attribute)
	}
	assert set(NAMES) <= read


@pytest.mark.parametrize("name", NAMES)
def test_it_has_the_same_defaults_and_types_on_both_sides(name: str) -> None:
	default, field = getattr(Settings(), name), STORED[name]
	kind = field["fieldtype"]
	if kind == "Check":
		assert default is (field.get("default", "0") == "1")
	elif kind == "Int":
		assert default == int(field.get("default", "0"))
	elif kind == "Table":
		assert isinstance(default, tuple)
	elif "default" in field:
		assert default == field["default"]
	elif name != "business_name":
		assert default == ""


def test_it_has_secrets_to_keep() -> None:
	assert {"twilio_auth_token", "twilio_previous_auth_token", "twilio_api_secret"} <= SECRETS


def test_it_shows_no_secret() -> None:
	secrets: dict[str, Any] = dict.fromkeys(SECRETS, "hunter2")
	settings = dataclasses.replace(Settings(), **secrets)
	assert "hunter2" not in repr(settings)
	assert "hunter2" not in f"{settings} {settings!r}"
	for item in fields(Settings):
		assert item.repr is (item.name not in SECRETS)


def test_it_shows_no_secret_of_the_account() -> None:
	account = TwilioAccount("AC1", auth_token="hunter2", api_key="SK1", api_secret="hunter2")
	assert "hunter2" not in repr(account)


def test_it_names_every_field_that_looks_secret_a_password() -> None:
	looks = {name for name in STORED if name.endswith(("_token", "_secret", "_private_key", "_password"))}
	# an API key of Twilio's is a name, which has its secret beside it
	assert looks | {"zulip_api_key"} == PASSWORDS


def test_it_shows_no_secret_of_the_bot() -> None:
	assert "hunter2" not in repr(ZulipAccount("https://yours.zulipchat.com", "bot@x.example", "hunter2"))


def test_it_cannot_be_changed() -> None:
	with pytest.raises(dataclasses.FrozenInstanceError):
		Settings().business_name = "x"  # type: ignore[misc]
