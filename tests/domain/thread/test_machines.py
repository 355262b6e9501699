"""Two machines that answer each other end after three; people do not."""

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.thread.machines import ROUNDS, Turn, is_loop
from customer_thread.domain.times import HOUR, MINUTE, SECOND

if TYPE_CHECKING:
	from customer_thread.domain.model import Author

AWAY = "I am out of the office until Monday."
THANKS = "Thank you, your mail has arrived. Ticket 4711."


def passed_on(turns: list[Turn]) -> list[Turn]:
	"""Return what is passed on when each is said in answer to the one before: the first that is not ends it."""
	kept: list[Turn] = []
	for turn in turns:
		if is_loop(turn, kept[::-1]):
			break
		kept.append(turn)
	return kept


def talk(words: list[str], wait: int, *, is_mail: bool = True, is_by_person: bool = False) -> list[Turn]:
	"""Return an exchange in turn, the customer first."""
	authors: list[Author] = ["Customer", "Contractor"]
	return [
		Turn(authors[n % 2], said, n * wait, is_mail, is_by_person=is_by_person and n % 2 == 0)
		for n, said in enumerate(words)
	]


@given(st.integers(SECOND, HOUR), st.booleans(), st.integers(6, 40))
def test_it_ends_two_that_say_the_same_again(wait: int, is_mail: bool, count: int) -> None:
	said = talk([AWAY, THANKS] * count, wait, is_mail=is_mail)
	assert len(passed_on(said)) == 2 * (ROUNDS - 1)


def test_it_ends_two_whose_words_differ_in_numbers_only() -> None:
	said = talk(
		[word for n in range(20) for word in (AWAY, f"Your ticket {n} was opened, thank you.")], MINUTE
	)
	assert len(passed_on(said)) == 2 * (ROUNDS - 1)


def test_it_ends_mails_that_nobody_can_have_typed() -> None:
	said = talk([f"new words {n}" for n in range(40)], 5 * SECOND)
	assert len(passed_on(said)) == 2 * (ROUNDS - 1)


def test_it_lets_people_text_quickly_and_say_ok() -> None:
	quick = talk([f"words of a person, {chr(97 + n)}" for n in range(20)], 5 * SECOND, is_mail=False)
	assert passed_on(quick) == quick
	polite = talk(["ok, thanks", "you are welcome"] * 10, MINUTE)
	assert passed_on(polite) == polite


def test_it_lets_those_talk_of_whom_one_writes_on_the_page() -> None:
	said = talk([AWAY, THANKS] * 10, MINUTE, is_by_person=True)
	assert passed_on(said) == said


def test_it_lets_one_side_say_the_same_many_times() -> None:
	said = [Turn("Customer", AWAY, n * MINUTE, is_mail=True) for n in range(20)]
	assert passed_on(said) == said


def test_it_lets_somebody_ask_again_who_is_answered_by_a_person() -> None:
	said = talk(
		[
			word
			for n in range(10)
			for word in ("When does the crew come, please?", f"Answer {chr(97 + n)} of Mike's own")
		],
		MINUTE,
		is_mail=False,
	)
	assert passed_on(said) == said
