"""Twilio's webhooks: the signature comes first, and what is forged leaves nothing behind."""

import uuid

import pytest
import requests
from support.host import ACCOUNT, MOBILE, TOKEN, EmbeddedHost, new_phone, text_params
from support.people import API, Browser
from support.waiting import stays
from twilio.request_validator import RequestValidator

CALLS = ["twilio_message", "twilio_status", "twilio_voice"]


@pytest.fixture
def bob(host: EmbeddedHost, phone: str) -> Browser:
	"""Return a customer with a phone."""
	return host.sign_in(host.add_customer("Bob", phone=phone))


def test_it_takes_a_signed_text(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	answer = host.text(phone, "CONFIRM")

	assert answer.status_code == 200
	assert answer.headers["Content-Type"].startswith("text/xml")
	assert answer.text == '<?xml version="1.0" encoding="UTF-8"?><Response/>'
	[entry] = bob.entries()
	assert (entry["text"], entry["channel"], entry["author"]) == ("CONFIRM", "sms", "customer")


@pytest.mark.parametrize(
	"forged",
	[
		{"signature": ""},
		{"signature": "x"},
		{"signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="},
		{"signature": "é"},
		{"token": "another-token"},
		{"token": ""},
		{"signed_url": "https://portal.example.com/api/method/customer_thread.api.webhooks.twilio_message"},
		{"query": "?extra=1", "signed_url": "{url}"},
	],
)
def test_it_refuses_a_forged_text(
	host: EmbeddedHost, bob: Browser, phone: str, forged: dict[str, str]
) -> None:
	words = f"forged {uuid.uuid4()}"
	stranger = new_phone()
	options = {key: value.format(url=host.webhook_url("twilio_message")) for key, value in forged.items()}
	if "signature" in options:
		options["signature"] = options["signature"].encode().decode("latin-1")
	for sender in (phone, stranger):
		answer = host.webhook("twilio_message", text_params(sender, words), **options)  # type: ignore[arg-type]
		assert answer.status_code == 403
		assert words not in answer.text

	assert bob.entries() == []
	assert host.staff.unmatched(stranger) is None
	stays(lambda: not host.texts_to(MOBILE, words), seconds=0.1)


def test_it_refuses_a_text_of_which_one_byte_was_changed(
	host: EmbeddedHost, bob: Browser, phone: str
) -> None:
	params = text_params(phone, "Pay 100 to me")
	signature = RequestValidator(TOKEN).compute_signature(host.webhook_url("twilio_message"), params)

	for changed in ({"Body": "Pay 900 to me"}, {"From": new_phone()}, {"New": "1"}):
		answer = host.webhook("twilio_message", {**params, **changed}, signature=signature)
		assert answer.status_code == 403
	without = {key: value for key, value in params.items() if key != "NumMedia"}
	assert host.webhook("twilio_message", without, signature=signature).status_code == 403
	assert bob.entries() == []
	assert host.webhook("twilio_message", params, signature=signature).status_code == 200


def test_it_refuses_a_text_of_another_account(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	params = text_params(phone, "hello", AccountSid="AC" + "9" * 32)

	# signed with our own token all the same
	assert host.webhook("twilio_message", params).status_code == 403
	assert bob.entries() == []


@pytest.mark.parametrize("call", CALLS)
def test_it_refuses_every_webhook_without_signature(host: EmbeddedHost, call: str) -> None:
	assert requests.post(host.webhook_url(call), data={"AccountSid": ACCOUNT}, timeout=20).status_code == 403
	assert requests.post(host.webhook_url(call), json={"AccountSid": ACCOUNT}, timeout=20).status_code == 403
	assert requests.get(host.webhook_url(call), timeout=20).status_code == host.wrong_method


def test_it_takes_parameters_it_does_not_know(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	more = {"RcsSenderId": "new", "Ünknown": "ä", "OptInType": "", "ChannelMetadata": '{"a":1}'}
	params = text_params(phone, "hello", **more)

	assert host.webhook("twilio_message", params).status_code == 200
	assert bob.texts() == ["hello"]


@pytest.mark.parametrize("query", ["?a=1", "?a=1&b=%20x", "?b=2&a=1", "?delivery="])
def test_it_takes_an_address_with_a_query(host: EmbeddedHost, bob: Browser, phone: str, query: str) -> None:
	answer = host.webhook("twilio_message", text_params(phone, "hello"), query=query)

	assert answer.status_code == 200
	assert bob.texts() == ["hello"]


def test_it_takes_the_previous_token_while_it_is_being_changed(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone))
	own_host.set(twilio_auth_token="the-next-token", twilio_previous_auth_token=TOKEN)

	old = own_host.webhook("twilio_message", text_params(phone, "old"))
	new = own_host.webhook("twilio_message", text_params(phone, "new"), token="the-next-token")
	wrong = own_host.webhook("twilio_message", text_params(phone, "wrong"), token="third")
	own_host.set(twilio_previous_auth_token="")
	over = own_host.webhook("twilio_message", text_params(phone, "over"))

	assert [answer.status_code for answer in (old, new, wrong, over)] == [200, 200, 403, 403]
	assert browser.texts() == ["old", "new"]


@pytest.mark.parametrize(
	("public_url", "signed"),
	[
		("https://portal.example.com", "https://portal.example.com"),
		("https://portal.example.com/", "https://portal.example.com"),
		("https://portal.example.com", "https://portal.example.com:443"),
		("https://portal.example.com:443", "https://portal.example.com"),
		("https://portal.example.com:8443", "https://portal.example.com:8443"),
	],
)
def test_it_takes_a_text_that_came_through_a_proxy(host: EmbeddedHost, public_url: str, signed: str) -> None:
	phone = new_phone()
	browser = host.sign_in(host.add_customer("Bob", phone=phone))
	host.set(public_url=public_url)
	try:
		path = f"{API}.webhooks.twilio_message?a=1"
		answer = host.webhook(
			"twilio_message",
			text_params(phone, "through TLS"),
			query="?a=1",
			signed_url=signed + path,
			headers={"Host": "portal.example.com", "X-Forwarded-Proto": "https"},
		)
		direct = host.webhook("twilio_message", text_params(phone, "the inner address"))
	finally:
		host.set(public_url=host.url)

	assert answer.status_code == 200
	assert direct.status_code == 403
	assert browser.texts() == ["through TLS"]


def test_it_refuses_everything_before_twilio_is_set_up(own_host: EmbeddedHost) -> None:
	own_host.set(twilio_auth_token="", twilio_account_sid="")
	params = text_params(new_phone(), "hello", AccountSid="")

	for token in ("", TOKEN):
		assert own_host.webhook("twilio_message", params, token=token).status_code == 403
	assert own_host.webhook("twilio_message", text_params(new_phone(), "hello")).status_code == 403


@pytest.mark.parametrize(
	("call", "missing"),
	[
		("twilio_message", ["MessageSid"]),
		("twilio_message", ["Body"]),
		("twilio_message", ["From"]),
		("twilio_status", ["MessageSid"]),
		("twilio_voice", ["CallStatus"]),
	],
)
def test_it_refuses_a_signed_call_that_says_nothing(
	host: EmbeddedHost, call: str, missing: list[str]
) -> None:
	params = text_params(new_phone(), "hello", MessageStatus="sent", CallSid="CA" + "1" * 32)
	kept = {key: value for key, value in params.items() if key not in missing}

	assert host.webhook(call, kept).status_code == 400
