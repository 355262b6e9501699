"""What becomes of each message to the bot: a truth table."""

import pytest

from customer_thread.domain.bot.decide import KEPT, RECENT, decide
from customer_thread.domain.bot.model import Customer, Decision, Facts, Memory, Words
from customer_thread.domain.bot.read_command import read_command
from customer_thread.domain.model import RemoteAttachment
from customer_thread.domain.times import HOUR, MINUTE

NOW = 1_000 * HOUR
SARAH = Customer("t-sarah", "Sarah Lee", "957")
BOB = Customer("t-bob", "Bob Stone", "174")
CHARLIE = Customer("t-charlie", "Charlie Day", "4711")
KNOWN = {one.number: one for one in (SARAH, BOB)}
BOTH = ((BOB, NOW - MINUTE), (SARAH, NOW - HOUR))
ONE = ((SARAH, NOW - HOUR),)
PICTURE = RemoteAttachment("https://pictures.example/1", "image/png")
NOTHING = Memory()
KEPT_WORDS = Words("on my way", occurred_us=NOW - MINUTE)
ASKED = Memory(words=KEPT_WORDS, choices=("t-bob", "t-sarah"), until_us=NOW + KEPT - MINUTE)
CHOSEN = Memory(thread="t-sarah", named_us=NOW - MINUTE, chosen_until_us=NOW + KEPT - MINUTE)


def _decide(
	text: str,
	memory: Memory = NOTHING,
	recent: tuple[tuple[Customer, int], ...] = BOTH,
	*,
	pictures: int = 0,
	at: int = NOW,
	place: Customer | None = None,
) -> Decision:
	command = read_command(text)
	given = Words(command.text, (PICTURE,) * pictures, command.verb == "note", at)
	facts = Facts(
		memory,
		NOW,
		named=KNOWN.get(command.number),
		place=place,
		recent=recent,
		remembered=tuple((one.thread, one) for one in (SARAH, BOB, CHARLIE)),
	)
	return decide(command, given, facts)


def _went(decision: Decision) -> tuple[str, str, bool] | None:
	"""Return who gets which words, and whether they are a note."""
	if decision.words is None or decision.customer is None:
		return None
	return decision.customer.number, decision.words.text, decision.words.is_note


def _said(decision: Decision) -> str:
	return " ".join(decision.answer)


@pytest.mark.parametrize("memory", [NOTHING, ASKED, CHOSEN])
@pytest.mark.parametrize("recent", [(), ONE, BOTH])
@pytest.mark.parametrize(
	("text", "goes"),
	[
		("#957 hello", ("957", "hello", False)),
		("957 hello", ("957", "hello", False)),
		("957: hello", ("957", "hello", False)),
		("#174 hello", ("174", "hello", False)),
		("#957 note hello", ("957", "hello", True)),
		("957 note hello", ("957", "hello", True)),
		("note #957 hello", ("957", "hello", True)),
		("note 957 hello", ("957", "hello", True)),
	],
)
def test_it_writes_to_whom_a_number_names(
	memory: Memory, recent: tuple[tuple[Customer, int], ...], text: str, goes: tuple[str, str, bool]
) -> None:
	decision = _decide(text, memory, recent)
	assert _went(decision) == goes
	# what was asked about stands
	assert decision.memory.words == memory.words
	assert bool(decision.answer) is goes[2]


@pytest.mark.parametrize("memory", [NOTHING, ASKED, CHOSEN])
@pytest.mark.parametrize("recent", [(), ONE, BOTH])
@pytest.mark.parametrize(
	("text", "pictures"),
	[
		("?", 0),
		("help", 1),
		("LIST!", 0),
		("#957 ?", 0),
		("957?", 1),
		("#957 help", 0),
		("#958 ?", 0),
		("", 0),
	],
)
def test_it_says_to_nobody_what_is_for_the_bot(
	memory: Memory, recent: tuple[tuple[Customer, int], ...], text: str, pictures: int
) -> None:
	decision = _decide(text, memory, recent, pictures=pictures)
	assert decision.words is None
	assert decision.memory == memory
	assert ("picture was not sent" in _said(decision)) is bool(pictures)
	assert decision.answer or decision.with_usage or decision.with_lines


