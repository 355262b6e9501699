"""Connections to the open internet alone: an address that somebody else chose leads nowhere inside our own network."""

import ipaddress
import socket

from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from customer_thread.gateways.deadline import WatchedHTTP, WatchedHTTPS

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Inside(Exception):
	"""A connection that led into a private network, and was closed."""


def is_public(address: str) -> bool:
	"""Return whether an IP address is one of the open internet, also under an IPv6 disguise of an IPv4 one."""
	ip = ipaddress.ip_address(address.partition("%")[0])
	if isinstance(ip, ipaddress.IPv6Address):
		inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
		if inner is None and ip in NAT64:
			inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
		if inner is not None:
			return is_public(str(inner))
	return ip.is_global and not ip.is_multicast


def is_inside(host: str) -> bool:
	"""Return whether a host is known by an address that is not public; of one that is not known, who connects says so."""
	try:
		found = socket.getaddrinfo(host.strip("[]"), None)
	except (OSError, UnicodeError):
		return False
	return not all(is_public(str(address[0])) for *_, address in found)


def _checked(connection: socket.socket) -> socket.socket:
	# asked of the open socket: a name that resolves differently the second time cannot get around it
	if not is_public(connection.getpeername()[0]):
		connection.close()
		raise Inside
	return connection


class _PublicHTTP(WatchedHTTP):
	def _new_conn(self) -> socket.socket:
		return _checked(super()._new_conn())


class _PublicHTTPS(WatchedHTTPS):
	def _new_conn(self) -> socket.socket:
		return _checked(super()._new_conn())


class _PublicHTTPPool(HTTPConnectionPool):
	ConnectionCls = _PublicHTTP


class _PublicHTTPSPool(HTTPSConnectionPool):
	ConnectionCls = _PublicHTTPS


class PublicOnly(HTTPAdapter):
	"""Gives a session such connections. What leads inside raises Inside."""

	def init_poolmanager(
		self, connections: int, maxsize: int, block: bool = False, **options: object
	) -> None:
		"""Make the pools of a session."""
		super().init_poolmanager(connections, maxsize, block, **options)
		self.poolmanager.pool_classes_by_scheme = {"http": _PublicHTTPPool, "https": _PublicHTTPSPool}
