"""Pushes through deliveries, to a push service on a socket; and the life of a subscription."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from support.persons import BOB, SARAH
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.errors import BadInput, NotAllowed, Unavailable
from customer_thread.domain.limits import PUSH_SUBSCRIPTIONS
from customer_thread.domain.model import Party
from customer_thread.domain.push.subscription import subscription_in
from customer_thread.domain.routing import Route
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY, HOUR, MINUTE
from customer_thread.gateways.web_push.keys import new_keys
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.desk.read_thread import read_thread
from customer_thread.service.notices.subscribe import replace_subscription, subscribe, unsubscribe
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.queue_delivery import queue_delivery
from customer_thread.service.outgoing.way import way_to
from customer_thread.service.ports import Notices
from customer_thread.service.reading.read_timeline import Query, outbox_of
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.standalone.demo.push_stand_in import PushedBrowser, Received
from customer_thread.store import deliveries, subscriptions
from customer_thread.store.rows import DeliveryRow, ThreadRow
from customer_thread.store.subscriptions import Whose

KEYS = new_keys()
CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def keys(world: World) -> None:
	world.set(vapid_public_key=KEYS.public, vapid_private_key=KEYS.private)
	# each push is queued here, at its own moment
	world.ports = replace(world.ports, notices=Notices())


@pytest.fixture
def thread(world: World) -> ThreadRow:
	return world.customer(SARAH)


def user_of(thread: ThreadRow) -> str:
	assert thread["party"]
	return thread["party"]


def allow(world: World, thread: ThreadRow, browser: PushedBrowser, session: str = "s") -> None:
	given = browser.subscription
	world.do(lambda: subscribe(world.ports, thread, user_of(thread), session, given, CHROME))


def live(world: World, thread: ThreadRow) -> list[str]:
	found = subscriptions.of_reader(world.database, thread["name"], user_of(thread))
	return [row["endpoint"] for row in found]


def say(world: World, thread: ThreadRow, words: str = "Hi Sarah, the deck is done.") -> int:
	new = NewEntry("Message", "Contractor", "Portal", words, world.clock.now_us(), None)
	return world.do(lambda: post_entry(world.ports, thread["name"], new)).entry


def queue(world: World, thread: ThreadRow, entry: int, urgent: bool = False) -> list[str]:
	made: list[str] = []
	for row in subscriptions.of_reader(world.database, thread["name"], user_of(thread)):
		route = Route("Push", row["name"], "sent: something new")
		verb = partial(queue_delivery, world.ports, thread, entry, "Message", route, "", urgent=urgent)
		made += world.do(verb)
	return made


def send(world: World) -> None:
	"""Send what is due, as a worker does."""
	for name in deliver.due_deliveries(world.ports, channel="Push"):
		claimed = world.do(partial(deliver.claim_delivery, world.ports, name))
		if claimed:
			outcome = deliver.send_delivery(world.ports, claimed)
			world.do(partial(deliver.record_delivery, world.ports, claimed, outcome))


def state(world: World, delivery: str) -> DeliveryRow:
	row = deliveries.get(world.database, delivery)
	assert row
	return row


def pushed(world: World, thread: ThreadRow, entry: int, urgent: bool = False) -> Received:
	browser = world.push_service.browser(KEYS.public)
	allow(world, thread, browser)
	queue(world, thread, entry, urgent)
	send(world)
	[received] = browser.received
	return received


def test_a_push_says_what_is_new_and_where(world: World, thread: ThreadRow) -> None:
	entry = say(world, thread)
	received = pushed(world, thread, entry)
	assert received.payload == {
		"title": world.settings.business_name,
		"body": "Hi Sarah, the deck is done.",
		"tag": outbox_of(thread["name"]),
		"url": f"/messages?around={entry}#{entry}",
		"badge": 1,
	}
	assert received.topic == received.payload["tag"]
	assert received.urgency == "normal"
	assert 0 < received.ttl <= DAY // 1_000_000
	[row] = deliveries.of_entry(world.database, entry)
	assert (row["state"], row["error"]) == ("Sent", None)
	[known] = subscriptions.of_reader(world.database, thread["name"], user_of(thread))
	assert known["last_ok_us"] == world.clock.now_us()


def test_an_urgent_push_waits_a_quarter_of_an_hour(world: World, thread: ThreadRow) -> None:
	received = pushed(world, thread, say(world, thread), urgent=True)
	assert (received.urgency, received.ttl) == ("high", 900)


def test_an_urgent_push_that_comes_too_late_is_not_sent(world: World, thread: ThreadRow) -> None:
	browser = world.push_service.browser()
	allow(world, thread, browser)
	[delivery] = queue(world, thread, say(world, thread), urgent=True)
	world.clock.move(HOUR)
	send(world)
	assert browser.received == []
	assert state(world, delivery)["state"] == "Failed"


@pytest.mark.parametrize(
	("amounts", "words"), [(False, "Invoice #2041 sent"), (True, "Invoice #2041 sent — $4,200")]
)
def test_a_locked_screen_says_no_amount_unless_allowed(
	world: World, thread: ThreadRow, amounts: bool, words: str
) -> None:
	world.set(push_amounts=amounts)
	now = world.clock.now_us()
	event = NewEvent("Invoice sent", "Invoice #2041 sent", now, "k", Decimal(4200), "USD")
	card = world.do(lambda: record_event(world.ports, thread, event))
	assert pushed(world, thread, card.entry).payload["body"] == words


def test_messages_never_take_it(world: World, thread: ThreadRow) -> None:
	allow(world, thread, world.push_service.browser())
	assert "Push" not in {rule.name for rule in world.ports.rules}
	assert way_to(world.ports, thread, 10).channel == "SMS"


@pytest.mark.parametrize("code", [404, 410])
def test_a_browser_that_is_gone_ends(world: World, thread: ThreadRow, code: int) -> None:
	browser = world.push_service.browser()
	allow(world, thread, browser)
	[delivery] = queue(world, thread, say(world, thread))
	world.push_service.answer_next(code)
	send(world)
	assert live(world, thread) == []
	assert state(world, delivery)["state"] == "Failed"
	kept = world.database.select("SELECT endpoint, auth, ended_reason FROM `tabThread Push Subscription`")
	assert kept == [{"endpoint": None, "auth": None, "ended_reason": "Gone"}]


def refuse(world: World, thread: ThreadRow, times: int) -> None:
	for _time in range(times):
		world.clock.move(MINUTE)
		queue(world, thread, say(world, thread))
		world.push_service.answer_next(403)
		send(world)


def test_five_refusals_end_one_that_never_worked(world: World, thread: ThreadRow) -> None:
	allow(world, thread, world.push_service.browser())
	refuse(world, thread, 4)
	assert len(live(world, thread)) == 1
	refuse(world, thread, 1)
	assert live(world, thread) == []


def test_one_that_worked_once_goes_on(world: World, thread: ThreadRow) -> None:
	browser = world.push_service.browser()
	allow(world, thread, browser)
	queue(world, thread, say(world, thread))
	send(world)
	refuse(world, thread, 6)
	assert len(live(world, thread)) == 1


def test_a_busy_service_is_asked_again_when_it_wants(world: World, thread: ThreadRow) -> None:
	browser = world.push_service.browser()
	allow(world, thread, browser)
	[delivery] = queue(world, thread, say(world, thread))
	world.push_service.answer_next(429, {"Retry-After": "100"})
	send(world)
	row = state(world, delivery)
	assert row["state"] == "Queued"
	assert row["due_us"] >= world.clock.now_us() + 100_000_000
	# it is no wait that a wrong clock would have made
	assert world.do(lambda: deliver.set_clock_right(world.ports)) == 0
	world.clock.move(2 * MINUTE)
	send(world)
	assert len(browser.received) == 1
	assert state(world, delivery)["state"] == "Sent"


def test_a_moved_tablet_is_the_second_readers_alone(world: World, thread: ThreadRow) -> None:
	other = world.customer(BOB)
	tablet = world.push_service.browser()
	allow(world, thread, tablet, "a")
	[waiting] = queue(world, thread, say(world, thread))
	allow(world, other, tablet, "b")
	assert live(world, thread) == []
	assert live(world, other) == [tablet.endpoint]
	send(world)
	assert tablet.received == []
	assert state(world, waiting)["state"] == "Failed"


def test_the_same_again_changes_nothing(world: World, thread: ThreadRow) -> None:
	browser = world.push_service.browser()
	allow(world, thread, browser)
	before = subscriptions.of_reader(world.database, thread["name"], user_of(thread))
	world.clock.move(HOUR)
	allow(world, thread, browser)
	assert subscriptions.of_reader(world.database, thread["name"], user_of(thread)) == before


def test_it_ends_with_its_session_alone(world: World, thread: ThreadRow) -> None:
	phone, laptop = world.push_service.browser(), world.push_service.browser()
	allow(world, thread, phone, "a")
	allow(world, thread, laptop, "b")
	now = world.clock.now_us()
	world.do(lambda: subscriptions.end_of_session(world.database, "a", now, unless_user=user_of(thread)))
	assert len(live(world, thread)) == 2
	world.do(lambda: subscriptions.end_of_session(world.database, "a", now))
	assert live(world, thread) == [laptop.endpoint]


def test_it_is_turned_off_and_on_again(world: World, thread: ThreadRow) -> None:
	browser = world.push_service.browser()
	allow(world, thread, browser)
	for _time in range(2):
		world.do(lambda: unsubscribe(world.ports, browser.endpoint))
		assert live(world, thread) == []
	allow(world, thread, browser)
	assert live(world, thread) == [browser.endpoint]


def test_new_keys_replace_all(world: World, thread: ThreadRow) -> None:
	browser = world.push_service.browser()
	allow(world, thread, browser)
	[delivery] = queue(world, thread, say(world, thread))
	keys = new_keys()
	world.set(vapid_public_key=keys.public, vapid_private_key=keys.private)
	send(world)
	assert browser.received == []
	assert state(world, delivery)["state"] == "Failed"
	assert live(world, thread) == []
	allow(world, thread, browser)
	new = new_keys().public
	assert world.do(lambda: subscriptions.end_of_other_keys(world.database, new, world.clock.now_us())) == 1
	assert live(world, thread) == []


def test_whoever_reads_no_more_is_not_pushed_to(world: World, thread: ThreadRow) -> None:
	browser = world.push_service.browser()
	allow(world, thread, browser)
	[delivery] = queue(world, thread, say(world, thread))
	world.parties.known.pop(Party("Customer", user_of(thread)))
	send(world)
	assert browser.received == []
	assert state(world, delivery)["state"] == "Failed"


def test_a_reader_has_only_so_many(world: World, thread: ThreadRow) -> None:
	browsers = [world.push_service.browser() for _number in range(21)]
	for browser in browsers:
		world.clock.move(1)
		allow(world, thread, browser)
	assert live(world, thread) == [browser.endpoint for browser in browsers[1:]]


def test_a_worker_goes_on_with_what_its_browser_exchanged(world: World, thread: ThreadRow) -> None:
	old, new = world.push_service.browser(), world.push_service.browser()
	allow(world, thread, old)
	auth = old.subscription["keys"]["auth"]

	def replace(endpoint: str, secret: str) -> None:
		world.do(lambda: replace_subscription(world.ports, endpoint, secret, new.subscription))

	for endpoint, secret in ((old.endpoint, "x"), (old.endpoint, ""), ("https://push.example/1", auth)):
		with pytest.raises(NotAllowed):
			replace(endpoint, secret)
	replace(old.endpoint, auth)
	assert live(world, thread) == [new.endpoint]
	[row] = subscriptions.of_reader(world.database, thread["name"], user_of(thread))
	assert row["user_agent"] == CHROME
	with pytest.raises(NotAllowed):
		replace(old.endpoint, auth)


def test_staff_see_the_device_it_went_to(world: World, thread: ThreadRow) -> None:
	allow(world, thread, world.push_service.browser())
	pushed(world, thread, say(world, thread))
	seen = read_thread(world.ports, thread, Query())["deliveries"]
	assert {row["address"] for row in seen if row["channel"] == "Push"} == {"Chrome on Android"}


def test_without_keys_nobody_is_pushed_to(world: World, thread: ThreadRow) -> None:
	world.set(vapid_private_key="")
	with pytest.raises(Unavailable):
		allow(world, thread, world.push_service.browser())
	world.set(vapid_private_key=KEYS.private)
	with pytest.raises(BadInput):
		world.do(lambda: subscribe(world.ports, thread, user_of(thread), "s", {"endpoint": "x"}, ""))


def test_what_somebody_reads_goes_with_their_thread(world: World, thread: ThreadRow) -> None:
	other = world.customer(BOB)
	allow(world, thread, world.push_service.browser())
	world.do(lambda: subscriptions.move(world.database, thread["name"], other["name"]))
	kept = world.database.select("SELECT thread FROM `tabThread Push Subscription`")
	assert kept == [{"thread": other["name"]}]


def test_two_pages_may_give_the_same_at_once(world: World, thread: ThreadRow) -> None:
	browser = world.push_service.browser()
	given = browser.subscription
	whose = Whose(thread["name"], user_of(thread), "s", KEYS.public)
	names = {
		world.do(lambda: subscriptions.keep(world.database, whose, subscription_in(given), 1))
		for _time in range(2)
	}
	assert len(names) == 1


def test_of_those_that_have_ended_only_the_last_are_remembered(world: World, thread: ThreadRow) -> None:
	for number in range(2 * PUSH_SUBSCRIPTIONS + 5):
		world.clock.move(MINUTE)
		allow(world, thread, PushedBrowser(f"https://push.example/{number}"))
	kept = world.database.select("SELECT ended_us FROM `tabThread Push Subscription`")

	assert len(live(world, thread)) == PUSH_SUBSCRIPTIONS
	assert len(kept) == 2 * PUSH_SUBSCRIPTIONS