@pytest.mark.parametrize(
	("text", "recent", "goes"),
	[
		("on my way", ONE, ("957", "on my way", False)),
		("on my way", BOTH, None),
		("on my way", (), None),
		("20 minutes", ONE, ("957", "20 minutes", False)),
		("5", ONE, None),
		("4711", ONE, None),
		("5035550142", ONE, None),
		("100 bucks", ONE, None),
		("958 on my way", ONE, None),
		("#958 on my way", ONE, None),
		("#1 fan", ONE, None),
		("note gate", ONE, ("957", "gate", True)),
		("note gate", BOTH, None),
		("note", ONE, None),
	],
)
def test_it_writes_without_a_number_only_where_it_is_plain(
	text: str, recent: tuple[tuple[Customer, int], ...], goes: tuple[str, str, bool] | None
) -> None:
	decision = _decide(text, NOTHING, recent)
	assert _went(decision) == goes
	assert decision.answer or goes


@pytest.mark.parametrize(
	("text", "words", "is_note"),
	[
		("on my way", "on my way", False),
		("100 bucks", "100 bucks", False),
		("#958 on my way", "on my way", False),
		("note gate", "gate", True),
		("#958 note gate", "gate", True),
		("958 note gate", "gate", True),
		("95 note: gate", "gate", True),
		("note 958 gate", "958 gate", True),
	],
)
def test_it_keeps_what_it_asks_about(text: str, words: str, is_note: bool) -> None:
	decision = _decide(text)
	assert decision.memory.words == Words(words, (), is_note, NOW)
	assert decision.memory.choices == ("t-bob", "t-sarah")
	assert decision.memory.until_us == NOW + KEPT
	question = "Whose note is this?" if is_note else "Who is this for?"
	assert _said(decision).endswith(f"{question} 1 Bob Stone, 2 Sarah Lee")
	assert ("There is no #95" in _said(decision)) is (text.startswith(("#95", "95")))


@pytest.mark.parametrize("text", ["4711", "3", "#3", "0", "01", "5035550142"])
@pytest.mark.parametrize("memory", [NOTHING, CHOSEN])
def test_it_never_sends_a_number_alone(text: str, memory: Memory) -> None:
	decision = _decide(text, memory, ONE)
	assert decision.words is None
	assert decision.memory == memory
	assert "was not sent" in _said(decision)


@pytest.mark.parametrize(
	("text", "number"),
	[
		("1", "174"),
		("2", "957"),
		("#2", "957"),
		(" 2. ", "957"),
		("2️⃣", "957"),
		("#957", "957"),
		("957", "957"),
	],
)
def test_it_sends_what_it_asked_about_to_who_is_chosen(text: str, number: str) -> None:
	decision = _decide(text, ASKED)
	assert _went(decision) == (number, "on my way", False)
	assert decision.memory.words is None
	assert decision.memory.choices == ()


@pytest.mark.parametrize("text", ["Sarah", "sarah lee", "2 Sarah Lee", "2. Sarah", "Sarah Lee!", "2: sarah"])
def test_it_knows_who_is_chosen_by_name(text: str) -> None:
	decision = _decide(text, ASKED)
	assert _went(decision) == ("957", "on my way", False)
	assert decision.memory.words is None
	# nobody was asked about
	assert _went(_decide(text, NOTHING)) is None


@pytest.mark.parametrize("text", ["1 Sarah Lee", "Bob and Sarah", "Lee", "note Sarah", "Sarah is nice"])
def test_it_takes_no_other_words_for_a_name(text: str) -> None:
	assert _went(_decide(text, ASKED)) is None


def test_it_asks_again_where_two_have_the_name() -> None:
	asked = Memory(words=KEPT_WORDS, choices=("t-sarah", "t-other"), until_us=NOW + 1)
	other = Customer("t-other", "Sarah Stone", "33")
	command = read_command("Sarah")
	facts = Facts(asked, NOW, remembered=(("t-sarah", SARAH), ("t-other", other)))
	assert _went(decide(command, Words("Sarah", occurred_us=NOW), facts)) is None


