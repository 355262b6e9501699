"""A reply token goes out in an address and comes back in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.persons import SARAH

from customer_thread.domain.people.reply_address import reply_address, token_in


@given(st.from_regex(r"[0-9a-f]{40}", fullmatch=True))
def test_it_reads_back_what_it_makes(token: str) -> None:
	assert token_in(reply_address(token, "mikes.example")) == token


def test_it_makes_none_without_a_domain() -> None:
	assert reply_address("0" * 40, "") == ""


@pytest.mark.parametrize(
	"address", ["", SARAH.email, "reply+short@mikes.example", f"{'0' * 40}@mikes.example"]
)
def test_it_finds_none_in_other_addresses(address: str) -> None:
	assert token_in(address) == ""
