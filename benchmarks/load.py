"""A small load generator: some kept-alive connections, each asking again as soon as it is answered."""

import selectors
import socket
import time
from dataclasses import dataclass, field


@dataclass
class _Line:
	"""One connection and what it has received of the answer."""

	socket: socket.socket
	received: bytearray = field(default_factory=bytearray)

	def take(self) -> bool:
		"""Read what is there; return whether the answer is whole. Raise ConnectionError for any but a 200."""
		data = self.socket.recv(262_144)
		if not data:
			raise ConnectionError("the server hung up")
		self.received += data
		head, blank, body = bytes(self.received).partition(b"\r\n\r\n")
		if not blank:
			return False
		if not head.startswith(b"HTTP/1.1 200"):
			raise ConnectionError(head.split(b"\r\n")[0].decode("latin-1"))
		if len(body) < _length(head):
			return False
		self.received.clear()
		return True


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
		lines = [_Line(socket.create_connection(("127.0.0.1", port), timeout=10)) for _ in range(connections)]
		try:
			for line in lines:
				line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
				selector.register(line.socket, selectors.EVENT_READ, line)
			return _run(selector, lines, request, seconds, most)
		finally:
			for opened in lines:
				opened.socket.close()


def _run(
	selector: selectors.BaseSelector, lines: list[_Line], request: bytes, seconds: float, most: int
) -> float:
	answers = 0
	begun = time.perf_counter()
	for line in lines:
		line.socket.sendall(request)
	while answers < most and time.perf_counter() - begun < seconds:
		ready = selector.select(timeout=10)
		if not ready:
			raise TimeoutError("no answer for ten seconds")
		for key, _events in ready:
			if key.data.take():
				answers += 1
				key.data.socket.sendall(request)
	return answers / (time.perf_counter() - begun)
