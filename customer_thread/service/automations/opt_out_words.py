"""A promotional text says once a month how to get no more."""

from customer_thread.domain.notices.promotional import OPT_OUT_EVERY, opt_out_words
from customer_thread.service.outgoing.way import way_to
from customer_thread.service.ports import Ports
from customer_thread.service.thread.in_language import in_thread_language
from customer_thread.store import promotional
from customer_thread.store.rows import ThreadRow


def with_opt_out(ports: Ports, thread: ThreadRow, text: str, wanted: str, at_us: int) -> str:
	"""Return the text as it is to be sent at a moment, µs: with the words if it goes by a channel where they count, and they are due."""
	words = opt_out_words(in_thread_language(ports, thread).translate)
	route = way_to(ports, thread, len(text) + 1 + len(words), wanted)
	counts = route.channel is not None and ports.channel(route.channel).consent_to is not None
	since_us = at_us - OPT_OUT_EVERY
	if not counts or promotional.was_said(ports.database, thread["name"], words, since_us):
		return text
	return f"{text} {words}"
