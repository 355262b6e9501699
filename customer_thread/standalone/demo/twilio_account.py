"""The stand-in's one Twilio account: what both its halves, the phones' world and the HTTP API, know of it."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from customer_thread.standalone.demo.twilio_message import RequestKind, TwilioMessage


class Account:
	"""Its credentials, numbers and messages, the failures ordered and the requests counted."""

	def __init__(
		self,
		account_sid: str,
		auth_token: str,
		numbers: Iterable[str],
		clock: Callable[[], int],
		api_keys: Mapping[str, str],
		services: Iterable[str],
	) -> None:
		self.account_sid = account_sid
		self.auth_token = auth_token
		self.numbers = list(numbers)
		self.clock = clock
		#: API key → secret
		self.api_keys = dict(api_keys)
		self.services = set(services)
		#: what is set at each number and service, by the names of the API
		self.number_settings: dict[str, dict[str, str]] = {}
		self.service_settings: dict[str, dict[str, str]] = {}
		#: the numbers in each service's pool, and the statuses of its campaigns
		self.pools: dict[str, list[str]] = {}
		self.campaigns: dict[str, list[str]] = {}
		#: toll-free number → the status of its verification, and why it was refused
		self.verifications: dict[str, tuple[str, str]] = {}
		#: those of its numbers that take no texts
		self.voice_only: set[str] = set()
		#: (sender number or messaging service, receiver)
		self.opted_out: set[tuple[str, str]] = set()
		#: whether anybody sent credentials to the CDN, which Twilio's real one refuses
		self.leaked_credentials = False
		#: every API request that came, by kind
		self.requests: Counter[RequestKind] = Counter()
		self.messages: list[TwilioMessage] = []
		self.lock = threading.RLock()
		self._failures: list[tuple[RequestKind, str, int, int]] = []

	@property
	def sent(self) -> list[TwilioMessage]:
		"""Return the texts that were accepted to be sent, oldest first."""
		with self.lock:
			return [message for message in self.messages if message.direction != "inbound"]

	def webhook_of(self, number: str, name: Literal["sms_url", "status_callback"]) -> str:
		"""Return where what comes to a number is posted to, as it is set at Twilio; empty for nowhere."""
		with self.lock:
			service = next((sid for sid, pool in self.pools.items() if number in pool), "")
			of_service = self.service_settings.get(service, {})
			if name == "sms_url" and service and of_service.get("use_inbound_webhook_on_number") != "true":
				return of_service.get("inbound_request_url", "")
			return self.number_settings.get(number, {}).get(name, "")

	def fail_next(self, status: int, code: int, on: RequestKind = "create", *, holding: str = "") -> None:
		"""Answer the next request of this kind, with these words in its text, with an error and no more."""
		with self.lock:
			self._failures.append((on, holding, status, code))

	def failure_of(self, kind: RequestKind, text: str = "") -> tuple[int, int] | None:
		"""Count a request of this kind; return the (status, code) it was ordered to fail with, if any."""
		with self.lock:
			self.requests[kind] += 1
			for index, (wanted, words, status, code) in enumerate(self._failures):
				if wanted == kind and words in text:
					del self._failures[index]
					return status, code
		return None
