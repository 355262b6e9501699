"""Whatever becomes of replies, in whatever order: no words are lost, and none are stored twice."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Route
from support.chromium import GONE, REFUSED, OpenPortal, Portal
from support.host import EmbeddedHost
from support.people import Browser

pytestmark = pytest.mark.browser

REPLY = "**/*portal.reply"
ANSWERS = ["stored", "gone", "lost", "400", "429", "503"]
STEPS = st.lists(
	st.sampled_from(["send", "send", "retry", "edit", "discard", "reload", "look", *ANSWERS, *ANSWERS]),
	max_size=12,
)
_NUMBERS = itertools.count(1)


class Outbox:
	"""A reader who writes, and a server that answers as it is told."""

	def __init__(self, portal: Portal, reader: Browser) -> None:
		self.portal = portal
		self.reader = reader
		self.answer = "stored"
		self.kept: set[str] = set()
		self._stored: set[str] = set()
		portal.expect_in_console(f"{GONE}|{REFUSED}|status of 503")
		portal.context.route(REPLY, self._serve)
		portal.page.on("dialog", lambda dialog: dialog.accept())
		portal.open()

	def _serve(self, route: Route) -> None:
		client_id = dict(route.request.post_data_json or {})["client_id"]
		# what is stored is answered with its entry, before anything is refused
		if self.answer == "stored" or (self.answer in ("400", "429") and client_id in self._stored):
			self._stored.add(client_id)
			route.continue_()
		elif self.answer == "lost":
			self._stored.add(client_id)
			route.fetch()
			route.abort()
		elif self.answer == "gone":
			route.abort()
		else:
			route.fulfill(status=int(self.answer), json={"exc_type": "X", "message": "No."})

	def do(self, step: str) -> None:
		"""Do one thing, and wait until nothing is on its way."""
		if step in ANSWERS:
			self.answer = step
		elif step == "send":
			words = f"words-{next(_NUMBERS)}."
			self.kept.add(words)
			self.portal.send(f"{self.portal.reply.input_value()} {words}".strip())
		elif step == "reload":
			self.portal.page.reload()
			Portal.ready(self.portal.page)
		elif step == "look":
			self.portal.look()
		else:
			self._press(step)
		self.portal.rest()

	def _press(self, step: str) -> None:
		button = self.portal.page.locator(f"#pending .{step}:visible").first
		if not button.count():
			return
		if step == "discard":
			row = button.locator("xpath=ancestor::li")
			said = str(row.locator(".text").text_content())
			self.kept -= {words for words in self.kept if words in said}
		button.click()

	def check(self) -> None:
		"""Fail if words are nowhere, or stored twice."""
		# what is stored is asked first: words go from the device to there, never back
		waiting = self.portal.page.locator("#pending .text").all_text_contents()
		here = [self.portal.reply.input_value(), *waiting]
		stored = self.reader.texts()
		for words in self.kept:
			times = sum(words in text for text in stored)
			assert times <= 1, (words, stored)
			assert times or any(words in text for text in here), (words, here, stored)


@settings(
	max_examples=12,
	database=None,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
def test_no_words_are_lost_or_stored_twice(
	open_portal: OpenPortal, host: EmbeddedHost, steps: list[str]
) -> None:
	sarah = host.add_customer("Sarah Lee")
	outbox = Outbox(open_portal(host, sarah), host.sign_in(sarah))
	for step in steps:
		outbox.do(step)
		outbox.check()

	# at last the line is there, and the reader tries what was refused again
	outbox.do("stored")
	outbox.do("send")
	while outbox.portal.waiting().count():
		outbox.do("look")
		outbox.do("retry")
	outbox.check()
	stored = outbox.reader.texts()
	assert all(sum(words in text for text in stored) == 1 for words in outbox.kept)
	outbox.portal.page.close()
