"""What comes to the number by WhatsApp and the like is no text: it is refused, and nothing of it is kept."""

import time
import uuid

import pytest
from support.host import NUMBER, EmbeddedHost, new_phone, text_params
from support.people import Browser, message_of
from support.waiting import stays, wait_until

SCHEMES = ("whatsapp", "messenger", "rcs")


@pytest.fixture
def bob(own_host: EmbeddedHost, phone: str) -> Browser:
	"""Return a customer with a phone."""
	return own_host.sign_in(own_host.add_customer("Bob", phone=phone))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_keeps_nothing_of_a_message_that_is_no_text(
	own_host: EmbeddedHost, bob: Browser, phone: str, scheme: str
) -> None:
	said, stranger = f"words {uuid.uuid4()}", new_phone()
	for number in (phone, stranger):
		answer = own_host.webhook(
			"twilio_message", text_params(f"{scheme}:{number}", said, To=f"{scheme}:{NUMBER}")
		)

		# Twilio would only repeat it
		assert answer.status_code == 200
		assert answer.text.endswith("<Response/>")
	own_host.text(phone, "a text")

	assert bob.texts() == ["a text"]
	assert own_host.staff.unmatched(stranger) is None
	assert own_host.staff.unmatched(f"{scheme}:{stranger}") is None
	logged = wait_until(lambda: own_host.logged() if scheme in own_host.logged() else "")
	assert "is no text" in logged
	# a site has those of other tests too
	refused = refused_of(own_host)[:2]
	assert [row["address"] for row in refused] == [f"{scheme}:{stranger}", f"{scheme}:{phone}"]
	assert {row["reason"] for row in refused} == {f"A message by {scheme} was refused: it is no text."}
	assert said not in str(refused)
	assert not any(secret in logged for secret in (said, phone, stranger))


def refused_of(host: EmbeddedHost) -> list[dict[str, str]]:
	"""Return what staff see of messages that were not received."""
	found: list[dict[str, str]] = message_of(host.staff.get("refused"))["refused"]
	return found


def test_it_tells_staff_once_a_day_of_each_sender_and_of_the_latest_twenty(own_host: EmbeddedHost) -> None:
	senders = [new_phone() for _ in range(25)]
	for sender in [senders[0], *senders, senders[0]]:
		own_host.text(f"whatsapp:{sender}", "hello")

	refused = [row["address"] for row in refused_of(own_host)]
	assert refused == [f"whatsapp:{sender}" for sender in senders[:4:-1]]
	own_host.restart()
	assert [row["address"] for row in refused_of(own_host)] == refused


@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_obeys_no_command_that_is_no_text(
	own_host: EmbeddedHost, bob: Browser, phone: str, scheme: str
) -> None:
	mobile = new_phone()
	own_host.set(contractor_mobile=mobile)
	code = own_host.staff.code(bob.customer)
	for words in (f"#{code} on my way", f"#{code} note rang twice", "which one?"):
		own_host.text(f"{scheme}:{mobile}", words)
	stays(lambda: not own_host.texts_to(mobile) and not own_host.texts_to(phone), seconds=0.5)
	own_host.text(mobile, f"#{code} here")

	wait_until(lambda: own_host.texts_to(phone, "here"))
	assert refused_of(own_host)[0]["address"] == f"{scheme}:{mobile}"
	assert bob.texts() == ["here"]
	assert own_host.staff.thread(bob.customer)["notes"] == []


def test_it_takes_no_stop_for_the_number_that_is_no_text(
	own_host: EmbeddedHost, bob: Browser, phone: str
) -> None:
	own_host.text(f"whatsapp:{phone}", "STOP")

	sent = own_host.staff.do("send", customer=bob.customer, text="hello")
	assert [row["channel"] for row in sent["deliveries"]] == ["SMS"]


def test_it_finds_no_missed_message_that_is_no_text(own_host: EmbeddedHost, bob: Browser, phone: str) -> None:
	own_host.stop()
	seconds = int(time.time()) - 600
	own_host.twilio.clock = lambda: seconds * 1_000_000
	# the number itself is asked for: a message to another address of the account is not even listed
	assert own_host.twilio.receive(f"whatsapp:{phone}", NUMBER, "by another way") is None
	assert own_host.twilio.receive(phone, NUMBER, "by text") is None
	own_host.twilio.clock = lambda: time.time_ns() // 1000
	own_host.restart()

	wait_until(lambda: bob.texts() == ["by text"])
	logged = wait_until(lambda: own_host.logged() if "whatsapp" in own_host.logged() else "")
	assert phone not in logged
	assert "by another way" not in logged
