"""A yes marks something, so nothing but a yes is one; what asks for a change is heard within a short message."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from customer_thread.domain.automations.answer_words import LANGUAGES
from customer_thread.domain.automations.answers import (
	LONGEST_YES,
	Answer,
	may_be_for_a_person,
	read_answer,
	without_signature,
)

YES = """
confirm|Confirmed.|CONFIRM|CONFIRM please|Confirmed, thanks|I confirm|yes confirmed|comfirmed|confirm my appointment
yes|Yes.|YES|y|Y|y!|Y.|Yep|yep!|yeah|Yup|yea|sure|Sure!|ok|OK|Ok.|okay|O.K.|k|K|kk|c|C
Yes!|yes please|Yes, please!|yes thank you|Yes, thanks!|ok thanks|ok thx|Ok, see you then|Yes, see you tomorrow!|yes. thank you so much
Hi, yes|Hello! Yes please.|Good morning, confirmed|Yes, sounds good|ok perfect|Great, thanks, yes|Yes - thanks|Yes… thanks|(yes)|"Yes"|“YES”|*yes*
yesss|YESSSSS!!!|yeees|okkk|yeahhh|sureee|of course!|Absolutely|Definitely, thanks
👍|👍🏽|👍🏿 thanks|👌|👌🏻|✅|✔️|✔|☑️|🆗|ok 👍|👍👍|Yes 😀|yes 🙏|Confirmed ❤️|Yes :)|yes :-)|ok ;)|Yes <3|thanks 👍
Sí|si|sí, gracias|Claro que sí|confirmo|Confirmado, gracias|vale|De acuerdo|Por supuesto. Gracias!|Sí, hasta mañana
Oui|oui merci|Oui, à demain|d'accord|D’accord, merci|Je confirme|Bien sûr !
Ja|ja danke|Ja, bis morgen!|Bestätigt|Passt, danke|In Ordnung|Alles klar
Sim|sim, obrigada|Confirmado, obrigado|Combinado! Até amanhã|Está bem
"""

ORDINARY = """
no|No.|nope|nah|no thanks|no thank you|not yet|maybe|Maybe later|I don't know|not sure|unsure
yes but can you come later?|yes but later|yes but later?|yes?|Yes??|y?|ok?|ok so when?|ok when|what time?|What time works for you?|when
Sounds good! What time works for you?|sounds good|Sounds great|Perfect|Great|thanks|Thank you|thanks!|Thanks so much!|See you tomorrow|see you then|please
Ok but call me first|yes if it doesn't rain|Yes, at 10|Yes at 10?|yes, 9am is better|Yes. Can you bring the blue paint?|yes and no|yes/no|y/n|yes or no
Yes I have a question|Yes I need to talk to you|Yes I got the invoice|yes we did|yes it is|yes he did|yes to the first one|ok let me check|Ok I will ask my husband
ok let's talk|ok one moment|Ok, hold on|ok wait|Sure, but not Thursday|sure thing, when|Sure, what day|Sure does|I'm sure you did|Sure hope so
confirm what|Confirm what?|Can you confirm?|please confirm the time|I can't confirm yet|not confirmed|Did you confirm|confirm with my wife first|Is it confirmed?|confirmed with the HOA, waiting on them|Unconfirmed
can you confirm the address|I will confirm later|I will confirm tomorrow|will confirm|Confirming with Bob now|Confirm receipt of the check|who is this|Who is this?|wrong number
Hi|Hello|Hello?|Good morning|hey|Hey Mike|Hi Mike, yes|Yes Mike|ok Mike thanks|Thanks Mike|Love it!|Looks great|The deck looks amazing
The gate code is 4411|gate code 4411|We have a dog, please knock|The dog is in the yard|Park in the driveway|The key is under the mat|I left the check on the counter|123 Main St
Could you send the estimate again?|How much is it?|How much would the railing cost|Is the $4,200 with tax|I paid it yesterday|paid|Just paid|Sent|Done|done!|I sent the check
The faucet doesn't work|the outlet in the kitchen doesn't work|The paint is peeling|It leaks again|it's leaking|The door won't close|There is a crack in the wall
I'm running late|I'm on my way|be there in 5|5 minutes|1|2|10am|tomorrow|Thursday|Monday works|After 3|Any time|Whenever|morning is better
I can't wait!|Can't wait to see it|I can't believe it|I can not thank you enough|I cannot see the photo|I can't open the link|I can't find the invoice|We can't decide on a color
Don't cancel|don't cancel!|Please don't cancel|please do not cancel|do not cancel my appointment|I don't want to cancel|I did not cancel|no need to cancel|No need to reschedule|we don't need to reschedule|never cancel on me again|please don't reschedule
Was it cancelled?|You cancelled last time|What is the cancellation policy?|my flight was cancelled so I am home all day|The order was canceled by the store
bien|gracias|hola|no gracias|no puedo abrir el enlace|si puede venir más tarde|sí pero más tarde|¿sí?|Sí, ¿a qué hora?|oui mais plus tard|oui?|merci|ja aber später|ja?|danke|nein|non|não|sim mas mais tarde|obrigado
jaja|haha|lol|LOL|hmm|mhm|uh huh|?|??|!|...|.|-|🤷|👎|👎🏽|😡|❓|👋|🙏|😀|❤️|yes ❓|👍?|👍👎|ok 👎|stop|STOP|Stop.|stopall|unsubscribe|end|quit|QUIT|start|help|HELP|info
okra|yesterday|Yesterday|yours|ye|okapi|cc|yn|kc|ck|c u|c ya at 5|C is fine, not B|option c|Plan C|b|a|n|N|x|t
No, yes, wait|yes no|ok no|no ok|not ok|It is not ok|that's not ok|yes not today|yes 👎
"""

CHANGES: list[tuple[str, Answer]] = [
	*(
		(text, "Cancel")
		for text in """
