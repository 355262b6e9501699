"""The web server: waitress, with epoll in place of select, and a bound on what connections may cost."""

import errno
import logging
import select
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.wasyncore import readwrite

from customer_thread.domain.limits import (
	ANSWER_SECONDS,
	CONNECTION_BYTES,
	HEAD_BYTES,
	IDLE_SECONDS,
	REQUEST_SECONDS,
	UPLOAD_BYTES,
)
from customer_thread.standalone.web_connection import Connection

if TYPE_CHECKING:
	from _typeshed.wsgi import WSGIApplication

log = logging.getLogger("customer_thread.web")

THREADS = 8
#: connections that the system keeps until they are accepted; a burst of webhooks must not be turned away
BACKLOG = 1024
#: seconds between two looks for connections whose time is over
_SWEEP = 1.0
#: seconds in which nothing is accepted when there is no room and no connection can go
_PAUSE = 0.2
_NO_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
#: files that are given back when the system has none left, and the connections that stay in any case
_SPARE, _FEWEST = 100, 20
#: beyond this body the connection is cut at once; up to it what is sent is read, thrown away, and answered
_CUT_OFF = 2 * UPLOAD_BYTES


class Watched(dict[int, Any]):
	"""File numbers and who reads them. One that only waits costs nothing while nothing comes for it."""

	def __init__(self) -> None:
		super().__init__()
		self._epoll = select.epoll()
		self._flags: dict[int, int] = {}
		#: those whose wishes may change without an event: asked before each wait
		self.busy: set[int] = set()

	def __setitem__(self, number: int, who: object) -> None:
		super().__setitem__(number, who)
		self.busy.add(number)

	def __delitem__(self, number: int) -> None:
		super().__delitem__(number)
		self.busy.discard(number)
		if self._flags.pop(number, 0):
			self._epoll.unregister(number)

	def wait(self, seconds: float) -> list[int]:
		"""Let everybody read and write who can, and return their numbers."""
		for number in list(self.busy):
			who = self.get(number)
			if who is not None:
				self._watch(number, who)
		came = []
		for number, flags in self._epoll.poll(seconds):
			who = self.get(number)
			if who is not None:
				readwrite(who, flags)
				came.append(number)
				if number in self:
					self.busy.add(number)
		return came

	def _watch(self, number: int, who: Any) -> None:  # noqa: ANN401 - waitress' own kinds
		# asked first: a thread may finish its answer between this question and the next
		is_idle = isinstance(who, Connection) and who.is_idle
		flags = select.EPOLLIN | select.EPOLLPRI if who.readable() else 0
		if who.writable() and not who.accepting:
			flags |= select.EPOLLOUT
		before = self._flags.get(number, 0)
		if flags != before:
			if not before:
				self._epoll.register(number, flags)
			elif flags:
				self._epoll.modify(number, flags)
			else:
				self._epoll.unregister(number)
			self._flags[number] = flags
		if isinstance(who, Connection):
			who.go_on()
		if is_idle:
			self.busy.discard(number)

	def close(self) -> None:
		"""Watch no more."""
		self._epoll.close()
		self._flags.clear()


