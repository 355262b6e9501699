"""The embedded host as a process of its own."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import requests

from support.cli import COMMAND, Ended, WarmCli
from support.mails import hand_in
from support.people import Browser, Staff, use_link
from support.surroundings import (
	ACCOUNT,
	BUSINESS,
	CONTRACTOR,
	DOMAIN,
	MOBILE,
	NUMBER,
	OFFICE,
	TOKEN,
	Surroundings,
	new_email,
	new_phone,
	reply_token,
	text_params,
)
from support.waiting import wait_until

__all__ = [
	"ACCOUNT",
	"BUSINESS",
	"CONTRACTOR",
	"DOMAIN",
	"MOBILE",
	"NUMBER",
	"OFFICE",
	"TOKEN",
	"EmbeddedHost",
	"new_email",
	"new_phone",
	"reply_token",
	"text_params",
]

BULK = Path(__file__).with_name("bulk.py")


class EmbeddedHost(Surroundings):
	"""One data folder, its server, and what is around it."""

	def __init__(self, folder: Path, cli: WarmCli) -> None:
		super().__init__(folder)
		self.cli = cli
		self.mail_url = ""
		self.log = folder.with_name("serve.log")
		#: where another copy of the package lies that the server is to run
		self.package: Path | None = None
		self._process = 0
		self._copy: subprocess.Popen[bytes] | None = None
		self._staff: Staff | None = None

	# The process

	def start(self, port: int = 0) -> None:
		"""Serve, and read the addresses it prints."""
		arguments: list[str | Path] = [
			"serve",
			"--data",
			self.folder,
			"--port",
			str(port),
			"--mail-port",
			"0",
		]
		printed = self.log.with_suffix(".out")
		printed.write_text("")
		if self.package:
			self._process = self._start_copy(arguments, printed)
		else:
			self._process = self.cli.start(*arguments, out=printed, err=self.log)
		wait_until(lambda: printed.read_text().count("\n") == 2, what=f"addresses; see {self.log}")
		self.url, self.mail_url = printed.read_text().splitlines()
		self.twilio.message_url = self.webhook_url("twilio_message")
		self.twilio.voice_url = self.webhook_url("twilio_voice")

	def _start_copy(self, arguments: Sequence[str | Path], printed: Path) -> int:
		with self.log.open("a") as log, printed.open("a") as out:
			self._copy = subprocess.Popen(
				[*COMMAND, *arguments],
				stdout=out,
				stderr=log,
				env={**os.environ, "PYTHONPATH": str(self.package)},
				cwd=self.package,
			)
		return self._copy.pid

	@property
	def process(self) -> int:
		"""Return its process id."""
		assert self._process
		return self._process

	def stop(self) -> int:
		"""End it as an init system does, and return its exit status."""
		return self._end(signal.SIGTERM)

	def kill(self) -> None:
		"""End it as a power cut does."""
		self._end(signal.SIGKILL)

	def restart(self) -> None:
		"""Serve the same folder at the same address again."""
		if self._process:
			self.stop()
		self.start(urlsplit(self.url).port or 0)

	def _end(self, how: signal.Signals) -> int:
		assert self._process
		process, self._process = self._process, 0
		os.kill(process, how)
		if self._copy and self._copy.pid == process:
			return self._copy.wait(30)
		return self.cli.wait(process)

	def close(self) -> None:
		"""End everything."""
		if self._process:
			self.kill()
		super().close()

	def logged(self) -> str:
		"""Return what it wrote on standard error."""
		return self.log.read_text("utf-8")

	# The command line

	def run(self, name: str, *arguments: str | Path) -> Ended:
		"""Run a command on this folder."""
		return self.cli(name, "--data", self.folder, *arguments)

	def set(self, **settings: object) -> None:
		"""Change settings."""
		ended = self.run("set", *(f"{name}={value}" for name, value in settings.items()))
		assert ended.status == 0, ended.err

	def add_customer(self, name: str, *, phone: str = "", email: str = "", project: str = "") -> str:
		"""Add a customer and return their id."""
		options = {"--phone": phone, "--email": email, "--project": project}
		given = [word for option, value in options.items() if value for word in (option, value)]
		return self.run("customer", "--name", name, *given).line

	def sign_in_path(self, customer: str) -> str:
		"""Return a one-time sign-in link without its scheme and host."""
		link = urlsplit(self.run("sign-in", "--customer", customer).line)
		return f"{link.path}?{link.query}"

	def let_in(self, http: requests.Session, customer: str) -> None:
		"""Use a one-time link in a browser that may have somebody else's session."""
		page = use_link(http, self.url + self.sign_in_path(customer))
		assert page.status_code == 200, page.text

	def sign_in(self, customer: str) -> Browser:
		"""Return a customer who has just signed in and sees their messages."""
		browser = Browser(self.url, customer)
		page = browser.sign_in(self.sign_in_path(customer))
		assert page.status_code == 200, page.text
		assert browser.csrf
		return browser

	@property
	def staff(self) -> Staff:
		"""Return somebody of the business."""
		if self._staff is None:
			self._staff = self.new_staff()
		return self._staff

	def new_staff(self) -> Staff:
		"""Return one more of the business."""
		return Staff(self.url, self.run("token").line)

	def save_reply(self, shortcut: str, text: str, *, enabled: bool = True) -> None:
		"""Add a saved reply to those that are shipped, as whoever has the database does."""
		with closing(sqlite3.connect(self.folder / "thread.db", timeout=20)) as database, database:
			database.execute(
				"INSERT OR REPLACE INTO `tabThread Saved Reply` (name, title, shortcut, enabled, text) "
				"VALUES (?, ?, ?, ?, ?)",
				[f"test-{shortcut}", shortcut.title(), shortcut, int(enabled), text],
			)

	def fill(
		self, customer: str, count: int, first_us: int, step_us: int, *, from_history: bool = False
	) -> None:
		"""Give a customer many entries at once; see support/bulk.py."""
		numbers = [str(number) for number in (count, first_us, step_us)]
		history = ["history"] * from_history
		command: list[str | Path] = [sys.executable, BULK, self.folder, customer, *numbers, *history]
		subprocess.run(command, check=True, timeout=60)

	def mail(self, message: EmailMessage | bytes, sender: str, to: str) -> tuple[int, str]:
		"""Hand in a mail and return the server's last word."""
		return hand_in(self.mail_url, message, sender, to)
