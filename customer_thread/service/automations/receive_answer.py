"""A customer wrote: it may be the answer to what the system asked."""

from collections.abc import Iterator
from itertools import chain

from customer_thread.domain.automations.answers import may_be_for_a_person, read_answer, without_signature
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.automations.alert_change import alert_change
from customer_thread.service.automations.confirm_question import confirm_question
from customer_thread.service.automations.question import Asked, asked_in, what_became_of
from customer_thread.service.automations.write_truth import write_truth
from customer_thread.service.ports import Ports
from customer_thread.store.rows import ThreadRow
from customer_thread.store.scheduled_rows import ScheduledMessageRow

#: a yes goes past these to an older question that is still open
_PASSED_OVER = ("Confirmed", "Over")


def receive_answer(ports: Ports, thread: ThreadRow, entry: int, new: NewEntry) -> None:
	"""Take a customer's new message for the answer to the newest open question of its thread, if it is one.

	Words that are no answer cost nothing; in a thread that nothing was asked in, one query.
	"""
	words = without_signature(new.text, thread["title"]) if new.channel == "Email" else new.text
	answer = read_answer(words)
	if answer is None:
		return
	if answer != "Confirm":
		alert_change(ports, thread, entry, new)
		return
	asked = asked_in(ports, thread)
	if not asked or _is_for_a_person(thread, asked[0], words):
		return
	question = _meant(what_became_of(ports, thread, row) for row in asked)
	if question.state == "Open":
		question = confirm_question(ports, thread, question, entry)
	if question.state != "Open" and question.is_recent:
		write_truth(ports, thread, question, entry, new)


def _is_for_a_person(thread: ThreadRow, newest: ScheduledMessageRow, words: str) -> bool:
	is_answered = thread["answered_us"] > newest["due_us"]
	theirs = thread["last_words"] if thread["last_words_by"] == "Contractor" else ""
	return is_answered and may_be_for_a_person(words, theirs or "")


def _meant(found: Iterator[Asked]) -> Asked:
	"""Return the newest open question; the newest of all where what is newer than that was moved or called off.

	No further is looked than that: a customer of many years was asked often.
	"""
	newest = next(found)
	for question in chain([newest], found):
		if question.state == "Open":
			return question
		if question.is_recent and question.state not in _PASSED_OVER:
			return question
	return newest
