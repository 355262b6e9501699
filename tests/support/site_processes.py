"""The copied site's gunicorn and its worker, as a bench runs them. They end with the tests."""

import atexit
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import requests

from support.waiting import wait_until

_HERE = Path(__file__).parent


class SiteProcesses:
	"""What answers and what works in the background."""

	def __init__(self, url: str, log: Path) -> None:
		self.url = url
		self.log = log
		self._running: list[subprocess.Popen[bytes]] = []
		atexit.register(self.end, signal.SIGKILL)

	@property
	def is_running(self) -> bool:
		"""Return whether they were started."""
		return bool(self._running)

	def start(self) -> None:
		"""Start both, and wait until the site answers."""
		address = self.url.removeprefix("http://")
		gunicorn = ["-m", "gunicorn", "-b", address, "-w", "2", "--timeout", "120", "--preload"]
		gunicorn += ["--graceful-timeout", "10", "--pythonpath", str(_HERE), "site_app:application"]
		for arguments in (gunicorn, [str(_HERE / "site_worker.py")]):
			with self.log.open("a") as log:
				self._running.append(
					subprocess.Popen(
						[sys.executable, *arguments],
						cwd=f"{os.environ['BENCH']}/sites",
						stdout=log,
						stderr=log,
						start_new_session=True,
					)
				)
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
					os.killpg(process.pid, how)
				else:
					process.send_signal(how)
		for process in running:
			process.wait(30)
