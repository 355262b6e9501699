"""Bob, who writes by e-mail, and Mike, who texts."""

import pytest
from support.bot_phone import Phone
from support.host import EmbeddedHost, new_phone, reply_token
from support.people import Browser, Staff
from support.waiting import wait_until


@pytest.fixture
def mailing_bob(host: EmbeddedHost, address: str) -> Browser:
	"""Return a customer with an e-mail address only."""
	return host.sign_in(host.add_customer("Bob", email=address))


@pytest.fixture
def token(host: EmbeddedHost, staff: Staff, mailing_bob: Browser, address: str) -> str:
	"""Return the address to which the customer answers the one mail they have got."""
	staff.do("send", customer=mailing_bob.customer, text="Here is your estimate.")
	wait_until(lambda: staff.deliveries(mailing_bob.customer)[0]["state"] == "Sent")
	# a site sends its mails a little later
	return reply_token(wait_until(lambda: host.mails_to(address))[0])


@pytest.fixture
def mike(host: EmbeddedHost) -> Phone:
	"""Return a contractor whose phone nobody has written to yet."""
	number = new_phone()
	host.set(contractor_mobile=number)
	return Phone(host, number)
