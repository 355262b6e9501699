"""Plays the example thread through the host's endpoints, each line at its own time."""

import time

from customer_thread.domain.times import iso
from customer_thread.standalone.demo import assets, cast
from customer_thread.standalone.demo.cast import BOB, SARAH, on_may
from customer_thread.standalone.demo.clients import Portal, Refused
from customer_thread.standalone.demo.stage import Stage

#: seconds a text may take from the desk to the phone
SETTLED_WITHIN = 10.0
_FINAL = {"Delivered", "Skipped", "Failed"}


def play(stage: Stage) -> None:
	"""Bring the thread to Thu May 15 2025, 10:22am; from there the clock ticks by itself. Raise Refused."""
	_at(stage, on_may(12, 8, 40))
	stage.phones["sarah"].text(cast.OLD_DECK, [assets.picture(assets.OLD)])
	_at(stage, on_may(12, 16, 5))
	stage.office.record("Estimate approved", "Estimate #1042 approved", page="project", amount="4200")
	_at(stage, on_may(12, 16, 6))
	stage.keep_appointment(on_may(15, 8, 0), on_may(15, 9, 0))
	stage.office.record(
		"Appointment scheduled", "Appointment scheduled — Thu May 15, 8–9am", page="/schedule"
	)
	stage.office.write(cast.BOOKED, automated=True)
	_at(stage, on_may(13, 8, 2))
	stage.office.write(cast.SCHEDULED)
	_at(stage, on_may(13, 8, 47))
	stage.phones["sarah"].text(cast.CONFIRM)
	_at(stage, on_may(13, 16, 18))
	stage.office.record_call(iso(on_may(13, 16, 12)), seconds=6 * 60)
	_at(stage, on_may(14, 7, 48))
	stage.office.write(cast.ON_OUR_WAY)
	_at(stage, on_may(14, 9, 5))
	_write_to_bob(stage)
	_at(stage, on_may(15, 10, 15))
	stage.office.write(cast.HOW_WAS_IT)
	_at(stage, on_may(15, 10, 18))
	stage.office.send_invoice(stage.clock.now_us(), amount="4200")
	sarah = Portal(stage.url, stage.sign_in_link(SARAH))
	_at(stage, on_may(15, 10, 22))
	entry = sarah.reply(cast.SOUNDS_GOOD)
	sarah.read(entry["id"])
	_settle(stage)


def _write_to_bob(stage: Stage) -> None:
	bob = stage.customers[BOB]
	stage.desk.post(
		"record_event",
		customer=bob,
		event_type="Estimate shared",
		title="Estimate #1187 shared",
		amount="9850",
		currency="USD",
	)
	stage.desk.post("send", customer=bob, text=cast.TO_BOB)


def _at(stage: Stage, us: int) -> None:
	"""Let what is on its way arrive, and go on to this moment."""
	_settle(stage)
	stage.clock.set_to(us)


def _settle(stage: Stage) -> None:
	deadline = time.monotonic() + SETTLED_WITHIN
	while not _is_settled(stage):
		if time.monotonic() > deadline:
			raise Refused("The example thread could not be played: a text did not arrive in time.")
		time.sleep(0.02)


def _is_settled(stage: Stage) -> bool:
	found = [stage.desk.get("thread", customer=customer) for customer in stage.customers.values()]
	pictures = [each for thread in found for entry in thread["entries"] for each in entry["attachments"]]
	return all(
		delivery["state"] in _FINAL for thread in found for delivery in thread["deliveries"]
	) and not any(picture["state"] == "pending" for picture in pictures)
