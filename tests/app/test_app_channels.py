"""Every table that has a line for each channel has all of them, in one order."""

import ast
import json
import re
from pathlib import Path
from typing import get_args

import pytest

import customer_thread
from customer_thread.domain import channels as rules
from customer_thread.domain.model import Channel, DeliveryChannel, MessageChannel
from customer_thread.service.notices.channels import EVERY_CHANNEL
from customer_thread.service.outgoing.channels import CHANNELS
from customer_thread.service.outgoing.hand_over import hand_over_text

PACKAGE = Path(customer_thread.__file__).parent
NAMES = get_args(MessageChannel)
EVERY_NAME = get_args(DeliveryChannel)


def test_it_decides_about_each() -> None:
	assert tuple(rule.name for rule in rules.CHANNELS) == NAMES


def test_it_sends_by_each() -> None:
	assert tuple(CHANNELS) == NAMES
	assert [channel.rule for channel in CHANNELS.values()] == list(rules.CHANNELS)


def test_it_reaches_somebody_by_each_and_by_what_carries_no_message() -> None:
	assert tuple(EVERY_CHANNEL) == EVERY_NAME
	assert {
		name: channel for name, channel in EVERY_CHANNEL.items() if channel.rule.carries_messages
	} == CHANNELS
	assert [channel.rule.name for channel in EVERY_CHANNEL.values()] == list(EVERY_NAME)


@pytest.mark.parametrize("host", ["standalone", "frappe_host"])
def test_each_host_has_a_gateway_for_each_that_texts(host: str) -> None:
	tree = ast.parse((PACKAGE / host / "wiring.py").read_text("utf-8"))
	[given] = [
		node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "texting"
	]
	assert isinstance(given, ast.Dict)
	named = [key.value for key in given.keys if isinstance(key, ast.Constant)]
	assert named == [name for name, channel in CHANNELS.items() if channel.hand_over is hand_over_text]


@pytest.mark.parametrize(
	("doctype", "names"), [("thread_delivery", EVERY_NAME), ("thread_entry", get_args(Channel))]
)
def test_the_schema_has_each(doctype: str, names: tuple[str, ...]) -> None:
	file = PACKAGE / "customer_thread" / "doctype" / doctype / f"{doctype}.json"
	[field] = [one for one in json.loads(file.read_text("utf-8"))["fields"] if one["fieldname"] == "channel"]
	assert tuple(field["options"].split()) == names


def test_the_desk_names_each() -> None:
	script = (PACKAGE / "desk" / "conversation.js").read_text("utf-8")
	found = re.search(r"const channels = \{([^}]*)\}", script)
	assert found
	assert re.findall(r'(\w+): __\("(\w+)"\)', found[1]) == [
		(name.lower(), name) for name in get_args(Channel)
	]
