"""The team talks in Zulip: only what speaks to the bot in a customer's topic reaches that customer, once."""

import copy
import json
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from support.host import MOBILE, EmbeddedHost, new_email, new_phone
from support.people import TIMEOUT, Browser, Staff
from support.waiting import stays, wait_until

from customer_thread.standalone.demo.zulip_stand_in import User, ZulipStandIn

pytest.importorskip("zulip", reason="a bench has it only where its team talks there")

ANN = User(20, "Ann Field", "ann@zulip.example")
OTHER_BOT = User(21, "Build Bot", "build-bot@zulip.example", is_bot=True)


class Team:
	"""The people of the business in Zulip."""

	def __init__(self, host: EmbeddedHost, zulip: ZulipStandIn, topic: str) -> None:
		self.host, self.zulip, self.topic = host, zulip, topic

	def says(self, words: str, **where: Any) -> requests.Response:  # noqa: ANN401
		"""Write to the bot, which hears of it."""
		where.setdefault("topic", self.topic)
		_message, answer = self.zulip.say(ANN, f"@**{self.zulip.bot.name}** {words}", **where)
		assert answer is not None
		assert answer.status_code == 200, answer.text
		assert answer.json() == {"response_not_required": True}
		return answer

	def hears(self, holding: str) -> str:
		"""Return what the bot answered."""
		return wait_until(
			lambda: next((one.content for one in self.zulip.written if holding in one.content), ""),
			what=f"an answer with {holding}",
		)


@pytest.fixture(scope="module")
def zulip(host: EmbeddedHost) -> Iterator[ZulipStandIn]:
	stand_in = ZulipStandIn()
	stand_in.start()
	stand_in.webhook_url = host.webhook_url("zulip_message")
	host.set(
		zulip_site=stand_in.url,
		zulip_bot_email=stand_in.bot.email,
		zulip_api_key=stand_in.api_key,
		zulip_webhook_token=stand_in.token,
		zulip_channel="customers",
	)
	yield stand_in
	stand_in.stop()


@pytest.fixture
def code(staff: Staff, sarah: Browser) -> str:
	return staff.code(sarah.customer)


@pytest.fixture
def team(host: EmbeddedHost, zulip: ZulipStandIn, code: str) -> Team:
	return Team(host, zulip, f"Sarah Lee #{code}")


def words() -> str:
	return f"words {uuid.uuid4()}"


def _nothing(browser: Browser) -> None:
	stays(lambda: not browser.entries(), seconds=0.3)


# What appears there


def test_what_she_writes_appears_in_her_topic_and_on_mikes_phone(
	host: EmbeddedHost, team: Team, sarah: Browser, zulip: ZulipStandIn
) -> None:
	said = words()
	entry = sarah.reply(said)
	shown = wait_until(lambda: zulip.topics().get(team.topic))
	assert shown == [f"**Sarah Lee · Portal**\n> {said}"]
	wait_until(lambda: host.texts_to(MOBILE, said))
	wait_until(lambda: sarah.entry(entry["id"])["state"] == "delivered")


def test_what_she_texts_appears_too(host: EmbeddedHost, team: Team, phone: str, zulip: ZulipStandIn) -> None:
	said = words()
	host.text(phone, said)
	assert wait_until(lambda: zulip.topics().get(team.topic)) == [f"**Sarah Lee · SMS**\n> {said}"]


def test_none_of_her_words_is_a_mark(team: Team, sarah: Browser, zulip: ZulipStandIn) -> None:
	sarah.reply(f"@**all** @**{zulip.bot.name}** note [free](https://evil.example)")
	[shown] = wait_until(lambda: zulip.topics().get(team.topic))
	assert zulip.written[-1].mentions == []
	assert "[free](" not in shown


# What reaches her


def test_what_speaks_to_the_bot_in_her_topic_reaches_her(
	host: EmbeddedHost, team: Team, sarah: Browser, charlie: Browser, phone: str
) -> None:
	said = words()
	team.says(said)
	wait_until(lambda: host.texts_to(phone, said))
	[entry] = sarah.entries()
	assert (entry["text"], entry["author"], entry["channel"]) == (said, "contractor", "sms")
	assert "Ann" not in json.dumps(entry)
	assert charlie.entries() == []


