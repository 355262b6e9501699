"""The command line, as somebody types it."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

COMMAND = (sys.executable, "-m", "customer_thread.standalone")


@dataclass(frozen=True)
class Ended:
	"""What a command left behind."""

	status: int
	out: str
	err: str

	@property
	def line(self) -> str:
		"""Return the one line it promised, alone on standard output."""
		assert self.status == 0, self.err
		assert self.out.count("\n") == 1, self.out
		return self.out.removesuffix("\n")


def command(*arguments: str | Path, environment: dict[str, str] | None = None) -> Ended:
	"""Run a command in a process of its own."""
	ended = subprocess.run(
		[*COMMAND, *map(str, arguments)],
		capture_output=True,
		text=True,
		timeout=30,
		env={**os.environ, **(environment or {})},
	)
	return Ended(ended.returncode, ended.stdout, ended.stderr)


class WarmCli:
	"""The same, twenty times faster: every command is a forked child of a process that has imported it all."""

	def __init__(self, module: str = "customer_thread.standalone.__main__", cwd: str | None = None) -> None:
		self._lock = threading.Lock()
		self._process = subprocess.Popen(
			[sys.executable, Path(__file__).with_name("warm_cli.py"), module],
			cwd=cwd,
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			text=True,
		)

	def __call__(self, *arguments: str | Path) -> Ended:
		"""Run a command."""
		with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
			status = self._ask(argv=[str(item) for item in arguments], files=[os.devnull, out.name, err.name])
			return Ended(status, out.read().decode(), err.read().decode())

	def allow_files(self, count: int) -> None:
		"""Let the commands that follow open so many files at most."""
		resource.prlimit(self._process.pid, resource.RLIMIT_NOFILE, (count, count))

	def start(self, *arguments: str | Path, out: Path, err: Path) -> int:
		"""Start a command that stays, and return its process id."""
		return self._ask(
			argv=[str(item) for item in arguments], files=[os.devnull, str(out), str(err)], stays=True
		)

	def wait(self, process: int) -> int:
		"""Wait until such a command has ended and return its exit status."""
		return self._ask(reap=process)

	def _ask(self, **order: object) -> int:
		orders, answers = self._process.stdin, self._process.stdout
		assert orders
		assert answers
		with self._lock:
			orders.write(json.dumps(order) + "\n")
			orders.flush()
			return int(answers.readline())

	def close(self) -> None:
		"""End the process."""
		if self._process.stdin:
			self._process.stdin.close()
		self._process.wait(10)


def lines(ended: Ended) -> Sequence[str]:
	"""Return what it printed, line by line."""
	assert ended.status == 0, ended.err
	return ended.out.splitlines()
