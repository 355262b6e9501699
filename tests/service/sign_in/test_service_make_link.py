"""A link's token is in the address alone; without a way to use one the address is the thread's."""

import pytest
from support.clock import NOW
from support.world import World

from customer_thread.domain.sign_in import hash_of
from customer_thread.domain.times import DAY
from customer_thread.service.sign_in.make_link import make_link
from customer_thread.store import sign_ins

SITE = "https://mikes.example"


def test_it_makes_a_link_that_is_known_by_its_hash(world: World) -> None:
	world.set(public_url=f"{SITE}/")
	thread = world.customer()
	now = world.clock.now_us()

	link = world.do(
		lambda: make_link(
			world.ports, thread, "sarah", "Notice", address="sarah@lee.example", entry=7, made_by=None
		)
	)

	way, _hash, token = link.partition("#")
	assert way == f"{SITE}/messages/in"
	assert len(token) >= 32
	row = sign_ins.by_hash(world.database, hash_of(token))
	assert row is not None
	assert {key: row[key] for key in ("user", "thread", "purpose", "address", "entry")} == {
		"user": "sarah",
		"thread": thread["name"],
		"purpose": "Notice",
		"address": "sarah@lee.example",
		"entry": 7,
	}
	assert (row["created_us"], row["expires_us"]) == (now, now + 7 * DAY)
	assert token not in str(world.database.select("SELECT * FROM `tabThread Sign In`"))


@pytest.mark.parametrize(
	("changes", "user", "link"),
	[
		({"public_url": ""}, "sarah", ""),
		({"sign_in_links": False}, "sarah", f"{SITE}/messages?around=7#7"),
		({"sign_in_link_days": 0}, "sarah", f"{SITE}/messages?around=7#7"),
		({}, "", f"{SITE}/messages?around=7#7"),
	],
)
def test_it_leads_to_the_thread_where_nobody_can_be_signed_in(
	world: World, changes: dict[str, object], user: str, link: str
) -> None:
	world.set(**{"public_url": SITE, **changes})
	thread = world.customer()

	assert world.do(lambda: make_link(world.ports, thread, user, "Notice", entry=7)) == link
	assert world.database.select("SELECT name FROM `tabThread Sign In`") == []


def test_it_revokes_what_can_still_be_used(world: World) -> None:
	world.set(public_url=SITE)
	thread, other = world.customer(), world.customer()
	for row in (thread, thread, other):
		world.do(lambda row=row: make_link(world.ports, row, "sarah", "Notice"))  # type: ignore[misc]

	usable = sign_ins.usable_of_thread(world.database, thread["name"], NOW)
	assert len(usable) == 2
	for link in usable:
		assert world.do(lambda link=link: sign_ins.revoke(world.database, link["name"], NOW))  # type: ignore[misc]
		assert not world.do(lambda link=link: sign_ins.revoke(world.database, link["name"], NOW))  # type: ignore[misc]

	assert sign_ins.usable_of_thread(world.database, thread["name"], NOW) == []
	assert len(sign_ins.usable_of_thread(world.database, other["name"], NOW)) == 1
	assert sign_ins.usable_of_thread(world.database, other["name"], NOW + 8 * DAY) == []
	assert len(sign_ins.of_thread(world.database, thread["name"])) == 2
