"""The hard cases of notices on devices, over HTTP, by a clock that is set: against a push service that decrypts."""

from collections.abc import Iterator

import pytest
from support.clocked_host import ClockedHost, local
from support.people import TIMEOUT, Browser, message_of, use_link
from support.sleeper import ZONE, Sleeper
from support.waiting import stays, wait_until

from customer_thread.domain.times import MINUTE
from customer_thread.standalone.demo.push_stand_in import PushedBrowser, PushStandIn

EVENING = local(ZONE, "2025-05-15 22:59")
MORNING = local(ZONE, "2025-05-16 08:00")
NOON = local(ZONE, "2025-05-16 12:00")


@pytest.fixture
def service(clocked: ClockedHost) -> Iterator[PushStandIn]:
	"""Return the push service that the browsers of a test are reached by."""
	stand_in = PushStandIn()
	stand_in.start()
	clocked.set(push_service_base=stand_in.url)
	yield stand_in
	stand_in.stop()
	assert stand_in.refusals == []


def turn_on(browser: Browser, device: PushedBrowser) -> None:
	message_of(browser.post("subscribe", subscription=device.subscription, browser="Tablet"))


def said(device: PushedBrowser) -> list[str]:
	return [push.payload["body"] for push in device.received]


def test_of_two_who_share_a_tablet_only_who_is_signed_in_is_pinged(
	clocked: ClockedHost, service: PushStandIn
) -> None:
	clocked.set_clock(NOON)
	anna, bob, tablet = Sleeper(clocked, phone=False), Sleeper(clocked, phone=False), service.browser()
	turn_on(anna.browser, tablet)
	anna.card("For Anna.")
	wait_until(lambda: said(tablet) == ["For Anna."])

	http = anna.browser.http
	http.post(f"{clocked.url}/sign-out", data={"csrf_token": anna.browser.csrf}, timeout=TIMEOUT)
	# a tap on what still stands on the screen leads to signing in, and to nobody's thread
	assert http.get(clocked.url + tablet.received[0].payload["url"], timeout=TIMEOUT).url != clocked.url
	assert "For Anna." not in http.get(clocked.url + "/messages", timeout=TIMEOUT).text
	anna.card("Not on this tablet.")
	use_link(http, clocked.url + clocked.sign_in_path(bob.id))
	bob.browser.http = http
	bob.browser.open()
	turn_on(bob.browser, tablet)
	anna.card("Nor this.")
	bob.card("For Bob.")

	wait_until(lambda: said(tablet) == ["For Anna.", "For Bob."])
	stays(lambda: len(tablet.received) == 2, 2.5)


def test_what_went_by_text_pings_no_device_and_no_mailbox(clocked: ClockedHost, service: PushStandIn) -> None:
	clocked.set_clock(NOON)
	anna, phone = Sleeper(clocked, phone=True), service.browser()
	turn_on(anna.browser, phone)
	clocked.staff.do("send", customer=anna.id, text="See you at noon.")
	wait_until(lambda: clocked.texts_to(anna.phone, "See you at noon."))
	clocked.set_clock(NOON + 10 * MINUTE)

	stays(lambda: not phone.received and not clocked.mails_to(anna.email), 2.5)
	assert len(clocked.texts_to(anna.phone)) == 1


def test_six_of_a_night_are_one_push(clocked: ClockedHost, service: PushStandIn) -> None:
	clocked.set_clock(EVENING)
	anna, phone = Sleeper(clocked, phone=False), service.browser()
	turn_on(anna.browser, phone)
	for number in range(6):
		anna.card(f"Item {number}.")
	clocked.set_clock(MORNING - MINUTE)
	stays(lambda: not phone.received, 2.5)
	clocked.set_clock(MORNING)

	[told] = wait_until(lambda: said(phone))
	assert "Item 0." in told
	assert "and 1 more" in told
	stays(lambda: len(phone.received) == 1, 2.5)


def test_a_device_that_was_turned_off_at_night_hears_nothing_in_the_morning(
	clocked: ClockedHost, service: PushStandIn
) -> None:
	clocked.set_clock(EVENING)
	anna, phone = Sleeper(clocked, phone=False), service.browser()
	turn_on(anna.browser, phone)
	entry = anna.card("For the morning.")
	message_of(anna.browser.post("unsubscribe", endpoint=phone.endpoint))
	clocked.set_clock(MORNING)

	wait_until(lambda: "skipped: signed out on that device" in anna.reasons(entry))
	assert wait_until(anna.notices)
	assert phone.received == []