@pytest.mark.parametrize("text", ["3", "0", "01", "#958", "958", "5035550142"])
def test_it_asks_again_where_a_number_is_no_choice(text: str) -> None:
	decision = _decide(text, ASKED)
	assert _went(decision) is None
	assert decision.memory.words == KEPT_WORDS
	assert _said(decision).endswith("Who is this for? 1 Bob Stone, 2 Sarah Lee")


def test_it_lets_a_picture_go_with_the_choice() -> None:
	decision = _decide("2", ASKED, pictures=1)
	assert decision.words
	assert (decision.words.text, decision.words.attachments) == ("on my way", (PICTURE,))


@pytest.mark.parametrize("text", ["1", "957"])
def test_it_sends_nothing_once_ten_minutes_are_over(text: str) -> None:
	on_the_edge = Memory(words=KEPT_WORDS, choices=("t-sarah",), until_us=NOW)
	assert _went(_decide(text, on_the_edge)) is not None
	over = Memory(words=KEPT_WORDS, choices=("t-sarah",), until_us=NOW - 1)
	decision = _decide(text, over)
	assert _went(decision) is None
	assert "more than ten minutes ago" in _said(decision)
	assert decision.memory.words is None
	# also once they are forgotten
	assert "more than ten minutes ago" in _said(_decide(text, Memory(choices=("t-sarah",), until_us=NOW - 1)))


@pytest.mark.parametrize("text", ["1", "#957"])
def test_it_takes_no_answer_that_is_older_than_the_words(text: str) -> None:
	decision = _decide(text, ASKED, at=KEPT_WORDS.occurred_us - 1)
	assert _went(decision) is None
	assert decision.memory.words == KEPT_WORDS


def test_it_asks_about_new_words_instead_and_says_so() -> None:
	decision = _decide("tomorrow at 8", ASKED, ONE)
	assert _went(decision) is None
	assert decision.memory.words
	assert decision.memory.words.text == "tomorrow at 8"
	assert _said(decision).startswith("Not sent: “on my way”. Who is this for?")


def test_it_keeps_the_later_of_two_that_came_in_the_wrong_order() -> None:
	decision = _decide("earlier", ASKED, at=KEPT_WORDS.occurred_us - 1)
	assert decision.memory.words == KEPT_WORDS
	assert _said(decision).startswith("Not sent: “earlier”.")


def test_it_says_of_the_same_words_again_nothing_of_dropping() -> None:
	assert _said(_decide("on my way", ASKED)).startswith("Who is this for?")


def test_it_joins_a_picture_and_its_words() -> None:
	picture = _decide("", ASKED, pictures=1).memory.words
	assert picture
	assert (picture.text, picture.attachments) == ("on my way", (PICTURE,))
	only_picture = Memory(
		words=Words("", (PICTURE,), occurred_us=NOW - 1), choices=("t-sarah",), until_us=NOW + 1
	)
	words = _decide("like this?", only_picture).memory.words
	assert words
	assert (words.text, words.attachments) == ("like this?", (PICTURE,))


def test_it_keeps_ten_pictures_and_says_what_is_lost() -> None:
	many = Memory(
		words=Words("", (PICTURE,) * 9, occurred_us=NOW - 1), choices=("t-sarah",), until_us=NOW + 1
	)
	decision = _decide("", many, pictures=2)
	assert decision.memory.words
	assert len(decision.memory.words.attachments) == 10
	assert "too many pictures" in _said(decision)


def test_it_lets_the_numbers_stand_when_somebody_new_writes() -> None:
	recent = ((CHARLIE, NOW), *BOTH)
	assert _went(_decide("1", ASKED, recent)) == ("174", "on my way", False)
	again = _decide("new words", ASKED, recent)
	assert again.memory.choices == ("t-bob", "t-sarah", "t-charlie")
	assert _said(again).endswith("1 Bob Stone, 2 Sarah Lee, 3 Charlie Day")


def test_it_sends_once_what_was_asked_about_and_is_written_again_with_its_number() -> None:
	decision = _decide("#957 on my way", ASKED)
	assert _went(decision) == ("957", "on my way", False)
	assert decision.memory.words is None


def test_it_asks_about_nine_at_most() -> None:
	many = tuple((Customer(f"t-{n}", f"Nr {n}", f"{n}"), NOW - n) for n in range(1, 12))
	assert len(_decide("hello", NOTHING, many).memory.choices) == 9


