"""Runs command lines, each in a forked child of this warm process: real processes without the imports each time.

python warm_cli.py MODULE, whose `main` takes the command line. Reads orders as JSON lines: {"argv", "files"} runs a command and writes its exit status; with "stays" it writes
the child's process id at once, and {"reap": id} later writes that child's exit status.
"""

import json
import os
import signal
import sys
import traceback
from importlib import import_module
from typing import Any

main = import_module(sys.argv[1]).main


def _run(order: dict[str, Any]) -> int:
	for descriptor, name in enumerate(order["files"]):
		opened = os.open(name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
		os.dup2(opened, descriptor)
		os.close(opened)
	try:
		return int(main(order["argv"]))
	except SystemExit as error:
		return error.code if isinstance(error.code, int) else 1
	except BaseException:
		traceback.print_exc()
		return 1


def _child(order: dict[str, Any]) -> int:
	child = os.fork()
	if child:
		return child
	signal.signal(signal.SIGINT, signal.default_int_handler)
	status = _run(order)
	sys.stdout.flush()
	sys.stderr.flush()
	os._exit(status)


def _status(child: int) -> int:
	_child, ended = os.waitpid(child, 0)
	return os.waitstatus_to_exitcode(ended)


def _obey() -> None:
	# Ctrl-C is the tests' to handle
	signal.signal(signal.SIGINT, signal.SIG_IGN)
	for line in sys.stdin:
		order = json.loads(line)
		if "reap" in order:
			answer = _status(order["reap"])
		else:
			child = _child(order)
			answer = child if order.get("stays") else _status(child)
		print(answer, flush=True)


if __name__ == "__main__":
	_obey()
