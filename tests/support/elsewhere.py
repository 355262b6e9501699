"""Whoever asks from another address: all of 127.0.0.0/8 is this machine."""

from typing import Any

import requests
from requests.adapters import HTTPAdapter


class _From(HTTPAdapter):
	def __init__(self, address: str) -> None:
		self._address = address
		super().__init__()

	def init_poolmanager(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
		super().init_poolmanager(*args, **options, source_address=(self._address, 0))


class Elsewhere(requests.Session):
	"""A session whose connections come from this address."""

	def __init__(self, address: str) -> None:
		super().__init__()
		self.mount("http://", _From(address))
