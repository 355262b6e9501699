"""A link signs in once, and again in the browser that used it."""

import pytest

from customer_thread.domain.sign_in import hash_of, usable


@pytest.mark.parametrize(
	("expires", "revoked", "used_by", "browser", "now", "answer"),
	[
		(10, 0, "", "", 9, "Usable"),
		(10, 0, "", "b", 9, "Usable"),
		(10, 0, "b", "b", 9, "Usable"),
		(10, 0, "b", "", 9, "Used Elsewhere"),
		(10, 0, "b", "c", 9, "Used Elsewhere"),
		(10, 0, "", "b", 10, "Expired"),
		(10, 0, "b", "b", 11, "Expired"),
		(10, 0, "b", "c", 11, "Expired"),
		(10, 5, "", "", 9, "Revoked"),
		(10, 5, "b", "b", 9, "Revoked"),
		(10, 5, "b", "b", 11, "Revoked"),
	],
)
def test_it_says_whether_a_link_signs_in(
	expires: int, revoked: int, used_by: str, browser: str, now: int, answer: str
) -> None:
	found = usable(expires_us=expires, revoked_us=revoked, used_by=used_by, browser=browser, now_us=now)
	assert found == answer


def test_it_takes_whatever_a_browser_sends_for_a_token() -> None:
	assert len({hash_of(token) for token in ("", "a", "\ud800", "é", "a" * 10**6)}) == 5
