"""Whose turn it is in a real site: assigned by us, by Frappe and by its Assignment Rules, and told on their phone."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from support.persons import BUSINESS

from customer_thread.domain.errors import BadInput
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.model import Address

Say = Callable[[str], None]
THREAD = "Customer Thread"


@pytest.fixture
def texting(site: Any) -> None:
	"""Let texts leave, to nobody in particular."""
	settings = site.get_doc("Customer Thread Settings")
	settings.update({"twilio_account_sid": "AC" + "0" * 32, "twilio_auth_token": "0" * 32})
	settings.update({"twilio_from_number": BUSINESS.phone, "contractor_mobile": "+12125550100"})
	settings.save()


@pytest.fixture
def sarah(site: Any, texting: None, open_thread: Any) -> Any:
	"""Return the thread of a customer with a phone."""
	return open_thread(f"Sarah {uuid4().hex[:6]}", Address("Phone", _number()))


def _number() -> str:
	return f"+1212555{uuid4().int % 9000 + 1000:04}"


def _text(site: Any, sender: str, words: str, monkeypatch: pytest.MonkeyPatch | None = None) -> None:
	"""Let somebody text the business, and do at once what that put off."""
	from customer_thread import tasks
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.incoming.receive_sms import receive_sms

	put_off: list[str] = []

	def enqueue(method: str, **given: Any) -> None:
		if method == "customer_thread.tasks.settle_turn":
			put_off.append(given["thread"])

	site.set_user("Guest")
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(site, "enqueue", enqueue)
		now = site_ports().clock.now_us()
		sms = InboundSms(f"SM{uuid4().hex}", sender, BUSINESS.phone, words, (), now, None)
		receive_sms(site_ports(), sms)
		for thread in put_off:
			tasks.settle_turn(thread)
	site.set_user("Administrator")


def _phone_of(site: Any, thread: str) -> str:
	points = site.get_all("Thread Contact Point", {"thread": thread, "kind": "Phone"}, pluck="value")
	return str(points[0])


def _forwards(site: Any, thread: str) -> list[str]:
	rows = site.get_all(
		"Thread Delivery",
		{"thread": thread, "purpose": "Forward"},
		["address"],
		order_by="creation_us",
	)
	return [row.address for row in rows]


def _turn(site: Any, thread: str) -> str | None:
	found = site.db.get_value(THREAD, thread, "assigned_to")
	return str(found) if found else None


def _tasks(site: Any, thread: str) -> list[str]:
	return list(site.get_all("ToDo", {"reference_name": thread, "status": "Open"}, pluck="allocated_to"))


def _agent(site: Any, staff: Any, mobile: str = "") -> str:
	user = str(staff("Thread Agent"))
	site.set_user("Administrator")
	if mobile:
		document = site.get_doc("User", user)
		document.mobile_no = mobile
		document.save()
	return user


def test_it_is_frappes_own_assignment(site: Any, staff: Any, sarah: Any) -> None:
	from customer_thread.api import desk

	ann, bea = _agent(site, staff), _agent(site, staff)
	assert desk.assign_to(thread=sarah["name"], user=ann)["assigned_to"] == ann
	assert _tasks(site, sarah["name"]) == [ann]
	assert desk.assign_to(thread=sarah["name"], user=ann)["assigned_to"] == ann
	assert _tasks(site, sarah["name"]) == [ann]
	assert desk.assign_to(thread=sarah["name"], user=bea)["assigned_to"] == bea
	assert _tasks(site, sarah["name"]) == [bea]
	assert json.loads(site.db.get_value(THREAD, sarah["name"], "_assign")) == [bea]
	assert desk.assign_to(thread=sarah["name"], user="")["assigned_to"] is None
	assert _tasks(site, sarah["name"]) == []


def test_only_who_may_see_it_is_given_it(site: Any, staff: Any, sarah: Any) -> None:
	from customer_thread.api import desk

	ann, outsider = _agent(site, staff), str(staff("Sales User"))
	site.set_user("Administrator")
	for user in (outsider, "nobody@nowhere.example", "Guest"):
		with pytest.raises(BadInput):
			desk.assign_to(thread=sarah["name"], user=user)
		site.clear_messages()
	assert _turn(site, sarah["name"]) is None
	named = {row["user"] for row in desk.team(thread=sarah["name"])}
	assert {row["user"] for row in desk.team()} >= named
	assert ann in named
	assert outsider not in named
	assert not site.get_all("DocShare", {"share_name": sarah["name"]})


@pytest.mark.parametrize("may_see", [True, False])
def test_whose_turn_it_was_has_it_in_the_thread_it_is_joined_to(
	site: Any, staff: Any, sarah: Any, may_see: bool
) -> None:
	from customer_thread.api import desk

	ann, number = _agent(site, staff), _number()
	_text(site, number, "It is me, Sarah")
	stranger = site.db.get_value(THREAD, {"unmatched_address": Address("Phone", number).key}, "name")
	desk.assign_to(thread=stranger, user=ann)
	if not may_see:
		_narrow(site, ann)
	desk.assign(thread=stranger, customer=sarah["party"])
	left = [ann] if may_see else []
	assert (_turn(site, stranger), _tasks(site, stranger)) == (None, [])
	assert (_turn(site, sarah["name"]), _tasks(site, sarah["name"])) == (ann if may_see else None, left)
	assert not site.get_all("DocShare", {"share_name": sarah["name"]})


def test_a_task_that_is_done_elsewhere_ends_it(site: Any, staff: Any, sarah: Any) -> None:
	from customer_thread.api import desk

	ann = _agent(site, staff)
	desk.assign_to(thread=sarah["name"], user=ann)
	[todo] = site.get_all("ToDo", {"reference_name": sarah["name"], "status": "Open"}, pluck="name")
	document = site.get_doc("ToDo", todo)
	document.status = "Closed"
	document.save()
	assert _turn(site, sarah["name"]) is None


def test_what_is_written_goes_to_that_users_phone(site: Any, staff: Any, sarah: Any) -> None:
	from customer_thread.api import desk

	mobile = _number()
	ann = _agent(site, staff, mobile)
	desk.assign_to(thread=sarah["name"], user=ann)
	_text(site, _phone_of(site, sarah["name"]), "when?")
	assert _forwards(site, sarah["name"]) == [mobile]

	# answered from there, under that user's name
	_text(site, mobile, "tomorrow at 8")
	[entry] = site.get_all(
		"Thread Entry", {"thread": sarah["name"], "author": "Contractor"}, ["text", "sent_by", "owner"]
	)
	assert (entry.text, entry.sent_by) == ("tomorrow at 8", ann)


def test_a_users_phone_reaches_what_the_user_may_see_alone(
	site: Any, staff: Any, sarah: Any, open_thread: Any
) -> None:
	bob = open_thread(f"Bob {uuid4().hex[:6]}", Address("Phone", _number()))
	mobile = _number()
	ann = _agent(site, staff, mobile)
	permission = {"doctype": "User Permission", "user": ann, "allow": "Customer", "for_value": sarah["party"]}
	site.get_doc(permission).insert()
	_text(site, mobile, f"#{bob['code']} let me in")
	_text(site, mobile, f"#{bob['code']} ?")
	_text(site, mobile, f"#{sarah['code']} hello")
	assert not site.get_all("Thread Entry", {"thread": bob["name"]})
	[entry] = site.get_all("Thread Entry", {"thread": sarah["name"]}, ["text"])
	assert entry.text == "hello"
	answers = site.get_all("Thread Delivery", {"address": mobile, "purpose": "Answer"}, pluck="text")
	assert len(answers) == 2
	assert not any(bob["title"] in answer for answer in answers)


def test_a_number_in_a_profile_takes_no_customers_words(site: Any, staff: Any, sarah: Any) -> None:
	number = _phone_of(site, sarah["name"])
	_agent(site, staff, number)
	_text(site, number, "it is me, Sarah")
	[entry] = site.get_all("Thread Entry", {"thread": sarah["name"]}, ["text", "author"])
	assert (entry.text, entry.author) == ("it is me, Sarah", "Customer")


def test_who_is_gone_or_may_see_it_no_more_has_it_no_more(site: Any, staff: Any, sarah: Any) -> None:
	from customer_thread.api import desk

	for leave in (_disable, _narrow):
		ann = _agent(site, staff, _number())
		desk.assign_to(thread=sarah["name"], user=ann)
		leave(site, ann)
		_text(site, _phone_of(site, sarah["name"]), "when?")
		assert _turn(site, sarah["name"]) is None
		assert _tasks(site, sarah["name"]) == []
		# not even the message by which that was found
		assert set(_forwards(site, sarah["name"])) == {"+12125550100"}


def _disable(site: Any, user: str) -> None:
	document = site.get_doc("User", user)
	document.enabled = 0
	document.save()


def _narrow(site: Any, user: str) -> None:
	other = site.get_doc({"doctype": "Customer", "customer_name": f"TEST other {uuid4().hex[:6]}"}).insert()
	permission = {"doctype": "User Permission", "user": user, "allow": "Customer", "for_value": other.name}
	site.get_doc(permission).insert()


@pytest.fixture
def rule(site: Any) -> Iterator[Callable[..., Any]]:
	"""Return a function that makes an Assignment Rule for whoever waits."""
	from frappe.cache_manager import clear_doctype_map

	def make(*users: str, kind: str = "Round Robin") -> Any:
		days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
		return site.get_doc(
			{
				"doctype": "Assignment Rule",
				"name": f"TEST {uuid4().hex[:6]}",
				"document_type": THREAD,
				"rule": kind,
				"description": "a customer waits",
				"assign_condition": "waiting_us > 0",
				"unassign_condition": "",
				"close_condition": "waiting_us == 0",
				"users": [{"user": user} for user in users],
				"assignment_days": [{"day": day} for day in days],
			}
		).insert()

	yield make
	# what is undone is in Frappe's cache still
	clear_doctype_map("Assignment Rule", THREAD)


def test_a_rule_is_followed_in_turn(
	site: Any, staff: Any, sarah: Any, open_thread: Any, rule: Callable[..., Any]
) -> None:
	from customer_thread import tasks
	from customer_thread.api import desk

	ann, bea = _agent(site, staff), _agent(site, staff)
	rule(ann, bea)
	bob = open_thread(f"Bob {uuid4().hex[:6]}", Address("Phone", _number()))
	for thread in (sarah, bob):
		_text(site, _phone_of(site, thread["name"]), "when?")
	assert [_turn(site, thread["name"]) for thread in (sarah, bob)] == [ann, bea]

	_text(site, _phone_of(site, sarah["name"]), "still there?")
	assert _turn(site, sarah["name"]) == ann
	last = site.db.get_value(THREAD, sarah["name"], "last_entry")
	desk.done(thread=sarah["name"], upto=last)
	tasks.settle_turn(sarah["name"])
	assert _turn(site, sarah["name"]) is None


@pytest.mark.parametrize("kind", ["Round Robin", "Load Balancing"])
def test_a_rule_gives_it_to_nobody_who_may_not_see_it(
	site: Any, staff: Any, sarah: Any, rule: Callable[..., Any], kind: str
) -> None:
	outsider, ann = str(staff("Sales User")), _agent(site, staff)
	rule(outsider, ann, kind=kind)
	_text(site, _phone_of(site, sarah["name"]), "when?")
	assert _turn(site, sarah["name"]) == (ann if kind == "Round Robin" else None)
	assert not site.get_all("DocShare", {"share_name": sarah["name"]})
	assert site.get_all("Thread Entry", {"thread": sarah["name"]}, pluck="text") == ["when?"]


def test_no_rule_keeps_a_strangers_words_from_being_stored(
	site: Any, staff: Any, texting: None, rule: Callable[..., Any]
) -> None:
	outsider = str(staff("Sales User"))
	site.set_user("Administrator")
	made = rule(outsider)
	made.assign_condition = "True"
	made.save()
	number = _number()
	_text(site, number, "anybody?")
	assert site.get_all("Thread Entry", {"sender": number}, pluck="text") == ["anybody?"]


def _bell(site: Any, thread: str, kind: str = "Alert") -> dict[str, str]:
	rows = site.get_all(
		"Notification Log", {"document_name": thread, "type": kind}, ["for_user", "subject", "from_user"]
	)
	return {row.for_user: row.subject for row in rows}


def test_a_note_tells_whom_it_means_and_nobody_who_may_not_see_it(site: Any, staff: Any, sarah: Any) -> None:
	from customer_thread.api import desk

	ann, bea, narrow = _agent(site, staff), _agent(site, staff), _agent(site, staff)
	for user, name in ((ann, "Ann Test"), (bea, "Bea Test"), (narrow, "Nora Test")):
		site.db.set_value("User", user, "full_name", name)
		site.clear_document_cache("User", user)
	_narrow(site, narrow)
	site.set_user(bea)
	text = f"@ann test and @Nora Test and @{narrow} and @Bea Test: the <b>gate</b> code"
	given = {"thread": sarah["name"], "text": text, "client_id": str(uuid4())}
	desk.note(**given)
	desk.note(**given)
	site.set_user("Administrator")
	told = _bell(site, sarah["name"], "Mention")
	assert set(told) == {ann}
	assert told[ann].startswith("Bea Test mentioned you: @ann test")
	assert "<b>" not in told[ann]
	assert site.db.count("Notification Log", {"document_name": sarah["name"], "type": "Mention"}) == 1


def test_who_waits_too_long_is_told_of_by_bell_and_phone(site: Any, staff: Any, sarah: Any) -> None:
	from customer_thread import tasks
	from customer_thread.api import desk

	settings = site.get_doc("Customer Thread Settings")
	settings.update({"work_start": "00:00", "work_end": "00:00", "working_days": "Every day"})
	settings.save()
	manager, mobile = str(staff("Thread Manager")), _number()
	ann = _agent(site, staff, mobile)
	other = _agent(site, staff)
	desk.assign_to(thread=sarah["name"], user=ann)
	_text(site, _phone_of(site, sarah["name"]), "when?")
	site.db.commit = lambda *_args, **_given: None
	try:
		tasks.alert_waiting()
		assert _bell(site, sarah["name"]) == {}
		_let_wait(site, sarah["name"])
		tasks.alert_waiting()
		tasks.alert_waiting()
		assert set(_bell(site, sarah["name"])) == {ann}
		site.db.set_value(THREAD, sarah["name"], "alert_us", 1, update_modified=False)
		tasks.alert_waiting()
	finally:
		del site.db.commit
	told = _bell(site, sarah["name"])
	assert set(told) >= {ann, manager}
	assert other not in told
	texts = site.get_all("Thread Delivery", {"address": mobile, "purpose": "Answer"}, pluck="text")
	assert len(texts) == 1
	assert sarah["code"] in texts[0]


def _let_wait(site: Any, thread: str) -> None:
	"""Let the customer have waited for three hours."""
	since = site.db.get_value(THREAD, thread, "waiting_us") - 3 * 3_600_000_000
	values = {"waiting_us": since, "alert_us": since + 2 * 3_600_000_000}
	site.db.set_value(THREAD, thread, values, update_modified=False)


def test_only_whose_turn_it_is_has_it_in_the_bell(site: Any, staff: Any, sarah: Any) -> None:
	from customer_thread import tasks
	from customer_thread.api import desk

	ann, bea = _agent(site, staff), _agent(site, staff)
	desk.assign_to(thread=sarah["name"], user=ann)
	_text(site, _phone_of(site, sarah["name"]), "when?")
	last = site.db.get_value(THREAD, sarah["name"], "last_entry")
	tasks.ring(last)
	assert set(_bell(site, sarah["name"])) == {ann}
	desk.assign_to(thread=sarah["name"], user="")
	_text(site, _phone_of(site, sarah["name"]), "still there?")
	tasks.ring(site.db.get_value(THREAD, sarah["name"], "last_entry"))
	assert set(_bell(site, sarah["name"])) >= {ann, bea}


def test_a_row_of_the_team_that_nobody_filled_in_is_left_out(site: Any, texting: None) -> None:
	settings = site.get_doc("Customer Thread Settings")
	settings.append("team", {})
	settings.save()
	assert settings.team == []
	settings.append("team", {"phone": _number()})
	with pytest.raises(site.ValidationError, match="give each a name"):
		settings.save()