def test_it_tells_two_of_one_name_apart() -> None:
	other = Customer("t-other", "Bob Stone", "33")
	assert _said(_decide("hello", NOTHING, ((BOB, NOW), (other, NOW)))).endswith(
		"1 Bob Stone (#174), 2 Bob Stone (#33)"
	)


def test_it_lets_no_name_pass_for_two() -> None:
	sly = Customer("t-sly", "Bob, 2 Sarah Lee", "33")
	assert _said(_decide("hello", NOTHING, ((sly, NOW), *ONE))).endswith("1 Bob 2 Sarah Lee, 2 Sarah Lee")


def test_it_says_how_long_it_keeps() -> None:
	# as its sentences have it
	assert (KEPT, RECENT) == (10 * MINUTE, 12 * HOUR)


def test_it_chooses_for_ten_minutes() -> None:
	chosen = _decide("#957")
	assert "Sarah Lee" in _said(chosen)
	assert chosen.memory.chosen_until_us == NOW + KEPT
	assert _went(_decide("on my way", chosen.memory, BOTH)) == ("957", "on my way", False)
	over = Memory(thread="t-sarah", named_us=NOW - HOUR, chosen_until_us=NOW - 1)
	assert _went(_decide("on my way", over, BOTH)) is None


def test_it_asks_where_another_wrote_since_one_was_chosen() -> None:
	decision = _decide("ok", CHOSEN, ((BOB, NOW - MINUTE + 1), (SARAH, NOW - HOUR)))
	assert _went(decision) is None
	assert _said(decision).endswith("1 Bob Stone, 2 Sarah Lee")


def test_it_asks_where_another_was_written_to_since_the_only_one_wrote() -> None:
	spoken = Memory(thread="t-bob", named_us=NOW - MINUTE)
	assert _went(_decide("ok", spoken, ONE)) is None
	assert _went(_decide("ok", Memory(thread="t-sarah", named_us=NOW - MINUTE), ONE)) is not None
	long_ago = Memory(thread="t-bob", named_us=NOW - RECENT)
	assert _went(_decide("ok", long_ago, ((SARAH, NOW - RECENT),))) is not None


def test_it_chooses_nobody_by_a_number_that_came_late() -> None:
	decision = _decide("#174", CHOSEN, at=CHOSEN.named_us - 1)
	assert decision.memory == CHOSEN
	assert "What shall I tell Bob Stone?" in _said(decision)


def test_it_sends_pictures_alone() -> None:
	assert _went(_decide("#957", pictures=1)) == ("957", "", False)
	assert _went(_decide("", NOTHING, ONE, pictures=1)) == ("957", "", False)
	assert _decide("", pictures=1).memory.words == Words("", (PICTURE,), occurred_us=NOW)
	assert "picture was not kept" in _said(_decide("#957 note gate", pictures=1))


@pytest.mark.parametrize(
	("text", "goes"),
	[
		("on my way", ("957", "on my way", False)),
		("4711", ("957", "4711", False)),
		("1", ("957", "1", False)),
		("174 Main Street", ("957", "174 Main Street", False)),
		("note gate", ("957", "gate", True)),
		("note 4711 is the gate", ("957", "4711 is the gate", True)),
		("957 note gate", ("957", "gate", True)),
		("957 ?", None),
		("4711 ?", ("957", "4711 ?", False)),
		("958 note gate", None),
		("174 note gate", None),
		("174 ?", None),
		("#957 hello", ("957", "hello", False)),
		("#957 note gate", ("957", "gate", True)),
		("#174 hello", None),
		("#958 hello", None),
		("#957", None),
		("#957 ?", None),
		("help", None),
		("", None),
	],
)
@pytest.mark.parametrize("memory", [NOTHING, ASKED])
def test_it_asks_nothing_where_the_place_says_whom_it_is_for(
	text: str, goes: tuple[str, str, bool] | None, memory: Memory
) -> None:
	decision = _decide(text, memory, BOTH, place=SARAH)
	assert _went(decision) == goes
	assert decision.memory == memory
	assert goes or decision.answer or decision.with_usage or decision.with_lines
