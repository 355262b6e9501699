"""The log says a thing once a minute, however often it happens."""

import logging

from customer_thread.standalone.quiet_log import OnceAMinute


def record(template: str, *given: object) -> logging.LogRecord:
	return logging.LogRecord("customer_thread", logging.WARNING, "", 0, template, given, None)


def test_it_says_a_thing_once_a_minute_and_then_how_often_it_was() -> None:
	now = [0.0]
	quiet = OnceAMinute(lambda: now[0])

	written = [quiet.filter(record("%s failed", path)) for path in ("/a", "/b", "/c")]
	now[0] = 61.0
	again = record("%s failed", "/d")

	assert written == [True, False, False]
	assert quiet.filter(again)
	assert again.getMessage() == "/d failed (and 2 times more)"


def test_it_keeps_apart_what_is_not_the_same() -> None:
	quiet = OnceAMinute(lambda: 0.0)

	assert quiet.filter(record("the database is busy"))
	assert quiet.filter(record("sending failed"))
	assert quiet.filter(record("%s", "the account is wrong"))
	assert quiet.filter(record("%s", "the number is wrong"))
	assert not quiet.filter(record("%s", "the number is wrong"))


def test_it_does_not_remember_without_end() -> None:
	quiet = OnceAMinute(lambda: 0.0)

	for number in range(5000):
		quiet.filter(record(f"line {number}"))

	assert len(vars(quiet)["_seen"]) <= 200
