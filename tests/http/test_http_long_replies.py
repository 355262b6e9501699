"""Replies that are longer than a text may be."""

import uuid

import pytest
from support.host import CONTRACTOR, EmbeddedHost, new_email, new_phone
from support.mails import plain_text
from support.people import Browser, Staff
from support.waiting import stays, wait_until


@pytest.fixture
def mobile(host: EmbeddedHost) -> str:
	"""Return a contractor's phone of this test's own."""
	number = new_phone()
	host.set(contractor_mobile=number)
	return number


def settled(browser: Browser, entry: int) -> str:
	"""Return the state of an entry once it is no longer being sent."""
	wait_until(lambda: browser.entry(entry)["state"] != "sending", what="settled")
	return str(browser.entry(entry)["state"])


def long_words(count: int) -> str:
	"""Return so many different words, eight characters each with the blank behind it."""
	return " ".join(f"word{number:03}" for number in range(count))


def parts_of(texts: list[str], code: str) -> list[str]:
	"""Return the words of the texts that carry one reply of Sarah's."""
	parts = []
	for number, text in enumerate(texts, 1):
		before, after = f"Sarah Lee: ({number}/{len(texts)}) ", f" (#{code})"
		assert text.startswith(before)
		assert text.endswith(after)
		assert len(text) <= 1600
		parts.append(text.removeprefix(before).removesuffix(after))
	return parts


@pytest.mark.parametrize(("count", "texts"), [(310, 2), (500, 3)])
def test_it_splits_what_up_to_three_texts_hold(
	host: EmbeddedHost, staff: Staff, mobile: str, count: int, texts: int
) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone(), email=new_email()))
	words = long_words(count)
	entry = browser.reply(words)["id"]

	wait_until(lambda: len(host.texts_to(mobile)) >= texts)
	stays(lambda: len(host.texts_to(mobile)) == texts)
	bodies = [text.body for text in host.texts_to(mobile)]
	assert " ".join(parts_of(bodies, staff.code(browser.customer))) == words
	assert browser.texts() == [words]
	assert settled(browser, entry) == "delivered"
	assert not host.mails_to(CONTRACTOR, "word499")


def test_it_keeps_the_order_of_texts_while_one_waits_for_its_next_try(
	host: EmbeddedHost, staff: Staff, mobile: str
) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone()))
	words = f"{uuid.uuid4()} {long_words(450)}"
	host.twilio.fail_next(429, 20429, holding=words[:36])

	entry = browser.reply(words)["id"]

	wait_until(lambda: any(row["error"] for row in staff.deliveries(browser.customer, entry)))
	stays(lambda: not host.texts_to(mobile))
	assert [row["state"] for row in staff.deliveries(browser.customer, entry)] == ["Queued"] * 3
	assert browser.entry(entry)["state"] == "sending"


@pytest.mark.parametrize("has_mail", [True, False])
def test_it_texts_the_beginning_and_mails_the_whole_of_what_is_longer(
	host: EmbeddedHost, staff: Staff, mobile: str, has_mail: bool
) -> None:
	email = new_email() if has_mail else ""
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone(), email=email))
	words = f"{uuid.uuid4()} {long_words(700)}"
	entry = browser.reply(words)["id"]

	[letter] = wait_until(lambda: host.mails_to(CONTRACTOR, words[:36]))
	assert plain_text(letter).split()[-len(words.split()) :] == words.split()
	[text] = wait_until(lambda: host.texts_to(mobile))
	shown, rest = text.body.removeprefix("Sarah Lee: ").split("… ")
	assert rest == f"(the rest is in your mail) (#{staff.code(browser.customer)})"
	assert words.startswith(f"{shown} ")
	assert 292 <= len(shown) <= 300
	assert settled(browser, entry) == "sent"
	assert browser.texts() == [words]
	assert [row["channel"] for row in staff.deliveries(browser.customer, entry)] == ["SMS", "Email"]
	assert "by e-mail" in staff.deliveries(browser.customer, entry)[1]["reason"]


def test_it_mails_no_second_time_what_could_not_begin_as_a_text(
	host: EmbeddedHost, staff: Staff, mobile: str
) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone()))
	words = f"{uuid.uuid4()} {long_words(700)}"
	host.twilio.fail_next(400, 21606, holding=words[:36])

	entry = browser.reply(words)["id"]

	wait_until(
		lambda: {row["state"] for row in staff.deliveries(browser.customer, entry)} == {"Failed", "Sent"}
	)
	stays(lambda: len(staff.deliveries(browser.customer, entry)) == 2)
	wait_until(lambda: len(host.mails_to(CONTRACTOR, words[:36])) == 1)
	assert not host.texts_to(mobile)


@pytest.mark.embedded("a site's Email Queue tries a refused mail again, and tells nobody in the end")
def test_it_texts_the_whole_where_the_mail_server_refuses_it(
	host: EmbeddedHost, staff: Staff, mobile: str
) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone()))
	words = f"{uuid.uuid4()} {long_words(700)}"
	host.mailbox.refuse_next(550, "5.1.1 nobody here")

	browser.reply(words)

	wait_until(lambda: len(host.texts_to(mobile, "/4) ")) == 4)
	bodies = [text.body for text in host.texts_to(mobile, "/4) ")]
	assert " ".join(parts_of(bodies, staff.code(browser.customer))) == words
	assert not host.mails_to(CONTRACTOR, words[:36])


def test_it_splits_all_of_it_where_the_contractor_takes_no_mail(own_host: EmbeddedHost) -> None:
	own_host.set(contractor_email="")
	browser = own_host.sign_in(own_host.add_customer("Sarah Lee", phone=new_phone(), email=new_email()))
	words = long_words(990)
	entry = browser.reply(words)["id"]

	mobile = only_address(own_host.staff, browser, entry)
	wait_until(lambda: settled(browser, entry) == "delivered")
	bodies = [text.body for text in own_host.texts_to(mobile)]
	assert len(bodies) == 6
	assert " ".join(parts_of(bodies, own_host.staff.code(browser.customer))) == words


def only_address(staff: Staff, browser: Browser, entry: int) -> str:
	"""Return where all deliveries of an entry go."""
	[address] = {row["address"] for row in staff.deliveries(browser.customer, entry)}
	return str(address)


def test_it_cuts_through_no_emoji(host: EmbeddedHost, mobile: str) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone()))
	family = "👩‍👩‍👧‍👦"
	browser.reply(family * 150)

	wait_until(lambda: len(host.texts_to(mobile)) >= 2)
	assert sum(text.body.count(family) for text in host.texts_to(mobile)) == 150
	assert all(len(text.body.encode("utf-16-le")) <= 3200 for text in host.texts_to(mobile))


def test_it_splits_one_endless_word(host: EmbeddedHost, mobile: str) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone()))
	browser.reply("x" * 4_000)

	wait_until(lambda: len(host.texts_to(mobile)) >= 3)
	assert sum(text.body.count("x") for text in host.texts_to(mobile)) == 4_000
