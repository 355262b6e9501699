"""A sign-in link on a phone: one page, one button, and its address goes nowhere."""

import pytest
from playwright.sync_api import Browser, Request, expect
from support.chromium import PHONE, check_accessible
from support.host import EmbeddedHost

pytestmark = [pytest.mark.browser, pytest.mark.embedded("a site has Frappe's own sign-in")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("script", [True, False])
def test_it_signs_in_by_one_button(chromium: Browser, host: EmbeddedHost, scheme: str, script: bool) -> None:
	path = host.sign_in_path(host.add_customer("Sarah Lee"))
	context = chromium.new_context(
		viewport=PHONE,  # type: ignore[arg-type]
		color_scheme=scheme,  # type: ignore[arg-type]
		java_script_enabled=script,
	)
	page, referrers = context.new_page(), list[str]()

	def note(request: Request) -> None:
		referrers.append(request.all_headers().get("referer", ""))

	page.on("requestfinished", note)
	page.goto(host.url + path)
	button = page.get_by_role("button")
	expect(button).to_have_count(1)
	box = button.bounding_box()
	assert box
	assert box["height"] >= 44
	if script:
		check_accessible(page)
		assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
	button.click()
	expect(page.locator("#timeline")).to_be_attached()

	assert page.url == f"{host.url}/messages"
	assert not [referrer for referrer in referrers if "t=" in referrer]
	page.goto(host.url + path)
	assert page.url == f"{host.url}/messages"
	context.close()