@pytest.mark.parametrize(
	"mention", ["@**Thread Bot**", "@**Thread Bot|7**", " @**thread bot**: ", "@**Thread Bot**\n"]
)
def test_any_mention_it_begins_with_is_left_out(
	team: Team, sarah: Browser, zulip: ZulipStandIn, mention: str
) -> None:
	said = words()
	message, _answer = zulip.say(ANN, f"{mention} {said}", topic=team.topic)
	zulip.post(message)
	assert sarah.texts() == [said]


def test_who_else_is_mentioned_is_a_name_to_her(team: Team, sarah: Browser) -> None:
	team.says("@**Bob Stone|33** comes at 5")
	assert sarah.texts() == ["Bob Stone comes at 5"]


def test_a_number_there_is_one_of_her_words(team: Team, sarah: Browser) -> None:
	team.says("4711")
	team.says("957 is the gate code")
	assert sarah.texts() == ["4711", "957 is the gate code"]


def test_a_note_stays_with_the_team(team: Team, sarah: Browser, staff: Staff) -> None:
	said = words()
	team.says(f"note {said}")
	team.hears("Noted for Sarah Lee.")
	_nothing(sarah)
	[note] = staff.thread(sarah.customer)["notes"]
	assert (note["text"], note["author"]) == (said, "Ann Field")


def test_talk_without_the_mention_never_gets_here(team: Team, sarah: Browser, zulip: ZulipStandIn) -> None:
	_message, answer = zulip.say(ANN, words(), topic=team.topic)
	assert answer is None
	_nothing(sarah)


def test_talk_about_the_bot_is_not_said_to_her(team: Team, sarah: Browser, zulip: ZulipStandIn) -> None:
	message, answer = zulip.say(ANN, f"ask @**{zulip.bot.name}** {words()}", topic=team.topic)
	assert answer is not None
	assert answer.status_code == 200
	assert team.hears("Begin with my name").startswith("Nothing was sent.")
	_nothing(sarah)
	# quoted, as Zulip's own “Quote message” does it
	quoted = f"@_**{zulip.bot.name}|7** [said](https://x.example):\n```quote\nhi\n```\nyes"
	message, _none = zulip.say(ANN, quoted, topic=team.topic)
	zulip.post(message)
	_nothing(sarah)


def test_a_file_is_not_lost_unsaid(team: Team, sarah: Browser) -> None:
	team.says("here: [plan.pdf](/user_uploads/2/ab/plan.pdf)")
	assert "cannot send files" in team.hears("cannot send files")
	_nothing(sarah)


def test_help_says_what_can_be_written(team: Team, sarah: Browser) -> None:
	team.says("help")
	assert "note that only the team reads" in team.hears("goes to the customer whose topic this is")
	_nothing(sarah)


# Once


def test_the_same_message_again_is_said_once(
	host: EmbeddedHost, team: Team, sarah: Browser, phone: str, zulip: ZulipStandIn
) -> None:
	said = words()
	message, _answer = zulip.say(ANN, f"@**{zulip.bot.name}** {said}", topic=team.topic)
	with ThreadPoolExecutor(4) as pool:
		answers = list(pool.map(lambda _n: zulip.post(message), range(4)))
	assert {answer.status_code for answer in answers if answer is not None} == {200}
	assert sarah.texts() == [said]
	wait_until(lambda: host.texts_to(phone, said))
	stays(lambda: len(host.texts_to(phone, said)) == 1)


def test_an_answer_is_given_once(team: Team, zulip: ZulipStandIn) -> None:
	topic = f"lunch {uuid.uuid4()}"
	message, _answer = zulip.say(ANN, f"@**{zulip.bot.name}** hello", topic=topic)
	zulip.post(message)
	wait_until(lambda: len(zulip.topics()[topic]) == 2)
	stays(lambda: len(zulip.topics()[topic]) == 2)


