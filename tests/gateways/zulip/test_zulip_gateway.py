"""The gateway against a Zulip on this machine that answers as its API documentation says."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_httpserver import HTTPServer

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import OutboundPost
from customer_thread.domain.team_place import TeamPlace
from customer_thread.gateways.zulip.account import ZulipAccount
from customer_thread.gateways.zulip.gateway import ZulipChat
from customer_thread.gateways.zulip.setup import check_account, missing_setup
from customer_thread.service.settings import Settings
from customer_thread.standalone.demo.zulip_stand_in import User, ZulipStandIn

SARAHS = TeamPlace("customers", "Sarah Lee #174")
POST = OutboundPost(SARAHS.key, "Can you come at 5?", heading="Sarah Lee · SMS", is_quoted=True)
ANN = User(20, "Ann", "ann@zulip.example")
SHOWN = "**Sarah Lee · SMS**\n> Can you come at 5?"


@pytest.fixture
def zulip() -> Iterator[ZulipStandIn]:
	stand_in = ZulipStandIn()
	stand_in.start()
	yield stand_in
	stand_in.stop()


@pytest.fixture
def chat(zulip: ZulipStandIn) -> ZulipChat:
	return ZulipChat(ZulipAccount(zulip.url, zulip.bot.email, zulip.api_key), timeout=5)


@pytest.fixture
def settings(zulip: ZulipStandIn) -> Settings:
	return Settings(
		zulip_site=zulip.url,
		zulip_bot_email=zulip.bot.email,
		zulip_api_key=zulip.api_key,
		zulip_webhook_token=zulip.token,
		zulip_channel="customers",
	)


def _refusal(chat: ZulipChat, post: OutboundPost = POST) -> GatewayError:
	with pytest.raises(GatewayError) as refused:
		chat.send(post)
	return refused.value


def test_it_writes_in_a_topic(zulip: ZulipStandIn, chat: ZulipChat) -> None:
	sent = chat.send(POST)
	[message] = zulip.written
	assert (sent.provider_sid, sent.state) == (f"zulip:{message.id}", "Delivered")
	assert (message.channel, message.topic, message.content) == ("customers", SARAHS.topic, SHOWN)
	# nothing but that one request: no settings of the server, no second try
	assert zulip.requests == [("POST", "/api/v1/messages")]


def test_it_writes_to_one_person(zulip: ZulipStandIn, chat: ZulipChat) -> None:
	zulip.say(ANN, "help", direct=True)
	chat.send(OutboundPost(TeamPlace(user="20").key, "There is no #174."))
	[message] = zulip.written
	assert ANN in message.receivers
	assert message.content == "There is no &#35;174."


def test_it_finds_what_it_wrote_and_nothing_else(zulip: ZulipStandIn, chat: ZulipChat) -> None:
	since = zulip.clock() - 2_000_000
	sent = chat.send(POST)
	chat.send(replace(POST, text="Other words"))
	zulip.say(ANN, SHOWN, topic=SARAHS.topic)
	assert [found.provider_sid for found in chat.find_sent(POST, since)] == [sent.provider_sid]
	assert chat.find_sent(POST, zulip.clock() + 5_000_000) == []
	zulip.rename(SARAHS.topic, "deck #174")
	assert [found.provider_sid for found in chat.find_sent(POST, since)] == [sent.provider_sid]


def test_it_finds_what_it_wrote_to_one_person(zulip: ZulipStandIn, chat: ZulipChat) -> None:
	zulip.say(ANN, "help", direct=True)
	post = OutboundPost(TeamPlace(user="20").key, "There is no #174.")
	sent = chat.send(post)
	assert [found.provider_sid for found in chat.find_sent(post, 0)] == [sent.provider_sid]


def test_it_says_that_a_message_may_have_left(zulip: ZulipStandIn, chat: ZulipChat) -> None:
	zulip.hang_next(30)
	error = _refusal(ZulipChat(chat.account, timeout=0.3))
	assert (error.permanent, error.ambiguous) == (False, True)
	assert len(chat.find_sent(POST, 0)) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize(
	"body", ["<h1>Bad Gateway</h1>", {"result": "error", "msg": "Internal server error"}]
)
def test_it_tries_a_broken_server_again_later(
	zulip: ZulipStandIn, chat: ZulipChat, status: int, body: str
) -> None:
	zulip.fail_next(status, body)
	error = _refusal(chat)
	assert (error.permanent, error.ambiguous) == (False, True)
	assert zulip.written == []


def test_it_leaves_zulip_alone_for_as_long_as_it_asks(zulip: ZulipStandIn, chat: ZulipChat) -> None:
	zulip.fail_next(
		429, {"result": "error", "code": "RATE_LIMIT_HIT", "msg": "API usage exceeded", "retry-after": 28.7}
	)
	error = _refusal(chat)
	assert (error.permanent, error.ambiguous, error.retry_after) == (False, False, 29)
	assert error.code == "RATE_LIMIT_HIT"


@pytest.mark.parametrize(
	("change", "words"),
	[
		({"api_key": "wrong"}, "does not accept the bot's e-mail address and API key"),
		({"email": "somebody@zulip.example"}, "does not accept the bot's e-mail address and API key"),
		({"api_key": ""}, "Zulip is not set up"),
	],
)
def test_it_gives_up_what_will_not_get_better(
	zulip: ZulipStandIn, chat: ZulipChat, change: dict[str, str], words: str
) -> None:
	error = _refusal(ZulipChat(replace(chat.account, **change)))
	assert error.permanent
	assert words in str(error)
	assert zulip.api_key not in str(error)


def test_it_says_that_there_is_no_such_channel(chat: ZulipChat) -> None:
	error = _refusal(chat, replace(POST, to=TeamPlace("elsewhere", "x #174").key))
	assert error.permanent
	assert (error.code, "no such channel" in str(error)) == ("STREAM_DOES_NOT_EXIST", True)


def test_it_says_what_else_zulip_refuses(zulip: ZulipStandIn, chat: ZulipChat) -> None:
	zulip.fail_next(400, {"result": "error", "code": "BAD_REQUEST", "msg": "Not authorized to send\nto it"})
	error = _refusal(chat)
	assert error.permanent
	assert str(error) == "Zulip refused it: Not authorized to send to it"


def test_it_says_that_nobody_listens_and_nothing_left(chat: ZulipChat) -> None:
	error = _refusal(ZulipChat(replace(chat.account, site="http://127.0.0.1:9"), timeout=2))
	assert (error.permanent, error.ambiguous) == (False, False)


def test_it_follows_nobody_elsewhere(httpserver: HTTPServer, chat: ZulipChat) -> None:
	httpserver.expect_request("/api/v1/messages").respond_with_data(
		"", 302, {"Location": httpserver.url_for("/stolen")}
	)
	error = _refusal(ZulipChat(replace(chat.account, site=httpserver.url_for(""))))
	assert error.permanent
	assert [request.path for request, _answer in httpserver.log] == ["/api/v1/messages"]


@pytest.mark.parametrize("answer", [b"[]", b"null", b'"x"', b"<html>", b'{"result": "success"}', b"{"])
def test_it_takes_no_other_answer_for_a_success(
	httpserver: HTTPServer, chat: ZulipChat, answer: bytes
) -> None:
	httpserver.expect_request("/api/v1/messages").respond_with_data(answer, content_type="application/json")
	_refusal(ZulipChat(replace(chat.account, site=httpserver.url_for(""))))


def test_it_reads_no_other_config_of_this_machine(
	zulip: ZulipStandIn, chat: ZulipChat, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
	config = f"{tmp_path}/zuliprc"
	with open(config, "w") as file:
		file.write("[api]\nkey=another\nemail=other@x.example\nsite=http://127.0.0.1:9\ninsecure=true\n")
	monkeypatch.setenv("ZULIP_CONFIG", config)
	monkeypatch.setenv("ZULIP_SITE", "http://127.0.0.1:9")
	monkeypatch.setenv("ZULIP_ALLOW_INSECURE", "true")
	chat.send(POST)
	assert len(zulip.written) == 1


class TestTopics:
	@pytest.fixture
	def second(self, chat: ZulipChat) -> OutboundPost:
		sent = chat.send(POST)
		return replace(POST, text="Hello?", heading="", previous=sent.provider_sid, previous_to=SARAHS.key)

	def test_it_goes_on_in_the_same(self, zulip: ZulipStandIn, chat: ZulipChat, second: OutboundPost) -> None:
		chat.send(second)
		assert zulip.topics() == {SARAHS.topic: [SHOWN, "> Hello?"]}
		assert not [path for method, path in zulip.requests if method == "PATCH"]

	def test_it_goes_on_where_the_team_renamed_it(
		self, zulip: ZulipStandIn, chat: ZulipChat, second: OutboundPost
	) -> None:
		zulip.rename(SARAHS.topic, "Sarah's deck, urgent #174")
		chat.send(second)
		assert list(zulip.topics()) == ["Sarah's deck, urgent #174"]

	def test_it_opens_again_what_was_done_with(
		self, zulip: ZulipStandIn, chat: ZulipChat, second: OutboundPost
	) -> None:
		zulip.rename(SARAHS.topic, f"✔ {SARAHS.topic}")
		chat.send(second)
		assert zulip.topics() == {SARAHS.topic: [SHOWN, "> Hello?"]}

	def test_it_begins_a_new_one_where_the_team_left_no_number(
		self, zulip: ZulipStandIn, chat: ZulipChat, second: OutboundPost
	) -> None:
		zulip.rename(SARAHS.topic, "decks")
		chat.send(second)
		assert list(zulip.topics()) == ["decks", SARAHS.topic]

	def test_it_takes_the_name_that_the_customer_has_by_now(
		self, zulip: ZulipStandIn, chat: ZulipChat, second: OutboundPost
	) -> None:
		place = TeamPlace("customers", "Sarah Miller #174")
		chat.send(replace(second, to=place.key))
		assert zulip.topics() == {place.topic: [SHOWN, "> Hello?"]}

	def test_it_takes_in_the_topic_of_a_thread_that_was_joined(
		self, zulip: ZulipStandIn, chat: ZulipChat, second: OutboundPost
	) -> None:
		chat.send(replace(POST, to=TeamPlace("customers", "Bob #957").key))
		chat.send(replace(second, to=TeamPlace("customers", "Bob #957").key))
		assert {topic: len(said) for topic, said in zulip.topics().items()} == {"Bob #957": 3}

	def test_it_stays_where_bots_may_move_nothing(
		self, zulip: ZulipStandIn, chat: ZulipChat, second: OutboundPost
	) -> None:
		zulip.may_move = False
		chat.send(replace(second, to=TeamPlace("customers", "Sarah Miller #174").key))
		assert zulip.topics() == {SARAHS.topic: [SHOWN, "> Hello?"]}

	def test_it_goes_on_without_a_message_that_is_gone(
		self, zulip: ZulipStandIn, chat: ZulipChat, second: OutboundPost
	) -> None:
		zulip.messages.clear()
		chat.send(second)
		assert list(zulip.topics()) == [SARAHS.topic]

	def test_it_leaves_a_message_alone_that_is_in_another_channel_by_now(
		self, zulip: ZulipStandIn, chat: ZulipChat, second: OutboundPost
	) -> None:
		zulip.written[0].channel = "archive"
		chat.send(second)
		assert [(one.channel, one.topic) for one in zulip.written] == [
			("archive", SARAHS.topic),
			("customers", SARAHS.topic),
		]

	@pytest.mark.parametrize("kind", ["fetch", "move"])
	def test_it_sends_nothing_where_zulip_breaks_before(
		self, zulip: ZulipStandIn, chat: ZulipChat, second: OutboundPost, kind: str
	) -> None:
		zulip.fail_next(502, "<h1>Bad Gateway</h1>", on=kind)
		error = _refusal(chat, replace(second, to=TeamPlace("customers", "Sarah Miller #174").key))
		assert (error.permanent, error.ambiguous) == (False, False)
		assert len(zulip.written) == 1


class TestSetup:
	def test_it_says_nothing_where_nobody_has_begun(self) -> None:
		assert list(missing_setup(Settings(), str)) == []

	def test_it_says_nothing_where_all_is_there(self, settings: Settings) -> None:
		assert list(missing_setup(settings, str)) == []

	@pytest.mark.parametrize(
		"name",
		["zulip_site", "zulip_bot_email", "zulip_api_key", "zulip_webhook_token", "zulip_channel"],
	)
	def test_it_says_what_is_missing(self, settings: Settings, name: str) -> None:
		changed = replace(settings, **{name: ""})  # type: ignore[arg-type]
		assert [field for field, _words in missing_setup(changed, str)] == [name]

	@pytest.mark.parametrize(
		("change", "is_ok", "words"),
		[
			({}, True, "Zulip answers. Customers' words appear in #customers, written by “Thread Bot”."),
			({"zulip_api_key": "wrong"}, False, "does not accept the bot's e-mail address and API key"),
			({"zulip_channel": "nowhere"}, False, "no such channel"),
			({"zulip_channel": ""}, False, "Enter the channel"),
			({"zulip_webhook_token": ""}, False, "Enter its token too"),
			({"zulip_site": "http://127.0.0.1:9"}, False, "Zulip cannot be reached. Check its address"),
		],
	)
	def test_it_asks_zulip_itself(
		self, settings: Settings, change: dict[str, str], is_ok: bool, words: str
	) -> None:
		answer = check_account(replace(settings, **change), str)  # type: ignore[arg-type]
		assert answer[0] is is_ok
		assert words in answer[1]
		assert "wrong" not in answer[1]
