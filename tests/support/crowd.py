"""Many connections at once, which do nothing, half of something, or never listen."""

import re
import resource
import socket
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit


class Crowd:
	"""Open connections to one server; close them all by leaving the `with`."""

	def __init__(self, url: str) -> None:
		parts = urlsplit(url)
		self.address = (parts.hostname or "127.0.0.1", parts.port or 0)
		self.sockets: list[socket.socket] = []

	def __enter__(self) -> "Crowd":
		soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
		resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8192)), hard))
		return self

	def __exit__(self, *_raised: object) -> None:
		for each in self.sockets:
			each.close()

	def come(self, count: int, says: bytes = b"", *, deaf: bool = False) -> list[socket.socket]:
		"""Connect so many more, each of which says this; a deaf one takes hardly any answer from the network."""
		came = []
		for _number in range(count):
			each = socket.socket()
			each.settimeout(20)
			if deaf:
				each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
			each.connect(self.address)
			if says:
				each.sendall(says)
			came.append(each)
		self.sockets += came
		return came


def gone(sockets: Iterable[socket.socket]) -> int:
	"""Return how many of these the server has closed."""
	count = 0
	for each in sockets:
		each.setblocking(False)
		try:
			while data := each.recv(65536):
				assert data
			count += 1
		except BlockingIOError:
			pass
		except OSError:
			count += 1
	return count


def memory(process: int) -> int:
	"""Return the bytes of memory a process has now."""
	status = Path(f"/proc/{process}/status").read_text()
	found = re.search(r"VmRSS:\s+(\d+) kB", status)
	assert found
	return int(found[1]) * 1000


def temporary_files(process: int) -> list[str]:
	"""Return the open files of a process that have no name any more."""
	names = []
	for each in Path(f"/proc/{process}/fd").iterdir():
		try:
			names.append(str(each.readlink()))
		except FileNotFoundError:
			continue
	return [name for name in names if name.endswith("(deleted)")]
