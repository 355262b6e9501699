"""One provider holds up no other, and what has left is written down however long the database is busy."""

import sqlite3
from contextlib import closing

import pytest
from support.host import MOBILE, EmbeddedHost, new_email, new_phone
from support.waiting import wait_until


@pytest.mark.embedded("a site sends by as many jobs as it has workers")
def test_a_mail_waits_for_no_text(own_host: EmbeddedHost) -> None:
	address = new_email()
	waiting = own_host.add_customer("Bob", email=address)
	for number in range(8):
		own_host.twilio.hang_next(600)
		customer = own_host.add_customer(f"Bob {number}", phone=new_phone())
		own_host.staff.do("send", customer=customer, text="on our way", channel="sms")
	wait_until(lambda: own_host.twilio.sent)

	own_host.staff.do("send", customer=waiting, text="by mail", channel="email")

	# all the texts in front of it would take longer than this waits
	wait_until(lambda: own_host.mails_to(address, "by mail"))


@pytest.mark.embedded("another process cannot hold a site's whole database")
def test_it_writes_down_what_left_while_the_database_was_held(own_host: EmbeddedHost) -> None:
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=new_phone()))
	own_host.twilio.hang_next(2)
	with closing(sqlite3.connect(own_host.folder / "thread.db", timeout=60, isolation_level=None)) as other:
		entry = browser.reply("first")["id"]
		wait_until(lambda: own_host.texts_to(MOBILE, "first"))
		other.execute("BEGIN IMMEDIATE")
		wait_until(lambda: "cannot write down what was sent" in own_host.logged())
		other.execute("ROLLBACK")

	[delivery] = wait_until(
		lambda: [row for row in own_host.staff.deliveries(browser.customer, entry) if row["provider_id"]]
	)
	assert delivery["attempts"] == 1
	assert len(own_host.texts_to(MOBILE, "first")) == 1
