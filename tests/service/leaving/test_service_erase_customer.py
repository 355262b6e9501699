"""A customer is erased: nothing of her is left in any table or file, and nothing comes back."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from support.leaving import WORDS, Planted, erase, finish, invoice, mail, plant, text, waiting
from support.left_columns import columns_that_say, least_of
from support.persons import MIKE, SARAH
from support.rows import add_delivery
from support.whole_database import found_in, there_before
from support.world import World

from customer_thread.domain.errors import BadInput, Conflict, Erased, GatewayError, NotFound
from customer_thread.domain.inbound import CallReport
from customer_thread.domain.model import Address, Party
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY, HOUR
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.desk.gather_words import gather_words, next_block
from customer_thread.service.desk.read_inbox import read_inbox
from customer_thread.service.desk.visible import visible_thread
from customer_thread.service.incoming.receive_mail import receive_mail
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.incoming.record_call import record_reported_call
from customer_thread.service.leaving.advance_erasure import advance_erasure
from customer_thread.service.leaving.erase_customer import erase_customer
from customer_thread.service.outgoing import deliver
from customer_thread.service.thread.hand_over_thread import hand_over_thread
from customer_thread.service.thread.open_thread import open_thread, open_unmatched
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.service.thread.sync_contact_points import sync_contact_points
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import bot_memories, consents, contact_points, deliveries, erasures, threads
from customer_thread.store.left_behind import EMPTIED, GONE

__all__ = ["there_before"]
PHONE, EMAIL = Address("Phone", SARAH.phone), Address("Email", SARAH.email)
MARK = "planted in every column"


@pytest.fixture
def sarah(world: World) -> Planted:
	return plant(world)


def files(world: World) -> list[bytes]:
	return [path.read_bytes() for path in world.ports.files.folder.iterdir()]  # type: ignore[attr-defined]


def test_nothing_of_her_is_left_in_any_table_or_file(
	world: World, sarah: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr("customer_thread.store.word_blocks.INBOX_LATEST", 0)
	while (block := next_block(world.ports)) is not None:
		world.do(partial(gather_words, world.ports, block))
	assert "Thread Words" in str(found_in(world.database, ["4711"]))
	assert len(found_in(world.database, sarah.needles)) > 20
	assert any(WORDS.encode() in file for file in files(world))
	erase(world, sarah)
	assert found_in(world.database, sarah.needles) == []
	# a site has numbers like that of its own
	assert "Thread Words" not in str(found_in(world.database, ["4711"]))
	assert files(world) == []


def test_one_line_says_who_did_it_and_when_and_the_thread_that_it_was(world: World, sarah: Planted) -> None:
	world.clock.move(HOUR)
	erase(world, sarah)
	[run] = world.database.select("SELECT * FROM `tabThread Erasure`")
	assert (run["state"], run["thread"], run["asked_by"], run["entries"]) == (
		"Done", sarah.thread["name"], MIKE.email, 6,
	)  # fmt: skip
	assert run["asked_us"] == run["done_us"] == world.clock.now_us()
	row = world.thread(sarah.thread["name"])
	assert (row["title"], row["party"], row["erased_us"]) == (
		"Erased on May 15, 2025",
		None,
		world.clock.now_us(),
	)
	with pytest.raises(NotFound, match="was erased"):
		visible_thread(world.ports, row["name"])
	assert [line["title"] for line in read_inbox(world.ports)["threads"]] == []


def test_a_column_that_can_say_something_says_nothing(world: World, sarah: Planted) -> None:
	"""Whatever may ever be written into a column: it goes, or is said to stay."""
	database = world.database
	name = sarah.thread["name"]
	with database.transaction():
		bot_memories.hold(database, "SMS", MIKE.phone)
		add_delivery(database, thread=name)
		for doctype in GONE:
			if name not in [row["thread"] for row in database.select(f"SELECT thread FROM `tab{doctype}`")]:
				database.insert(doctype, {**least_of(doctype), "thread": name})
	if isinstance(database, SqliteDatabase):
		for doctype in ("Thread Entry", "Thread Event"):
			database.connection.execute(f"DROP TRIGGER `tab{doctype} is never changed`")
	with database.transaction():
		database.update("Thread Bot Memory", rows(world, "Thread Bot Memory")[0], {"thread": name})
		for doctype in (*EMPTIED, *GONE):
			for number, row in enumerate(rows(world, doctype)):
				database.update(doctype, row, dict.fromkeys(columns_that_say(doctype), f"{MARK} {number}"))
	assert len(found_in(database, [MARK])) > 60
	world.do(partial(erase_customer, world.ports, world.thread(name), world.thread(name)["title"]))
	finish(world)
	assert found_in(database, [MARK]) == []


class Killed(BaseException):
	"""The worker is gone."""


def killed_after(step: Callable[[], object]) -> None:
	step()
	raise Killed


def rows(world: World, doctype: str) -> list[str]:
	return [row["name"] for row in world.database.select(f"SELECT name FROM `tab{doctype}` ORDER BY name")]


def test_it_is_confirmed_by_her_name(world: World, sarah: Planted) -> None:
	with pytest.raises(BadInput, match="Sarah Lee"):
		world.do(lambda: erase_customer(world.ports, sarah.thread, "Sarah", MIKE.email))
	assert erasures.running(world.database) == []
	erase(world, replace(sarah, thread={**sarah.thread, "title": f"  {SARAH.name} "}))
	with pytest.raises(Conflict, match="already"):
		world.do(lambda: erase_customer(world.ports, sarah.thread, "Erased on May 15, 2025"))


def test_it_is_taken_up_where_it_was_interrupted(
	world: World, sarah: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr("customer_thread.service.leaving.advance_erasure.ERASED_AT_ONCE", 2)
	world.do(lambda: erase_customer(world.ports, sarah.thread, sarah.thread["title"]))
	for _time in range(2):
		assert world.do(lambda: advance_erasure(world.ports))
	[run] = erasures.running(world.database)
	assert run["entries"] == 4

	with pytest.raises(Killed):
		world.do(lambda: killed_after(lambda: advance_erasure(world.ports)))
	[run] = erasures.running(world.database)
	assert run["entries"] == 4
	assert finish(world) > 3
	assert found_in(world.database, sarah.needles) == []
	assert not world.do(lambda: advance_erasure(world.ports))


def test_what_a_machine_hands_in_again_is_not_written(world: World, sarah: Planted) -> None:
	again = text(world, 1), mail(world, 1)
	missed, unseen = text(world, 2, "missed 4711"), mail(world, 2, "unseen 4711")
	call = CallReport("CA1", SARAH.phone, MIKE.phone, True, 5, True, world.clock.now_us())
	late = replace(call, provider_sid=f"call of {SARAH.name}")
	card = invoice(world, from_history=True)
	world.clock.move(HOUR)
	erase(world, sarah)
	before = len(rows(world, "Thread Entry"))
	world.clock.move(HOUR)
	for sms in (again[0], missed, replace(again[0], occurred_us=world.clock.now_us())):
		world.do(partial(receive_sms, world.ports, sms))
	for one in (again[1], unseen, replace(again[1], occurred_us=world.clock.now_us())):
		world.do(partial(receive_mail, world.ports, one))
		world.do(partial(receive_mail, world.ports, one, from_history=True))
	for one_call in (call, replace(late, occurred_us=world.clock.now_us())):
		assert world.do(partial(record_reported_call, world.ports, one_call)) is None
	opened = world.do(lambda: open_thread(world.ports, sarah.party))
	assert opened["name"] != sarah.thread["name"]
	with pytest.raises(Erased):
		world.do(lambda: record_event(world.ports, opened, card))
	assert len(rows(world, "Thread Entry")) == before
	assert waiting(world, PHONE) == waiting(world, EMAIL) == []
	assert found_in(world.database, [WORDS, missed.text, unseen.text, SARAH.email, SARAH.phone]) == []


def test_what_she_says_from_then_on_waits_as_of_anybody(world: World, sarah: Planted) -> None:
	old = mail(world, 1)
	erase(world, sarah)
	world.clock.move(DAY)
	new = replace(mail(world, 5, "a new one"), references=(old.message_id,))
	for receive in (
		partial(receive_sms, world.ports, text(world, 5, "hello again")),
		partial(receive_mail, world.ports, new),
	):
		posted = world.do(receive)
		assert posted
		assert posted.is_new
		assert posted.thread != sarah.thread["name"]
	assert len(waiting(world, PHONE)) == len(waiting(world, EMAIL)) == 1


def test_what_happens_to_her_from_then_on_is_a_new_conversation(world: World, sarah: Planted) -> None:
	card = invoice(world)
	world.clock.move(HOUR)
	erase(world, sarah)
	wanted = {sarah.party: [PHONE]}
	world.do(lambda: sync_contact_points(world.ports, "Contact", "Sarah", wanted))
	assert threads.of_party(world.database, sarah.party) is None
	world.clock.move(HOUR)
	opened = world.do(lambda: open_thread(world.ports, sarah.party))
	live = replace(card, occurred_us=card.occurred_us - DAY)
	assert world.do(lambda: record_event(world.ports, opened, replace(live, source_key="a|b||||0"))).is_new
	world.do(lambda: sync_contact_points(world.ports, "Contact", "Sarah", wanted))
	assert contact_points.of_thread(world.database, opened["name"]) == [PHONE]


def test_it_stays_erased_under_another_name(world: World, sarah: Planted) -> None:
	old = invoice(world, from_history=True)
	world.clock.move(HOUR)
	erase(world, sarah)
	new = Party("Customer", "CUST-new")
	world.parties.known[new] = world.parties.known[sarah.party]
	world.do(lambda: hand_over_thread(world.ports, sarah.party, new))
	opened = world.do(lambda: open_thread(world.ports, new))
	with pytest.raises(Erased):
		world.do(lambda: record_event(world.ports, opened, old))


def test_a_stop_holds_for_good(world: World, sarah: Planted) -> None:
	world.do(lambda: receive_sms(world.ports, text(world, 9, "STOP", keyword="STOP")))
	erase(world, sarah)
	sender = world.settings.twilio_from_number
	assert consents.among(world.database, [SARAH.phone], sender) == {SARAH.phone: "Opted Out"}
	assert {cell[0] for cell in found_in(world.database, sarah.needles)} == {"tabThread Text Consent"}


def test_what_waits_unmatched_of_her_own_addresses_goes_along(world: World, sarah: Planted) -> None:
	waits = world.do(lambda: open_unmatched(world.ports, EMAIL, SARAH.email))
	entry = NewEntry("Message", "Customer", "Email", f"waits: {WORDS}", world.clock.now_us(), "mail:x")
	world.do(lambda: post_entry(world.ports, waits["name"], entry))
	world.clock.move(1)
	erase(world, sarah)
	assert found_in(world.database, sarah.needles) == []
	with pytest.raises(NotFound):
		visible_thread(world.ports, waits["name"])


def test_what_is_another_customers_too_stays_theirs(world: World, sarah: Planted) -> None:
	tom = world.customer(replace(SARAH, name="Tom Lee"), phone=SARAH.phone, email="")
	waits = world.do(lambda: open_unmatched(world.ports, PHONE, "(555) 010-2030"))
	entry = NewEntry("Message", "Customer", "SMS", "whose is this", world.clock.now_us(), "text:whose")
	world.do(lambda: post_entry(world.ports, waits["name"], entry))
	again = text(world, 1)
	world.clock.move(1)
	erase(world, sarah)
	assert contact_points.threads_of(world.database, PHONE) == [tom["name"]]
	assert waiting(world, PHONE) == [waits["name"]]
	assert found_in(world.database, ["whose is this"])
	world.do(lambda: receive_sms(world.ports, replace(again, occurred_us=world.clock.now_us())))
	assert found_in(world.database, [WORDS]) == []


def test_it_waits_for_what_is_on_its_way_out(world: World, sarah: Planted) -> None:
	name = deliver.due_deliveries(world.ports)[0]
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed
	world.do(lambda: erase_customer(world.ports, sarah.thread, sarah.thread["title"]))
	finish(world)
	assert [row["state"] for row in erasures.running(world.database)] == ["Running"]
	failed = GatewayError("Not for +12125550142", permanent=True)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, failed))
	finish(world)
	assert erasures.running(world.database) == []
	assert found_in(world.database, sarah.needles) == []
	assert deliver.due_deliveries(world.ports) == []


def test_what_fails_afterwards_goes_no_other_way(world: World, sarah: Planted) -> None:
	[name, *_more] = [row["name"] for row in world.database.select("SELECT name FROM `tabThread Delivery`")]
	erase(world, sarah)
	row = deliveries.get(world.database, name)
	assert row
	assert row["state"] in ("Skipped", "Sent", "Delivered")
	count = len(rows(world, "Thread Delivery"))
	from customer_thread.service.outgoing.record_outcome import failed_for_good

	world.do(lambda: failed_for_good(world.ports, row, GatewayError("to Sarah Lee", permanent=True)))
	assert len(rows(world, "Thread Delivery")) == count
	assert found_in(world.database, sarah.needles) == []


def test_nothing_can_be_put_into_it(world: World, sarah: Planted) -> None:
	erase(world, sarah)
	entry = NewEntry("Message", "Contractor", "Portal", "Hi", world.clock.now_us() + HOUR, "hi")
	with pytest.raises(Erased):
		world.do(lambda: post_entry(world.ports, sarah.thread["name"], entry))
	assert threads.by_number(world.database, sarah.thread["code"]) is None
	assert threads.by_reply_token(world.database, sarah.thread["reply_token"]) is None


def test_others_keep_all_of_theirs(world: World, sarah: Planted) -> None:
	tom = world.customer(replace(SARAH, name="Tom Lee"), phone="+12125550177", email="tom@example.com")
	said = NewEntry("Message", "Customer", "Portal", "about the fence", world.clock.now_us(), "tom:1")
	world.do(lambda: post_entry(world.ports, tom["name"], said))
	erase(world, sarah)
	assert world.thread(tom["name"])["last_preview"] == "about the fence"
	assert len(contact_points.of_thread(world.database, tom["name"])) == 2


def test_however_many_links_and_answers_wait_they_go_some_at_a_time(
	world: World, sarah: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr("customer_thread.service.leaving.erase_customer.ERASED_AT_ONCE", 2)
	answer = {"purpose": "Answer", "address": MIKE.phone, "thread": None}
	with world.database.transaction():
		links = [add_delivery(world.database, purpose="Sign In", address=SARAH.phone) for _link in range(5)]
		hers = [add_delivery(world.database, text=f"To {SARAH.name}?", **answer) for _answer in range(5)]
		others = [add_delivery(world.database, text="To Bob?", **answer) for _answer in range(3)]
	erase(world, sarah)
	rows = {name: deliveries.get(world.database, name) for name in (*links, *hers, *others)}
	assert {row["state"] for name, row in rows.items() if row and name not in others} == {"Skipped"}
	assert {row["state"] for name, row in rows.items() if row and name in others} == {"Queued"}