def test_what_was_edited_since_is_not_said(team: Team, sarah: Browser, zulip: ZulipStandIn) -> None:
	message, _answer = zulip.say(ANN, "lunch?", topic=team.topic)
	message.content, message.edited = f"@**{zulip.bot.name}** lunch?", message.timestamp + 60
	answer = zulip.post(message)
	assert answer is not None
	assert answer.status_code == 200
	_nothing(sarah)


# Whose words


@pytest.mark.parametrize("who", ["itself", "another bot"])
def test_a_bot_is_not_heard(team: Team, sarah: Browser, zulip: ZulipStandIn, who: str) -> None:
	sender = zulip.bot if who == "itself" else OTHER_BOT
	message, answer = zulip.say(sender, f"@**{zulip.bot.name}** {words()}", topic=team.topic)
	# Zulip hands none of it in; somebody else might
	assert answer is None
	handed_in = zulip.post(message)
	assert handed_in is not None
	assert handed_in.status_code == 200
	_nothing(sarah)


@pytest.mark.parametrize("trigger", ["wildcard", "", None, 5])
def test_nothing_else_triggers_it(team: Team, sarah: Browser, zulip: ZulipStandIn, trigger: object) -> None:
	message, _answer = zulip.say(ANN, words(), topic=team.topic)
	zulip.post(message, trigger=trigger)
	_nothing(sarah)


@pytest.mark.parametrize("token", ["wrong", "", None, 5, ["a-token-of-the-bot"], "é", "\ud800", True])
def test_a_forged_call_leaves_nothing(team: Team, sarah: Browser, zulip: ZulipStandIn, token: object) -> None:
	before = len(zulip.messages) + 1
	message, _answer = zulip.say(ANN, f"{words()}", topic=team.topic)
	message.content = f"@**{zulip.bot.name}** {words()}"
	answer = zulip.post(message, token=token)
	assert answer is not None
	assert answer.status_code == 403
	assert zulip.token not in answer.text
	_nothing(sarah)
	assert len(zulip.messages) == before


@pytest.mark.embedded("Frappe itself reads JSON before any call of ours is reached")
@pytest.mark.parametrize("posted", [b"", b"{", b"[]", b"null", b'"x"', b"[" * 100_000, b"\xff"])
def test_nonsense_is_forged(zulip: ZulipStandIn, posted: bytes) -> None:
	headers = {"Content-Type": "application/json"}
	answer = requests.post(zulip.webhook_url, data=posted, headers=headers, timeout=TIMEOUT)
	assert answer.status_code == 403


def test_a_body_has_an_end(zulip: ZulipStandIn, team: Team, sarah: Browser) -> None:
	message, _answer = zulip.say(ANN, "x", topic=team.topic)
	message.content = f"@**{zulip.bot.name}** {'x' * 1_100_000}"
	answer = zulip.post(message)
	assert answer is not None
	assert answer.status_code == 413
	_nothing(sarah)


@pytest.mark.parametrize(
	"broken",
	[
		{"message": None},
		{"message": {}},
		{"message": {"id": "x"}},
		{"message": {"display_recipient": None, "type": "private"}},
		{"message": {"timestamp": "soon"}},
		{"message": {"sender_id": None}},
	],
)
def test_what_cannot_be_read_is_refused(
	team: Team, sarah: Browser, zulip: ZulipStandIn, broken: dict[str, Any]
) -> None:
	message, _answer = zulip.say(ANN, "x", topic=team.topic)
	message.content = f"@**{zulip.bot.name}** {words()}"
	payload = copy.deepcopy(zulip.payload(message))
	for name, value in broken.items():
		payload[name] = {**payload[name], **value} if value else value
	answer = requests.post(zulip.webhook_url, json=payload, timeout=TIMEOUT)
	assert answer.status_code == 400
	_nothing(sarah)


def test_it_is_posted_and_nothing_else(host: EmbeddedHost) -> None:
	assert requests.get(host.webhook_url("zulip_message"), timeout=TIMEOUT).status_code == host.wrong_method


