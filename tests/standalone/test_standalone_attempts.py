"""What guests get wrong is counted for a minute, in bounded memory."""

from customer_thread.domain.limits import FAILURES
from customer_thread.standalone.attempts import Attempts

MOST, SECONDS = FAILURES


def test_it_allows_so_many_in_any_minute() -> None:
	now = [1000.0]
	attempts = Attempts(lambda: now[0])

	assert all(attempts.hit("a") for _number in range(MOST))
	assert not attempts.hit("a")
	assert attempts.hit("b")
	now[0] += SECONDS - 1
	assert not attempts.hit("a")
	now[0] += 1
	assert [attempts.hit("a") for _number in range(MOST + 1)] == [True] * MOST + [False]


def test_it_does_not_count_what_it_refused() -> None:
	now = [0.0]
	attempts = Attempts(lambda: now[0])
	for _second in range(3 * SECONDS):
		for _number in range(MOST):
			attempts.hit("a")
		now[0] += 1

	assert len(vars(attempts)["_failed"]["a"]) <= MOST


def test_it_does_not_remember_every_address() -> None:
	attempts = Attempts(lambda: 0.0)
	for number in range(50_000):
		attempts.hit(str(number))

	assert len(vars(attempts)["_failed"]) <= 10_000
