"""What failed, by its cause; each is tried again, sent otherwise or dismissed, and then waits for nobody."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.host import OFFICE, EmbeddedHost, new_email, new_phone
from support.mails import mail
from support.people import Staff, message_of
from support.waiting import stays, wait_until

UNREGISTERED = "SMS:30034"


@pytest.fixture(autouse=True)
def _nothing_waits(staff: Staff) -> Iterator[None]:
	yield
	for cause in causes(staff):
		staff.do("dismiss_cause", cause=cause["cause"], upto=cause["newest_at"])


def causes(staff: Staff) -> list[dict[str, Any]]:
	found: list[dict[str, Any]] = message_of(staff.get("failures"))["causes"]
	return found


def cause_of(staff: Staff, key: str = UNREGISTERED) -> dict[str, Any] | None:
	return next((cause for cause in causes(staff) if cause["cause"] == key), None)


def failed(staff: Staff, cause: str = UNREGISTERED, **params: object) -> list[dict[str, Any]]:
	found: list[dict[str, Any]] = message_of(staff.get("failed", cause=cause, **params))["failures"]
	return found


def fails(host: EmbeddedHost, staff: Staff, name: str, text: str, code: int = 30034) -> tuple[str, str]:
	"""Let a text to a new customer with no mail address fail; return the customer and the phone."""
	phone = new_phone()
	customer = host.add_customer(name, phone=phone)
	host.twilio.undeliverable[phone] = code
	staff.do("send", customer=customer, text=text)
	wait_until(lambda: text in [row["words"] for row in failed(staff, f"SMS:{code}")])
	return customer, phone


def _arrives(staff: Staff, customer: str) -> None:
	wait_until(lambda: staff.deliveries(customer)[0]["state"] == "Delivered")


def listed(staff: Staff) -> list[str]:
	return [row["customer"] for row in message_of(staff.get("threads", filter="failed"))["threads"]]


def test_it_says_what_to_do_about_all_that_failed_for_one_cause(host: EmbeddedHost, staff: Staff) -> None:
	people = [fails(host, staff, f"Customer {number}", f"words {uuid.uuid4()}") for number in range(3)]
	other, _phone = fails(host, staff, "Switched Off", "nobody there", 30003)

	first, second = causes(staff)
	assert (first["cause"], first["messages"], first["code"]) == ("SMS:30003", 1, "30003")
	assert (second["cause"], second["messages"], second["channel"]) == (UNREGISTERED, 3, "SMS")
	assert second["words"] == (
		"This number is not registered for business texting (A2P 10DLC) yet. Register it in the Twilio console."
	)
	assert second["page"] == "https://www.twilio.com/docs/api/errors/30034"
	assert {other, *(customer for customer, _ in people)} <= set(listed(staff))
	pages = [failed(staff, limit=2)]
	pages.append(
		failed(staff, limit=2, before=message_of(staff.get("failed", cause=UNREGISTERED, limit=2))["before"])
	)
	titles = [row["title"] for page in pages for row in page]
	assert titles == ["Customer 2", "Customer 1", "Customer 0"]
	assert pages[0][0]["at"] == second["newest_at"]


def test_it_tries_all_again_with_one_button_and_each_once(host: EmbeddedHost, staff: Staff) -> None:
	said = [f"again {uuid.uuid4()}" for _ in range(4)]
	people = [fails(host, staff, f"Again {number}", words) for number, words in enumerate(said)]
	for _customer, phone in people:
		del host.twilio.undeliverable[phone]
	cause = cause_of(staff)
	assert cause
	asked = {"cause": UNREGISTERED, "upto": cause["newest_at"]}

	with ThreadPoolExecutor(4) as pool:
		answers = list(pool.map(lambda _: staff.post("retry_cause", **asked), range(4)))

	done = [message_of(answer)["done"] for answer in answers if answer.status_code == 200]
	assert sum(done) == 4
	assert cause_of(staff) is None
	for (customer, phone), words in zip(people, said, strict=True):
		_arrives(staff, customer)
		# the one that failed, and one more
		assert len(host.texts_to(phone, words)) == 2
		assert customer not in listed(staff)


def test_it_leaves_alone_what_failed_after_the_list_was_read(host: EmbeddedHost, staff: Staff) -> None:
	_customer, early = fails(host, staff, "Early", "early words")
	cause = cause_of(staff)
	assert cause
	fails(host, staff, "Late", "late words")

	answer = staff.do("retry_cause", cause=UNREGISTERED, upto=cause["newest_at"])

	assert answer == {"done": 1, "left": 0}
	wait_until(lambda: len(host.texts_to(early)) == 2)
	# it failed anew, and waits anew
	wait_until(lambda: sorted(row["title"] for row in failed(staff)) == ["Early", "Late"])
	# what was read then is not that failure: the same press once more sends nothing
	assert staff.do("retry_cause", cause=UNREGISTERED, upto=cause["newest_at"]) == {"done": 0, "left": 0}
	stays(lambda: len(host.texts_to(early)) == 2)


def test_it_goes_the_other_way_once(host: EmbeddedHost, staff: Staff) -> None:
	words = f"otherwise {uuid.uuid4()}"
	customer, phone = fails(host, staff, "Ann Otherwise", words)
	[row] = failed(staff)
	assert row["other_way"]
	refused = staff.post("send_otherwise", delivery=row["delivery"])
	assert refused.status_code == 409
	assert "no other way" in refused.json()["message"]
	assert [one["delivery"] for one in failed(staff)] == [row["delivery"]]

	address = new_email()
	host.take(mail(address, OFFICE, "my address"), OFFICE)
	waiting = staff.unmatched(address)
	assert waiting
	staff.do("assign", thread=waiting["thread"], customer=customer)
	made = staff.do("send_otherwise", delivery=row["delivery"])

	assert (made["channel"], made["fallback_of"]) == ("Email", row["delivery"])
	wait_until(lambda: host.mails_to(address, words))
	again = staff.post("send_otherwise", delivery=row["delivery"])
	assert again.status_code == 409
	assert "dealt with" in again.json()["message"]
	stays(lambda: len(host.mails_to(address, words)) == 1)
	assert failed(staff) == []
	assert customer not in listed(staff)
	assert len(host.texts_to(phone)) == 1


def test_what_went_the_other_way_by_itself_waits_for_nobody(host: EmbeddedHost, staff: Staff) -> None:
	phone, address = new_phone(), new_email()
	customer = host.add_customer("Both Ways", phone=phone, email=address)
	host.twilio.doomed[phone] = 30034
	staff.do("send", customer=customer, text="by text or mail")
	wait_until(lambda: host.mails_to(address, "by text or mail"))
	assert cause_of(staff) is None
	assert customer not in listed(staff)
	[text] = [row for row in staff.deliveries(customer) if row["state"] == "Failed"]
	again = staff.post("retry", delivery=text["id"])
	assert again.status_code == 409
	assert "dealt with" in again.json()["message"]
	stays(lambda: len(host.texts_to(phone)) == 1)


def test_it_is_dismissed_one_by_one_or_all_together(host: EmbeddedHost, staff: Staff) -> None:
	customers = [fails(host, staff, f"Dismissed {number}", f"gone {number}")[0] for number in range(3)]
	row = failed(staff)[0]
	for _twice in range(2):
		assert staff.do("dismiss", delivery=row["delivery"]) == {"dismissed": True}
	cause = cause_of(staff)
	assert cause
	assert cause["messages"] == 2
	assert staff.do("dismiss_cause", cause=UNREGISTERED, upto=cause["newest_at"]) == {"done": 2, "left": 0}
	assert causes(staff) == []
	assert not set(customers) & set(listed(staff))
	assert staff.deliveries(customers[0])[0]["state"] == "Failed"


def test_whose_turn_it_is_decides_what_is_listed_and_dealt_with(host: EmbeddedHost, staff: Staff) -> None:
	ann = host.new_staff().user
	anns, _phone = fails(host, staff, "Ann's", "for ann")
	fails(host, staff, "Everybody's", "for all")
	staff.do("assign_to", thread=staff.thread(anns)["thread"]["thread"], user=ann)
	for whose, titles in ((ann, ["Ann's"]), ("nobody", ["Everybody's"]), ("", ["Everybody's", "Ann's"])):
		[cause] = message_of(staff.get("failures", assigned=whose))["causes"]
		assert cause["messages"] == len(titles)
		assert [row["title"] for row in failed(staff, assigned=whose)] == titles
	[cause] = message_of(staff.get("failures", assigned=ann))["causes"]
	asked = {"cause": UNREGISTERED, "upto": cause["newest_at"], "assigned": ann}
	assert staff.do("dismiss_cause", **asked) == {"done": 1, "left": 0}
	assert [row["title"] for row in failed(staff)] == ["Everybody's"]


def test_it_refuses_what_is_none(staff: Staff) -> None:
	assert staff.get("failed", cause="30034").status_code == 400
	assert staff.get("failed", cause=UNREGISTERED, limit=101).status_code == 400
	assert staff.get("failed", cause=UNREGISTERED, before="soon").status_code == 400
	assert staff.post("retry_cause", cause=UNREGISTERED, upto="soon").status_code == 400
	for call in ("retry", "send_otherwise", "dismiss"):
		assert staff.post(call, delivery="nope").status_code == 404
