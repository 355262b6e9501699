"""Inviting customers to their messages."""

import re
from typing import Any

import pytest
import requests
from support.host import DOMAIN, EmbeddedHost, new_email, new_phone, reply_token
from support.mails import plain_text
from support.people import TIMEOUT, Browser, Staff
from support.waiting import stays, wait_until

from customer_thread.domain.limits import INVITATIONS_PER_DAY, INVITED_AT_ONCE

LINK = re.compile(r"https?://\S+/messages/in#\w+")


def link_in(words: str) -> str:
	found = LINK.search(words)
	assert found, words
	return found[0]


def invited(staff: Staff, *customers: str, **how: object) -> list[dict[str, Any]]:
	answer: list[dict[str, Any]] = staff.do("invite", customers=list(customers), **how)
	assert [one["customer"] for one in answer] == list(dict.fromkeys(customers))
	return answer


def test_it_texts_a_link(host: EmbeddedHost, staff: Staff, phone: str, address: str) -> None:
	customer = host.add_customer("Sarah Lee", phone=phone, email=address)

	[one] = invited(staff, customer)

	assert one["title"] == "Sarah Lee"
	assert (one["channel"], one["address"], one["reason"]) == ("SMS", phone, "texts come first")
	[text] = wait_until(lambda: host.texts_to(phone))
	assert text.body.startswith("Hi Sarah Lee, Mike's Contracting has put")
	assert link_in(text.body).startswith(host.url)
	stays(lambda: not host.mails_to(address))


def test_it_mails_a_link_as_a_button(host: EmbeddedHost, staff: Staff, phone: str, address: str) -> None:
	customer = host.add_customer("Sarah Lee", phone=phone, email=address)

	[one] = invited(staff, customer, channel="email")

	assert (one["channel"], one["address"], one["reason"]) == ("Email", address, "asked for")
	[letter] = wait_until(lambda: host.mails_to(address))
	html = letter.message.get_body(("html",))
	assert html
	link = link_in(plain_text(letter))
	assert f'<a href="{link}"' in html.get_content()
	assert "Open your messages" in html.get_content()
	assert letter.message["Subject"] == "Your messages with Mike's Contracting"
	assert letter.message["Auto-Submitted"] == "auto-generated"
	assert reply_token(letter).endswith(f"@{DOMAIN}")
	assert host.texts_to(phone) == []


def test_it_stands_in_no_thread_and_its_link_is_not_kept(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str
) -> None:
	[one] = invited(staff, sarah.customer)
	[text] = wait_until(lambda: host.texts_to(phone))
	link_in(text.body)

	assert sarah.entries() == []
	assert staff.thread(sarah.customer)["entries"] == []
	assert one["delivery"]


def test_it_says_the_words_of_the_settings(own_host: EmbeddedHost, phone: str, address: str) -> None:
	own_host.set(invitation_text="Come in, {name}! {link}\nYour {business}")
	texted = own_host.add_customer("Bob", phone=phone)
	mailed = own_host.add_customer("Tom & Ann", email=address)

	invited(own_host.staff, texted, mailed)

	[text] = wait_until(lambda: own_host.texts_to(phone))
	assert re.fullmatch(r"Come in, Bob! \S+\nYour Mike's Contracting", text.body)
	[letter] = wait_until(lambda: own_host.mails_to(address))
	html = letter.message.get_body(("html",))
	assert html
	assert re.search(
		r"Come in, Tom &amp; Ann!</p>.*<a href=.*>Your Mike&#39;s Contracting</p>",
		html.get_content(),
		re.DOTALL,
	)


@pytest.mark.embedded("it is saved on the form of the Desk")
@pytest.mark.parametrize("words", ["Hi {first_name}", "{link} {link}", "x" * 481])
def test_it_keeps_no_words_that_cannot_be_filled_in(host: EmbeddedHost, words: str) -> None:
	ended = host.run("set", f"invitation_text={words}")
	assert ended.status == 2
	assert "invitation_text" in ended.err


def test_one_that_is_not_reached_keeps_back_no_other(
	host: EmbeddedHost, staff: Staff, phone: str, address: str
) -> None:
	stopped = new_phone()
	silent = host.add_customer("Silent")
	off = host.add_customer("Stopped", phone=stopped)
	host.text(stopped, "STOP")
	both = host.add_customer("Both", phone=phone)
	mailed = host.add_customer("Mailed", email=address)

	answer = invited(staff, silent, "nobody", off, both, "' OR 1=1 --", mailed, silent)

	assert [(one["title"], one["channel"], one["reason"]) for one in answer] == [
		("Silent", None, "Not reached: no phone number on file, no e-mail on file"),
		(None, None, "There is no Customer “nobody”."),
		("Stopped", None, "Not reached: texts are off: the number answered STOP, no e-mail on file"),
		("Both", "SMS", "texts come first"),
		(None, None, "There is no Customer “' OR 1=1 --”."),
		("Mailed", "Email", "by e-mail: no phone number on file"),
	]
	assert all(one["address"] is None and one["delivery"] is None for one in answer if not one["channel"])
	wait_until(lambda: host.texts_to(phone) and host.mails_to(address))


