"""The demo as a process of its own, as `make demo` starts it."""

import os
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import requests

from support.cli import COMMAND
from support.people import Browser

TIMEOUT = 20


class Demo:
	"""A running demo."""

	def __init__(self, folder: Path, *arguments: str) -> None:
		self.folder = folder
		self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - read when it has ended
		self.process = subprocess.Popen(
			[*COMMAND, "demo", *arguments],
			stdout=subprocess.PIPE,
			stderr=self.errors,
			text=True,
			env={**os.environ, "TMPDIR": str(folder)},
		)
		assert self.process.stdout
		self.url = self.process.stdout.readline().strip()
		self.link = self.process.stdout.readline().strip()

	@property
	def portal_url(self) -> str:
		"""Return the host's address."""
		return self.link.partition("/messages/in")[0]

	def state(self) -> dict[str, Any]:
		"""Return what the demo page asks for every second."""
		found: dict[str, Any] = requests.get(f"{self.url}/api/state", timeout=TIMEOUT).json()
		return found

	def texts(self, who: str) -> list[str]:
		"""Return the texts on a phone."""
		return [text["text"] for text in self.state()["phones"][who]["texts"]]

	def post(self, action: str, files: Any = None, **values: str) -> requests.Response:  # noqa: ANN401
		"""Press a button of the demo page."""
		return requests.post(f"{self.url}/api/{action}", data=values, files=files, timeout=TIMEOUT)

	def act(self, action: str, files: Any = None, **values: str) -> str:  # noqa: ANN401
		"""Press a button that works, and return what the page says."""
		answer = self.post(action, files, **values)
		assert answer.status_code == 200, answer.text
		return str(answer.json()["said"])

	def sign_in(self, link: str) -> Browser:
		"""Open a sign-in link."""
		browser = Browser(link.partition("/messages/in")[0], "")
		page = browser.sign_in("/messages/in" + link.partition("/messages/in")[2])
		assert page.status_code == 200, page.text
		return browser

	def stop(self, with_signal: int = signal.SIGINT) -> int:
		"""Press Ctrl-C and return the exit status."""
		self.process.send_signal(with_signal)
		return self.process.wait(10)

	def close(self) -> None:
		"""End it, whatever became of it."""
		if self.process.poll() is None:
			self.process.kill()
			self.process.wait(10)
		if self.process.stdout:
			self.process.stdout.close()
		self.errors.close()

	def log(self) -> str:
		"""Return what it wrote to standard error."""
		self.errors.seek(0)
		return self.errors.read().decode()
