"""The copied site's gunicorn and its worker, as a bench runs them. They end with the tests."""

import atexit
import os
import signal
from contextlib import suppress
from pathlib import Path

import requests

from support.cli import WarmCli
from support.waiting import wait_until

_every: "list[SiteProcesses]" = []


def end_all() -> None:
	"""End what still runs, before tests that have the site to themselves."""
	for processes in _every:
		if processes.is_running:
			processes.end(signal.SIGTERM)


class SiteProcesses:
	"""What answers and what works in the background."""

	def __init__(self, url: str, log: Path) -> None:
		_every.append(self)
		self.url = url
		self.log = log
		self._cli = WarmCli("support.site_main", f"{os.environ['BENCH']}/sites")
		self._running: list[int] = []
		atexit.register(self.end, signal.SIGKILL)

	@property
	def is_running(self) -> bool:
		"""Return whether they were started."""
		return bool(self._running)

	def start(self, *, worker: bool = True) -> None:
		"""Start both, and wait until the site answers."""
		commands = [["web", self.url.removeprefix("http://")], *([["worker"]] if worker else [])]
		self._running = [self._cli.start(*command, out=self.log, err=self.log) for command in commands]
		wait_until(self._answers, 60, what=f"the site; see {self.log}")

	def _answers(self) -> bool:
		with suppress(requests.RequestException):
			return requests.get(f"{self.url}/api/method/ping", timeout=20).status_code == 200
		return False

	def end(self, how: signal.Signals) -> None:
		"""End both with everything they have started."""
		running, self._running = self._running, []
		for process in running:
			with suppress(ProcessLookupError):
				if how == signal.SIGKILL:
					os.killpg(process, how)
				else:
					os.kill(process, how)
		for process in running:
			self._cli.wait(process)
