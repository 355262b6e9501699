"""Short stories of one customer or many: what the phones and mailboxes got."""

from support.clocked_host import local
from support.notice_plan import DAY, HOUR, MINUTE, Person, Plan, Step
from support.notice_stage import Stage, one_person

SECOND = MINUTE // 60
NOON = local("America/New_York", "2025-05-15 12:00")
NIGHT = local("America/New_York", "2025-05-15 22:00")
MORNING = local("America/New_York", "2025-05-16 08:00")
CARD = {"notify": True, "urgent": False}


def test_many_at_once_of_a_thread_are_one_notice(stage: Stage) -> None:
	cards = [Step(NOON + number * SECOND, 0, "card", CARD) for number in range(30)]
	stage.play(one_person(NOON, *cards, phone=False))

	# those before it could be known that they are many may be in another
	assert [len(notice.words) + notice.more for notice in stage.notices] in ([30], [20, 10])


def test_what_is_to_be_said_in_the_morning_wakes_nobody_who_has_just_written(stage: Stage) -> None:
	wrote = Step(NIGHT, 0, "write", {"by": "portal"})
	answer = Step(NIGHT + 5 * MINUTE, 0, "say", {"channel": "portal", "when": "quiet"})
	stage.play(one_person(NIGHT, wrote, answer, phone=False))

	assert [notice.at_us for notice in stage.notices] == [MORNING]


def test_bulk_acts_of_a_site_tell_nobody_one_by_one(stage: Stage) -> None:
	people = tuple(Person(index, "", "", f"customer{index}@customers.example") for index in range(60))
	cards = [Step(NOON + index * SECOND // 2, index, "card", CARD, index + 1) for index in range(60)]
	stage.play(Plan(people, tuple(cards), NOON, NOON + DAY))

	assert stage.notices == []


def test_few_in_a_minute_are_told_one_by_one(stage: Stage) -> None:
	people = tuple(Person(index, "", "", f"customer{index}@customers.example") for index in range(40))
	cards = [Step(NOON + index * SECOND // 2, index, "card", CARD, index + 1) for index in range(40)]
	stage.play(Plan(people, tuple(cards), NOON, NOON + DAY))

	assert len(stage.notices) == 40


def test_a_text_is_the_last_resort_also_when_mails_were_switched_off_meanwhile(stage: Stage) -> None:
	card = Step(NIGHT, 0, "card", CARD)
	off = Step(NIGHT + HOUR, 0, "want", {"email": False})
	stage.play(one_person(NIGHT, card, off))

	assert [(notice.channel, notice.at_us) for notice in stage.notices] == [("SMS", MORNING)]


def test_a_mail_tells_what_a_text_was_to_tell_when_mails_were_switched_on_meanwhile(stage: Stage) -> None:
	off = Step(NIGHT - HOUR, 0, "want", {"email": False})
	card = Step(NIGHT, 0, "card", CARD)
	stage.play(one_person(NIGHT - HOUR, off, card, Step(NIGHT + HOUR, 0, "want", {"email": True})))

	assert [(notice.channel, notice.at_us) for notice in stage.notices] == [("Email", MORNING)]


def test_a_push_tells_what_a_text_was_to_tell_when_a_browser_came_meanwhile(stage: Stage) -> None:
	off = Step(NIGHT - HOUR, 0, "want", {"email": False})
	card = Step(NIGHT, 0, "card", CARD)
	stage.play(one_person(NIGHT - HOUR, off, card, Step(NIGHT + HOUR, 0, "subscribe")))

	assert [(notice.channel, notice.at_us) for notice in stage.notices] == [("Push", MORNING)]


def test_what_is_urgent_does_not_wait_and_takes_nothing_along(stage: Stage) -> None:
	card = Step(NIGHT, 0, "card", CARD)
	urgent = Step(NIGHT + MINUTE, 0, "card", {"notify": True, "urgent": True})
	stage.play(one_person(NIGHT, card, urgent, phone=False))

	assert [(notice.words, notice.at_us) for notice in stage.notices] == [
		(("zq000002",), NIGHT + MINUTE),
		(("zq000001",), MORNING),
	]


def test_a_message_that_waited_goes_by_mail_if_texts_were_stopped_meanwhile(stage: Stage) -> None:
	reminder = Step(NIGHT, 0, "say", {"channel": "auto", "automated": True})
	stage.play(one_person(NIGHT, reminder, Step(NIGHT + HOUR, 0, "stop")))

	assert [(ping.channel, ping.at_us, ping.words) for ping in stage.pings] == [
		("Email", MORNING, ("zq000001",))
	]


def test_a_longer_night_holds_what_waits_for_the_end_of_a_shorter_one(stage: Stage) -> None:
	card = Step(NIGHT, 0, "card", CARD)
	longer = Step(NIGHT + HOUR, 0, "want", {"quiet_end": "10:30"})
	stage.play(one_person(NIGHT, card, longer, phone=False))

	assert [notice.at_us for notice in stage.notices] == [MORNING + 2 * HOUR + 30 * MINUTE]


def test_a_card_that_was_taken_back_at_night_is_not_told(stage: Stage) -> None:
	sent = Step(NIGHT, 0, "card", {**CARD, "document": "INV-1"})
	back = Step(
		NIGHT + HOUR, 0, "card", {"notify": True, "urgent": False, "document": "INV-1", "cancels": True}
	)
	stage.play(one_person(NIGHT, sent, back, phone=False))

	assert [notice.words for notice in stage.notices] == [("zq000002",)]


def test_what_is_two_days_old_pings_nobody(stage: Stage) -> None:
	nights = [{"quiet_start": "08:00", "quiet_end": "07:30"}, {"quiet_start": "07:31", "quiet_end": "07:00"}]
	card = Step(NIGHT, 0, "card", CARD)
	wishes = [
		Step(NIGHT + MINUTE + index * 9 * HOUR, 0, "want", wish) for index, wish in enumerate(nights * 4)
	]
	stage.play(one_person(NIGHT, card, *wishes, phone=False))

	assert all(notice.at_us < NIGHT + 2 * DAY for notice in stage.notices)
