"""What somebody wants is kept by thread and user, and each change of it is written down once."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.persons import BOB, SARAH
from support.world import World

from customer_thread.domain.model import Party
from customer_thread.domain.times import MINUTE
from customer_thread.service.notices.preferences import preferences_of, save_wishes, wishes_of
from customer_thread.service.ports import PartyInfo
from customer_thread.service.thread.assign_thread import join_threads
from customer_thread.service.thread.hand_over_thread import drop_empty_thread
from customer_thread.store import preferences
from customer_thread.store.rows import ThreadRow

SWITCH = st.sampled_from(["On", "Off"])
STEP = st.fixed_dictionaries(
	{},
	optional={
		"sms": SWITCH,
		"email": SWITCH,
		"push": SWITCH,
		"quiet": SWITCH,
		"quiet_start": st.sampled_from(["21:00", "22:30", "00:00"]),
		"quiet_end": st.sampled_from(["08:00", "06:15"]),
		"timezone": st.sampled_from(["America/New_York", "Asia/Kolkata"]),
	},
)


def _save(world: World, thread: ThreadRow, user: str, **chosen: str) -> None:
	world.do(lambda: save_wishes(world.ports, thread, user, chosen, "Page"))


def test_it_follows_the_settings_until_something_is_chosen(world: World) -> None:
	sarah = world.customer(SARAH)
	assert wishes_of(world.ports, sarah, "sarah").quiet_start == "21:00"
	_save(world, sarah, "sarah", email="Off")
	world.set(quiet_start="22:00", quiet_end="06:00", default_timezone="America/Denver")
	night = preferences_of(world.ports, sarah, "sarah").quiet_hours
	assert night
	assert (night.start.hour, night.end.hour, night.zone.key) == (22, 6, "America/Denver")
	assert preferences_of(world.ports, sarah, "sarah").channels["Email"] is False
	assert preferences_of(world.ports, sarah, "somebody else").channels["Email"] is True


def test_it_takes_the_zone_that_is_nearest_to_the_customer(world: World) -> None:
	sarah = world.customer(SARAH)
	world.parties.known[Party("Customer", sarah["party"] or "")] = PartyInfo(
		SARAH.name, timezone="America/Chicago"
	)
	assert wishes_of(world.ports, sarah, "sarah").timezone == "America/Chicago"
	world.do(lambda: world.database.update("Customer Thread", sarah["name"], {"timezone": "America/Boise"}))
	assert wishes_of(world.ports, world.thread(sarah["name"]), "sarah").timezone == "America/Boise"
	_save(world, sarah, "sarah", timezone="Asia/Tokyo")
	assert wishes_of(world.ports, world.thread(sarah["name"]), "sarah").timezone == "Asia/Tokyo"


def test_it_writes_down_each_change_once_and_with_what_held_before(world: World) -> None:
	sarah = world.customer(SARAH)
	_save(world, sarah, "sarah", email="Off", sms="On", quiet_start="22:00")
	_save(world, sarah, "sarah", email="Off", quiet_start="22:00")
	world.clock.move(MINUTE)
	_save(world, sarah, "sarah", email="On")
	logged = [
		(row["user"], row["field"], row["old"], row["new"], row["way"], row["changed_by"])
		for row in preferences.changes(world.database, sarah["name"])
	]
	assert sorted(logged[:2]) == [
		("sarah", "email", "On", "Off", "Page", "sarah"),
		("sarah", "quiet_start", "21:00", "22:00", "Page", "sarah"),
	]
	assert logged[2:] == [("sarah", "email", "Off", "On", "Page", "sarah")]


def test_it_writes_nothing_where_nothing_changes(world: World) -> None:
	sarah = world.customer(SARAH)
	_save(world, sarah, "sarah", email="On", quiet="On", quiet_start="21:00", quiet_end="08:00")
	assert preferences.of_reader(world.database, sarah["name"], "sarah") is None
	assert preferences.changes(world.database, sarah["name"]) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(["sarah", "bob"]), STEP), max_size=6))
def test_its_log_leads_from_the_default_to_what_holds(
	world: World, steps: list[tuple[str, dict[str, str]]]
) -> None:
	thread = world.customer(SARAH)
	default = wishes_of(world.ports, thread, "nobody").columns()
	wanted = {user: dict(default) for user in ("sarah", "bob")}
	for user, chosen in steps:
		world.clock.move(1)
		_save(world, thread, user, **chosen)
		wanted[user] |= chosen
	for user in wanted:
		replayed = dict(default)
		for row in preferences.changes(world.database, thread["name"]):
			if row["user"] == user:
				assert replayed[row["field"]] == row["old"] != row["new"]
				replayed[row["field"]] = row["new"]
		assert replayed == wanted[user] == wishes_of(world.ports, thread, user).columns()


@pytest.mark.parametrize("kept", ["goal", "source"])
def test_it_goes_with_the_thread_that_is_joined(world: World, kept: str) -> None:
	sarah, bob = world.customer(SARAH), world.customer(BOB)
	_save(world, sarah, "sarah", email="Off")
	if kept == "goal":
		_save(world, bob, "sarah", sms="Off")
	world.do(lambda: join_threads(world.ports, sarah["name"], bob["name"]))
	channels = preferences_of(world.ports, bob, "sarah").channels
	assert channels == {"Push": True, "SMS": kept == "source", "Email": kept == "goal"}
	assert preferences.changes(world.database, bob["name"])


def test_it_goes_with_a_thread_that_is_removed(world: World) -> None:
	sarah = world.customer(SARAH)
	_save(world, sarah, "sarah", email="Off")
	assert world.do(lambda: drop_empty_thread(world.ports, Party("Customer", sarah["party"] or "")))
	assert preferences.changes(world.database, sarah["name"]) == []
	assert preferences.of_reader(world.database, sarah["name"], "sarah") is None
