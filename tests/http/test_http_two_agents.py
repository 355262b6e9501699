"""Two of the office answer one customer at the same second, over HTTP: nothing goes twice, and both hear of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

# tests/http/test_http_colleagues.py has the same of the embedded host
pytest.importorskip("frappe")

from support.host import EmbeddedHost, new_phone
from support.people import Staff, message_of
from support.waiting import wait_until

ROUNDS = 20


@pytest.fixture(scope="module")
def office(host: EmbeddedHost) -> dict[str, Staff]:
	"""Return Ann and Ben by their users."""
	return {who.user: who for who in (host.new_staff(), host.new_staff())}


def test_of_two_at_the_same_second_one_is_sent(host: EmbeddedHost, office: dict[str, Staff]) -> None:
	phone = new_phone()
	sarah = host.sign_in(host.add_customer("Sarah Twice", phone=phone))
	(ann, first), (ben, second) = office.items()
	thread = first.do("open", customer=sarah.customer)["thread"]
	won, noted = [], 0
	for number in range(ROUNDS):
		asked, together = sarah.reply(f"Question {number}")["id"], Barrier(3)

		def act(given: tuple[Staff, str, dict[str, object]], together: Barrier = together) -> int:
			who, call, values = given
			together.wait()
			return who.post(call, thread=thread, client_id=str(uuid4()), **values).status_code

		answer = {"upto": asked, "channel": "sms"}
		acts: list[tuple[Staff, str, dict[str, object]]] = [
			(first, "send", {"text": f"Ann {number:02}", **answer}),
			(second, "send", {"text": f"Ben {number:02}", **answer}),
			(second, "note", {"text": f"Note {number}"}),
		]
		with ThreadPoolExecutor(3) as pool:
			anns, bens, note = pool.map(act, acts)
		assert sorted((anns, bens)) == [200, 409], number
		assert note == 200
		noted += 1
		won.append((ann, f"Ann {number:02}") if anns == 200 else (ben, f"Ben {number:02}"))
		for who in office.values():
			told = message_of(who.post("presence", thread=thread, state="here", upto=asked))
			# whoever sent it knows
			assert (told["answered"] is None) == (who is office[won[-1][0]]), number
			if told["answered"]:
				assert told["answered"]["by"] == won[-1][0]
	page = first.thread(thread=thread, limit=100)
	sent = [entry["text"] for entry in page["entries"] if entry["author"] == "contractor"]
	assert sent == [text for _user, text in won]
	assert sorted(note["text"] for note in page["notes"]) == sorted(
		f"Note {number}" for number in range(noted)
	)
	wait_until(lambda: len(host.texts_to(phone)) == ROUNDS, what="the texts")
	bodies = [text.body for text in host.texts_to(phone)]
	assert [sum(text in body for body in bodies) for text in sent] == [1] * ROUNDS
	# her own page has no name of either
	shown = sarah.open().text + sarah.get("timeline", limit=100).text
	assert not [user for user in office if user in shown]
