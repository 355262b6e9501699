"""What one message needs of Zulip's REST API, by Zulip's own library, all of it within one time."""

import os
import time
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import requests
from requests.auth import HTTPBasicAuth

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import ZULIP_ANSWER_BYTES
from customer_thread.gateways.deadline import BoundedSession
from customer_thread.gateways.zulip.account import ZulipAccount
from customer_thread.gateways.zulip.errors import of_network, refused

if TYPE_CHECKING:
	import zulip

#: seconds that are left to a request where they are used up: it fails at once
_NONE = 0.01


class _Session(BoundedSession):
	"""Knows when all has to be over, and with which status the last request was answered."""

	def __init__(self, account: ZulipAccount, seconds: float) -> None:
		super().__init__(seconds, ZULIP_ANSWER_BYTES)
		self._ends = time.monotonic() + seconds
		self.status = 0
		self.auth = HTTPBasicAuth(account.email, account.api_key)
		self.headers["User-Agent"] = "customer_thread"
		# a POST that is sent elsewhere becomes a GET, and the key is not for others
		self.max_redirects = 0

	def send(self, request: requests.PreparedRequest, **options: object) -> requests.Response:
		"""Return the answer, read to its end. Raise RequestException."""
		self._seconds = max(_NONE, self._ends - time.monotonic())
		response = super().send(request, **{**options, "timeout": self._seconds})
		self.status = response.status_code
		return response


class Exchange:
	"""Some requests, one after the other. Nothing is asked twice by itself."""

	def __init__(self, account: ZulipAccount, seconds: float) -> None:
		self._account = account
		self._session = _Session(account, seconds)

	def ask(
		self, method: str, path: str, request: Mapping[str, Any] | None = None, *, sending: bool = False
	) -> Mapping[str, Any]:
		"""Return the answer of a request that was a success. Raise GatewayError."""
		client = self._client
		self._session.status = 0
		try:
			answer = client.call_endpoint(path, method, dict(request or {}))
		except Exception as error:
			# the library raises what `requests` does, or an error of its own because of that
			raise of_network(error, sending=sending) from error
		if not isinstance(answer, dict):
			answer = {}
		if self._session.status != 200 or answer.get("result") != "success":
			raise refused(self._session.status, answer, sending=sending)
		return answer

	@cached_property
	def _client(self) -> "zulip.Client":
		account, session = self._account, self._session
		if not (account.site and account.email and account.api_key):
			raise GatewayError(
				"Zulip is not set up: enter its address, the bot's e-mail and its API key in Customer Thread Settings.",
				permanent=True,
			)
		try:
			import zulip
		except ImportError as error:
			raise GatewayError(
				"The Python package “zulip” is not installed here: pip install 'zulip>=0.9,<0.10'.",
				permanent=True,
			) from error

		class Client(zulip.Client):
			def ensure_session(self) -> None:
				self.session = session

			def get_server_settings(self) -> dict[str, Any]:
				# it is asked for at every start, and nothing here depends on it
				return {"zulip_version": "", "zulip_feature_level": 0}

		return Client(
			email=account.email,
			api_key=account.api_key,
			site=account.site,
			client="customer_thread",
			# what a ~/.zuliprc of this machine says is somebody else's
			config_file=os.devnull,
			retry_on_errors=False,
			insecure=False,
		)
