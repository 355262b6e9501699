"""A topic a customer, where the team talks: known by the thread number at its end."""

import re
import unicodedata

from customer_thread.domain.limits import ZULIP_TOPIC
from customer_thread.domain.thread import thread_number

#: of a topic, for what is about no customer
ROOM = "Customer threads"
#: set before the name of a topic by who is done with it: https://zulip.com/help/resolve-a-topic
RESOLVED = "✔ "
#: at the end of a topic: what stands before it the team may change
_CODE = re.compile(r"#(\d{2,12})\s*\Z", re.ASCII)


def topic_of(name: str, code: str) -> str:
	"""Return a thread's topic, such as "Sarah Lee #174": the name is cut, never the thread number."""
	after = f" #{code}"
	# no second number, no mark of a topic that is done, nothing that is not seen or that the provider refuses
	kept = name.replace("#", " ").replace(RESOLVED.strip(), " ")
	line = " ".join("".join(one if unicodedata.category(one)[0] not in "CZ" else " " for one in kept).split())
	room = ZULIP_TOPIC - len(after)
	return ((line if len(line) <= room else line[: room - 1].rstrip() + "…") + after).strip()


def code_in(topic: str) -> str:
	"""Return the thread number at a topic's end, whatever the team calls it; empty if it has none that can be right."""
	found = _CODE.search(topic)
	return found[1] if found and thread_number.is_valid(found[1]) else ""
