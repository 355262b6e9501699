"""Whoever uses the host from outside: staff and customers over HTTP, mail by SMTP."""

import re
import smtplib
import uuid
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from customer_thread.domain.errors import ThreadError
from customer_thread.service.sign_in.make_link import WAY_IN

SECONDS = 20
API = "/api/method/customer_thread.api."
_CSRF = re.compile(r'<meta name="csrf-token" content="([^"]+)">')


class Refused(ThreadError):
	"""The host said no, in its own words."""

	status = 422


class Desk:
	"""`customer_thread.api.desk.*`, with a staff token."""

	def __init__(self, url: str, token: str) -> None:
		self._url = url
		self._headers = {"Authorization": f"token {token}"}

	def get(self, call: str, **values: object) -> Any:  # noqa: ANN401 - whatever the host answers
		"""Return the answer to a question. Raise Refused."""
		address = f"{self._url}{API}desk.{call}"
		return _ask(requests.Request("GET", address, params=_texts(values), headers=self._headers))

	def post(self, call: str, **values: object) -> Any:  # noqa: ANN401
		"""Do something and return the answer. Raise Refused."""
		address = f"{self._url}{API}desk.{call}"
		return _ask(requests.Request("POST", address, json=values, headers=self._headers))


class Portal:
	"""`customer_thread.api.portal.*`, signed in by a one-time link."""

	def __init__(self, url: str, link: str) -> None:
		self._url = url
		self._session = requests.Session()
		[token] = parse_qs(urlsplit(link).query)["t"]
		button = requests.Request("POST", f"{url}{WAY_IN}", data={"token": token})
		page = _send(button, self._session)
		csrf = _CSRF.search(page.text)
		if not page.ok or csrf is None:
			raise Refused("The sign-in link did not lead to the portal.")
		self._headers = {"X-Frappe-CSRF-Token": csrf[1]}

	def reply(self, text: str) -> Any:  # noqa: ANN401
		"""Type a reply and return its entry. Raise Refused."""
		return self._post("reply", {"text": text, "client_id": str(uuid.uuid4())})

	def read(self, upto: int) -> None:
		"""See everything up to this entry. Raise Refused."""
		self._post("read", {"upto": upto})

	def _post(self, call: str, values: Mapping[str, object]) -> Any:  # noqa: ANN401
		address = f"{self._url}{API}portal.{call}"
		return _ask(requests.Request("POST", address, json=values, headers=self._headers), self._session)


def hand_in(port: int, sender: str, receivers: Sequence[str], mail: EmailMessage) -> None:
	"""Give a mail to the host's mail port. Raise Refused."""
	try:
		with smtplib.SMTP("127.0.0.1", port, timeout=SECONDS) as server:
			server.send_message(mail, sender, list(receivers))
	except (smtplib.SMTPException, OSError) as error:
		raise Refused("The mail was not taken: {0}", error) from error


def is_up(url: str) -> bool:
	"""Return whether the host answers."""
	try:
		return requests.get(f"{url}/healthz", timeout=2).ok
	except requests.RequestException:
		return False


def check_webhook(answer: requests.Response | None) -> None:
	"""Raise Refused unless the host took a webhook."""
	if answer is None or not answer.ok:
		said = "no answer" if answer is None else f"HTTP {answer.status_code}"
		raise Refused("The host did not take the webhook: {0}.", said)


def _texts(values: Mapping[str, object]) -> dict[str, str]:
	return {name: str(value) for name, value in values.items()}


def _send(request: requests.Request, session: requests.Session | None = None) -> requests.Response:
	session = session or requests.Session()
	try:
		return session.send(session.prepare_request(request), timeout=SECONDS)
	except requests.RequestException as error:
		raise Refused("The host does not answer.") from error


def _ask(request: requests.Request, session: requests.Session | None = None) -> Any:  # noqa: ANN401
	answer = _send(request, session)
	try:
		body = answer.json()
	except ValueError:
		body = {}
	if not answer.ok:
		if body.get("message"):
			raise Refused("{0}", body["message"])
		raise Refused("The host answered HTTP {0}.", answer.status_code)
	return body.get("message")
