"""The hard cases of notices, over HTTP and SMTP, by a clock that is set."""

from collections.abc import Callable

import pytest
from support.clocked_host import ClockedHost, local
from support.sleeper import ZONE, Sleeper
from support.waiting import stays, wait_until

from customer_thread.domain.times import HOUR, MINUTE

#: the server's own zone is New York's
EVENING = local(ZONE, "2025-05-15 22:59")
MORNING = local(ZONE, "2025-05-16 08:00")
NOON = local(ZONE, "2025-05-16 12:00")


@pytest.fixture
def sleeper(clocked: ClockedHost) -> Sleeper:
	"""Return a customer with e-mail only, one hour before midnight."""
	clocked.set_clock(EVENING)
	return Sleeper(clocked, phone=False)


def is_held(sleeper: Sleeper, entry: int) -> Callable[[], bool]:
	return lambda: any(reason.startswith("held: quiet hours until") for reason in sleeper.reasons(entry))


def test_an_invoice_at_night_is_in_the_thread_at_once_and_told_in_the_morning(sleeper: Sleeper) -> None:
	entry = sleeper.card("Invoice #2041 sent")
	assert sleeper.browser.texts() == ["Invoice #2041 sent"]
	assert "held: quiet hours until 8:00am in Kolkata" in sleeper.reasons(entry)

	sleeper.host.set_clock(MORNING - MINUTE)
	stays(lambda: not sleeper.notices(), 2.5)
	sleeper.host.set_clock(MORNING)
	[told] = wait_until(sleeper.notices)
	assert "Invoice #2041 sent" in told


def test_six_of_a_night_are_one_digest(sleeper: Sleeper) -> None:
	for number in range(6):
		sleeper.card(f"Item {number}.")
	sleeper.host.set_clock(MORNING)

	[told] = wait_until(sleeper.notices)
	assert [f"Item {number}." in told for number in range(6)] == [True] * 5 + [False]
	assert "and 1 more" in told
	stays(lambda: len(sleeper.notices()) == 1, 2.5)


def test_what_was_read_in_the_night_is_not_told_in_the_morning(sleeper: Sleeper) -> None:
	first = sleeper.card("Read in bed.")
	sleeper.browser.mark_read(first)
	second = sleeper.card("Not read.")
	sleeper.host.set_clock(MORNING)

	[told] = wait_until(sleeper.notices)
	assert "Not read." in told
	assert "Read in bed." not in told
	assert "skipped: it was read" in sleeper.reasons(first)
	assert second


def test_a_crew_on_its_way_wakes_her(sleeper: Sleeper) -> None:
	sleeper.card("Crew on the way", urgent=True)
	[told] = wait_until(sleeper.notices)
	assert "Crew on the way" in told


@pytest.mark.parametrize(
	("start", "end", "is_night"),
	[
		("22:59", "22:59", False),
		("21:00", "07:00", True),
		("22:00", "23:30", True),
		("23:30", "22:00", False),
		("00:00", "06:00", False),
	],
)
def test_quiet_hours_may_begin_and_end_whenever_she_likes(
	sleeper: Sleeper, start: str, end: str, is_night: bool
) -> None:
	sleeper.want(quiet=1, quiet_start=start, quiet_end=end)
	entry = sleeper.card("Is it night?")
	assert is_held(sleeper, entry)() is is_night


def test_the_night_of_a_change_of_the_clocks_is_one_night(clocked: ClockedHost) -> None:
	zone = "Europe/Berlin"
	clocked.set_clock(local(zone, "2025-10-25 22:00"))
	anna = Sleeper(clocked, phone=False, zone=zone)
	anna.want(quiet=1, quiet_start="21:00", quiet_end="02:30")
	anna.card("The night with 25 hours.")

	# 2:30am comes twice that night
	first = local(zone, "2025-10-26 02:30")
	clocked.set_clock(first + MINUTE)
	stays(lambda: not anna.notices(), 2.5)
	clocked.set_clock(first + HOUR)
	assert wait_until(anna.notices)


def test_a_text_or_a_mail_is_its_own_notice(clocked: ClockedHost) -> None:
	clocked.set_clock(NOON)
	texted, mailed = Sleeper(clocked, phone=True), Sleeper(clocked, phone=False)
	for who in (texted, mailed):
		clocked.staff.do("send", customer=who.id, text="See you at noon.")
	wait_until(lambda: clocked.texts_to(texted.phone, "See you at noon.") and clocked.mails_to(mailed.email))
	clocked.set_clock(NOON + 10 * MINUTE)

	stays(lambda: len(clocked.texts_to(texted.phone)) == 1 and not clocked.mails_to(texted.email), 2.5)
	assert len(clocked.mails_to(mailed.email)) == 1


def test_who_has_the_page_open_is_not_pinged_and_whose_tab_is_idle_is(clocked: ClockedHost) -> None:
	clocked.set_clock(NOON)
	reader, idle = Sleeper(clocked, phone=False), Sleeper(clocked, phone=False)
	idle.browser.timeline(active=1)
	clocked.set_clock(NOON + 2 * HOUR)
	reader.browser.timeline(active=1)
	# asked for by a tab that nobody has touched
	idle.browser.timeline()
	entries = [who.card("While you look.") for who in (reader, idle)]
	assert "skipped: the page was open" in reader.reasons(entries[0])
	clocked.set_clock(NOON + 3 * HOUR)

	assert wait_until(idle.notices)
	assert not reader.notices()


def test_what_was_switched_off_meanwhile_is_not_sent(sleeper: Sleeper) -> None:
	sleeper.want(email=1, sms=0, push=0)
	entry = sleeper.card("Not wanted.")
	sleeper.want(email=0)
	sleeper.host.set_clock(MORNING)

	wait_until(lambda: "skipped: switched off in the notification settings" in sleeper.reasons(entry))
	assert not sleeper.notices()