CANCEL|cancel|Cancel.|cancel please|Please cancel|need to cancel|I need to cancel tomorrow|We have to cancel, sorry|can we cancel|Cancel my appointment|Sorry, cancelling
can't make it|Can’t make it|cant make it|Sorry I can't make it tomorrow|I cannot make it|We cannot come|I can't come|I won't be home|I will not be there|unable to make it
I won't be able to make it|I can't do tomorrow|yes but I can't make it|I'm not home, cancel please|Let's call it off|No, cancel it
Tengo que cancelar|cancelar|No puedo ir|no podré estar|Je ne peux pas venir|Je dois annuler|Ich muss absagen|Ich kann leider nicht kommen|Não posso ir|preciso desmarcar
""".replace("\n", "|")
		.strip("|")
		.split("|")
	),
	*(
		(text, "Reschedule")
		for text in """
reschedule|RESCHEDULE|Can we reschedule?|I need to reschedule|re-schedule please|can't make it, can we reschedule?|another day|Another day please|Can we do another time|a different day would be better
Could we move it to Friday|Can you push the appointment|yes but can we move it to another day?|Please don't cancel, but can we reschedule?|Tomorrow doesn't work for us|Thursday won't work|postpone|can we change the time
otro día por favor|¿Podemos cambiar la cita?|Un autre jour|Können wir das verschieben?|anderer Tag bitte|outro dia|Podemos remarcar?
""".replace("\n", "|")
		.strip("|")
		.split("|")
	),
]


def listed(texts: str) -> list[str]:
	"""Return the texts, each once; a bar and a line's end part them."""
	return list(dict.fromkeys(texts.replace("\n", "|").strip("|").split("|")))


EVERY_YES, EVERY_ORDINARY = listed(YES), listed(ORDINARY)
#: the simplest of each language
SIMPLE = ("yes", "ok", "y", "confirm", "CONFIRMED", "👍", "✅", "sí", "oui", "ja", "sim")
KNOWN = {
	word
	for table in LANGUAGES
	for phrases in (table.confirm, table.yes, table.fine, table.polite)
	for word in phrases
}
LETTERS = st.text(string.ascii_lowercase, min_size=1, max_size=9)


@pytest.mark.parametrize("text", EVERY_YES)
def test_a_yes_is_one(text: str) -> None:
	assert read_answer(text) == "Confirm"


def test_there_are_many_ordinary_sentences() -> None:
	assert len(EVERY_ORDINARY) > 250


@pytest.mark.parametrize("text", EVERY_ORDINARY)
def test_a_message_like_any_other_is_no_answer(text: str) -> None:
	assert read_answer(text) is None


@pytest.mark.parametrize(("text", "answer"), CHANGES)
def test_what_asks_for_a_change_is_heard(text: str, answer: Answer) -> None:
	assert read_answer(text) == answer


