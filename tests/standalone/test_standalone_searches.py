"""One customer's searches are no other's trouble."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from support.host import EmbeddedHost

from customer_thread.domain.errors import TooMany
from customer_thread.domain.limits import SEARCHES_AT_ONCE, SEARCHES_OF_ONE
from customer_thread.standalone.search_turns import SearchTurns


def test_one_has_so_many_turns_and_all_together_so_many() -> None:
	turns = SearchTurns()
	names = [f"customer {number}" for number in range(SEARCHES_AT_ONCE) for _turn in range(SEARCHES_OF_ONE)]
	open_turns = [turns.turn(name) for name in names[:SEARCHES_AT_ONCE]]
	for turn in open_turns:
		turn.__enter__()

	with pytest.raises(TooMany), turns.turn("another"):
		pass
	open_turns[0].__exit__(None, None, None)
	with pytest.raises(TooMany), turns.turn(names[2]):
		pass
	with turns.turn("another"):
		pass
	for turn in open_turns[1:]:
		turn.__exit__(None, None, None)
	assert not vars(turns)["_running"]


def test_others_are_answered_while_one_searches_a_thread_of_one_letter(own_host: EmbeddedHost) -> None:
	eve = own_host.sign_in(own_host.add_customer("Eve"))
	bob = own_host.sign_in(own_host.add_customer("Bob"))
	bob.reply("where is the deck")
	for _number in range(60):
		eve.post("reply", text="a" * 20_000, client_id=str(uuid.uuid4()))

	def search(number: int) -> requests.Response:
		words = "a" * (180 + number % 9) + "b"
		return requests.get(
			f"{own_host.url}/api/method/customer_thread.api.portal.timeline",
			params={"q": words},
			cookies={"sid": eve.http.cookies["sid"]},
			timeout=60,
		)

	with ThreadPoolExecutor(16) as pool:
		searches = [pool.submit(search, number) for number in range(32)]
		for _number in range(10):
			assert bob.texts(q="deck") == ["where is the deck"]
			assert bob.open("/messages").status_code == 200
		answers = [future.result() for future in searches]

	assert {answer.status_code for answer in answers} <= {200, 429}
	found = [answer.json()["message"]["entries"] for answer in answers if answer.status_code == 200]
	assert found
	assert not any(found)
	assert all("Retry-After" in answer.headers for answer in answers if answer.status_code == 429)
	assert len(eve.texts(q="a" * 199, limit=100)) == 60
