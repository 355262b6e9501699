"""A connection of the web server: what it may hold in memory, and when it may be let go."""

import io
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from customer_thread.service.params import size_limit

#: in the environment of a request: when it had arrived whole, by time.monotonic()
ARRIVED = "customer_thread.arrived"


class Body:
	"""A request's body, kept in memory as long as it is not too large; then only counted."""

	def __init__(self, most: int) -> None:
		self._most = most
		self._kept = bytearray()
		self._length = 0

	def __len__(self) -> int:
		return self._length

	def append(self, data: bytes) -> None:
		"""Add what came."""
		self._length += len(data)
		if self._length <= self._most:
			self._kept += data
		else:
			self._kept.clear()

	@property
	def held(self) -> int:
		"""Return how many bytes are in memory."""
		return len(self._kept)

	def getfile(self) -> io.BytesIO:
		"""Return what is kept, to be read."""
		return io.BytesIO(bytes(self._kept))

	def close(self) -> None:
		"""Forget it."""
		self._kept.clear()


class Parser(HTTPRequestParser):
	"""Reads a request; a body that no call needs is never kept, in memory or on disk."""

	def __init__(self, adj: Any) -> None:  # noqa: ANN401 - waitress' own settings
		super().__init__(adj)
		self.began = self.arrived = time.monotonic()
		self._body: Body | None = None

	def parse_header(self, header_plus: bytes) -> None:
		"""Read the head."""
		super().parse_header(header_plus)
		receiver: Any = self.body_rcv
		if receiver is not None:
			self._body = receiver.buf = Body(size_limit(str(getattr(self, "path", ""))))

	def received(self, data: bytes) -> int:
		"""Take in bytes and return how many of them are this request's."""
		used = super().received(data)
		if self.completed:
			self.arrived = time.monotonic()
		return used

	@property
	def held(self) -> int:
		"""Return how many bytes are in memory."""
		return len(self.header_plus) + (self._body.held if self._body else 0)


class Task(WSGITask):
	"""Answers a request."""

	def get_environment(self) -> Any:  # noqa: ANN401 - waitress says it is a dict
		"""Return the WSGI environment."""
		environ: Any = super().get_environment()
		environ[ARRIVED] = self.request.arrived  # type: ignore[attr-defined]
		return environ


class Connection(HTTPChannel):
	"""One client. It has one answer outstanding at most, however many requests it sends ahead."""

	parser_class = Parser
	task_class = Task
	#: whether the next request waits until the client has read the answer before
	is_held_back = False

	def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - waitress makes it
		super().__init__(*args, **kwargs)
		self.last_active = self.began = time.monotonic()
		#: whether it ever sent a whole request
		self.has_asked = False

	def received(self, data: bytes) -> bool:
		"""Take in bytes."""
		self.last_active = time.monotonic()
		return super().received(data)

	def handle_write(self) -> None:
		"""Send some of what waits to be read."""
		before = self.total_outbufs_len
		super().handle_write()
		if self.total_outbufs_len < before:
			self.last_active = time.monotonic()

	def go_on(self) -> None:
		"""Have the next request answered if it waited for this client, and the client has read all."""
		if self.is_held_back and not self.total_outbufs_len and self.connected:
			self.is_held_back = False
			self.server.add_task(self)  # type: ignore[arg-type]

	@property
	def is_idle(self) -> bool:
		"""Return whether nothing is done or sent for it, so that it only has to be listened to."""
		return not self.requests and not self.writable()

	@property
	def is_half_asked(self) -> bool:
		"""Return whether it has asked for nothing yet, or not to the end."""
		return self.request is not None or not self.has_asked

	@property
	def since(self) -> float:
		"""Return since when it keeps us waiting; sending a byte now and then does not make it younger."""
		request: Any = self.request
		if request is not None:
			return float(request.began)
		return self.last_active if self.has_asked else self.began

	@property
	def held(self) -> int:
		"""Return how many bytes of it are in memory."""
		request: Any = self.request
		asked: Any = self.requests
		parts = [*asked, request] if request else list(asked)
		return self.total_outbufs_len + sum(int(one.held) for one in parts)
