"""One act, one card."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st
from support.card_helpers import BECOMES, CHANGES, PERMIT, changed, reason

from customer_thread.domain.cards.keys import KEY_LIMIT, CardKey, renamed, settle, source_key
from customer_thread.domain.cards.rules import Card, EarlierCard, NoCard, Occasion, make_card, make_cards
from customer_thread.domain.times import SECOND

texts = st.text(max_size=70)
acts = st.builds(CardKey, texts, texts, texts, texts, texts)


@given(acts, st.integers(0, 9999))
def test_it_makes_keys_that_fit(act: CardKey, occurrence: int) -> None:
	key = source_key(act, occurrence)
	assert len(key) <= KEY_LIMIT
	assert key == source_key(act, occurrence)
	assert key.isascii()


@given(acts, texts, st.integers(0, 9999))
def test_it_makes_the_key_of_a_renamed_document(act: CardKey, name: str, occurrence: int) -> None:
	key = renamed(source_key(act, occurrence), act.name, name)
	was_whole = source_key(act, occurrence).count("~") == sum(not part.isascii() for part in act.parts)
	assert len(key) <= KEY_LIMIT
	assert key == source_key(replace(act, name=name), occurrence) or not was_whole
	assert renamed("event:k1", act.name, name) == "event:k1"
	other = source_key(replace(act, name=f"{act.name}2"), occurrence)
	assert renamed(other, act.name, name) == other


@given(acts, acts, st.integers(0, 99), st.integers(0, 99))
def test_it_makes_different_keys_of_different_acts(
	one: CardKey, two: CardKey, first: int, second: int
) -> None:
	assume((one, first) != (two, second))
	assert source_key(one, first) != source_key(two, second)


@given(st.text("|~%:a", max_size=8), st.text("|~%:a", max_size=8), st.text("|~%:a", max_size=8))
def test_it_does_not_confuse_where_one_part_ends(one: str, two: str, three: str) -> None:
	assume((one, two) != (two, one))
	assert source_key(CardKey(one, two, three, "", ""), 0) != source_key(CardKey(two, one, three, "", ""), 0)


@given(
	st.lists(st.tuples(st.sampled_from(["a", "b|0", "c" * 60, "ä"]), st.integers(1, 3)), max_size=12),
	st.sampled_from(["P-1", "P" * 140]),
	st.booleans(),
)
def test_it_makes_one_card_of_each_change(walk: list[tuple[str, int]], name: str, voids: bool) -> None:
	rule = replace(CHANGES, voids_event_type="*" if voids else "")
	state, expected = "start", 0
	earlier: tuple[EarlierCard, ...] = ()
	for value, reports in walk:
		expected += value != state
		for _ in range(reports):
			before, after = {**PERMIT, "name": name, "state": state}, {**PERMIT, "name": name, "state": value}
			answer = make_card(rule, Occasion("Saved", after, before, earlier=earlier))
			if isinstance(answer, Card):
				earlier = tuple(
					replace(old, void=old.source_key in answer.voids or old.void) for old in earlier
				)
				earlier += (EarlierCard(answer.source_key, answer.event_type),)
		state = value
	keys = [card.source_key for card in earlier]
	assert len(keys) == len(set(keys)) == expected
	assert [card.void for card in earlier] == [voids] * (expected - 1) + [False] * bool(expected)


def test_it_tells_the_same_value_again_once_the_card_became_void() -> None:
	rule = replace(BECOMES, value="Granted")
	first = changed(rule, "Filed", "Granted")
	assert isinstance(first, Card)
	occasion = Occasion("Saved", {**PERMIT, "state": "Granted"}, PERMIT)
	live = EarlierCard(first.source_key, first.event_type)
	assert reason(make_card(rule, replace(occasion, earlier=(live,)))) == "this change has its card already"
	again = make_card(rule, replace(occasion, earlier=(replace(live, void=True),)))
	assert isinstance(again, Card)
	assert again.source_key == "Permit|P-1|state|Granted|Permit filed|1"


def test_what_happens_once_has_its_card_whenever_that_was_made() -> None:
	key = "Event|E||Created|Appointment scheduled"
	later = 3600 * SECOND
	known = {f"{key}|0": 0, f"{key}|1": later}
	assert settle(f"{key}|0", (0,), True, known, ()) == f"{key}|0"
	assert settle(f"{key}|1", (0,), True, known, {f"{key}|0"}) == f"{key}|1"
	assert settle(f"{key}|2", (0,), True, known, set(known)) == f"{key}|2"
	again = "Event|E|status|Open|Appointment scheduled"
	assert settle(f"{again}|0", (0,), True, {f"{again}|0": later}, ()) == f"{again}|1"


def test_it_keeps_two_event_types_of_one_value_apart() -> None:
	rules = [BECOMES, replace(BECOMES, event_type="Thanks")]
	occasion = Occasion("Saved", {**PERMIT, "state": "Granted"}, PERMIT)
	first = [answer for answer in make_cards(rules, occasion) if isinstance(answer, Card)]
	assert [card.event_type for card in first] == ["Permit filed", "Thanks"]
	earlier = tuple(EarlierCard(card.source_key, card.event_type) for card in first)
	again = make_cards(rules, replace(occasion, earlier=earlier))
	assert [type(answer) for answer in again] == [NoCard, NoCard]
