"""A push that is seen in a site: real Chromium, its service worker, and a push service on this machine."""

import pytest

# most benches have none
pytest.importorskip("playwright")
# tests/browser has the same of the embedded host
pytest.importorskip("frappe")

from playwright.sync_api import Browser, expect
from support import site_people
from support.chromium import TOUCH, Portal
from support.pushed import chromium, deliver, give_push_service, service, shown, tap, turn_on
from support.site import committed
from support.site_host import SiteHost
from support.waiting import wait_until

from customer_thread.standalone.demo.push_stand_in import PushStandIn

__all__ = ["chromium", "service"]


def live() -> list[str]:
	with committed() as frappe:
		found: list[str] = frappe.get_all(
			"Thread Push Subscription", filters={"ended_us": 0}, pluck="user_agent", order_by="creation"
		)
	return found


def test_a_push_is_seen_its_tap_lands_on_the_entry_and_signing_out_ends_it(
	own_host: SiteHost, chromium: Browser, service: PushStandIn
) -> None:
	customer = own_host.add_customer("Sarah Lee")
	portal = Portal(chromium, own_host.url, **TOUCH)
	sid = site_people.new_session(own_host.url, customer)
	portal.context.add_cookies([{"name": "sid", "value": sid, "url": own_host.url}])
	give_push_service(portal, service.browser(), own_host, service)

	page = turn_on(portal)
	assert len(live()) == 1
	# whoever looks at the page is not pinged
	page.goto("about:blank")
	own_host.staff.do("send", customer=customer, text="The deck is done.", channel="portal")
	[push] = wait_until(lambda: service.received, 90, what="a push")
	[entry] = own_host.staff.thread(customer)["entries"]
	path = f"/messages?around={entry['id']}#{entry['id']}"
	assert (push.payload["body"], push.payload["url"]) == ("The deck is done.", path)
	assert service.refusals == []

	page.goto(f"{portal.base}/messages")
	deliver(page, portal.base, push.payload)
	wait_until(lambda: [one["body"] for one in shown(page)] == ["The deck is done."])
	tap(portal.context)
	page.wait_for_url(f"{portal.base}{path}")
	expect(portal.row("The deck is done.")).to_be_visible()

	page.locator("#account summary").click()
	page.get_by_role("button", name="Sign out").click()
	wait_until(lambda: live() == [], what="the end of the subscription")
	assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
	portal.close()
