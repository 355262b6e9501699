"""An automation that cannot work is refused with a sentence; one that can is not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.automations.check import check, check_text
from customer_thread.domain.automations.first_name import first_name
from customer_thread.domain.automations.model import Automation
from customer_thread.domain.automations.stop_words import STOP_WORDS, stop_word_asked_for
from customer_thread.domain.errors import BadInput
from customer_thread.domain.notices.texts import segments, without_gsm

FIELDS = frozenset({"scheduled_time", "status", "customer_name", "party"})
REMINDER = Automation(
	name="reminder",
	title="Reminder",
	document_type="Appointment",
	moment="Date Field",
	text="Hi {{ customer.first_name }}, see you {{ doc.scheduled_time | when }}. Reply YES to confirm.",
	date_field="scheduled_time",
	offset_minutes=-1440,
	at_time="09:00",
	condition="doc.status == 'Open'",
	valid_until_field="scheduled_time",
)


def refused(automation: Automation) -> str:
	"""Return with which sentence it is refused."""
	with pytest.raises(BadInput) as caught:
		check(automation, FIELDS)
	return str(caught.value)


def test_what_can_work_is_not_refused() -> None:
	check(REMINDER, FIELDS)
	check(REMINDER)
	check(replace(REMINDER, moment="By Hand", date_field="", at_time="", offset_minutes=0), FIELDS)
	check(replace(REMINDER, moment="After Event", after_event="Visit done", offset_minutes=1440), FIELDS)


@pytest.mark.parametrize(
	("changes", "says"),
	[
		({"title": " "}, "the title is empty"),
		({"text": ""}, "the text is empty"),
		({"document_type": ""}, "the document is empty"),
		({"moment": "Sometimes"}, "the moment is “Sometimes”"),
		({"channel": "Pigeon"}, "the channel is “Pigeon”"),
		({"date_field": ""}, "the date field is empty"),
		({"date_field": "when"}, "the date field is when, which Appointment does not have"),
		({"valid_until_field": "until"}, "“Not after” is until, which Appointment does not have"),
		({"soon_field": "soon"}, "is soon, which Appointment does not have"),
		({"moment": "After Event", "after_event": " , "}, "the event is empty"),
		({"moment": "After Event", "after_event": "Visit done"}, "nothing can be sent before an event"),
		({"at_time": "9"}, "“9” is no time of day"),
		({"at_time": "24:00"}, "“24:00” is no time of day"),
		({"offset_minutes": -90}, "the minutes are whole days"),
		({"offset_minutes": -1440 * 400}, "at most 525,600 minutes"),
		({"valid_minutes": -1}, "from 0 to 525,600"),
		({"text": "Hi {{ doc.phone }}"}, "the text uses doc.phone, which Appointment does not have"),
		({"condition": "doc.state == 1"}, "the condition uses doc.state, which Appointment does not have"),
		({"text": "Hi {{ doc.status"}, "the text cannot be read"),
		({"text": "{% for a in doc.party %}{% for b in a %}x{% endfor %}{% endfor %}"}, "a loop in a loop"),
		({"condition": "frappe.db.sql('x')"}, "the condition calls something"),
		(
			{"text": "Reply CANCEL to call it off, {{ customer.name }}"},
			"the text tells the customer to write CANCEL",
		),
		({"text": "See you. Reply STOP if you cannot come."}, "the text tells the customer to write STOP"),
		({"text": "word " * 100}, "the text is 4 segments, and at most 3 are sent. Make it shorter."),
		({"text": "wörd—“ " * 40}, "“—” makes each shorter"),
		({"ended_by": "x" * 200}, "the events are longer than"),
	],
)
def test_what_cannot_work_says_why(changes: dict[str, object], says: str) -> None:
	sentence = refused(replace(REMINDER, **changes))  # type: ignore[arg-type]
	assert says in sentence
	assert sentence.startswith("“")


@pytest.mark.parametrize(
	"text",
	[
		"Reply CANCEL to cancel",
		"Please text “stop” to end these",
		"Text us STOP",
		"reply with 'quit' if you can't come",
		"Just reply: END",
		"Answer by CANCEL.",
		"Write unsubscribe to leave",
		"send back REVOKE",
		"Reply cancel to call it off",
		"Type STOPALL",
	],
)
def test_it_finds_an_opt_out_that_nobody_meant(text: str) -> None:
	assert stop_word_asked_for(text) in STOP_WORDS


@pytest.mark.parametrize(
	"text",
	[
		"We had to cancel Tuesday, just reply here for another time.",
		"Please call to cancel.",
		"Reply YES to confirm.",
		"In the end it was easy. Reply here!",
		"Just reply here to find another time.",
		"Text us any time, we never stop.",
		"Write to us before the end of the week",
		"Send a picture of the bus stop",
		"Say when: your visit was cancelled",
		"You can reply until the end of May to cancel it by phone",
	],
)
def test_ordinary_sentences_are_none(text: str) -> None:
	assert stop_word_asked_for(text) == ""


@given(
	word=st.sampled_from(STOP_WORDS),
	verb=st.sampled_from(["Reply", "text", "Answer", "send"]),
	tail=st.text(),
)
def test_no_such_instruction_is_missed(word: str, verb: str, tail: str) -> None:
	assert stop_word_asked_for(f"See you. {verb} {word} now{tail}") == word


@given(st.text(max_size=700))
def test_it_counts_what_a_phone_counts(text: str) -> None:
	count = segments(text)
	assert count >= 1
	if count > 1 and without_gsm(text):
		plain = "".join(char for char in text if char not in without_gsm(text))
		assert segments(plain) <= count
	if count > 3 and not stop_word_asked_for(text):
		with pytest.raises(BadInput):
			check_text(REMINDER, text)


@pytest.mark.parametrize(
	("name", "greeted"),
	[
		("Sarah Lindqvist", "Sarah"),
		("Sarah", "Sarah"),
		("  Anna  Maria de la Cruz", "Anna"),
		("Lee, Sarah", "Sarah"),
		("Dr. Sarah Lee", "Dr. Sarah Lee"),
		("Mr Lee", "Mr Lee"),
		("Acme Roofing LLC", "Acme Roofing LLC"),
		("Smith & Sons", "Smith & Sons"),
		("Bob and Ann Stone", "Bob and Ann Stone"),
		("The Miller Family", "The Miller Family"),
		("First Baptist Church", "First Baptist Church"),
		("Jean-Luc Picard", "Jean-Luc"),
		("O'Brien Mary", "O'Brien"),
		("李小龍", "李小龍"),
		("", ""),
	],
)
def test_it_greets_people_by_their_first_name(name: str, greeted: str) -> None:
	assert first_name(name) == greeted


@given(st.text(max_size=200))
def test_any_name_gives_words_of_it(name: str) -> None:
	assert first_name(name) in " ".join(name.split())
