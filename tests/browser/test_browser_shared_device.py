"""A tablet that several people use: what one has read is kept there for nobody else."""

import pytest
from playwright.sync_api import Page, expect
from support.chromium import OpenPortal
from support.host import EmbeddedHost
from support.waiting import wait_until

_POST = """
(address) => {
	const form = document.createElement("form");
	Object.assign(form, { method: "post", action: address });
	document.body.append(form);
	form.submit();
}
"""


def is_kept(page: Page) -> bool:
	found: bool = page.evaluate(
		"caches.open('customer-thread-pages').then((c) => c.match('/messages')).then(Boolean)"
	)
	return found


@pytest.mark.parametrize(
	("method", "address"),
	[("GET", "/?cmd=web_logout"), ("POST", "/messages/in"), ("POST", "/messages/choose")],
)
def test_it_forgets_what_was_read_when_somebody_else_may_come(
	own_host: EmbeddedHost, open_portal: OpenPortal, method: str, address: str
) -> None:
	portal = open_portal(own_host, own_host.add_customer("Sarah Lee"))
	page = portal.open()
	wait_until(lambda: is_kept(page))
	# some of these are a site's; no connection, or no answer, is no reason to keep it
	page.route(f"**{address}", lambda route: route.fulfill(body="bye", content_type="text/html"))
	if method == "GET":
		page.goto(portal.base + address)
	else:
		page.evaluate(_POST, address)
	expect(page.get_by_text("bye")).to_be_visible()
	wait_until(lambda: not is_kept(page), what="that it is forgotten")
