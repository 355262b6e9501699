"""A small load generator: some connections, kept alive if the server does, each asking again once it is answered."""

import selectors
import socket
import time
from dataclasses import dataclass, field


@dataclass
class _Line:
	"""One connection and what it has received of the answer."""

	port: int
	received: bytearray = field(default_factory=bytearray)
	caller: socket.socket = field(init=False)

	def __post_init__(self) -> None:
		self.connect()

	def connect(self) -> None:
		"""Call the server."""
		self.caller = socket.create_connection(("127.0.0.1", self.port), timeout=30)
		self.caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

	def take(self) -> bool:
		"""Read what is there; return whether the answer is whole. Raise ConnectionError for any but a 200."""
		data = self.caller.recv(262_144)
		if not data:
			raise ConnectionError("the server hung up")
		self.received += data
		# not split each time: an answer may have a third of a megabyte
		end = self.received.find(b"\r\n\r\n")
		if end < 0:
			return False
		head = bytes(self.received[:end])
		if not head.startswith(b"HTTP/1.1 200"):
			raise ConnectionError(head.split(b"\r\n")[0].decode("latin-1"))
		return len(self.received) - end - 4 >= _length(head)

	def begin_anew(self) -> bool:
		"""Make ready for the next answer; return whether that takes a new connection, as the server wants it."""
		closes = b"connection: close" in bytes(self.received[: self.received.find(b"\r\n\r\n")]).lower()
		self.received.clear()
		if closes:
			self.caller.close()
			self.connect()
		return closes


def _length(head: bytes) -> int:
	for line in head.split(b"\r\n"):
		name, _colon, value = line.partition(b":")
		if name.lower() == b"content-length":
			return int(value)
	raise ConnectionError("an answer without Content-Length")


def get(path: str, port: int, *headers: str) -> bytes:
	"""Return the bytes of a GET request."""
	lines = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers)
	return ("\r\n".join(lines) + "\r\n\r\n").encode()


def rate(port: int, request: bytes, *, connections: int, seconds: float, most: int = 20_000) -> float:
	"""Return the answers a second; ends after so many seconds, or so many answers."""
	with selectors.DefaultSelector() as selector:
		lines = [_Line(port) for _ in range(connections)]
		try:
			for line in lines:
				selector.register(line.caller, selectors.EVENT_READ, line)
			return _run(selector, lines, request, seconds, most)
		finally:
			for opened in lines:
				opened.caller.close()


def _run(
	selector: selectors.BaseSelector, lines: list[_Line], request: bytes, seconds: float, most: int
) -> float:
	answers, waiting = 0, len(lines)
	taken = 0.0
	begun = time.perf_counter()
	for line in lines:
		line.caller.sendall(request)
	# what is asked already is waited for: a server would be busy with it while something else is measured
	while waiting:
		ready = selector.select(timeout=30)
		if not ready:
			raise TimeoutError("no answer for thirty seconds")
		for key, _events in ready:
			line, caller = key.data, key.data.caller
			if not line.take():
				continue
			if not taken:
				answers += 1
				passed = time.perf_counter() - begun
				taken = passed if answers >= most or passed >= seconds else 0.0
			if line.begin_anew():
				selector.unregister(caller)
				selector.register(line.caller, selectors.EVENT_READ, line)
			if taken:
				waiting -= 1
			else:
				line.caller.sendall(request)
	return answers / taken
