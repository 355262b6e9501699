"""How a call of the HTTP interface is declared: once, above the function that answers it, for both hosts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from customer_thread.service.params import Params
from customer_thread.service.ports import Ports

Method = Literal["GET", "POST"]
Answer = TypeVar("Answer")
Answering = TypeVar("Answering", bound=Callable[..., object])
Answering_co = TypeVar("Answering_co", bound=Callable[..., object], covariant=True)


@dataclass(frozen=True)
class Call(Generic[Answering_co]):
	"""A call: a GET changes nothing, a POST is one transaction."""

	#: as it is called over HTTP
	name: str
	method: Method
	#: the names of its parameters; whatever else is given is left alone
	parameters: tuple[str, ...]
	answer: Answering_co

	def params(self, given: Mapping[str, Any], asked_by: str | None = None, session_hash: str = "") -> Params:
		"""Return what is given to this call by the user who asks, in which session, where the host has users."""
		return Params({name: given.get(name) for name in self.parameters}, asked_by, session_hash)


#: a call that is of no one thread
CallOf = Call[Callable[[Ports, Params], Answer]]


class Calls(dict[str, Call[Any]]):
	"""The calls of one area by their names."""

	def get_call(self, name: str, parameters: str) -> Callable[[Answering], Call[Answering]]:
		"""Declare a call that reads; `parameters`: their names, separated by blanks."""
		return self._declare(name, "GET", parameters)

	def post_call(self, name: str, parameters: str) -> Callable[[Answering], Call[Answering]]:
		"""Declare a call that writes."""
		return self._declare(name, "POST", parameters)

	def _declare(self, name: str, method: Method, parameters: str) -> Callable[[Answering], Call[Answering]]:
		def declare(answer: Answering) -> Call[Answering]:
			call = Call(name, method, tuple(parameters.split()), answer)
			self[name] = call
			return call

		return declare
