"""The numbers of the business over HTTP, as they grow with what happens."""

import uuid

import pytest
from support.host import EmbeddedHost, new_phone
from support.people import Staff
from support.waiting import wait_until


def test_they_grow_with_what_is_said_and_read(host: EmbeddedHost, staff: Staff) -> None:
	customer = host.add_customer("Numbers Lee", phone=new_phone())
	sarah = host.sign_in(customer)
	before = staff.ask("numbers")
	sarah.reply("When do you come?", str(uuid.uuid4()))
	asked = staff.ask("numbers")
	assert asked["answer_times"]["waiting"] == before["answer_times"]["waiting"] + 1
	staff.do("send", customer=customer, text="At nine.", channel="portal")
	sarah.mark_read(sarah.timeline()["last"])
	after = staff.ask("numbers")
	assert after["answer_times"]["answered"] == before["answer_times"]["answered"] + 1
	assert after["answer_times"]["waiting"] == before["answer_times"]["waiting"]
	assert after["messages"]["portal"] == before["messages"]["portal"] + 2
	assert after["messages"]["customer"] == before["messages"]["customer"] + 1
	assert after["reads"]["readers"] == before["reads"]["readers"] + 1
	assert (after["step"], len(after["steps"])) == ("day", 30)
	assert after["steps"][-1]["messages"]["portal"] >= 2
	by_text = staff.ask("numbers", channel="SMS")
	assert by_text["messages"]["portal"] == 0


def test_what_is_not_received_and_who_stops_is_counted(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	customer = host.add_customer("Nobody There", phone=phone)
	before = staff.ask("numbers")
	host.twilio.undeliverable[phone] = 30034
	staff.do("send", customer=customer, text="Are you there?")
	wait_until(lambda: staff.ask("numbers")["failures"]["failed"] == before["failures"]["failed"] + 1)
	[cause] = [cause for cause in staff.ask("numbers")["failures"]["causes"] if cause["code"] == "30034"]
	assert cause["cause"] == "SMS:30034"
	assert cause["words"]
	host.receive(phone, "STOP")
	wait_until(lambda: staff.ask("numbers")["opt_outs"]["texts_off"] == before["opt_outs"]["texts_off"] + 1)


@pytest.mark.parametrize(
	"given", [{"from": "soon"}, {"from": "2026-05-02", "to": "2026-05-01"}, {"channel": "Fax"}]
)
def test_what_cannot_be_asked_is_refused(staff: Staff, given: dict[str, str]) -> None:
	assert staff.get("numbers", **given).status_code == 400