class WebServer(TcpWSGIServer):
	"""Listens on 127.0.0.1. Those who read never wait behind those who write."""

	channel_class = Connection

	def __init__(self, application: "WSGIApplication", port: int, connections: int) -> None:
		options: Any = {
			"host": "127.0.0.1",
			"port": port,
			"threads": THREADS,
			"backlog": BACKLOG,
			"ident": None,
			"max_request_header_size": HEAD_BYTES,
			"max_request_body_size": _CUT_OFF,
			# nothing of a request or an answer goes to a temporary file: memory has its bound here
			"outbuf_overflow": 1 << 40,
			"outbuf_high_watermark": 1 << 40,
			"clear_untrusted_proxy_headers": True,
			"log_socket_errors": False,
		}
		adjustments = Adjustments(**options)
		self._watched = Watched()
		self._connections = connections
		self._held: dict[int, int] = {}
		self._next_sweep = self._accept_from = 0.0
		readers, self._writers = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
		super().__init__(
			application,
			map=cast("Any", self._watched),
			dispatcher=readers,
			adj=adjustments,
			sockinfo=adjustments.listen[0],  # type: ignore[arg-type]
		)
		readers.set_thread_count(THREADS)
		self._writers.set_thread_count(THREADS)

	@property
	def url(self) -> str:
		"""Return where it listens."""
		return f"http://127.0.0.1:{self.getsockname()[1]}"

	def run(self) -> None:
		"""Serve until an exception comes through, such as SystemExit from a signal."""
		while True:
			self._account(self._watched.wait(_SWEEP / 2))

	def stop(self, seconds: int) -> None:
		"""Finish what is in hand and listen no more."""
		# the threads wake this loop when they are done: it is closed after them
		self.task_dispatcher.shutdown(timeout=seconds)
		self._writers.shutdown(timeout=seconds)
		self.close()
		self._watched.close()

	def add_task(self, task: Any) -> None:  # noqa: ANN401 - a Connection, which waitress calls a task
		"""Have the next request of a connection answered, once it has read what was answered before."""
		task.has_asked = True
		if task.total_outbufs_len:
			task.is_held_back = True
			self.pull_trigger()
		elif getattr(task.requests[0], "command", "GET") in ("GET", "HEAD"):
			self.task_dispatcher.add_task(task)
		else:
			self._writers.add_task(task)

	# Room

	def readable(self) -> bool:
		"""Return whether a connection can be accepted now; look after the others meanwhile."""
		now = time.monotonic()
		if now >= self._next_sweep:
			self._next_sweep = now + _SWEEP
			self._sweep(now)
		return bool(self.accepting) and now >= self._accept_from

	def handle_accept(self) -> None:
		"""Accept a connection; where there is no room, the one that has kept us waiting longest goes."""
		while len(self.active_channels) >= self._connections and self._let_go_one():  # type: ignore[arg-type]
			pass
		if len(self.active_channels) >= self._connections:  # type: ignore[arg-type]
			self._accept_from = time.monotonic() + _PAUSE
			return
		try:
			accepted = self.accept()
			if accepted is None:
				return
			self.set_socket_options(accepted[0])
		except OSError as error:
			if error.errno in _NO_FILES:
				self._give_files_back(error)
			return
		self.channel_class(
			self, accepted[0], self.fix_addr(accepted[1]), self.adj, map=cast("Any", self._watched)
		)

	@property
	def _all(self) -> Iterable[Connection]:
		return list(cast("dict[int, Connection]", self.active_channels).values())

	def _let_go_one(self) -> bool:
		waiting = [one for one in self._all if not one.requests]
		if not waiting:
			return False
		# who has asked for nothing goes before who has, and will again
		goes = min(waiting, key=lambda one: (not one.is_half_asked, one.since))
		goes.handle_close()
		return True

	def _give_files_back(self, error: OSError) -> None:
		"""Have fewer connections from here on: the database and the mail port need files, too."""
		log.warning("no connection can be accepted: %s", error.strerror)
		self._connections = max(len(self.active_channels) - _SPARE, _FEWEST)  # type: ignore[arg-type]
		self._accept_from = time.monotonic() + _PAUSE
		while len(self.active_channels) > self._connections and self._let_go_one():  # type: ignore[arg-type]
			pass

	def _sweep(self, now: float) -> None:
		for one in self._all:
			if one.requests and not one.is_held_back:
				continue
			if one.total_outbufs_len:
				over = now - one.last_active > ANSWER_SECONDS
			else:
				over = now - one.since > (REQUEST_SECONDS if one.is_half_asked else IDLE_SECONDS)
			if over:
				one.handle_close()

	def _account(self, came: list[int]) -> None:
		"""Hold what all connections have in memory within its bound: who moved least lately goes."""
		connections = cast("dict[int, Connection]", self.active_channels)
		for number in [*came, *self._watched.busy, *(set(self._held) - connections.keys())]:
			one = connections.get(number)
			held = one.held if one else 0
			if held:
				self._held[number] = held
			else:
				self._held.pop(number, None)
		while (total := sum(self._held.values())) > CONNECTION_BYTES:
			# of those that hold their share or more: another's few bytes would make no room
			large = [number for number, held in self._held.items() if held * len(self._held) >= total]
			goes = min(large, key=lambda number: connections[number].last_active)
			connections[goes].handle_close()
			del self._held[goes]
