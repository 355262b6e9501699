"""What the scheduler and the background workers run. Each but the history is one transaction of Frappe's."""

import time

import frappe

from customer_thread.api import once_more
from customer_thread.domain.errors import GatewayError, ThreadError
from customer_thread.domain.times import DAY
from customer_thread.frappe_host import communications, contacts
from customer_thread.frappe_host.archive import SiteArchive
from customer_thread.frappe_host.guard import guarded
from customer_thread.frappe_host.mail import given_up
from customer_thread.frappe_host.wiring import ports
from customer_thread.service.cards import bring_in_history as past
from customer_thread.service.incoming import backfill as missed_texts
from customer_thread.service.incoming import fetch_media as pictures
from customer_thread.service.incoming.receive_status import receive_status
from customer_thread.service.outgoing import deliver as deliveries
from customer_thread.service.outgoing.deliver import Claimed

#: how long after it was queued a mail may be given up
MAILS_FOR = 8 * DAY
#: seconds after which the history goes on in another job: a job may take five minutes
HISTORY_JOB = 60


def deliver() -> None:
	"""Claim what is due, and what a dead worker had claimed; each claim is sent by a job of its own, once it holds."""
	here = ports()
	deliveries.release_abandoned(here)
	for name in deliveries.due(here):
		claimed = deliveries.claim(here, name)
		if claimed:
			frappe.enqueue(
				"customer_thread.tasks.send", queue="short", enqueue_after_commit=True, claimed=claimed
			)


def send(claimed: Claimed) -> None:
	"""Send one claimed delivery and write down what came of it; what waits behind it goes next."""
	here = ports()
	outcome = deliveries.send(here, claimed)
	# what has left must be written down, and never leave twice
	once_more(lambda: deliveries.record(here, claimed, outcome))
	here.queue.run_soon("deliver")


def take_communication(name: str) -> None:
	"""Put an e-mail of the site into its thread, once however often this runs."""
	if frappe.db.exists("Communication", name):
		once_more(lambda: communications.take_in(name))


def check_contact_points() -> None:
	"""Put right the contact points that raw SQL or an import has left behind."""
	contacts.repair()


def fetch_media() -> None:
	"""Bring home the pictures that are due; one that cannot be kept holds up no other."""
	here = ports()
	for row in pictures.due(here):
		outcome, is_recorded = pictures.fetch(here, row), False
		with guarded(f"Picture {row['name']}"):
			pictures.record(here, row, outcome)
			is_recorded = True
		if not is_recorded:
			pictures.record(here, row, GatewayError("This file could not be kept."))


def backfill() -> None:
	"""Take in the texts whose webhook was missed."""
	here = ports()
	try:
		texts = missed_texts.missed(here)
	except ThreadError as error:
		frappe.log_error(title="Customer Thread: could not look for missed texts", message=str(error))
		return
	for text in texts:
		missed_texts.take_in(here, text)


def check_mails() -> None:
	"""Mark the mails that Frappe has given up; they go on by the other channel."""
	here = ports()
	for report in given_up(here.clock.now_us() - MAILS_FOR):
		receive_status(here, report)


def history() -> None:
	"""Bring in what happened before, batch by batch; each holds for itself, so that a lost worker loses none."""
	here, archive, begun = ports(), SiteArchive(), time.monotonic()
	while time.monotonic() - begun < HISTORY_JOB:
		try:
			run = past.advance_history(here, archive)
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			frappe.db.rollback()
			continue
		except Exception as error:
			frappe.db.rollback()
			frappe.log_error(title="Customer Thread: history")
			run = past.fail_history(here, str(error))
		frappe.db.commit()
		if run is None:
			return
		if run["started_by"]:
			frappe.publish_realtime("customer_thread_history", past.view(run), user=run["started_by"])
		if run["state"] != "Running":
			return
	here.queue.run_soon("history")


def resume_history() -> None:
	"""Begin with a history that the installation asked for, or go on with one whose worker is gone."""
	past.resume_history(ports())
