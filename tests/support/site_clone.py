"""A copy of a real site for what commits: its database, its folder, a Redis of its own. All gone at the end.

It is migrated to this code first.
BENCH=/path SITE=name /path/env/bin/python site_clone.py COMMAND…  runs the command; there SITE is the copy.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

_HELP = """Cannot make a copy of the site's database: {why}
Give an account that may create databases and users: DB_ROOT_PASSWORD=… (and DB_ROOT_USERNAME, else root)."""
#: nothing in the copy speaks to anybody outside of this machine
_SILENCE = (
	"UPDATE `tabEmail Account` SET enable_incoming = 0, enable_outgoing = 0, default_outgoing = 0",
	"UPDATE `tabWebhook` SET enabled = 0",
	"DELETE FROM `tabEmail Queue`",
	"DELETE FROM `tabSingles` WHERE doctype = 'SMS Settings'",
	"DELETE FROM `tabSingles` WHERE doctype = 'Customer Thread Settings' AND field LIKE 'twilio%'",
)


class Server:
	"""The MariaDB of the site, and an account of it."""

	def __init__(self, config: Mapping[str, Any]) -> None:
		environ = os.environ
		password = environ.get("DB_ROOT_PASSWORD") or config.get("root_password")
		user = environ.get("DB_ROOT_USERNAME") or config.get("root_login") or "root"
		if not password:
			user, password = config["db_name"], config["db_password"]
		self._at = [f"--user={user}", f"--host={config.get('db_host') or '127.0.0.1'}"]
		self._at.append(f"--port={config.get('db_port') or 3306}")
		if config.get("db_socket"):
			self._at.append(f"--socket={config['db_socket']}")
		self._env = {**environ, "MYSQL_PWD": str(password)}

	def run(self, sql: str, database: str = "") -> None:
		"""Run statements. Exit with a sentence if the account may not."""
		done = subprocess.run(
			[_binary("mariadb", "mysql"), *self._at, *filter(None, [database])],
			input=sql,
			text=True,
			env=self._env,
			capture_output=True,
		)
		if done.returncode:
			sys.exit(_HELP.format(why=done.stderr.strip()))

	def copy(self, database: str, to: str) -> None:
		"""Fill an empty database with what another holds at one moment."""
		options = ["--single-transaction", "--quick", "--routines", "--triggers"]
		dump = subprocess.Popen(
			[_binary("mariadb-dump", "mysqldump"), *self._at, *options, database],
			stdout=subprocess.PIPE,
			env=self._env,
		)
		load = subprocess.run([_binary("mariadb", "mysql"), *self._at, to], stdin=dump.stdout, env=self._env)
		if dump.wait() or load.returncode:
			sys.exit(_HELP.format(why="see above"))


def _binary(*names: str) -> str:
	found = (shutil.which(name) for name in names)
	return next((path for path in found if path), names[0])


def free_port() -> int:
	"""Return a port of 127.0.0.1 on which nobody listens now."""
	with socket.socket() as listener:
		listener.bind(("127.0.0.1", 0))
		port: int = listener.getsockname()[1]
		return port


@contextmanager
def running(command: Sequence[str], is_up: Callable[[], bool], **options: Any) -> Iterator[None]:
	"""Run a server while the block lasts."""
	process = subprocess.Popen(command, **options)
	try:
		deadline = time.monotonic() + 60
		while not is_up():
			if process.poll() is not None or time.monotonic() > deadline:
				sys.exit(f"it did not start: {' '.join(command)}")
			time.sleep(0.05)
		yield
	finally:
		process.terminate()
		process.wait(30)


def listens(port: int) -> bool:
	"""Return whether somebody listens on a port of 127.0.0.1."""
	with socket.socket() as caller:
		return caller.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _redis() -> Iterator[dict[str, str]]:
	port, folder = free_port(), tempfile.mkdtemp(prefix="ct-redis-")
	silent = {"cwd": folder, "stdout": subprocess.DEVNULL}
	command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
	try:
		with running(command, lambda: listens(port), **silent):
			url = f"redis://127.0.0.1:{port}"
			# Frappe believes these more than its configuration
			yield {f"FRAPPE_REDIS_{name}": url for name in ("CACHE", "QUEUE", "SOCKETIO")}
	finally:
		shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(config: Mapping[str, Any], name: str, password: str) -> Iterator[Server]:
	server = Server(config)
	users = [f"'{name}'@'{host}'" for host in ("%", "localhost")]
	server.run(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
	try:
		for user in users:
			server.run(f"CREATE USER {user} IDENTIFIED BY '{password}'")
			server.run(f"GRANT ALL PRIVILEGES ON `{name}`.* TO {user}")
			# FLUSH STATUS, by which the tests count what a query reads
			server.run(f"GRANT RELOAD ON *.* TO {user}")
		server.copy(config["db_name"], name)
		server.run(";\n".join(_SILENCE), name)
		yield server
	finally:
		server.run(f"DROP DATABASE IF EXISTS `{name}`")
		server.run("DROP USER IF EXISTS " + ", ".join(users))


@contextmanager
def _folder(sites: Path, name: str, config: Mapping[str, Any]) -> Iterator[Path]:
	folder = sites / name
	for inside in ("public/files", "private/files", "private/backups", "logs", "locks"):
		(folder / inside).mkdir(parents=True)
	(folder / "site_config.json").write_text(json.dumps(config, indent=1))
	try:
		yield folder
	finally:
		shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def clone(bench: Path, site: str) -> Iterator[dict[str, str]]:
	"""Return what the environment of a process needs to know to live in the copy."""
	sites = bench / "sites"
	own = json.loads((sites / site / "site_config.json").read_text())
	common = json.loads((sites / "common_site_config.json").read_text())
	if own.get("db_type", "mariadb") != "mariadb":
		sys.exit("Only a site on MariaDB can be copied.")
	name, password = f"_ct_{os.getpid()}_{secrets.token_hex(3)}", secrets.token_hex(12)
	changed = {
		"db_name": name,
		"db_password": password,
		"host_name": f"http://127.0.0.1:{free_port()}",
		"copy_of": site,
		# Frappe lets no more users be made in an hour
		"throttle_user_limit": 1_000_000,
		"mail_server": "",
		"pause_scheduler": 1,
	}
	with ExitStack() as stack:
		environ = stack.enter_context(_redis())
		stack.enter_context(_database({**common, **own}, name, password))
		stack.enter_context(_folder(sites, f"{name}.localhost", {**own, **changed}))
		environ |= {"SITE": f"{name}.localhost", "BENCH": str(bench)}
		_migrate(sites, environ)
		yield environ


def _migrate(sites: Path, environ: Mapping[str, str]) -> None:
	"""Bring the copy up to this code, as an update of the site would."""
	command = ["-m", "frappe.utils.bench_helper", "frappe", "--site", environ["SITE"], "migrate"]
	done = subprocess.run(
		[sys.executable, *command, "--skip-search-index"],
		cwd=sites,
		env={**os.environ, **environ},
		capture_output=True,
		text=True,
	)
	if done.returncode:
		sys.exit(f"The copy cannot be migrated:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


def _end(number: int, _frame: FrameType | None) -> NoReturn:
	sys.exit(128 + number)


def main(command: Sequence[str]) -> int:
	"""Run a command inside a copy and return its exit status."""
	signal.signal(signal.SIGTERM, _end)
	with clone(Path(os.environ["BENCH"]).resolve(), os.environ["SITE"]) as environ:
		return subprocess.run(command, env={**os.environ, **environ}).returncode


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