@pytest.mark.parametrize(
	("text", "last", "may"),
	[
		("Confirmed, thanks!", "Can you leave the gate open?", False),
		("c", "See you then.", False),
		("yes, confirmed", "Is the dog inside?", False),
		("Yes!", "Is the dog inside?", True),
		("Yes!", "See you then.", False),
		("Yes!", "We come with two people and the big truck…", True),
		("sí", "See you then.", False),
		("ok", "See you then.", True),
		("👍", "See you then.", True),
		("ok yes", "See you then.", False),
		("de acuerdo", "", True),
		("yes", "", False),
	],
)
def test_a_yes_may_be_for_a_person_who_wrote_since(text: str, last: str, may: bool) -> None:
	assert read_answer(text) == "Confirm"
	assert may_be_for_a_person(text, last) == may


@given(st.sampled_from(EVERY_YES), st.integers(0, 30), st.sampled_from("?¿؟？⁇‽"))
def test_a_question_mark_anywhere_makes_no_yes(text: str, place: int, mark: str) -> None:
	assert read_answer(text[:place] + mark + text[place:]) != "Confirm"


@given(st.sampled_from(EVERY_YES), LETTERS, st.booleans())
def test_any_other_word_makes_no_yes(text: str, word: str, first: bool) -> None:
	assume(read_answer(f"yes {word}") != "Confirm")
	assert read_answer(f"{word} {text}" if first else f"{text} {word}") != "Confirm"


@given(st.text(alphabet=string.printable, max_size=40))
def test_what_has_no_word_of_ours_is_no_yes(text: str) -> None:
	words = {word for phrase in KNOWN for word in phrase.split()}
	assume(not any(word in text.casefold() for word in words))
	assert read_answer(text) != "Confirm"


@given(st.sampled_from(EVERY_ORDINARY), st.sampled_from(EVERY_YES))
def test_a_yes_beside_an_ordinary_sentence_that_says_something_marks_nothing(ordinary: str, yes: str) -> None:
	assume(read_answer(f"{ordinary} yes") != "Confirm")
	assert read_answer(f"{yes}. {ordinary}") != "Confirm"
	assert read_answer(f"{ordinary}. {yes}") != "Confirm"


@given(
	st.sampled_from(SIMPLE),
	st.sampled_from(["", " ", "\n", "  "]),
	st.sampled_from(["", ".", "!", "!!!", "...", " .", "\n"]),
	st.sampled_from([str.lower, str.upper, str.title, str.swapcase]),
)
def test_case_blanks_and_marks_say_nothing(text: str, before: str, after: str, write: object) -> None:
	assert callable(write)
	assert read_answer(before + write(text) + after) == "Confirm"


@given(st.sampled_from(["yes", "yeah", "okay", "sure", "confirm", "ja", "oui"]), st.integers(0, 5))
def test_a_letter_may_be_held_down_a_little(word: str, more: int) -> None:
	assert read_answer(word + word[-1] * more) == "Confirm"
	assert read_answer(word + word[-1] * 30) != "Confirm"


@pytest.mark.parametrize("text", ["yes\u200b", "\ufeffYes", "👍\ufe0f", "\u200eok"])
def test_what_is_not_seen_says_nothing(text: str) -> None:
	assert read_answer(text) == "Confirm"


@pytest.mark.parametrize(
	"text",
	[
		"Liked “Hi Sarah! To reschedule call us.”",
		"Loved “Your visit is tomorrow. Cancel by phone",
		"👍 to “Yes”",
	],
)
def test_a_phone_that_likes_a_message_answers_nothing(text: str) -> None:
	assert read_answer(text) is None


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
	assert read_answer(text) in ("Confirm", "Cancel", "Reschedule", None)


def test_a_long_text_is_no_yes() -> None:
	assert read_answer("yes " * 100) != "Confirm"
	assert len("yes " * 100) > LONGEST_YES


def test_a_long_text_is_read_by_people() -> None:
	assert read_answer("I need to cancel. " + "word " * 100) is None


def test_much_text_is_read_at_once() -> None:
	assert read_answer("y" * 100_000 + " n't " * 20_000) is None


@pytest.mark.parametrize(
	("text", "left"),
	[
		("Yes\n\nSarah Lee", "Yes\n"),
		("Confirmed, thanks!\nSarah", "Confirmed, thanks!"),
		("Yes\n- sarah", "Yes"),
		("Sarah", "Sarah"),
		("Yes\nBob", "Yes\nBob"),
		("Yes", "Yes"),
		("", ""),
	],
)
def test_a_mails_last_line_may_be_its_senders_name(text: str, left: str) -> None:
	assert without_signature(text, "Sarah Lee") == left