@pytest.mark.parametrize(
	"body",
	[
		{},
		{"customers": []},
		{"customers": "CUST-00001"},
		{"customers": [1]},
		{"customers": {"a": 1}},
		{"customers": [f"x{number}" for number in range(INVITED_AT_ONCE + 1)]},
		{"customers": ["x"], "channel": "pigeon"},
		{"customers": ["x"], "channel": "portal"},
	],
)
def test_it_refuses_what_it_does_not_understand(staff: Staff, body: dict[str, Any]) -> None:
	assert staff.post("invite", **body).status_code == 400


def test_it_invites_again_with_one_new_link_until_that_is_enough(
	host: EmbeddedHost, staff: Staff, phone: str
) -> None:
	customer = host.add_customer("Again", phone=phone)
	for _again in range(INVITATIONS_PER_DAY):
		assert invited(staff, customer)[0]["channel"] == "SMS"
	[one] = invited(staff, customer)

	assert one["reason"] == "They were invited 5 times within 24 hours: that is enough."
	texts = wait_until(lambda: len(host.texts_to(phone)) == INVITATIONS_PER_DAY and host.texts_to(phone))
	assert len({link_in(text.body) for text in texts}) == INVITATIONS_PER_DAY


def test_it_goes_the_other_way_once(host: EmbeddedHost, staff: Staff, phone: str, address: str) -> None:
	customer = host.add_customer("Otherwise", phone=phone, email=address)
	host.twilio.fail_next(400, 21612, holding="Otherwise")

	[one] = invited(staff, customer)

	assert one["channel"] == "SMS"
	[letter] = wait_until(lambda: host.mails_to(address))
	assert link_in(plain_text(letter))
	stays(lambda: len(host.mails_to(address)) == 1)
	assert host.texts_to(phone) == []


@pytest.mark.parametrize(
	("settings", "reason"),
	[
		({"public_url": ""}, "The settings have no public address yet, to which a link could lead."),
		({"sign_in_links": "0"}, "Sign-in links are switched off in the settings."),
		({"sign_in_link_days": "0"}, "Sign-in links are switched off in the settings."),
		(
			{"texts_per_day": "1"},
			"Not reached: the site's texts of the last 24 hours are used up, no e-mail on file",
		),
		({"twilio_account_sid": ""}, "Not reached: texts are not set up, no e-mail on file"),
	],
)
def test_it_says_what_is_missing(
	own_host: EmbeddedHost, phone: str, settings: dict[str, str], reason: str
) -> None:
	customer, other = (
		own_host.add_customer("Missing", phone=phone),
		own_host.add_customer("Other", phone=new_phone()),
	)
	invited(own_host.staff, other)
	own_host.set(**settings)

	[one] = invited(own_host.staff, customer)

	assert (one["channel"], one["reason"]) == (None, reason)
	assert own_host.texts_to(phone) == []


def test_it_lets_her_in_and_nobody_else(host: EmbeddedHost, staff: Staff, phone: str) -> None:
	customer = host.add_customer("Phone Only", phone=phone)
	staff.do("send", customer=customer, text="Welcome to your page", channel="portal")
	invited(staff, customer)
	[text] = wait_until(lambda: host.texts_to(phone))
	path = link_in(text.body).removeprefix(host.url).replace("#", "?t=")

	hers, neighbours = Browser(host.url, customer), Browser(host.url, customer)
	# a scanner looks at every link before her
	for _again in range(3):
		assert requests.get(host.url + path, timeout=TIMEOUT).status_code == 200
	assert hers.sign_in(path).status_code == 200
	assert hers.texts() == ["Welcome to your page"]
	assert neighbours.http.get(host.url + path, timeout=TIMEOUT).status_code == 403
	assert neighbours.get("timeline").status_code in (401, 403)


@pytest.mark.embedded("a command")
def test_it_is_a_command(host: EmbeddedHost, phone: str) -> None:
	customer = host.add_customer("By Command", phone=phone)

	ended = host.run("invite", "--customer", customer)

	assert ended.status == 0, ended.err
	assert ended.line == f"SMS\t{phone}\ttexts come first"
	wait_until(lambda: host.texts_to(phone))


@pytest.mark.embedded("a command")
@pytest.mark.parametrize(
	("arguments", "status", "said"),
	[
		(["--customer", "nobody"], 1, "There is no Customer “nobody”."),
		(["--customer", "SILENT"], 1, "Not reached: no phone number on file, no e-mail on file"),
		(["--customer", "SILENT", "--channel", "pigeon"], 2, "channel must be one of auto, sms, email."),
	],
)
def test_the_command_says_why_not(host: EmbeddedHost, arguments: list[str], status: int, said: str) -> None:
	silent = host.add_customer("Silent")
	ended = host.run("invite", *(silent if word == "SILENT" else word for word in arguments))

	assert (ended.status, ended.out) == (status, "")
	assert said in ended.err


@pytest.mark.parametrize("way", ["sms", "email"])
def test_it_fits_the_channel_that_is_asked_for(host: EmbeddedHost, staff: Staff, way: str) -> None:
	phone, address = new_phone(), new_email()
	texted, mailed = host.add_customer("Texted", phone=phone), host.add_customer("Mailed", email=address)

	one, other = invited(staff, texted, mailed, channel=way)

	reached, not_reached = (one, other) if way == "sms" else (other, one)
	assert (reached["reason"], reached["channel"]) == ("asked for", "SMS" if way == "sms" else "Email")
	missing = "no phone number on file" if way == "sms" else "no e-mail on file"
	assert not_reached["reason"] == f"Not reached: {missing}"
