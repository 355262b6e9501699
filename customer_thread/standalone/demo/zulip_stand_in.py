"""A small Zulip on this machine, for the demo and the tests: real sockets, a bot, a team, no rendering.

It answers what the program asks as Zulip documents it, and posts to the bot's endpoint what mentions the bot.
https://zulip.com/api/rest and https://zulip.com/api/outgoing-webhooks
"""

import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import requests
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from customer_thread.standalone.demo.twilio_stand_in import now_us, serve

if TYPE_CHECKING:
	from _typeshed.wsgi import StartResponse, WSGIEnvironment
	from werkzeug.serving import BaseWSGIServer

WEBHOOK_SECONDS = 10
MAX_TOPIC, MAX_CONTENT = 60, 10_000
ROUTES = Map(
	[
		Rule("/api/v1/users/me", methods=["GET"], endpoint="me"),
		Rule("/api/v1/get_stream_id", methods=["GET"], endpoint="stream"),
		Rule("/api/v1/messages", methods=["POST"], endpoint="create"),
		Rule("/api/v1/messages", methods=["GET"], endpoint="list"),
		Rule("/api/v1/messages/<int:number>", methods=["GET"], endpoint="fetch"),
		Rule("/api/v1/messages/<int:number>", methods=["PATCH"], endpoint="move"),
	]
)
#: who is mentioned, wherever it stands but in code
_MENTION = re.compile(r"@(_?)\*\*([^*\n]+)\*\*|@(_?)\*([^*\n]+)\*")
_CODE = re.compile(r"^(`{3,}).*?^\1$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class User:
	"""Somebody who is in Zulip."""

	id: int
	name: str
	email: str
	is_bot: bool = False


@dataclass
class ZulipMessage:
	"""A message as Zulip keeps it."""

	id: int
	sender: User
	content: str
	timestamp: int
	channel: str = ""
	topic: str = ""
	#: whom a direct message is to
	receivers: tuple[User, ...] = ()
	edited: int = 0

	def as_json(self) -> dict[str, Any]:
		"""Return it as the API and the webhook give it."""
		among = [{"id": one.id, "email": one.email, "full_name": one.name} for one in self.receivers]
		found: dict[str, Any] = {
			"id": self.id,
			"type": "private" if self.receivers else "stream",
			"display_recipient": among or self.channel,
			"subject": self.topic,
			"content": self.content,
			"sender_id": self.sender.id,
			"sender_email": self.sender.email,
			"sender_full_name": self.sender.name,
			"timestamp": self.timestamp,
			"client": "website",
			"is_me_message": False,
		}
		return found | ({"last_edit_timestamp": self.edited} if self.edited else {})

	@property
	def mentions(self) -> list[str]:
		"""Return who is mentioned in it, and so pinged."""
		found = _MENTION.finditer(_CODE.sub("", self.content))
		return [(match[2] or match[4]).partition("|")[0] for match in found if not (match[1] or match[3])]


class ZulipError(Exception):
	"""An answer that is an error of Zulip's."""

	def __init__(self, status: int, code: str, msg: str, **more: object) -> None:
		super().__init__(msg)
		self.status = status
		self.answer = {"result": "error", "code": code, "msg": msg, **more}


class ZulipStandIn:
	"""One organization with a bot of the type Outgoing webhook. Safe to use from several threads."""

	def __init__(
		self,
		channels: Iterable[str] = ("customers",),
		clock: Callable[[], int] = now_us,
		*,
		api_key: str = "a-key-of-the-bot",
		token: str = "a-token-of-the-bot",  # noqa: S107 - nothing real is behind it
	) -> None:
		self.channels = set(channels)
		self.clock = clock
		self.api_key = api_key
		self.token = token
		self.bot = User(7, "Thread Bot", "thread-bot@zulip.example", is_bot=True)
		self.url = ""
		#: where the bot's endpoint is; empty for nowhere
		self.webhook_url = ""
		self.messages: list[ZulipMessage] = []
		#: every request that came: method and path
		self.requests: list[tuple[str, str]] = []
		#: whether bots may move messages
		self.may_move = True
		self.lock = threading.RLock()
		self._failures: list[tuple[str, int, dict[str, Any] | str]] = []
		self._hangs: list[float] = []
		self._stopped = threading.Event()
		self._server: BaseWSGIServer | None = None

	def start(self) -> str:
		"""Serve the API on 127.0.0.1 and return its address."""
		self._server, self.url = serve(self)
		return self.url

	def stop(self) -> None:
		"""Stop serving, and let go of whoever hangs."""
		self._stopped.set()
		if self._server is not None:
			self._server.shutdown()
			self._server.server_close()

	# What the world does

	def say(
		self,
		sender: User,
		content: str,
		*,
		channel: str = "customers",
		topic: str = "",
		direct: bool = False,
		others: Iterable[User] = (),
	) -> tuple[ZulipMessage, requests.Response | None]:
		"""Let somebody write, and the bot's endpoint hear of it if it is meant; return the message and the answer."""
		receivers = (sender, self.bot, *others) if direct else ()
		message = self._keep(sender, content, "" if direct else channel, "" if direct else topic, receivers)
		if sender.is_bot or not (direct or self.bot.name in message.mentions):
			return message, None
		return message, self.post(message)

	def post(self, message: ZulipMessage, **changes: object) -> requests.Response | None:
		"""Post a message to the bot's endpoint, once more if need be, or as another would."""
		payload = {**self.payload(message), **changes}
		if not self.webhook_url:
			return None
		return requests.post(self.webhook_url, json=payload, timeout=WEBHOOK_SECONDS)

	def payload(self, message: ZulipMessage) -> dict[str, Any]:
		"""Return what the webhook carries."""
		return {
			"bot_email": self.bot.email,
			"bot_full_name": self.bot.name,
			"data": message.content,
			"message": message.as_json(),
			"token": self.token,
			"trigger": "direct_message" if message.receivers else "mention",
		}

	def rename(self, topic: str, to: str) -> None:
		"""Let the team rename a topic."""
		with self.lock:
			for message in self.messages:
				if message.topic == topic:
					message.topic = to

	def topics(self) -> dict[str, list[str]]:
		"""Return what stands in each topic, oldest first."""
		found: dict[str, list[str]] = {}
		with self.lock:
			for message in self.messages:
				found.setdefault(message.topic, []).append(message.content)
		return found

	@property
	def written(self) -> list[ZulipMessage]:
		"""Return what the bot wrote."""
		with self.lock:
			return [message for message in self.messages if message.sender == self.bot]

	# How it can misbehave

	def fail_next(self, status: int, answer: Mapping[str, Any] | str, on: str = "create") -> None:
		"""Answer the next request of this kind so, and do nothing."""
		with self.lock:
			self._failures.append((on, status, answer if isinstance(answer, str) else dict(answer)))

	def hang_next(self, seconds: float) -> None:
		"""Take the next message, and answer only after so many seconds."""
		with self.lock:
			self._hangs.append(seconds)

	# The API

	def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
		"""Answer one request."""
		request = Request(environ)
		with self.lock:
			self.requests.append((request.method, request.path))
		try:
			endpoint, values = ROUTES.bind_to_environ(environ).match()
			response = self._answer(endpoint, request, values)
		except ZulipError as error:
			response = _json(error.answer, error.status)
		except HTTPException as error:
			response = Response("<h1>Not found</h1>", error.code or 404, content_type="text/html")
		return response(environ, start_response)

	def _answer(self, endpoint: str, request: Request, values: Mapping[str, Any]) -> Response:
		given = request.authorization
		if given is None or (given.username, given.password) != (self.bot.email, self.api_key):
			raise ZulipError(401, "UNAUTHORIZED", "Invalid API key")
		with self.lock:
			for at, (on, status, answer) in enumerate(self._failures):
				if on == endpoint:
					del self._failures[at]
					if isinstance(answer, str):
						return Response(answer, status, content_type="text/html")
					return _json(answer, status)
		if endpoint == "me":
			return _success(full_name=self.bot.name, user_id=self.bot.id, email=self.bot.email, is_bot=True)
		if endpoint == "stream":
			self._require(request.args.get("stream", ""))
			return _success(stream_id=1)
		if endpoint == "create":
			return self._create(request.form)
		if endpoint == "list":
			return self._list(request.args)
		message = self._message(values["number"])
		return (
			self._move(message, request.form) if endpoint == "move" else _success(message=message.as_json())
		)

	def _create(self, form: Mapping[str, str]) -> Response:
		content = form.get("content", "").strip()
		if not content:
			raise ZulipError(400, "BAD_REQUEST", "Message must not be empty")
		if form.get("type") == "private":
			known = {one.id: one for message in self.messages for one in (message.sender, *message.receivers)}
			receivers = tuple(known[number] for number in json.loads(form["to"]) if number in known)
			if not receivers:
				raise ZulipError(400, "BAD_REQUEST", "Invalid user ID")
			message = self._keep(self.bot, content, "", "", (*receivers, self.bot))
		else:
			channel = form.get("to", "")
			self._require(channel)
			message = self._keep(self.bot, content, channel, form.get("topic", "")[:MAX_TOPIC], ())
		with self.lock:
			hang = self._hangs.pop(0) if self._hangs else 0.0
		if hang:
			self._stopped.wait(hang)
		return _success(id=message.id)

	def _list(self, args: Mapping[str, str]) -> Response:
		with self.lock:
			found = list(self.messages)
		for term in json.loads(args.get("narrow", "[]")):
			operator, operand = term["operator"], term["operand"]
			if operator == "stream":
				self._require(operand)
				found = [one for one in found if one.channel == operand]
			elif operator == "sender":
				found = [one for one in found if one.sender.email == operand]
			elif operator == "dm":
				found = [one for one in found if {*operand} <= {who.id for who in one.receivers}]
			else:
				raise ZulipError(400, "BAD_REQUEST", f"Invalid narrow operator: unknown '{operator}'")
		latest = found[-int(args["num_before"]) :]
		return _success(messages=[one.as_json() for one in latest], found_newest=True)

	def _move(self, message: ZulipMessage, form: Mapping[str, str]) -> Response:
		if not self.may_move:
			raise ZulipError(400, "BAD_REQUEST", "You don't have permission to edit this message")
		before, to = message.topic, form["topic"]
		if len(to) > MAX_TOPIC:
			raise ZulipError(400, "BAD_REQUEST", "Topic too long")
		everything = form.get("propagate_mode") == "change_all"
		with self.lock:
			for one in self.messages if everything else [message]:
				if (one.channel, one.topic) == (message.channel, before) or one is message:
					one.topic = to
		return _success()

	def _message(self, number: int) -> ZulipMessage:
		with self.lock:
			found = next((one for one in self.messages if one.id == number), None)
		if found is None:
			raise ZulipError(400, "BAD_REQUEST", "Invalid message(s)")
		return found

	def _require(self, channel: str) -> None:
		if channel not in self.channels:
			raise ZulipError(
				400, "STREAM_DOES_NOT_EXIST", f"Channel '{channel}' does not exist", stream=channel
			)

	def _keep(
		self, sender: User, content: str, channel: str, topic: str, receivers: tuple[User, ...]
	) -> ZulipMessage:
		with self.lock:
			number, at = 1000 + len(self.messages), self.clock() // 1_000_000
			message = ZulipMessage(number, sender, content[:MAX_CONTENT], at, channel, topic, receivers)
			self.messages.append(message)
		return message


def _json(answer: Mapping[str, Any], status: int = 200) -> Response:
	return Response(json.dumps(answer), status, content_type="application/json")


def _success(**found: object) -> Response:
	return _json({"result": "success", "msg": "", **found})
