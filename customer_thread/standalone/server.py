"""One process: the web server, the mail listener and the worker, started and stopped together."""

import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType

from customer_thread.domain.errors import Conflict
from customer_thread.standalone.mail_listener import listen
from customer_thread.standalone.open_files import make_room
from customer_thread.standalone.web import App
from customer_thread.standalone.web_server import WebServer
from customer_thread.standalone.wiring import Host
from customer_thread.standalone.worker import Worker

log = logging.getLogger("customer_thread")

#: where it listens unless told otherwise
PORT = 8420

Close = Callable[[], None]


def _nothing() -> None:
	"""No mail port was asked for."""


class Server:
	"""The embedded host, listening on 127.0.0.1. Put a TLS proxy in front of it to reach it from outside."""

	def __init__(self, host: Host, port: int, mail_port: int | None, frame_ancestors: str = "'none'") -> None:
		host.hold_alone()
		self.host = host
		self._worker = Worker(host)
		app = App(host, lambda: self._worker.is_alive, frame_ancestors)
		self._room = make_room()
		try:
			self._web = WebServer(app, port, self._room.web)
		except OSError as error:
			raise Conflict(
				"Port {0} cannot be used ({1}). Choose another with --port.", port, error.strerror
			) from error
		self.url = self._web.url
		self._mail_port = mail_port
		self._close_mail: Close = _nothing
		self.mail_url = ""

	def start(self) -> None:
		"""Take up what is left over, and open the mail port. From here on SIGTERM and SIGINT end it in order."""
		if threading.current_thread() is threading.main_thread():
			for number in (signal.SIGTERM, signal.SIGINT):
				signal.signal(number, self._interrupt)
		self.host.make_push_keys()
		self._worker.start()
		if self._mail_port is not None:
			controller, port = listen(self.host, self._mail_port, self._room.mail)
			self._close_mail = controller.stop
			self.mail_url = f"smtp://127.0.0.1:{port}"
		with self.host.database.transaction():
			self.host.database.connection.execute(
				"INSERT OR REPLACE INTO host_state (name, value) VALUES ('url', ?)", (self.url,)
			)

	def run(self) -> None:
		"""Answer requests until told to stop by SIGTERM or SIGINT; what is in hand is finished."""
		try:
			self._web.run()
		except SystemExit:
			log.info("stopping")
		finally:
			self.stop()

	def stop(self) -> None:
		"""Listen no more, finish what is in hand."""
		self._web.stop(15)
		self._close_mail()
		self._worker.stop()
		self.host.database.close()

	@staticmethod
	def _interrupt(_number: int, _frame: FrameType | None) -> None:
		raise SystemExit(0)
