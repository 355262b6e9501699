"""What can be sent to this customer with one tap."""

from collections.abc import Iterator
from typing import Literal, TypedDict

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.schedule.agenda import PLANS
from customer_thread.service.desk.ask_confirmation import preview_question
from customer_thread.service.desk.read_templates import read_templates
from customer_thread.service.ports import Ports
from customer_thread.store import automations
from customer_thread.store.rows import ThreadRow


class OneTap(TypedDict):
	"""One of them."""

	#: reply: the words go into the reply box; confirmation: they are asked; on_the_way: the minutes are
	what: Literal["reply", "confirmation", "on_the_way"]
	#: of a reply, what it is called; else empty
	title: str
	#: the words; of on_the_way empty
	text: str


def read_one_taps(ports: Ports, thread: ThreadRow) -> list[OneTap]:
	"""Return what there is to be sent: an open invoice or estimate, the question for a confirmation, “On my way”."""
	return list(_one_taps(ports, thread)) if thread["party_type"] == "Customer" else []


def _one_taps(ports: Ports, thread: ThreadRow) -> Iterator[OneTap]:
	for reply in read_templates(ports, thread):
		if reply["about"] and not reply["problem"]:
			yield {"what": "reply", "title": reply["title"], "text": reply["text"]}
	try:
		question = preview_question(ports, thread)["text"]
	except (BadInput, NotFound):
		question = ""
	if question:
		yield {"what": "confirmation", "title": "", "text": question}
	by_hand = [rule for doctype in PLANS for rule in automations.enabled_for(ports.database, doctype)]
	if any(rule.moment == "By Hand" and not rule.expects_confirmation for rule in by_hand):
		yield {"what": "on_the_way", "title": "", "text": ""}