# Which topic


@pytest.mark.parametrize("topic", ["lunch", "Sarah Lee", "order #175", "#174 and more", ""])
def test_in_a_topic_of_nobody_it_says_so(team: Team, sarah: Browser, zulip: ZulipStandIn, topic: str) -> None:
	topic = topic and f"{uuid.uuid4()} {topic}"
	team.says(words(), topic=topic)
	wait_until(lambda: any("do not know whose topic this is" in said for said in zulip.topics()[topic]))
	_nothing(sarah)


def test_a_number_in_a_topic_of_nobody_sends_nothing(
	team: Team, sarah: Browser, zulip: ZulipStandIn, code: str
) -> None:
	topic = f"lunch {uuid.uuid4()}"
	team.says(f"#{code} {words()}", topic=topic)
	wait_until(lambda: any("do not know whose topic this is" in said for said in zulip.topics()[topic]))
	_nothing(sarah)


@pytest.mark.parametrize("name", ["✔ Sarah Lee #{0}", "her deck, urgent #{0}", "#{0}"])
def test_a_topic_that_the_team_renamed_is_still_hers(
	team: Team, sarah: Browser, code: str, name: str
) -> None:
	said = words()
	team.says(said, topic=name.format(code))
	assert sarah.texts() == [said]


def test_another_customers_number_in_her_topic_sends_nothing(
	host: EmbeddedHost, team: Team, sarah: Browser, staff: Staff
) -> None:
	bob = host.sign_in(host.add_customer("Bob Stone", phone=new_phone(), email=new_email("bob")))
	team.says(f"#{staff.code(bob.customer)} {words()}")
	team.hears("nothing was sent")
	_nothing(sarah)
	_nothing(bob)


def test_another_channel_is_another_teams(team: Team, sarah: Browser, zulip: ZulipStandIn) -> None:
	zulip.channels.add("builders")
	team.says(words(), channel="builders")
	team.hears("I write to customers from &#35;customers only")
	_nothing(sarah)


def test_two_topics_keep_apart(host: EmbeddedHost, team: Team, sarah: Browser, staff: Staff) -> None:
	bob = host.sign_in(host.add_customer("Bob Stone", phone=new_phone(), email=new_email("bob")))
	said, other = words(), words()
	team.says(said)
	team.says(other, topic=f"Bob Stone #{staff.code(bob.customer)}")
	assert (sarah.texts(), bob.texts()) == ([said], [other])


# Alone with the bot


def test_alone_with_the_bot_the_number_says_who(
	team: Team, sarah: Browser, zulip: ZulipStandIn, code: str
) -> None:
	said = words()
	team.says("note I am of the team")
	zulip.say(ANN, f"#{code} {said}", direct=True)
	assert sarah.texts() == [said]


def test_alone_with_the_bot_words_without_a_number_are_asked_about(
	team: Team, sarah: Browser, zulip: ZulipStandIn, code: str
) -> None:
	said = words()
	team.says("note I am of the team")
	zulip.say(ANN, said, direct=True)
	team.hears("Who is this for?")
	_nothing(sarah)
	zulip.say(ANN, f"#{code}", direct=True)
	assert sarah.texts() == [said]


def test_what_several_talk_about_is_not_for_the_bot(
	team: Team, sarah: Browser, zulip: ZulipStandIn, code: str
) -> None:
	_message, answer = zulip.say(
		ANN, f"#{code} {words()}", direct=True, others=[User(30, "Cy", "cy@z.example")]
	)
	assert answer is not None
	assert answer.status_code == 200
	_nothing(sarah)


# What went wrong


def test_her_text_fails_and_the_topic_says_so(
	host: EmbeddedHost, team: Team, sarah: Browser, phone: str, zulip: ZulipStandIn
) -> None:
	host.twilio.landlines.add(phone)
	team.says(words())
	line = team.hears("did not get your text")
	assert line in zulip.topics()[team.topic]
	assert line.startswith("Sarah Lee did not get your text")
	assert "did not get" not in json.dumps(sarah.entries())
