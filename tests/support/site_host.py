"""The copied site as the tests of HTTP know a host."""

import os
import signal
import tempfile
import time
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path
from typing import Any

import frappe
import requests
from rq import Queue
from rq.registry import StartedJobRegistry

from customer_thread.gateways.web_push.keys import new_keys
from support import site_anew, site_people
from support.people import Browser, Staff
from support.site import committed
from support.site_anew import SETTINGS
from support.site_bulk import fill
from support.site_processes import SiteProcesses
from support.surroundings import OFFICE, Surroundings
from support.waiting import wait_until

ACCOUNT = "Tests"


@cache
def processes() -> SiteProcesses:
	"""Return the processes that all tests share."""
	with committed():
		url = str(frappe.conf.host_name)
	log = Path(tempfile.gettempdir()) / f"{os.environ['SITE']}.log"
	return SiteProcesses(url, log)


class SiteHost(Surroundings):
	"""The site, set up for one module or test."""

	#: Frappe says so before any call of ours is reached
	not_signed_in = 403
	no_such_call = 417
	wrong_method = 403
	knows_authors = True

	def __init__(self, folder: Path, outer: "SiteHost | None" = None) -> None:
		super().__init__(folder)
		#: whose settings come back at the end
		self._outer = outer
		self._processes = processes()
		self.url = self._processes.url
		if outer is None:
			self._reset()
		_forget_settings()

	# The processes

	def start(self) -> None:
		"""Serve, and let the providers know where."""
		if not self._processes.is_running:
			self._processes.start()
		self.twilio.message_url = self.webhook_url("twilio_message")
		self.twilio.voice_url = self.webhook_url("twilio_voice")

	def stop(self) -> int:
		"""End web server and worker as an init system does."""
		self._processes.end(signal.SIGTERM)
		return 0

	def kill(self) -> None:
		"""End them as a power cut does; the queue gives up what was in hand, as it does after some minutes."""
		self._processes.end(signal.SIGKILL)
		for queue in _queues():
			started = StartedJobRegistry(queue=queue)
			for job in started.get_job_ids():
				started.remove(job)

	def restart(self) -> None:
		"""Serve again."""
		if self._processes.is_running:
			self.stop()
		self.start()

	def close(self) -> None:
		"""End the providers; what is still to do for them goes no further."""
		with committed():
			frappe.db.sql(
				"UPDATE `tabThread Delivery` SET state = 'Skipped' WHERE state IN ('Queued', 'Sending')"
			)
			frappe.db.sql("UPDATE `tabThread Attachment` SET state = 'Failed' WHERE state = 'Pending'")
		if self._processes.is_running:
			self.settle()
		super().close()
		if self._outer:
			_forget_settings()
			self._outer.start()
			self._outer.set_up()

	def settle(self) -> None:
		"""Wait until no background job is left."""

		def is_idle() -> bool:
			return not any(queue.count or StartedJobRegistry(queue=queue).count for queue in queues)

		queues = _queues()
		wait_until(is_idle, what="the end of all jobs")

	def logged(self) -> str:
		"""Return what the processes and the jobs have complained of."""
		with committed():
			errors = frappe.get_all("Error Log", ["method", "error"])
		return "\n".join([self._processes.log.read_text(), *(f"{row.method}\n{row.error}" for row in errors)])

	# The settings

	def set_up(self) -> None:
		"""Make all the settings a business makes, and the keys that the other host makes by itself."""
		super().set_up()
		keys = new_keys()
		self.set(vapid_public_key=keys.public, vapid_private_key=keys.private)

	def set(self, **settings: object) -> None:
		"""Change settings; the mail server is an Email Account here."""
		with committed():
			if "smtp_url" in settings:
				_set_mail_server(str(settings.pop("smtp_url")))
			document = frappe.get_doc(SETTINGS)
			for name, value in settings.items():
				document.set(name, _tabs(str(value)) if name == "tabs" else value)
			document.save()
		# a job that began before may have put the old ones into Frappe's cache since
		time.sleep(0.1)
		with committed():
			frappe.clear_document_cache(SETTINGS, SETTINGS)

	def _reset(self) -> None:
		"""Forget what the tests before have set and left."""
		from support.site_database import SiteDatabase

		database = SiteDatabase()
		database.empty()
		for doctype in site_anew.TRACES:
			frappe.db.delete(doctype)
		site_anew.bring("Thread Saved Reply")
		frappe.db.commit()
		# how often somebody asked for a link, say: on the other host each has its own
		frappe.cache.delete_keys("customer_thread_within:")
		database.close()
		site_people.forget_customers()

	# People

	def add_customer(self, name: str, *, phone: str = "", email: str = "", project: str = "") -> str:
		"""Add a customer and return their id."""
		return site_people.add_customer(name, phone, email, project)

	def mailbox_of(self, customer: str, on_file: str) -> str:
		"""Return where notices reach a customer by mail: at their user's own address, whatever is on file."""
		return site_people.user_of(customer)

	def sign_in(self, customer: str) -> Browser:
		"""Return a customer who has just signed in and sees their messages."""
		browser = Browser(self.url, customer)
		browser.http.cookies.set("sid", site_people.session(self.url, customer))
		page = browser.open()
		assert page.status_code == 200, page.text
		assert browser.csrf
		return browser

	def let_in(self, http: requests.Session, customer: str) -> None:
		"""Sign in with the password, in a browser that may have somebody else's session."""
		site_people.login(self.url, customer, http)

	@property
	def staff(self) -> Staff:
		"""Return somebody of the business."""
		user, token = site_people.staff_token()
		return Staff(self.url, token, user)

	def new_staff(self) -> Staff:
		"""Return one more of the business."""
		user, token = site_people.new_staff_token()
		return Staff(self.url, token, user)

	def check_refused(self, answer: requests.Response) -> None:
		"""Fail unless Frappe itself has turned somebody away, whose words are its own."""
		assert answer.status_code in (401, 403)
		assert answer.json()["exc_type"] in ("AuthenticationError", "PermissionError", "ValidationError")

	def fill(self, customer: str, count: int, first_us: int, step_us: int) -> None:
		"""Give a customer many entries at once."""
		with committed():
			fill(customer, count, first_us, step_us)

	def save_reply(self, shortcut: str, text: str, *, enabled: bool = True) -> None:
		"""Add a saved reply to those that are shipped."""
		with committed():
			frappe.db.delete("Thread Saved Reply", {"shortcut": shortcut})
			new = {"doctype": "Thread Saved Reply", "title": shortcut.title(), "shortcut": shortcut}
			frappe.get_doc({**new, "text": text, "enabled": int(enabled)}).insert()

	# Mail

	def mail(self, message: EmailMessage | bytes, sender: str, to: str) -> tuple[int, str]:
		"""Let the site's Email Account receive a mail, and wait until its jobs are done."""
		from frappe.email.receive import InboundMail

		data = message if isinstance(message, bytes) else message.as_bytes(policy=SMTP)
		with committed():
			account: Any = frappe.get_doc("Email Account", ACCOUNT)
			# the mailbox is the one thing that is not there
			account.get_inbound_mails = lambda: [InboundMail(data, account)]
			try:
				account.receive()
			except Exception as error:
				# Frappe has taken none of it
				return 550, str(error)
		self.settle()
		return 250, "received"


def _forget_settings() -> None:
	with committed():
		site_anew.forget_settings()


def _queues() -> list[Queue]:
	from frappe.utils.background_jobs import get_queue_list, get_redis_conn

	with committed():
		redis = get_redis_conn()
		return [Queue(name, connection=redis) for name in get_queue_list(build_queue_name=True)]


def _tabs(words: str) -> list[dict[str, str]]:
	pairs = (pair.strip().partition("=") for pair in words.split(",") if pair.strip())
	return [{"title": title, "route": route} for title, _equals, route in pairs]


def _set_mail_server(url: str) -> None:
	host, _colon, port = url.removeprefix("smtp://").rpartition(":")
	if not frappe.db.exists("Email Account", ACCOUNT):
		names = {"email_account_name": ACCOUNT, "email_id": OFFICE, "no_smtp_authentication": 1}
		frappe.get_doc({"doctype": "Email Account", **names}).insert()
	account = frappe.get_doc("Email Account", ACCOUNT)
	account.update({"enable_outgoing": int(bool(url)), "default_outgoing": int(bool(url))})
	if url:
		account.update({"smtp_server": host, "smtp_port": port})
	account.save()
