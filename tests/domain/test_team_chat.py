"""Where the team talks: a topic a customer, known by the thread number at its end."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.limits import ZULIP_TOPIC
from customer_thread.domain.team_chat import code_in, topic_of
from customer_thread.domain.team_place import TeamPlace


@pytest.mark.parametrize(
	("name", "topic"),
	[
		("Sarah Lee", "Sarah Lee #174"),
		("(555) 123-4567", "(555) 123-4567 #174"),
		("", "#174"),
		("Bob #957", "Bob 957 #174"),
		("✔ Bob", "Bob #174"),
		("Sarah\u202e\u200b\n\tLee", "Sarah Lee #174"),
		("x" * 200, "x" * 54 + "… #174"),
	],
)
def test_a_topic_is_the_name_and_the_number(name: str, topic: str) -> None:
	assert topic_of(name, "174") == topic


@given(st.text(max_size=200), st.sampled_from(["174", "957", "12340"]))
def test_any_name_makes_a_topic_that_zulip_takes(name: str, code: str) -> None:
	topic = topic_of(name, code)
	assert len(topic) <= ZULIP_TOPIC
	assert topic.endswith(f"#{code}")
	assert topic.count("#") == 1
	assert not any(unicodedata.category(one) in ("Cc", "Cs", "Cf") for one in topic)


@pytest.mark.parametrize(
	("topic", "code"),
	[
		("Sarah Lee #174", "174"),
		("✔ Sarah Lee #174", "174"),
		("her deck, urgent #174 ", "174"),
		("#174", "174"),
		("Sarah Lee", ""),
		("Sarah Lee #175", ""),
		("#174 and something", ""),
		("Sarah Lee 174", ""),
		("#１７４", ""),
		("", ""),
		("#174 #957", "957"),
	],
)
def test_it_finds_the_number_at_the_end_alone(topic: str, code: str) -> None:
	assert code_in(topic) == code


@given(st.text(max_size=80), st.text(max_size=60))
def test_a_place_is_the_same_after_it_was_an_address(channel: str, topic: str) -> None:
	assert TeamPlace.of_key(TeamPlace(channel, topic).key) == TeamPlace(channel, topic)


def test_a_user_is_a_place() -> None:
	assert TeamPlace(user="12").key == "@12"
	assert TeamPlace.of_key("@12") == TeamPlace(user="12")
