"""A phone or tablet that several people use: who has signed out there is out, also by what its history holds."""

import re

import requests
from support.host import EmbeddedHost, new_phone
from support.people import Browser, button_in, use_link
from support.way_in import ask, is_in, plain, press, texted

TIMEOUT = 20


def signed_in(host: EmbeddedHost, link: str) -> Browser:
	"""Return a browser that used a link, with the token of its pages."""
	browser = Browser(host.url, "")
	assert press(browser.http, link).status_code == 303
	browser.open()
	return browser


def sign_out(host: EmbeddedHost, browser: Browser) -> None:
	# each host has its own place for it, which the page says
	found = re.search(r'action="([^"]*/sign-out)"', browser.open().text)
	assert found
	form = {"csrf_token": browser.csrf}
	answer = browser.http.post(host.url + found[1], data=form, timeout=TIMEOUT)
	assert answer.status_code == 200
	assert not is_in(host, browser.http)


def test_a_link_in_the_history_opens_nothing_once_its_owner_has_signed_out(
	host: EmbeddedHost, sarah: Browser, phone: str
) -> None:
	assert sarah.customer
	ask(host, phone)
	link = texted(host, phone)
	tablet = signed_in(host, link)
	sign_out(host, tablet)

	back = tablet.http.get(plain(link), timeout=TIMEOUT)
	assert back.status_code == 403
	assert "used already" in back.text
	use_link(tablet.http, plain(link))
	assert not is_in(host, tablet.http)

	# she herself has a fresh one in a minute
	assert press(tablet.http, texted(host, phone, 2)).status_code == 303
	assert is_in(host, tablet.http)


def test_what_one_used_opens_nothing_in_a_browser_that_is_somebody_elses_since(
	own_host: EmbeddedHost,
) -> None:
	links = {}
	for name in ("Sarah Lee", "Bob Miller"):
		phone = new_phone()
		own_host.add_customer(name, phone=phone)
		ask(own_host, phone)
		links[name] = texted(own_host, phone)
	tablet = requests.Session()
	press(tablet, links["Sarah Lee"])
	page = tablet.get(plain(links["Bob Miller"]), timeout=TIMEOUT)
	action, fields = button_in(page.text)
	tablet.post(own_host.url + action, data=fields, timeout=TIMEOUT)

	assert tablet.get(plain(links["Sarah Lee"]), timeout=TIMEOUT).status_code == 403
	# and Bob's works on, also over whoever else is signed in there
	for _again in range(2):
		del tablet.cookies["sid"]
		assert press(tablet, links["Bob Miller"]).status_code == 303
