"""Who is notified of an entry, by what, and why not; what the phones and mailboxes got says so."""

import pytest
from support.notified import LATE, PUBLIC, became, card, html, mails, plain, rows, say, texts, work
from support.persons import BUSINESS, MIKE, SARAH
from support.world import World

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.texts import segments
from customer_thread.domain.times import HOUR, MINUTE, SECOND
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.ports import PortalReader
from customer_thread.store import deliveries, inbox, threads
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of


def test_a_card_goes_by_mail_after_the_delay_and_not_by_text(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah)

	assert became(world, entry) == {
		"Push": ("Skipped", "skipped: the channel is not set up"),
		"Email": ("Held", "held: waits a moment for what else comes"),
		"SMS": ("Skipped", "skipped: a text is the last resort"),
	}
	world.clock.move(2 * MINUTE - SECOND)
	work(world)
	assert mails(world) == []
	world.clock.move(SECOND)
	work(world)
	[mail] = mails(world)
	assert mail["Subject"] == "Invoice #1 sent"
	assert f"{PUBLIC}/messages" in plain(mail)
	assert texts(world) == []
	assert became(world, entry)["Email"] == ("Sent", "sent: something new")


def test_the_mail_is_answered_in_the_thread_and_by_no_machine(world: World, sarah: ThreadRow) -> None:
	say(world, sarah, "Your <b>deck</b> is ready & waiting. " * 30)
	world.clock.move(2 * MINUTE)
	work(world)
	[mail] = mails(world)

	token = threads.require(world.database, sarah["name"])["reply_token"]
	assert token in mail["Reply-To"]
	assert mail["Auto-Submitted"] == "auto-generated"
	assert mail["Subject"] == f"New message from {BUSINESS.name}"
	shown = next(line for line in plain(mail).splitlines() if line.startswith("Your"))
	assert len(shown) <= 300
	assert shown.removesuffix("…").split()[-1] in ("Your", "<b>deck</b>", "is", "ready", "&", "waiting")
	assert "<b>deck" not in html(mail)
	assert f"{PUBLIC}/messages/in#" in html(mail)


@pytest.mark.parametrize("accent", ["#ffffff", "#ffee88", "#000000", "#1f5fbf"])
def test_its_button_can_be_read_on_every_accent(world: World, sarah: ThreadRow, accent: str) -> None:
	world.set(accent_color=accent)
	card(world, sarah, urgent=True)
	work(world)
	text = "#ffffff" if accent in ("#000000", "#1f5fbf") else "#000000"
	assert f"background:{accent};color:{text}" in html(mails(world)[0])


@pytest.mark.parametrize("channel", ["sms", "email"])
def test_a_text_and_a_mail_are_their_own_notice(world: World, sarah: ThreadRow, channel: str) -> None:
	entry = say(world, sarah, "On our way", channel)
	assert [row["purpose"] for row in deliveries.of_entry(world.database, entry)] == ["Message"]


def test_what_is_no_question_writes_nothing(world: World, sarah: ThreadRow) -> None:
	assert deliveries.of_entry(world.database, card(world, sarah, notify=False)) == []
	own = world.do(lambda: reply(world.ports, sarah["name"], "Hello", "6f9619ff-8b86-4011-b42d-00cf4fc964ff"))
	assert {row["purpose"] for row in deliveries.of_entry(world.database, own)} == {"Forward"}


def test_who_has_the_page_open_is_not_pinged(world: World, sarah: ThreadRow) -> None:
	user = party_of(sarah).party  # type: ignore[union-attr]
	world.ports.presence.note(sarah["name"], user)
	entry = card(world, sarah)
	assert became(world, entry)["Email"] == ("Skipped", "skipped: the page was open")
	world.clock.move(2 * HOUR)
	assert became(world, card(world, sarah, 2))["Email"][0] == "Held", "a tab left open is no presence"


