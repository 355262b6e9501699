"""What the scheduler and the background workers run.

What waits for a provider (a delivery, a picture) and each batch of the history hold by themselves; any other is one
transaction of Frappe's.
"""

import time
from functools import partial
from typing import Any

import frappe

from customer_thread.api import once_more
from customer_thread.domain.errors import GatewayError, ThreadError
from customer_thread.domain.model import Attachment
from customer_thread.domain.outbound import Claimed, SentMail
from customer_thread.domain.times import DAY, HOUR
from customer_thread.frappe_host import bell, communications, contacts, mailbox, transaction, turns
from customer_thread.frappe_host.archive import SiteArchive
from customer_thread.frappe_host.database import SYSTEM_USER
from customer_thread.frappe_host.guard import guarded
from customer_thread.frappe_host.mail import given_up
from customer_thread.frappe_host.times import site_time
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.automations.follow_zones import threads_elsewhere
from customer_thread.service.automations.look_at_held import held_messages, look_again_at
from customer_thread.service.automations.plan_automation import (
	documents_to_come,
	look_again,
	waiting_messages,
)
from customer_thread.service.automations.plan_thread import plan_thread
from customer_thread.service.automations.send_due import due_messages, send_due
from customer_thread.service.bot.forget_kept import forget_kept
from customer_thread.service.cards.bring_in_history import (
	advance_history,
	fail_history,
	history_view,
	resume_lost_history,
)
from customer_thread.service.desk.alert_waiting import alert_waiting as alert_who_is_next
from customer_thread.service.desk.alert_waiting import due_waits
from customer_thread.service.desk.due_ring import due_ring
from customer_thread.service.desk.gather_words import gather_words as gather_words_of
from customer_thread.service.desk.gather_words import next_block
from customer_thread.service.incoming.backfill import missed_sms, receive_missed_sms
from customer_thread.service.incoming.fetch_attachments import (
	claim_attachment,
	due_attachments,
	fetch_attachment,
	record_attachment,
)
from customer_thread.service.incoming.receive_bounce import receive_bounce
from customer_thread.service.leaving.advance_erasure import advance_erasure
from customer_thread.service.leaving.remove_old import remove_old as remove_old_messages
from customer_thread.service.notices.release_notices import due_groups, release_group
from customer_thread.service.outgoing.ask_outcome import ask_outcome, record_answer, silent_deliveries
from customer_thread.service.outgoing.deliver import (
	begin_delivery,
	claim_delivery,
	due_deliveries,
	give_up_delivery,
	record_delivery,
	release_abandoned,
	send_delivery,
	set_clock_right,
)
from customer_thread.service.ports import Ports
from customer_thread.service.sign_in.forget_links import forget_links
from customer_thread.service.thread.forget_uploads import forget_uploads as forget_old_uploads
from customer_thread.store.rows import DueAttachmentRow

#: how long after it was queued a mail may be given up
MAILS_FOR = 8 * DAY
#: how far back mails are looked at that Frappe's own flush may have sent
LATELY = HOUR
#: seconds after which the history goes on in another job: a job may take five minutes
HISTORY_JOB = 60
#: seconds after which an erasure goes on in another job
ERASING_JOB = 60
#: seconds after which no more words are gathered
GATHERING_JOB = 60
#: seconds after which no more texts are asked about, or pictures fetched
ASKING_JOB = 60


def deliver() -> None:
	"""Claim what is due, and what a dead worker had claimed; each claim is sent by a job of its own, once it holds."""
	ports = site_ports()
	release_abandoned(ports)
	set_clock_right(ports)
	for name in due_deliveries(ports):
		claimed = _claim(ports, name)
		if claimed:
			frappe.enqueue(
				"customer_thread.tasks.send", queue="short", enqueue_after_commit=True, claimed=claimed
			)


def _claim(ports: Ports, name: str) -> Claimed[Any] | None:
	"""Claim one; what cannot be put together fails, and holds up no other."""
	with guarded(f"Delivery {name}"):
		return claim_delivery(ports, name)
	give_up_delivery(ports, name, RuntimeError())
	return None


