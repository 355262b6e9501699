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
		"Reply YES to confirm or CANCEL to cancel.",
		"Reply YES to confirm, “cancel” to call it off",
		"Reply C to confirm / STOP to end",
		"Reply YES to confirm. CANCEL to cancel.",
		"CANCEL to call it off, YES to confirm",
		"Cannot come? Reply to this message with CANCEL",
		"Cannot come? Just reply cancel.",
		"If you cannot come, text back: stop",
		"Reply *quit*",
		"Antworten Sie mit STOP",
		"antworte END",
		"Responda SÍ para confirmar o CANCEL para cancelar",
		"Répondez par STOP",
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
		"Just reply here to cancel.",
		"Please reply to cancel.",
		"Please call or text to cancel.",
		"Reply here, or stop by!",
		"Reply here or end up waiting",
		"Text us, and we will cancel or end it for you.",
		"Reply YES to confirm. We had to CANCEL Friday.",
		"Send us a picture of the “END” sign",
		"To cancel or to move it, write to us by noon.",
		"MIKE'S CONTRACTING: REPLY YES TO CONFIRM OR CALL TO CANCEL",
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


@given(
	word=st.sampled_from(STOP_WORDS),
	quotes=st.sampled_from(["", "“”", '""', "''", "**"]),
	other=st.sampled_from(["YES to confirm", "1 to confirm", "“C” if you come"]),
	joined=st.sampled_from([" or ", ", ", " / ", ", or "]),
)
def test_nor_one_beside_another_answer(word: str, quotes: str, other: str, joined: str) -> None:
	opens, closes = quotes[:1], quotes[1:]
	written = word.lower() if quotes else word
	assert stop_word_asked_for(f"See you. Reply {other}{joined}{opens}{written}{closes} to cancel.") == word


@given(
	words=st.lists(
		st.sampled_from(
			[
				"we",
				"you",
				"had",
				"will",
				"to",
				"the",
				"a",
				"in",
				"at",
				"and",
				"or",
				"by",
				"Tuesday",
				"visit",
				"job",
				"call",
				"us",
				"here",
				"before",
				"cancel",
				"end",
				"stop",
				"quit",
			]
		),
		min_size=1,
		max_size=20,
	),
	ends=st.sampled_from([".", "!", "?", ", just call."]),
)
def test_nobody_is_refused_who_asks_for_no_answer(words: list[str], ends: str) -> None:
	assert stop_word_asked_for(" ".join(words) + ends) == ""


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
		("de la Cruz, Maria", "de la Cruz, Maria"),
		("von der Leyen Ursula", "von der Leyen Ursula"),
		("Lee, Dr. Sarah", "Lee, Dr. Sarah"),
		("J. Smith", "J. Smith"),
		("J Smith", "J Smith"),
		("Sarah Lee (rental)", "Sarah"),
		("Blue Sky Painting", "Blue Sky Painting"),
		("Smith Electric", "Smith Electric"),
		("Bob's Deli", "Bob's Deli"),
		("The Corner", "The Corner"),
		("Park Avenue Apartments", "Park Avenue Apartments"),
		("", ""),
	],
)
def test_it_greets_people_by_their_first_name(name: str, greeted: str) -> None:
	assert first_name(name) == greeted


@given(st.text(max_size=200))
def test_any_name_gives_words_of_it(name: str) -> None:
	assert first_name(name) in " ".join(name.split())


@given(
	before=st.sampled_from(["Sarah", "Blue", "O'Brien", "Müller-Lee"]),
	trade=st.sampled_from(
		["LLC", "Inc.", "Roofing", "painting", "GmbH", "& Sons", "Apartments", "Dental Group"]
	),
)
def test_no_company_is_greeted_by_half_of_its_name(before: str, trade: str) -> None:
	assert first_name(f"{before} {trade}") == f"{before} {trade}"


@given(
	st.sampled_from(["Sarah", "Jean-Luc", "José", "Zoë"]),
	st.sampled_from(["Lee", "O'Brien", "Lindqvist", "de la Cruz"]),
)
def test_people_are_greeted_alike_however_they_are_listed(first: str, last: str) -> None:
	assert first_name(f"{first} {last}") == first
	assert first_name(f"{last}, {first}") == (first if " " not in last else f"{last}, {first}")
