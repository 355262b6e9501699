"""The words of what was said long ago are gathered, so that the inbox's search finds them."""

from customer_thread.service.ports import Ports
from customer_thread.store import word_blocks


def next_block(ports: Ports) -> int | None:
	"""Return which block of entries is the next whose words are to be gathered, or None."""
	return word_blocks.next_block(ports.database)


def gather_words(ports: Ports, block: int) -> None:
	"""Gather the words of a block; nothing, if another has done so."""
	word_blocks.gather(ports.database, block)
