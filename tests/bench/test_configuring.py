"""Configuring on a real site: rules that are checked and tried out, settings, what is not set up."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from support.persons import BUSINESS, MIKE, national
from support.site_cards import end_transaction

from customer_thread.domain.errors import BadInput, NotAllowed, NotFound
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn
from customer_thread.standalone.demo.zulip_stand_in import ZulipStandIn

SID = "AC" + "7" * 32
SETTINGS, RULE = "Customer Thread Settings", "Thread Card Rule"
PROJECT_RULE = {
	"doctype": RULE, "document_type": "Project", "moment": "Changes", "field": "priority", "party_field": "customer",
	"event_type": "Priority changed", "title": "{{ doc.project_name }} is {{ doc.priority }} now", "enabled": 1,
}  # fmt: skip


@pytest.fixture
def sarah(site: Any) -> Any:
	return site.get_doc({"doctype": "Customer", "customer_name": f"TEST Sarah {uuid4().hex[:6]}"}).insert()


@pytest.fixture
def project(site: Any, sarah: Any) -> Any:
	name = f"TEST deck {uuid4().hex[:6]}"
	return site.get_doc({"doctype": "Project", "project_name": name, "customer": sarah.name}).insert()


@pytest.fixture
def settings(site: Any) -> Iterator[Any]:
	"""Return the settings document; what is cached of it is forgotten with what was written."""
	yield site.get_doc(SETTINGS)
	site.db.rollback()
	site.clear_document_cache(SETTINGS, SETTINGS)


@pytest.fixture
def twilio() -> Iterator[TwilioStandIn]:
	stand_in = TwilioStandIn(SID, "token", [BUSINESS.phone])
	stand_in.start()
	yield stand_in
	stand_in.stop()


# Card rules


@pytest.mark.parametrize(
	("change", "sentence"),
	[
		({"party_field": "custmer"}, "the customer field is custmer, which Project does not have"),
		(
			{"party_field": "users.customer"},
			"the customer field is users.customer, which Project does not have",
		),
		({"field": "stage"}, "the field to watch is stage, which Project does not have"),
		({"title": "{{ doc.project_nme }}"}, "the title uses doc.project_nme"),
		({"title": "{{ doc.project_name"}, "the title cannot be read"),
		({"condition": "frappe.db.sql('x')"}, "the condition calls something"),
		({"link": "/app/project/x"}, "the link is “/app/project/x”"),
		({"amount_field": "total_sales_amount"}, "the currency field is empty"),
		({"moment": "Submitted"}, "a Project is never submitted"),
		({"document_type": "Thread Entry"}, "Thread Entry is a part of the thread itself"),
		({"document_type": "Project User"}, "Project User is a table within other documents"),
		({"document_type": "Selling Settings"}, "Selling Settings is a page of settings"),
		({"document_type": "No Such Type"}, "Could not find Document: No Such Type"),
	],
)
@pytest.mark.parametrize("enabled", [0, 1])
def test_it_refuses_a_bad_rule(site: Any, change: dict[str, str], sentence: str, enabled: int) -> None:
	with pytest.raises(site.ValidationError) as refused:
		site.get_doc({**PROJECT_RULE, "enabled": enabled, **change}).insert()
	site.clear_messages()

	assert sentence in str(refused.value)


def test_it_makes_cards_by_a_new_rule_at_once(site: Any, sarah: Any, project: Any) -> None:
	rule = site.get_doc({**PROJECT_RULE, "enabled": 0}).insert()
	end_transaction()
	project.priority = "High"
	project.save()
	end_transaction()
	assert site.get_all("Thread Event", {"reference_name": project.name}) == []

	rule.enabled = 1
	rule.save()
	project.priority = "Low"
	project.save()
	end_transaction()

	assert site.get_all("Thread Event", {"reference_name": project.name}, pluck="title") == [
		f"{project.project_name} is Low now"
	]


def test_it_lets_a_broken_rule_be_switched_off(site: Any) -> None:
	rule = site.get_doc(PROJECT_RULE).insert()
	# a field that somebody has removed since
	site.db.set_value(RULE, rule.name, "field", "stage")
	rule.reload()
	rule.enabled = 0
	rule.save()

	rule.enabled = 1
	with pytest.raises(site.ValidationError, match="the field to watch is stage"):
		rule.save()
	site.clear_messages()


def test_it_ships_rules_that_it_takes_itself(site: Any) -> None:
	rules = [site.get_doc(RULE, name) for name in site.get_all(RULE, {"name": ("like", "%-%")}, pluck="name")]
	assert len(rules) > 20
	for rule in rules:
		rule.save()


def test_it_tries_a_rule_out_and_writes_nothing(site: Any, staff: Any, sarah: Any, project: Any) -> None:
	from customer_thread.api import admin

	before = site.db.count("Thread Event"), site.db.count("Customer Thread")
	staff("Thread Manager", "Projects User")
	answer = admin.preview_rule(rule=site.as_json(PROJECT_RULE), document=project.name)

	assert answer["card"]["line"] == f"{project.project_name} is Medium now"
	assert (answer["card"]["party"], answer["card"]["customer"]) == (sarah.name, sarah.customer_name)
	assert answer["card"]["link"] == ""
	assert (site.db.count("Thread Event"), site.db.count("Customer Thread")) == before
	assert site.db.get_value("Project", project.name, "priority") == "Medium"


def test_it_says_why_a_rule_makes_no_card(site: Any, project: Any) -> None:
	from customer_thread.api import admin

	def said(**change: str) -> tuple[str, bool]:
		answer = admin.preview_rule(rule={**PROJECT_RULE, **change}, document=project.name)
		assert answer["card"] is None
		return answer["reason"], answer["broken"]

	assert said(condition="doc.status == 'Completed'") == ("the rule's condition does not hold", False)
	reason, broken = said(title="{{ doc.project_nme }}")
	assert "doc.project_nme" in reason
	assert broken


def test_it_tries_a_rule_out_on_what_its_reader_may_read(site: Any, staff: Any, project: Any) -> None:
	from customer_thread.api import admin

	with pytest.raises(NotFound):
		admin.preview_rule(rule=PROJECT_RULE, document="no such project")
	staff("Thread Manager")
	with pytest.raises(NotAllowed):
		admin.preview_rule(rule=PROJECT_RULE, document=project.name)


@pytest.mark.parametrize(
	"rule",
	[
		"",
		"x",
		"[]",
		"{}",
		'{"enabled": "maybe"}',
		'{"enabled": [1]}',
		'{"document_type": ["Project"]}',
		{"moment": 1},
	],
)
def test_it_refuses_what_is_no_rule(site: Any, project: Any, rule: object) -> None:
	from customer_thread.api import admin

	with pytest.raises(BadInput):
		admin.preview_rule(rule=rule, document=project.name)


# Settings


def test_it_says_what_is_not_set_up(site: Any, settings: Any) -> None:
	from customer_thread.api import admin

	fields = (
		"public_url twilio_account_sid twilio_auth_token twilio_from_number contractor_mobile reply_domain"
	)
	settings.update(dict.fromkeys(fields.split(), ""))
	settings.save()
	answer = admin.setup()

	assert {"public_url", "twilio_account_sid"} <= {item["field"] for item in answer["missing"]}
	assert answer["webhooks"] == []
	assert answer["stuck"] is False

	settings.public_url = "https://portal.example.com"
	settings.save()
	answer = admin.setup()
	assert "public_url" not in {item["field"] for item in answer["missing"]}
	assert answer["webhooks"][0].startswith(
		"https://portal.example.com/api/method/customer_thread.api.webhooks."
	)


@pytest.mark.parametrize(
	("field", "value", "sentence"),
	[
		("public_url", "portal.example.com", "Public address must be an address beginning with https://"),
		("default_timezone", "Mars/Base", "“Mars/Base” is no time zone"),
		("default_region", "USA", "Default region must be a country in two letters"),
		("twilio_account_sid", "SK" + "0" * 32, "Account SID must be AC and 32 digits"),
		("twilio_messaging_service_sid", "MG1", "Messaging service SID must be MG and 32 digits"),
		("twilio_from_number", "(555) 123-4567", "must be a number with "),
		("locale", "klingon!", "Locale must be a language and a country"),
	],
)
def test_it_refuses_a_bad_setting(site: Any, settings: Any, field: str, value: str, sentence: str) -> None:
	settings.set(field, value)
	with pytest.raises(site.ValidationError, match=sentence):
		settings.save()
	site.clear_messages()


def test_it_takes_a_region_in_any_case(site: Any, settings: Any) -> None:
	settings.default_region = " de "
	settings.save()
	assert site.get_doc("Customer Thread Settings").default_region == "DE"


def test_it_asks_twilio_itself(site: Any, settings: Any, twilio: TwilioStandIn) -> None:
	from customer_thread.api import admin

	account = {"twilio_account_sid": SID, "twilio_auth_token": "token", "twilio_from_number": BUSINESS.phone}
	settings.update({**account, "twilio_api_base": twilio.url, "twilio_api_key": "", "twilio_api_secret": ""})
	settings.save()
	assert admin.test_connection() == {
		"ok": True,
		"text": f"Twilio answers. Texts go out from {national(BUSINESS.phone)}.",
	}

	settings.twilio_from_number = MIKE.phone
	settings.save()
	answer = admin.test_connection()
	assert not answer["ok"]
	assert "does not belong to this Twilio account" in answer["text"]

	settings.twilio_from_number, settings.twilio_auth_token = BUSINESS.phone, "wrong"
	settings.save()
	answer = admin.test_connection()
	assert not answer["ok"]
	assert "does not accept the Account SID and Auth Token" in answer["text"]
	assert "wrong" not in answer["text"]


def test_it_asks_zulip_itself(site: Any, settings: Any) -> None:
	pytest.importorskip("zulip", reason="a bench has it only where its team talks there")
	from customer_thread.api import admin

	zulip = ZulipStandIn()
	settings.update(
		{"zulip_site": zulip.start(), "zulip_bot_email": zulip.bot.email, "zulip_channel": "customers"}
	)
	settings.update({"zulip_api_key": zulip.api_key, "zulip_webhook_token": zulip.token})
	settings.public_url = "https://portal.example.com"
	settings.save()
	assert admin.test_zulip() == {
		"ok": True,
		"text": "Zulip answers. Customers' words appear in #customers, written by “Thread Bot”.",
	}
	assert admin.setup()["zulip_webhook"].endswith("/api/method/customer_thread.api.webhooks.zulip_message")
	kept = site.db.sql("SELECT value FROM `tabSingles` WHERE doctype = %s AND field LIKE 'zulip%%'", SETTINGS)
	assert len(kept) == 5
	assert zulip.api_key not in str(kept)
	assert zulip.token not in str(kept)

	settings.zulip_api_key = "wrong"
	settings.save()
	answer = admin.test_zulip()
	assert not answer["ok"]
	assert "does not accept the bot's e-mail address and API key" in answer["text"]
	zulip.stop()


def test_it_starts_with_settings_that_fit_the_site(site: Any, settings: Any) -> None:
	from frappe.utils.data import get_system_timezone

	from customer_thread import install

	site.db.delete("Singles", {"doctype": SETTINGS})
	site.clear_document_cache(SETTINGS, SETTINGS)
	install.before_install()
	# Frappe saves every Single before it runs what an app wants to do after its installation
	site.get_doc(SETTINGS).save()
	install.after_install()
	first = site.get_doc(SETTINGS)

	assert (first.window_start, first.window_end) == ("08:00", "20:00")
	assert first.default_timezone == get_system_timezone()
	assert first.history_months == 12

	first.window_start = "07:00"
	first.save()
	install.before_install()
	install.after_install()
	assert site.get_doc(SETTINGS).window_start == "07:00"
