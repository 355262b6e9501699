"""The HTTP side of the stand-in: messages accepted, listed, and their pictures, refused as Twilio refuses."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from customer_thread.domain.model import Attachment
from customer_thread.standalone.demo.twilio_account import Account
from customer_thread.standalone.demo.twilio_message import RequestKind, TwilioMessage, make_sid, rfc2822
from customer_thread.standalone.demo.twilio_numbers_api import ACCOUNT, NUMBER_RULES, answer_about_numbers

if TYPE_CHECKING:
	from _typeshed.wsgi import StartResponse, WSGIEnvironment

MEDIA_URL = re.compile(r"https?://[^\s/]+/\S*")
#: of one message, (https://www.twilio.com/docs/messaging/guides/accepted-mime-types)
MAX_MEDIA = 10
E164 = re.compile(r"\+[1-9]\d{6,14}")
#: https://www.twilio.com/docs/iam/test-credentials
MAGIC_FROM = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
MAGIC_TO = {
	"+15005550001": 21211,
	"+15005550002": 21612,
	"+15005550003": 21408,
	"+15005550004": 21610,
	"+15005550009": 21614,
}
GOOD_FROM = "+15005550006"
MESSAGES = {
	20003: "Authenticate",
	20404: "The requested resource was not found",
	20429: "Too Many Requests",
	21211: "Invalid 'To' Phone Number",
	21212: "Invalid From Number (caller ID)",
	21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
	21602: "Message body is required.",
	21603: "A 'From' phone number is required.",
	21606: "The 'From' phone number provided is not a valid, message-capable Twilio phone number.",
	21610: "Attempt to send to unsubscribed recipient",
	21611: "This 'From' number has exceeded the maximum number of queued messages",
	21612: "The 'To' phone number is not currently reachable using the 'From' phone number via SMS.",
	21614: "'To' number is not a valid mobile number",
	21617: "The concatenated message body exceeds the 1600 character limit.",
	21620: "Invalid media URL(s)",
	21623: "Number of media files exceeds allowed limit",
	21701: "The Messaging Service does not exist.",
}
ROUTES = Map(
	[
		Rule(f"{ACCOUNT}/Messages.json", methods=["POST"], endpoint="create"),
		Rule(f"{ACCOUNT}/Messages.json", methods=["GET"], endpoint="list"),
		Rule(f"{ACCOUNT}/Messages/<sid>.json", methods=["GET"], endpoint="fetch"),
		Rule(f"{ACCOUNT}/Messages/<sid>/Media.json", methods=["GET"], endpoint="list_media"),
		Rule(f"{ACCOUNT}/Messages/<sid>/Media/<media>", methods=["GET"], endpoint="media"),
		*NUMBER_RULES,
		Rule("/cdn/<media>", methods=["GET"], endpoint="cdn"),
	]
)


KINDS: dict[str, RequestKind] = {
	"create": "create",
	"media": "media",
	**dict.fromkeys((rule.endpoint for rule in NUMBER_RULES), "senders"),
}


class TwilioError(Exception):
	"""An answer that is an error of Twilio's."""

	def __init__(self, status: int, code: int) -> None:
		super().__init__(code)
		self.status = status
		self.code = code


