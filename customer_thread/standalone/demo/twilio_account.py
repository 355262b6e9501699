"""The stand-in's one Twilio account: what both its halves, the phones' world and the HTTP API, know of it."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

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
