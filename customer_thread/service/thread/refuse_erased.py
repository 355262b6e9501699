"""Nothing comes back of a conversation that was erased, whoever hands it in again."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from customer_thread.domain.errors import Erased
from customer_thread.domain.leaving.sealed_names import name_of
from customer_thread.domain.leaving.source_keys import left_of
from customer_thread.domain.model import Address, Party
from customer_thread.service.ports import Ports
from customer_thread.store import erasing, seals
from customer_thread.store.rows import ThreadRow

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def unless_erased(verb: Callable[Given, Answer | None]) -> Callable[Given, Answer | None]:
	"""Return the verb with None for what it may not take in again."""

	@wraps(verb)
	def answer(*args: Given.args, **given: Given.kwargs) -> Answer | None:
		try:
			return verb(*args, **given)
		except Erased:
			return None

	return answer


def erased_since(ports: Ports, owner: Party | Address) -> int:
	"""Return when a customer was erased, or whoever had an address, µs; 0: never."""
	return seals.since(ports.database, ports.seal(name_of(owner)))


def seal(ports: Ports, owner: Party | Address, now_us: int) -> None:
	"""Take nothing in any more that somebody said or did before now."""
	seals.add(ports.database, ports.seal(name_of(owner)), now_us)


def follow_seal(ports: Ports, old: Party, new: Party) -> None:
	"""Let what was erased of one customer be that of another: they were renamed, or became one."""
	since = erased_since(ports, old)
	if since:
		seals.add(ports.database, ports.seal(name_of(new)), since)


def refuse_erased(
	ports: Ports, thread: ThreadRow, occurred_us: int, source_key: str | None, *, is_live: bool = False
) -> None:
	"""Raise Erased for what may not be put into a thread; `is_live`: whatever its time, it happens now."""
	if thread["erased_us"]:
		raise Erased("This conversation was erased: nothing can be put into it.")
	if thread["since_us"] and not is_live and occurred_us < thread["since_us"]:
		raise Erased("What happened before this customer was erased is not taken in again.")
	if thread["since_us"] and source_key:
		refuse_known(ports, source_key)


def refuse_stranger(ports: Ports, address: Address, at_us: int, source_key: str) -> None:
	"""Raise Erased for what an unknown number or address said before it was erased."""
	if erased_since(ports, address) > at_us:
		raise Erased("What was said before this address was erased is not taken in again.")
	refuse_known(ports, source_key)


def refuse_known(ports: Ports, source_key: str) -> None:
	"""Raise Erased for what was erased with a whole conversation, by its key."""
	if erasing.is_erased(ports.database, {source_key, left_of(source_key, ports.seal) or ""}):
		raise Erased("This was erased, and is not taken in again.")
