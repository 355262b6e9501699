"""`customer-thread demo`: the host, the stand-ins and the demo page in one process, until Ctrl-C."""

import logging
import signal
import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from customer_thread.standalone.demo.cast import SARAH, Business
from customer_thread.standalone.demo.clients import is_up
from customer_thread.standalone.demo.page import Page
from customer_thread.standalone.demo.play import play
from customer_thread.standalone.demo.stage import Stage
from customer_thread.standalone.demo.twilio_stand_in import serve
from customer_thread.standalone.demo.view import clock

log = logging.getLogger("customer_thread.demo")

_LOCAL = "127.0.0.1"


def run(port: int, business: Business) -> None:
	"""Serve Sarah's portal on `port` and the demo page on the next free one until told to stop.

	Raise ThreadError if it cannot be started.
	"""
	for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
		signal.signal(number, _leave)
	try:
		with ExitStack() as stack:
			folder = stack.enter_context(TemporaryDirectory(prefix="customer-thread-demo-"))
			_perform(stack, Path(folder) / "data", port, business)
	except SystemExit:
		log.info("stopped before it had begun")


def _perform(stack: ExitStack, folder: Path, port: int, business: Business) -> None:
	held = stack.enter_context(_hold_port(port + 1 if port else 0))
	stage = Stage(folder, port, f"http://{_LOCAL}:{held.getsockname()[1]}", business)
	stack.callback(stage.stop)
	stage.start()
	troubles: list[Exception] = []

	def begin() -> None:
		try:
			play(stage)
			stage.let_team_in()
			stage.days.let_system_write()
			web, _url = serve(Page(stage), held=held)
			stack.callback(web.server_close)
			stack.callback(web.shutdown)
			_announce(stage)
		except Exception as error:
			# a host that is being stopped refuses too, and that is no trouble
			if is_up(stage.url):
				troubles.append(error)
				signal.raise_signal(signal.SIGTERM)

	threading.Thread(target=begin, daemon=True).start()
	stage.server.run()
	if troubles:
		raise troubles[0]


def _hold_port(wanted: int) -> socket.socket:
	"""Return a socket that keeps this port, or any free one if it is taken."""
	held = socket.socket()
	held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
	try:
		held.bind((_LOCAL, wanted))
	except (OSError, OverflowError):
		held.bind((_LOCAL, 0))
	return held


def _announce(stage: Stage) -> None:
	lines = (
		stage.page_url,
		stage.sign_in_link(SARAH),
		"",
		f"Open the first address: Sarah's conversation with {stage.business.name}, from every side.",
		"Three buttons on top tell the story, and Next morning what the system writes; type wherever you like.",
		"The second opens Sarah's portal alone; it signs in once.",
		"",
		f"The clock of this demo is set to {clock(stage)} in New York, and ticks on from there.",
		"Simulated: that day, Twilio, Zulip, the mail server, both phones and mailboxes, ERPNext's pages.",
		"Real: the program, its database (removed at the end), signed webhooks over HTTP, mail by SMTP.",
		"No text or mail leaves this machine. Ctrl-C stops it.",
	)
	print("\n".join(lines), flush=True)


def _leave(_number: int, _frame: FrameType | None) -> None:
	raise SystemExit(0)