def send(claimed: Claimed[Any]) -> None:
	"""Send one claimed delivery and write down what came of it; what waits behind it goes next.

	Nothing, if the claim was given up while the job waited.
	"""
	ports = site_ports()
	if not begin_delivery(ports, claimed):
		return
	frappe.db.commit()  # a request counts from when it begins, not from its claim  # nosemgrep
	outcome = send_delivery(ports, claimed)
	try:
		record_delivery(ports, claimed, outcome)
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
		frappe.db.rollback()
		if isinstance(outcome, SentMail):
			# it lay in the site's own queue, in the transaction that is undone
			outcome = send_delivery(ports, claimed)
		# what has left must be written down, and never leave twice
		once_more(partial(record_delivery, ports, claimed, outcome))
	ports.queue.run_soon("deliver")


def release() -> None:
	"""Look again at what was held until now, each group for itself: what is decided about one outlives the next."""
	ports = site_ports()
	for row in due_messages(ports):
		frappe.db.commit()  # what has changed since they were listed counts  # nosemgrep
		with guarded(f"Scheduled message {row['name']}"):
			send_due(ports, row)
		frappe.db.commit()  # each holds by itself  # nosemgrep
	for group in due_groups(ports):
		with guarded(f"Held delivery {group['name']}"):
			release_group(ports, group)
		frappe.db.commit()  # a crash later on doubles nothing and loses nothing  # nosemgrep


def plan_automation(name: str) -> None:
	"""Make what waits of an automation what it says now, and plan what is still to come; each holds by itself."""
	ports = site_ports()
	for row in waiting_messages(ports, name):
		with guarded(f"Scheduled message {row['name']}"):
			look_again(ports, row)
		frappe.db.commit()  # the rows of one document are not held for the next  # nosemgrep
	for reference in documents_to_come(ports, name):
		transaction.plan(reference)
		frappe.db.commit()  # likewise  # nosemgrep


def look_at_held() -> None:
	"""Let what is held until it may ping be looked at again, now that the hours for that are others; each holds by itself."""
	ports = site_ports()
	for name in held_messages(ports):
		look_again_at(ports, name)
		frappe.db.commit()  # what is sent by then waits for none of the others  # nosemgrep


def settle_turn(thread: str) -> None:
	"""Let a thread be nobody's who may not see it any more, and let the site's Assignment Rules say whose turn it is."""
	# whoever has changed it, a guest perhaps: the assignment is the system's
	frappe.set_user(SYSTEM_USER)
	once_more(lambda: turns.settle(thread))


def alert_waiting() -> None:
	"""Tell who is next that a customer waits too long for an answer; each holds by itself."""
	ports = site_ports()
	for name in due_waits(ports):
		with guarded(f"Who waits in thread {name}"):
			alert_who_is_next(ports, name)
		frappe.db.commit()  # who was told is not told again, whatever becomes of the next  # nosemgrep


def ring(entry: int) -> None:
	"""Ring the Desk's bell for what a customer wrote and nobody was sent, once however often this runs."""
	once_more(lambda: _ring(entry))


def _ring(entry: int) -> None:
	if due := due_ring(site_ports(), entry):
		bell.ring_all(due.thread, due.said)


def ask_outcomes() -> None:
	"""Ask what became of texts that nothing was heard of; the rows are held only once all have been asked about."""
	ports, begun = site_ports(), time.monotonic()
	answers = []
	for row in silent_deliveries(ports):
		answers.append((row, ask_outcome(ports, row)))
		if time.monotonic() - begun > ASKING_JOB:
			break
	for row, answer in answers:
		with guarded(f"Delivery {row['name']}"):
			record_answer(ports, row, answer)


def send_mail(name: str) -> None:
	"""Send a mail that was queued just before."""
	mailbox.send_queued(name)


def pull_mails() -> None:
	"""Fetch the mails of the accounts in use."""
	mailbox.pull_accounts()


def receive_communication(name: str) -> None:
	"""Put an e-mail of the site into its thread, once however often this runs."""
	if frappe.db.exists("Communication", name):
		once_more(lambda: communications.receive(name))


def check_contact_points() -> None:
	"""Put right the contact points that raw SQL or an import has left behind."""
	contacts.repair()


def forget() -> None:
	"""Forget the links that have ended long ago, some at a time: nobody waits long for the rows that are held."""
	ports = site_ports()
	while forget_links(ports):
		frappe.db.commit()  # what is forgotten is, whatever becomes of the rest  # nosemgrep


def forget_kept_words() -> None:
	"""Forget what the bot was not told whom it was for."""
	forget_kept(site_ports())


def forget_uploads() -> None:
	"""Remove what staff chose and did not send, some at a time."""
	ports = site_ports()
	while forget_old_uploads(ports):
		frappe.db.commit()  # what is removed is, whatever becomes of the rest  # nosemgrep