def test_urgent_breaks_the_night_at_once(world: World, sarah: ThreadRow) -> None:
	world.clock.us = LATE
	entry = card(world, sarah, urgent=True)
	work(world)
	assert len(mails(world)) == 1
	assert became(world, entry)["Email"] == ("Sent", "sent: urgent")


@pytest.mark.parametrize(("minutes", "state"), [(29, "Sent"), (31, "Held")])
def test_an_answer_within_half_an_hour_is_urgent(
	world: World, sarah: ThreadRow, minutes: int, state: str
) -> None:
	world.clock.us = LATE
	world.do(
		lambda: reply(world.ports, sarah["name"], "Are you there?", "6f9619ff-8b86-4011-b42d-00cf4fc964ff")
	)
	world.clock.move(minutes * MINUTE)
	entry = say(world, sarah, "Yes")
	by_machine = say(world, sarah, "A reminder", automated=True)
	work(world)
	assert rows(world, entry)["Email"]["state"] == state
	assert rows(world, by_machine)["Email"]["state"] == "Held"


def test_who_has_a_phone_alone_gets_one_text_with_the_link(world: World, phone_only: ThreadRow) -> None:
	entry = card(world, phone_only)
	world.clock.move(2 * MINUTE)
	work(world)
	[text] = texts(world)
	assert text.startswith("Mike's Contracting: Invoice #1 sent")
	assert f" {PUBLIC}/messages/in#" in text
	assert segments(text) == 1
	assert rows(world, entry)["SMS"]["text"].endswith("/messages/in#"), "no token is kept"
	assert became(world, entry)["Email"] == ("Skipped", "skipped: no e-mail address on file")


def test_two_readers_never_share_a_phone(world: World, sarah: ThreadRow) -> None:
	readers = [PortalReader("sarah", "sarah@work.example"), PortalReader("bob", "")]
	world.parties.readers = lambda _party: readers  # type: ignore[method-assign,assignment]
	entry = card(world, sarah, urgent=True)
	made = deliveries.of_entry(world.database, entry)
	assert sorted((row["reader"], row["channel"], row["address"], row["state"]) for row in made) == [
		("bob", "Email", "", "Skipped"),
		("bob", "Push", "", "Skipped"),
		("bob", "SMS", "", "Skipped"),
		("sarah", "Email", "sarah@work.example", "Queued"),
		("sarah", "Push", "", "Skipped"),
		("sarah", "SMS", SARAH.phone, "Skipped"),
	]


def test_nobody_who_can_sign_in_is_reached_at_the_addresses_on_file(world: World, sarah: ThreadRow) -> None:
	world.parties.readers = lambda _party: ()  # type: ignore[method-assign,assignment]
	entry = card(world, sarah, urgent=True)
	row = rows(world, entry)["Email"]
	assert (row["reader"], row["address"], row["state"]) == ("", SARAH.email, "Queued")


def test_who_reads_no_more_is_not_notified(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah)
	world.parties.readers = lambda _party: [PortalReader("bob")]  # type: ignore[method-assign,assignment]
	world.clock.move(2 * MINUTE)
	work(world)
	assert became(world, entry)["Email"] == ("Skipped", str(reasons.NO_READER))


def test_it_happens_once_however_often_it_is_repeated(world: World, sarah: ThreadRow) -> None:
	first, again = card(world, sarah), card(world, sarah)
	assert first == again
	assert len(deliveries.of_entry(world.database, first)) == 3


def test_a_notice_that_fails_goes_no_other_way_and_says_nothing(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah, urgent=True)
	before = threads.require(world.database, sarah["name"])["last_entry"]
	[name] = deliver.due_deliveries(world.ports)
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed
	refused = GatewayError("no such mailbox", permanent=True)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, refused))
	work(world)
	assert texts(world) == texts(world, MIKE.phone) == []
	assert rows(world, entry)["Email"]["state"] == "Failed"
	assert threads.require(world.database, sarah["name"])["last_entry"] == before
	failed = inbox.listing(world.database, which="failed", words="", before=None, limit=5)
	assert failed == []
