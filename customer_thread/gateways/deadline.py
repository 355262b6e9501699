"""A time for a whole exchange: a socket's own time-out begins anew with every byte that comes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse


class _Current(threading.local):
	watch: "_Watch | None" = None


_current = _Current()


class _Watch:
	def __init__(self) -> None:
		self._guard = threading.Lock()
		#: second handles of the sockets: the first may be wrapped, and given back to a pool
		self._watched: list[socket.socket] = []
		self._over = False

	def add(self, watched: socket.socket) -> None:
		with self._guard:
			self._watched.append(socket.socket(fileno=socket.dup(watched.fileno())))
			if self._over:
				self._shut()

	def end(self) -> None:
		with self._guard:
			self._over = True
			self._shut()

	def _shut(self) -> None:
		for watched in self._watched:
			with suppress(OSError):
				watched.shutdown(socket.SHUT_RDWR)

	def close(self) -> None:
		with self._guard:
			for watched in self._watched:
				watched.close()
			self._watched.clear()


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
	"""Shut every socket that this thread has `watch`ed inside after so many seconds; what waits for it fails."""
	watch, before = _Watch(), _current.watch
	timer = threading.Timer(seconds, watch.end)
	timer.daemon = True
	_current.watch = watch
	timer.start()
	try:
		yield
	finally:
		timer.cancel()
		_current.watch = before
		watch.close()


def watch(watched: socket.socket | None) -> None:
	"""Let a socket be shut at the deadline of this thread, if there is one."""
	if _current.watch is not None and watched is not None:
		_current.watch.add(watched)


class WatchedHTTP(HTTPConnection):
	"""A connection whose answers come by the deadline."""

	def getresponse(self) -> HTTPResponse:  # type: ignore[override]
		"""Return the answer's head."""
		watch(self.sock)
		return super().getresponse()


class WatchedHTTPS(HTTPSConnection):
	"""The same by TLS."""

	def getresponse(self) -> HTTPResponse:  # type: ignore[override]
		"""Return the answer's head."""
		watch(self.sock)
		return super().getresponse()


class _HTTPPool(HTTPConnectionPool):
	ConnectionCls = WatchedHTTP


class _HTTPSPool(HTTPSConnectionPool):
	ConnectionCls = WatchedHTTPS


class Watched(HTTPAdapter):
	"""Gives a session such connections."""

	def init_poolmanager(
		self, connections: int, maxsize: int, block: bool = False, **options: object
	) -> None:
		"""Make the pools of a session."""
		super().init_poolmanager(connections, maxsize, block, **options)
		self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}


class BoundedSession(requests.Session):
	"""A session whose every exchange, from the first byte to the last, has one time and one size."""

	def __init__(self, seconds: float, limit: int) -> None:
		super().__init__()
		self._seconds = seconds
		self._limit = limit
		for scheme in ("http://", "https://"):
			self.mount(scheme, Watched())

	def send(self, request: requests.PreparedRequest, **options: object) -> requests.Response:
		"""Return the answer, read to its end. Raise RequestException."""
		with deadline(self._seconds):
			response = super().send(request, **{**options, "stream": True})  # type: ignore[arg-type]
			with response:
				body = bytearray()
				for chunk in response.iter_content(65_536):
					body += chunk
					if len(body) > self._limit:
						raise requests.exceptions.ContentDecodingError("the answer is too long")
			response._content = bytes(body)
			return response