def follow_zones() -> None:
	"""Plan anew what waits for customers who live in another zone now."""
	ports = site_ports()
	for name in threads_elsewhere(ports):
		with guarded(f"Scheduled messages of thread {name}"):
			plan_thread(ports, name)
		frappe.db.commit()  # each thread holds by itself  # nosemgrep


def fetch_attachments() -> None:
	"""Bring home the pictures that are due, each for itself: however slow the provider is, nothing is held meanwhile."""
	ports, begun = site_ports(), time.monotonic()
	for row in due_attachments(ports):
		claimed = claim_attachment(ports, row)
		frappe.db.commit()  # no other worker fetches it, and no row is held while it comes  # nosemgrep
		if claimed:
			outcome = fetch_attachment(ports, claimed)
			once_more(partial(_keep, ports, claimed, outcome))
			frappe.db.commit()  # what is fetched is kept, whatever becomes of the next  # nosemgrep
		if time.monotonic() - begun > ASKING_JOB:
			break


def _keep(ports: Ports, claimed: DueAttachmentRow, outcome: Attachment | GatewayError) -> None:
	"""Write down what came of one; a file that cannot be kept is a try that failed, and holds up no other."""
	with guarded(f"Picture {claimed['name']}"):
		record_attachment(ports, claimed, outcome)
		return
	record_attachment(ports, claimed, GatewayError("This file could not be kept."))


def backfill() -> None:
	"""Take in the texts whose webhook was missed."""
	ports = site_ports()
	try:
		texts = missed_sms(ports)
	except ThreadError as error:
		frappe.log_error(title="Customer Thread: could not look for missed texts", message=str(error))
		return
	for text in texts:
		with guarded(f"Missed text {text.provider_sid}"):
			receive_missed_sms(ports, text)


def check_mails() -> None:
	"""Mark the mails that Frappe has given up; they go on by the other channel."""
	ports = site_ports()
	mailbox.conceal_sent({"modified": (">=", site_time(ports.clock.now_us() - LATELY))})
	for bounce in given_up(ports.clock.now_us() - MAILS_FOR):
		receive_bounce(ports, bounce)


def history() -> None:
	"""Bring in what happened before, batch by batch; each holds for itself, so that a lost worker loses none."""
	ports, archive, begun = site_ports(), SiteArchive(), time.monotonic()
	while time.monotonic() - begun < HISTORY_JOB:
		try:
			run = advance_history(ports, archive)
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			frappe.db.rollback()
			continue
		except Exception as error:
			frappe.db.rollback()
			frappe.log_error(title="Customer Thread: history")
			run = fail_history(ports, str(error))
		frappe.db.commit()  # a batch that is done outlives a worker that is not  # nosemgrep
		if run is None:
			return
		if run["started_by"]:
			frappe.publish_realtime("customer_thread_history", history_view(run), user=run["started_by"])
		if run["state"] != "Running":
			return
	ports.queue.run_soon("history")


def erase() -> None:
	"""Erase what managers asked for, batch by batch; each holds by itself, so that a lost worker loses none."""
	ports, begun = site_ports(), time.monotonic()
	while time.monotonic() - begun < ERASING_JOB:
		try:
			has_more = advance_erasure(ports)
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			frappe.db.rollback()
			continue
		frappe.db.commit()  # what is erased stays so, whatever becomes of the rest  # nosemgrep
		if not has_more:
			return
	ports.queue.run_soon("erase")


def remove_old() -> None:
	"""Remove the words and files of what is older than it is kept, batch by batch; each holds by itself."""
	ports, after = site_ports(), 0
	while (done := remove_old_messages(ports, after)) is not None:
		after = done
		frappe.db.commit()  # what is removed stays so, whatever becomes of the rest  # nosemgrep


def gather_words() -> None:
	"""Gather the words by which the inbox's search finds what was said long ago, block by block; each holds by itself."""
	ports, begun = site_ports(), time.monotonic()
	while time.monotonic() - begun < GATHERING_JOB and (block := next_block(ports)) is not None:
		gather_words_of(ports, block)
		frappe.db.commit()  # no entry is held while the next block's words are gathered  # nosemgrep


def resume_history() -> None:
	"""Begin with a history that the installation asked for, or go on with one whose worker is gone."""
	resume_lost_history(site_ports())
