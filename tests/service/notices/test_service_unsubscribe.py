"""The unsubscribe address turns off one reader's e-mail notices and nothing else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from support.persons import BOB, SARAH
from support.world import World

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.model import Party
from customer_thread.service.notices.preferences import preferences_of
from customer_thread.service.notices.unsubscribe import (
	settings_address,
	unsubscribe_address,
	unsubscribe_mail,
	whom_it_unsubscribes,
)
from customer_thread.service.ports import PortalReader
from customer_thread.service.thread.assign_thread import join_threads
from customer_thread.service.thread.hand_over_thread import hand_over_thread
from customer_thread.service.thread.renew_addresses import renew_addresses
from customer_thread.store import preferences
from customer_thread.store.rows import ThreadRow


def _token(world: World, thread: ThreadRow, user: str = "") -> str:
	world.set(public_url="https://mikes.example/")
	address = unsubscribe_address(world.ports, thread, user or thread["party"] or "")
	assert urlsplit(address)[:3] == (
		"https",
		"mikes.example",
		"/api/method/customer_thread.api.portal.unsubscribe_mail",
	)
	[token] = parse_qs(urlsplit(address).query)["token"]
	return token


def test_it_has_no_address_without_a_public_one(world: World) -> None:
	sarah = world.customer(SARAH)
	assert unsubscribe_address(world.ports, sarah, "x") == settings_address(world.ports) == ""
	world.set(public_url="https://mikes.example")
	assert settings_address(world.ports) == "https://mikes.example/notification-settings"


def test_it_turns_off_mails_alone_and_writes_down_by_which_way(world: World) -> None:
	sarah = world.customer(SARAH)
	token, user = _token(world, sarah), sarah["party"] or ""
	for _again in range(2):
		world.do(lambda: unsubscribe_mail(world.ports, token))
	assert preferences_of(world.ports, sarah, user).channels == {"Push": True, "Email": False, "SMS": True}
	[row] = preferences.changes(world.database, sarah["name"])
	assert (row["user"], row["field"], row["old"], row["new"], row["way"]) == (
		user,
		"email",
		"On",
		"Off",
		"Mail",
	)


def test_it_is_nobody_elses(world: World) -> None:
	sarah, bob = world.customer(SARAH), world.customer(BOB)
	token, of_bob = _token(world, sarah), _token(world, bob)
	number, _dash, mac = token.partition("-")
	forged = [
		"",
		mac,
		f"{number}-",
		f"{of_bob.partition('-')[0]}-{mac}",
		f"{number}-{mac[:-1]}",
		f"{number}-{mac.upper()}",
		f"{number}-{'0' * 32}",
		f"999999-{mac}",
		_token(world, sarah, "somebody who reads it no more"),
	]
	for wrong in forged:
		with pytest.raises(NotAllowed):
			whom_it_unsubscribes(world.ports, wrong)
		with pytest.raises(NotAllowed):
			world.do(lambda wrong=wrong: unsubscribe_mail(world.ports, wrong))  # type: ignore[misc]
	assert preferences.changes(world.database, sarah["name"]) == []
	assert whom_it_unsubscribes(world.ports, of_bob)[1] == bob["party"]


def test_it_is_each_readers_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
	sarah = world.customer(SARAH)
	readers = [PortalReader("sarah@a.example"), PortalReader("tom@a.example")]
	monkeypatch.setattr(world.parties, "readers", lambda _party: readers)
	world.do(lambda: unsubscribe_mail(world.ports, _token(world, sarah, "tom@a.example")))
	assert preferences_of(world.ports, sarah, "sarah@a.example").channels["Email"] is True
	assert preferences_of(world.ports, sarah, "tom@a.example").channels["Email"] is False


def test_it_goes_on_in_the_thread_that_took_its_own_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
	sarah, bob = world.customer(SARAH), world.customer(BOB)
	monkeypatch.setattr(world.parties, "readers", lambda _party: [PortalReader("sarah@a.example")])
	token = _token(world, sarah, "sarah@a.example")
	world.do(
		lambda: hand_over_thread(
			world.ports, Party("Customer", sarah["party"] or ""), Party("Customer", bob["party"] or "")
		)
	)
	world.do(lambda: join_threads(world.ports, sarah["name"], bob["name"]))
	world.do(lambda: unsubscribe_mail(world.ports, token))
	assert preferences_of(world.ports, bob, "sarah@a.example").channels["Email"] is False


def test_it_is_over_once_the_secret_addresses_are_renewed(world: World) -> None:
	sarah = world.customer(SARAH)
	token = _token(world, sarah)
	world.do(lambda: renew_addresses(world.ports, sarah))
	with pytest.raises(NotAllowed):
		whom_it_unsubscribes(world.ports, token)
	assert whom_it_unsubscribes(world.ports, _token(world, world.thread(sarah["name"])))
