"""The embedded host's settings: kept as text, read as the types of the DocType."""

import threading
from dataclasses import asdict

import pytest
from support.clock import FixedClock

from customer_thread.domain.errors import BadInput
from customer_thread.service.settings import Settings
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.standalone.settings_store import SettingsStore

pytestmark = pytest.mark.embedded("tests/bench/test_ports.py reads the settings of a site")


@pytest.fixture
def store(sqlite: SqliteDatabase) -> SettingsStore:
	return SettingsStore(sqlite)


def test_it_begins_with_the_defaults(store: SettingsStore) -> None:
	assert store.values() == (Settings(), "")


def test_it_returns_what_was_set_in_its_type(store: SettingsStore) -> None:
	store.save(
		{
			"business_name": " Mike's Contracting ",
			"forward_texts": "off",
			"sign_in_link_days": "60",
			"accent_color": "#aa3300",
			"tabs": "My Project=/project, Messages=/messages, Shop=https://shop.test/?a=b",
			"smtp_url": "smtp://127.0.0.1:25",
		}
	)
	values, smtp = store.values()
	assert values.business_name == "Mike's Contracting"
	assert values.forward_texts is False
	assert values.sign_in_link_days == 60
	assert values.tabs == (
		("My Project", "/project"),
		("Messages", "/messages"),
		("Shop", "https://shop.test/?a=b"),
	)
	assert values.sends_mail
	assert smtp == "smtp://127.0.0.1:25"


@pytest.mark.parametrize(
	("name", "value"),
	[
		("nonsense", "1"), ("sends_mail", "1"), ("forward_texts", "maybe"), ("sign_in_link_days", "-1"),
		("sign_in_link_days", "ten"), ("notice_delay_minutes", "soon"), ("window_end", "8pm"), ("work_end", "5pm"), ("working_days", "Fridays"), ("accent_color", "red"), ("public_url", "ftp://x"), ("public_url", "example.com"),
		("default_timezone", "Mars/Base"), ("tabs", "Messages"), ("tabs", "X=//evil.test"),
		("tabs", "X=javascript:alert(1)"), ("smtp_url", "http://x"), ("twilio_api_base", "nowhere"),
		("public_url", "http://x:99999"),
	],
)  # fmt: skip
def test_it_refuses_what_makes_no_sense_and_writes_none(store: SettingsStore, name: str, value: str) -> None:
	with pytest.raises(BadInput):
		store.save({"business_name": "Mike", name: value})
	assert store.values()[0] == Settings()


def test_it_sees_what_another_thread_or_process_set(sqlite: SqliteDatabase, store: SettingsStore) -> None:
	assert store.values()[0].business_name == Settings().business_name
	other = SqliteDatabase(sqlite.path, FixedClock())
	SettingsStore(other).save({"business_name": "Other"})
	other.close()
	assert store.values()[0].business_name == "Other"
	thread = threading.Thread(target=store.save, args=({"business_name": "Third"},))
	thread.start()
	thread.join()
	assert store.values()[0].business_name == "Third"


def test_it_can_unset(store: SettingsStore) -> None:
	store.save({"public_url": "https://x.test", "smtp_url": "smtp://x:25"})
	store.save({"public_url": "", "smtp_url": ""})
	values, smtp = store.values()
	assert (values.public_url, values.sends_mail, smtp) == ("", False, "")


def test_it_takes_every_setting_there_is(store: SettingsStore) -> None:
	samples = {bool: "1", int: "5", str: "", tuple: "A=/a"}
	names = {name: type(value) for name, value in asdict(Settings()).items() if name != "sends_mail"}
	store.save({**{name: samples[kind] for name, kind in names.items()}, "team": "Ann=ann@mikes.example"})
	values, _smtp = store.values()
	assert {name: type(getattr(values, name)) for name in names} == names
