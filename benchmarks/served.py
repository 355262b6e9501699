"""The embedded host in a process of its own, as `customer-thread serve` runs it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.rows import customer_id
from customer_thread.standalone.wiring import Host


@contextmanager
def served(folder: Path, *, bare: bool = False) -> Iterator[int]:
	"""Serve a data folder and give the port; `bare`: with the endpoints of bare_serve.py."""
	command = [sys.executable, "-m"]
	if bare:
		command += ["benchmarks.bare_serve", str(folder)]
	else:
		command += ["customer_thread.standalone", "serve", "--data", str(folder), "--port", "0"]
	with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
		try:
			line = process.stdout.readline() if process.stdout else ""
			port = urlsplit(line.strip()).port
			if port is None:
				raise RuntimeError(f"the server did not start: {line!r}")
			yield port
		finally:
			process.terminate()


@contextmanager
def served_mail(folder: Path) -> Iterator[int]:
	"""Serve a data folder and give the port of its mail listener."""
	command = [
		sys.executable,
		"-m",
		"customer_thread.standalone",
		"serve",
		"--data",
		str(folder),
		"--port",
		"0",
	]
	command += ["--mail-port", "0"]
	with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
		try:
			lines = [process.stdout.readline() if process.stdout else "" for _line in range(2)]
			port = urlsplit(lines[1].strip()).port
			if port is None:
				raise RuntimeError(f"the server did not start: {lines!r}")
			yield port
		finally:
			process.terminate()


def session_cookie(folder: Path, thread: int = 0) -> str:
	"""Sign the customer of a thread in and return the value of their session cookie."""
	host = Host(folder)
	with host.database.transaction():
		token = host.sessions.start(customer_id(thread))
	host.database.close()
	return token
