"""A MariaDB of the tests' own: a temporary folder, a unix socket, no network, gone afterwards."""

import atexit
import os
import shutil
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

import pymysql
import pytest

from support.clock import FixedClock
from support.mariadb import MariaDatabase

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
_START_SECONDS = 60
#: ends the server and removes its folder ($0) once the tests close the pipe, or are gone, however they ended
_WATCH = 'exec 3<&0; "$@" 3<&- </dev/null & pid=$!; (read -r _ <&3; kill -9 $pid) & exec 3<&-; wait $pid; rm -rf "$0"'


def binary(*names: str) -> str:
	"""Return where a program of MariaDB is, or an empty string."""
	found = (shutil.which(name, path=_PATH) for name in names)
	return next((path for path in found if path), "")


@cache
def server() -> Path:
	"""Start the server once for this process and return its socket; skip, or fail in CI, where there is none."""
	daemon, install = binary("mariadbd"), binary("mariadb-install-db")
	if not (daemon and install):
		why = "MariaDB is not installed: apt-get install mariadb-server"
		if os.environ.get("CI") == "true":
			pytest.fail(why)
		pytest.skip(why)
	# a short path: a socket's name may have 107 characters
	folder = Path(tempfile.mkdtemp(prefix="ct-mariadb-", dir="/tmp"))
	data, socket = folder / "data", folder / "s"
	user = ["--user=root"] if os.geteuid() == 0 else []
	subprocess.run(
		[
			install,
			"--no-defaults",
			f"--datadir={data}",
			"--auth-root-authentication-method=normal",
			"--skip-test-db",
			*user,
		],
		check=True,
		capture_output=True,
	)
	process = subprocess.Popen(
		[
			"/bin/sh",
			"-c",
			_WATCH,
			str(folder),
			daemon,
			"--no-defaults",
			f"--datadir={data}",
			f"--socket={socket}",
			f"--pid-file={folder / 'pid'}",
			"--skip-networking",
			"--character-set-server=utf8mb4",
			"--collation-server=utf8mb4_unicode_ci",
			"--innodb-flush-log-at-trx-commit=0",
			"--innodb-flush-method=nosync",
			"--innodb-log-file-size=8M",
			"--innodb-buffer-pool-size=64M",
			"--innodb-lock-wait-timeout=10",
			*user,
		],
		stdin=subprocess.PIPE,
		stdout=subprocess.DEVNULL,
		stderr=(folder / "log").open("wb"),
	)
	atexit.register(_stop, process)
	_wait(process, socket, folder / "log")
	return socket


def _wait(process: subprocess.Popen[bytes], socket: Path, log: Path) -> None:
	deadline = time.monotonic() + _START_SECONDS
	while time.monotonic() < deadline:
		try:
			pymysql.connect(unix_socket=str(socket), user="root").close()
		except pymysql.err.OperationalError:
			if process.poll() is not None:
				pytest.fail(f"MariaDB did not start:\n{log.read_text(errors='replace')[-2000:]}")
			time.sleep(0.05)
		else:
			return
	pytest.fail("MariaDB did not come up in time")


def _stop(process: "subprocess.Popen[bytes]") -> None:
	if process.stdin:
		process.stdin.close()
	process.wait()


@cache
def _schema() -> str:
	socket = server()
	with pymysql.connect(unix_socket=str(socket), user="root") as connection, connection.cursor() as cursor:
		cursor.execute("CREATE DATABASE site CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
	tables = MariaDatabase(socket, "site", FixedClock())
	tables.create_tables()
	tables.close()
	return "site"


def maria_database(clock: FixedClock) -> MariaDatabase:
	"""Return the database with all its tables, empty."""
	database = MariaDatabase(server(), _schema(), clock)
	database.empty()
	return database
