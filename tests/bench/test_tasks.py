"""What the background workers of a site do, against the Twilio stand-in."""

from collections.abc import Iterator
from typing import Any

import pytest
from support.persons import BUSINESS, SARAH

from customer_thread.domain.delivery_states import CLAIM_TIMEOUT
from customer_thread.domain.model import Address

SID = "AC" + "a" * 32


@pytest.fixture
def twilio(site: Any) -> Iterator[Any]:
	"""Return Twilio, set up in the site."""
	from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

	stand_in = TwilioStandIn(SID, "token", [BUSINESS.phone])
	settings = site.get_doc("Customer Thread Settings")
	settings.update(
		{
			"twilio_account_sid": SID,
			"twilio_auth_token": "token",
			"twilio_from_number": BUSINESS.phone,
			"twilio_api_base": stand_in.start(),
		}
	)
	settings.save()
	yield stand_in
	stand_in.stop()


@pytest.fixture
def thread(open_thread: Any) -> Any:
	"""Return the thread of a customer with a phone."""
	return open_thread("Sarah Lee", Address("Phone", SARAH.phone))


def test_it_sends_what_it_claimed_once(site: Any, twilio: Any, thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.outgoing import deliver
	from customer_thread.service.outgoing.send_message import send_message

	posted = send_message(site_ports(), thread, "Our crew is on its way <soon>")
	name = site.get_all("Thread Delivery", filters={"entry": posted.entry}, pluck="name")[0]
	claimed = deliver.claim_delivery(site_ports(), name)
	assert claimed
	assert deliver.claim_delivery(site_ports(), name) is None
	tasks.send(claimed)

	assert [(text.to, text.body) for text in twilio.sent] == [(SARAH.phone, "Our crew is on its way <soon>")]
	row = site.get_all("Thread Delivery", filters={"name": name}, fields=["state", "provider_id", "claim"])[0]
	assert row.state in ("Sending", "Sent", "Delivered")
	assert row.provider_id.startswith("SM")
	assert row.claim is None


def test_it_takes_up_what_a_dead_worker_had_claimed(site: Any, twilio: Any, thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.outgoing import deliver
	from customer_thread.service.outgoing.send_message import send_message

	posted = send_message(site_ports(), thread, "Our crew is on its way")
	name = site.get_all("Thread Delivery", filters={"entry": posted.entry}, pluck="name")[0]
	assert deliver.claim_delivery(site_ports(), name)
	claim = site.db.get_value("Thread Delivery", name, "claim")
	tasks.deliver()
	assert site.db.get_value("Thread Delivery", name, "claim") == claim, "a living worker is left alone"
	dead_us = site_ports().clock.now_us() - CLAIM_TIMEOUT - 1
	site.db.set_value("Thread Delivery", name, "claimed_us", dead_us)
	tasks.deliver()
	assert site.db.get_value("Thread Delivery", name, "claim") not in (claim, None)


def test_it_sends_nothing_for_a_job_that_came_too_late(site: Any, twilio: Any, thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.outgoing import deliver
	from customer_thread.service.outgoing.send_message import send_message

	posted = send_message(site_ports(), thread, "Our crew is on its way")
	name = site.get_all("Thread Delivery", filters={"entry": posted.entry}, pluck="name")[0]
	late = deliver.claim_delivery(site_ports(), name)
	assert late
	site.db.set_value("Thread Delivery", name, "claimed_us", 1)
	tasks.deliver()
	assert site.db.get_value("Thread Delivery", name, "claim") not in (late.claim, None)
	tasks.send(late)
	assert twilio.requests["create"] == 0


def test_it_lets_what_cannot_be_put_together_hold_up_no_other(site: Any, twilio: Any, thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.outgoing.send_message import send_message

	known = set(site.get_all("Error Log", pluck="name"))
	broken, good = (
		site.get_all(
			"Thread Delivery", {"entry": send_message(site_ports(), thread, words).entry}, pluck="name"
		)[0]
		for words in ("broken", "good")
	)
	# there is no such channel
	site.db.set_value("Thread Delivery", broken, {"channel": "Pigeon", "address": "a roof"})
	tasks.deliver()
	assert site.db.get_value("Thread Delivery", broken, "state") == "Failed"
	assert site.db.get_value("Thread Delivery", good, "state") == "Sending"
	for name in set(site.get_all("Error Log", pluck="name")) - known:
		site.db.delete("Error Log", {"name": name})


def test_it_asks_what_became_of_a_text_it_hears_nothing_of(site: Any, twilio: Any, thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.outgoing import deliver
	from customer_thread.service.outgoing.send_message import send_message

	twilio.callback_delay = 3600
	posted = send_message(site_ports(), thread, "Our crew is on its way")
	name = site.get_all("Thread Delivery", filters={"entry": posted.entry}, pluck="name")[0]
	claimed = deliver.claim_delivery(site_ports(), name)
	assert claimed
	tasks.send(claimed)
	tasks.ask_outcomes()
	assert site.db.get_value("Thread Delivery", name, "state") == "Sending"
	twilio.sent[0].status = "delivered"
	site.db.set_value("Thread Delivery", name, "due_us", 1)
	tasks.ask_outcomes()
	assert site.db.get_value("Thread Delivery", name, "state") == "Delivered"


def test_it_finds_a_text_whose_webhook_was_missed_once(site: Any, twilio: Any, thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.frappe_host.wiring import site_ports

	now = site_ports().clock.now_us
	twilio.clock = lambda: now() - 600_000_000
	twilio.receive(SARAH.phone, BUSINESS.phone, "Is anybody there?")
	for _ in range(2):
		tasks.backfill()
	texts = site.get_all("Thread Entry", filters={"thread": thread["name"]}, fields=["text", "channel"])
	assert texts == [{"text": "Is anybody there?", "channel": "SMS"}]


def test_it_holds_no_picture_while_it_is_fetched(
	site: Any, twilio: Any, thread: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
	from customer_thread import tasks
	from customer_thread.domain.model import Attachment
	from customer_thread.frappe_host.wiring import site_ports

	now = site_ports().clock.now_us
	twilio.clock = lambda: now() - 600_000_000
	pictures = [Attachment(f"{name}.txt", "text/plain", name.encode()) for name in ("deck", "roof")]
	twilio.receive(SARAH.phone, BUSINESS.phone, "Two pictures", pictures)
	tasks.backfill()
	entry = site.db.get_value("Thread Entry", {"thread": thread["name"]})
	kept: list[Any] = []

	def commit() -> None:
		rows = site.get_all(
			"Thread Attachment", {"entry": entry}, ["state", "due_us"], order_by="position", as_list=True
		)
		told = [f"{state}, claimed" if state == "Pending" and due > now() else state for state, due in rows]
		kept.append((twilio.requests["media"], *told))

	monkeypatch.setattr(site.db, "commit", commit)
	tasks.fetch_attachments()
	assert kept == [
		(0, "Pending, claimed", "Pending"),
		(1, "Ready", "Pending"),
		(1, "Ready", "Pending, claimed"),
		(2, "Ready", "Ready"),
	]


def test_it_takes_up_a_picture_that_a_dead_worker_had_claimed(site: Any, twilio: Any, thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.domain.model import Attachment
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.incoming.fetch_attachments import (
		claim_attachment,
		due_attachments,
		record_attachment,
	)

	ports, picture = site_ports(), Attachment("deck.txt", "text/plain", b"a deck")
	now = ports.clock.now_us
	twilio.clock = lambda: now() - 600_000_000
	twilio.receive(SARAH.phone, BUSINESS.phone, "A picture", [picture])
	tasks.backfill()
	[read] = [row for row in due_attachments(ports) if row["thread"] == thread["name"]]
	claimed = claim_attachment(ports, read)
	assert claimed
	assert claim_attachment(ports, read) is None
	tasks.fetch_attachments()
	assert twilio.requests["media"] == 0, "a living worker is left alone"
	site.db.set_value("Thread Attachment", read["name"], "due_us", now() - 1)
	files = site.db.count("File")
	record_attachment(ports, claimed, picture)
	assert site.db.count("File") == files, "what comes too late leaves nothing behind"
	tasks.fetch_attachments()
	assert site.db.get_value("Thread Attachment", read["name"], "state") == "Ready"


def test_it_lets_a_file_that_cannot_be_kept_hold_up_no_other(site: Any, twilio: Any, thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.domain.model import Attachment
	from customer_thread.frappe_host.wiring import site_ports

	known = set(site.get_all("Error Log", pluck="name"))
	# Frappe takes no file without content
	files = [Attachment("empty.png", "image/png", b""), Attachment("deck.txt", "text/plain", b"a deck")]
	now = site_ports().clock.now_us
	twilio.clock = lambda: now() - 600_000_000
	twilio.receive(SARAH.phone, BUSINESS.phone, "Two files", files)
	tasks.backfill()
	for _ in range(2):
		tasks.fetch_attachments()
	entry = site.db.get_value("Thread Entry", {"thread": thread["name"]})
	rows = site.get_all(
		"Thread Attachment", {"entry": entry}, ["state", "attempts"], order_by="position", as_list=True
	)
	assert rows == (("Pending", 1), ("Ready", 1))
	# their table knows no rollback
	for name in set(site.get_all("Error Log", pluck="name")) - known:
		site.db.delete("Error Log", {"name": name})