class TwilioApi:
	"""The API of one stand-in as a WSGI application."""

	def __init__(self, account: Account, accept: Callable[[TwilioMessage], None]) -> None:
		self._account = account
		#: called with each text that is accepted
		self._accept = accept

	def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
		"""Answer one request."""
		request = Request(environ)
		try:
			endpoint, values = ROUTES.bind_to_environ(environ).match()
			response = self._answer(endpoint, request, values)
		except TwilioError as error:
			response = _json(_error(error), error.status)
		except HTTPException:
			response = _json(_error(TwilioError(404, 20404)), 404)
		return response(environ, start_response)

	def _answer(self, endpoint: str, request: Request, values: Mapping[str, Any]) -> Response:
		if endpoint == "cdn":
			return self._cdn(request, values["media"])
		self._check_sender(request, values.get("account", self._account.account_sid))
		kind = KINDS.get(endpoint, "list")
		failure = self._account.failure_of(kind, request.form.get("Body", ""))
		if failure is not None:
			raise TwilioError(*failure)
		if endpoint == "create":
			return self._create(request)
		if kind == "senders":
			found = answer_about_numbers(self._account, endpoint, request, values)
			if found is None:
				raise TwilioError(404, 20404)
			return _json(found)
		if endpoint == "list":
			return self._list(request)
		if endpoint == "list_media":
			return self._list_media(values["sid"])
		if endpoint == "fetch":
			return _json(self._message(values["sid"]).as_json(self._account.account_sid))
		self._picture(values["media"])
		return Response(status=302, headers={"Location": f"/cdn/{values['media']}"})

	def _check_sender(self, request: Request, account: str) -> None:
		given = request.authorization
		secrets = {self._account.account_sid: self._account.auth_token, **self._account.api_keys}
		known = given is not None and given.password and secrets.get(given.username or "") == given.password
		if not known or account != self._account.account_sid:
			raise TwilioError(401, 20003)

	def _create(self, request: Request) -> Response:
		form = request.form
		to, body = form.get("To", ""), form.get("Body", "")
		sender, service = form.get("From", ""), form.get("MessagingServiceSid", "")
		media_urls = tuple(form.getlist("MediaUrl"))
		code = self._objection(to, sender, service, body, media_urls)
		if code is not None:
			raise TwilioError(400, code)
		message = TwilioMessage(
			sid=make_sid("MM" if media_urls else "SM"),
			direction="outbound-api",
			from_=sender,
			to=to,
			body=body,
			status="accepted" if service else "queued",
			created_us=self._account.clock(),
			service=service,
			status_callback=form.get("StatusCallback", ""),
			validity_period=form.get("ValidityPeriod", ""),
			media_urls=media_urls,
		)
		answer = message.as_json(self._account.account_sid)
		self._accept(message)
		return _json(answer, 201)

	def _objection(
		self, to: str, sender: str, service: str, body: str, media_urls: tuple[str, ...]
	) -> int | None:
		account = self._account
		if not to or not E164.fullmatch(to):
			return 21211
		if not sender and not service:
			return 21603
		if service and service not in account.services:
			return 21701
		if sender in MAGIC_FROM:
			return MAGIC_FROM[sender]
		if sender and not E164.fullmatch(sender):
			return 21212
		if sender and sender not in account.numbers and sender != GOOD_FROM:
			return 21606
		if not body and not media_urls:
			return 21602
		if len(media_urls) > MAX_MEDIA:
			return 21623
		if not all(MEDIA_URL.fullmatch(url) for url in media_urls):
			return 21620
		if len(body) > 1600:
			return 21617
		with account.lock:
			if (service or sender, to) in account.opted_out:
				return 21610
		return MAGIC_TO.get(to)

	def _list(self, request: Request) -> Response:
		args = request.args
		try:
			size, page = int(args.get("PageSize", "50")), int(args.get("Page", "0"))
		except ValueError:
			raise TwilioError(400, 20001) from None
		with self._account.lock:
			newest = sorted(self._account.messages, key=lambda message: message.created_us, reverse=True)
			found = [
				message.as_json(self._account.account_sid) for message in newest if _matches(message, args)
			]
		size = max(1, min(size, 1000))
		start = size * page
		following = None
		if len(found) > start + size:
			query = {name: value for name, value in args.items() if name != "Page"}
			following = f"{request.path}?{urlencode({**query, 'Page': page + 1, 'PageToken': 'PA1'})}"
		return _json(
			{
				"messages": found[start : start + size],
				"page": page,
				"page_size": size,
				"start": start,
				"end": start + size - 1,
				"uri": request.full_path,
				"first_page_uri": f"{request.path}?Page=0",
				"next_page_uri": following,
				"previous_page_uri": None,
			}
		)

	def _message(self, sid: str) -> TwilioMessage:
		with self._account.lock:
			message = next((message for message in self._account.messages if message.sid == sid), None)
		if message is None:
			raise TwilioError(404, 20404)
		return message

	def _list_media(self, sid: str) -> Response:
		message = self._message(sid)
		base = f"/2010-04-01/Accounts/{self._account.account_sid}/Messages/{sid}/Media"
		items = [
			{
				"account_sid": self._account.account_sid,
				"content_type": item.content_type,
				"date_created": rfc2822(message.created_us),
				"date_updated": rfc2822(message.created_us),
				"parent_sid": sid,
				"sid": media,
				"uri": f"{base}/{media}.json",
			}
			for media, item in message.media.items()
		]
		return _json(
			{"media_list": items, "page": 0, "page_size": 50, "next_page_uri": None, "uri": f"{base}.json"}
		)

	def _cdn(self, request: Request, media: str) -> Response:
		if "Authorization" in request.headers:
			self._account.leaked_credentials = True
			return Response("Only one auth mechanism allowed", status=400)
		item = self._picture(media)
		name = item.name.replace('"', "")
		return Response(
			item.data,
			content_type=item.content_type,
			headers={"Content-Disposition": f'inline; filename="{name}"'},
		)

	def _picture(self, media: str) -> Attachment:
		with self._account.lock:
			for message in self._account.messages:
				if media in message.media:
					return message.media[media]
		raise NotFound


def _matches(message: TwilioMessage, args: Mapping[str, str]) -> bool:
	if args.get("To", message.to) != message.to or args.get("From", message.from_) != message.from_:
		return False
	for name in ("DateSent", "DateSent>", "DateSent<"):
		if name not in args:
			continue
		# what was not sent yet has no such date, and so is in no list by date
		if message.sent_us is None:
			return False
		then, precise = _date(args[name])
		unit = 1_000_000 if precise else 86_400_000_000
		sent, wanted = message.sent_us // unit, then // unit
		if (name.endswith(">") and sent < wanted) or (name.endswith("<") and sent > wanted):
			return False
		if name == "DateSent" and sent != wanted:
			return False
	return True


def _date(value: str) -> tuple[int, bool]:
	try:
		at = datetime.fromisoformat(value.replace("Z", "+00:00"))
	except ValueError:
		raise TwilioError(400, 20001) from None
	at = at if at.tzinfo else at.replace(tzinfo=timezone.utc)
	return int(at.timestamp()) * 1_000_000, "T" in value


def _error(error: TwilioError) -> dict[str, Any]:
	return {
		"code": error.code,
		"message": MESSAGES.get(error.code, "Something went wrong"),
		"more_info": f"https://www.twilio.com/docs/errors/{error.code}",
		"status": error.status,
	}


def _json(answer: dict[str, Any], status: int = 200) -> Response:
	return Response(json.dumps(answer), status=status, content_type="application/json")
