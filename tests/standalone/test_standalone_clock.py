"""A machine whose clock is set back an hour sends what waits."""

import sqlite3

from support.host import MOBILE, EmbeddedHost, new_phone
from support.waiting import wait_until

from customer_thread.domain.times import HOUR

TIMES = ("creation_us", "due_us", "claimed_us", "unsure_since_us")


def set_back(host: EmbeddedHost, us: int) -> None:
	"""Let all that a stopped host knows of its deliveries be so much later than its clock, as after a clock was set back."""
	connection = sqlite3.connect(host.folder / "thread.db", timeout=30)
	with connection:
		for column in TIMES:
			connection.execute(
				f"UPDATE `tabThread Delivery` SET {column} = {column} + ? WHERE {column} > 0",
				(us,),
			)
	connection.close()


def test_nothing_is_sending_for_ever_after_the_clock_was_set_back(own_host: EmbeddedHost) -> None:
	bob = own_host.sign_in(own_host.add_customer("Bob", phone=new_phone()))
	own_host.twilio.fail_next(429, 20429)
	entry = bob.reply("waiting")["id"]
	# the provider's no is written down: killed before, it would be asked about only after a minute
	wait_until(lambda: own_host.staff.deliveries(bob.customer, entry)[0]["error_code"])
	own_host.kill()
	set_back(own_host, HOUR)
	own_host.restart()

	wait_until(lambda: bob.entry(entry)["state"] == "delivered")
	assert len(own_host.texts_to(MOBILE)) == 1
