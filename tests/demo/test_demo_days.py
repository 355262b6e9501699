"""The days go on, and the system writes what nobody has to remember."""

from support.people import Browser
from support.running_demo import Demo
from support.waiting import wait_until

BOOKED = "Hi Sarah, you're booked with Mike's Contracting on Saturday, May 17 at 1:00pm. Questions? Just reply here."


def automated(sarah: Browser) -> list[str]:
	"""Return what the system has written since the thread was played."""
	texts = [entry["text"] for entry in sarah.entries() if entry["author"] == "automated"]
	return texts[texts.index(BOOKED) :]


def is_told(demo: Demo, words: str) -> bool:
	"""Return whether Sarah's phone gets a text with these words: it leaves in the background."""
	return wait_until(lambda: any(words in text for text in demo.texts("sarah")))


def test_a_visit_has_its_messages_each_on_its_day(demo: Demo, sarah: Browser) -> None:
	assert demo.state()["planned"] == [
		"Invoice due goes Mon 9:00am",
		"Invoice overdue goes Tue May 27, 9:00am",
	]
	assert demo.act("book").startswith("Booked for Sat 1:00pm.")
	assert is_told(demo, BOOKED)
	assert demo.state()["planned"][0] == "Appointment reminder goes Fri 9:00am"
	assert "Sat May 17" in sarah.open("/schedule").text
	assert demo.post("book").status_code == 400

	demo.act("next_morning")
	assert demo.state()["clock"] == "Fri May 16, 2025, 10:00am"
	assert is_told(demo, "Reply YES to confirm.")
	assert demo.state()["asked"]
	demo.act("text", who="sarah", text="YES")
	wait_until(lambda: "Sarah Lee confirmed Sat May 17, 1:00pm" in demo.texts("mike"))
	assert sarah.texts()[-1] == "Appointment confirmed — Sat May 17, 1:00pm"
	assert not demo.state()["asked"]

	assert not demo.state()["visit_today"]
	demo.act("next_morning")
	assert demo.state()["visit_today"]
	demo.act("on_the_way")
	assert is_told(demo, "in about 20 minutes")
	for _day in range(2):
		demo.act("next_morning")
	assert demo.state()["clock"] == "Mon May 19, 2025, 10:00am"
	assert not demo.state()["booked"]
	said = automated(sarah)
	assert said == [text for text in demo.texts("sarah") if text in said]
	for words, text in zip(
		(
			"you're booked",
			"a reminder",
			"on the way",
			"job is done",
			"How did everything",
			"#2041 is due Tue",
		),
		said,
		strict=True,
	):
		assert words in text
