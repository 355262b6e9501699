"""The embedded host removes what is older than it is kept, by itself and only once that is set."""

import pytest
from support.host import EmbeddedHost, new_phone
from support.waiting import wait_until

pytestmark = pytest.mark.embedded("in a site the scheduler does it at night")

#: in 2023
LONG_AGO = 1_700_000_000_000_000
REMOVED = "Message removed on "


def test_what_is_old_goes_once_it_is_set(own_host: EmbeddedHost) -> None:
	customer = own_host.add_customer("Sarah Lee", phone=new_phone())
	browser = own_host.sign_in(customer)
	own_host.fill(customer, 250, LONG_AGO, 1_000_000, from_history=True)
	own_host.staff.do("send", customer=customer, text="New")
	assert not any(text.startswith(REMOVED) for text in browser.texts(limit=100))
	assert own_host.run("set", "keep_months=1201").status == 2
	own_host.set(keep_months=12)
	wait_until(lambda: browser.texts(limit=100)[0].startswith(REMOVED))
	messages = [entry for entry in browser.entries(limit=100) if entry["kind"] == "message"]
	assert messages[-1]["text"] == "New"
	wait_until(lambda: browser.entries(q=REMOVED.strip(), limit=50))
