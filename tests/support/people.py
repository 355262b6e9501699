"""Who uses the program: a customer in their browser, staff with a token."""

import html
import re
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

import requests

API = "/api/method/customer_thread.api"
TIMEOUT = 60


def message_of(response: requests.Response) -> Any:  # noqa: ANN401 - whatever JSON can hold
	"""Return what a call answered, which must have gone well."""
	assert response.status_code == 200, f"{response.status_code} {response.text[:500]}"
	return response.json()["message"]


def button_in(page: str) -> tuple[str, dict[str, str]]:
	"""Return where the one button of a sign-in link's page posts to, and what."""
	form = re.search(r'<form method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL)
	assert form, page
	fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[2])
	return form[1], {name: html.unescape(value) for name, value in fields}


def use_link(http: requests.Session, url: str, **options: Any) -> requests.Response:  # noqa: ANN401
	"""Open a sign-in link, press its button and return what comes then."""
	page = http.get(url, timeout=TIMEOUT)
	action, fields = button_in(page.text)
	return http.post(urljoin(page.url, action), data=fields, timeout=TIMEOUT, **options)


class Browser:
	"""A customer who is signed in."""

	def __init__(self, base: str, customer: str) -> None:
		self.base = base
		self.customer = customer
		self.http = requests.Session()
		self.csrf = ""

	def open(self, path: str = "/messages", **options: Any) -> requests.Response:  # noqa: ANN401
		"""Open a page, and remember the token it carries."""
		return self._seen(self.http.get(self.base + path, timeout=TIMEOUT, **options))

	def sign_in(self, path: str) -> requests.Response:
		"""Use a sign-in link, and remember the token of the page it leads to."""
		return self._seen(use_link(self.http, self.base + path))

	def _seen(self, response: requests.Response) -> requests.Response:
		found = re.search(r'<meta name="csrf-token" content="([^"]*)">', response.text)
		if found and found[1]:
			self.csrf = found[1]
		return response

	def get(self, call: str, /, **params: object) -> requests.Response:
		"""Make a GET call of `portal.*`."""
		return self.http.get(f"{self.base}{API}.portal.{call}", params=params, timeout=TIMEOUT)  # type: ignore[arg-type]

	def post(self, call: str, /, *, csrf: str | None = None, **body: object) -> requests.Response:
		"""Make a POST call of `portal.*` with the page's token."""
		headers = {"X-Frappe-CSRF-Token": self.csrf if csrf is None else csrf}
		return self.http.post(f"{self.base}{API}.portal.{call}", json=body, headers=headers, timeout=TIMEOUT)

	def timeline(self, **params: object) -> dict[str, Any]:
		"""Return a page of the thread."""
		page: dict[str, Any] = message_of(self.get("timeline", **params))
		return page

	def entries(self, **params: object) -> list[dict[str, Any]]:
		"""Return the entries of a page of the thread."""
		found: list[dict[str, Any]] = self.timeline(**params)["entries"]
		return found

	def texts(self, **params: object) -> list[str]:
		"""Return the words of a page of the thread."""
		return [entry["text"] for entry in self.entries(**params)]

	def reply(self, text: str, client_id: str = "") -> dict[str, Any]:
		"""Write to the contractor and return the entry."""
		sent = self.post("reply", text=text, client_id=client_id or str(uuid.uuid4()))
		entry: dict[str, Any] = message_of(sent)
		return entry

	def mark_read(self, upto: int) -> None:
		"""Tell that everything was seen up to an entry."""
		message_of(self.post("read", upto=upto))

	def entry(self, number: int) -> dict[str, Any]:
		"""Return one entry as it is now."""
		found = self.entries(around=number, limit=1)
		return found[0]


class Staff:
	"""Somebody of the business, with a token."""

	def __init__(self, base: str, token: str, user: str = "") -> None:
		self.base = base
		self.token = token
		#: as whom the others see them
		self.user = user or token.partition(":")[0]

	@property
	def headers(self) -> Mapping[str, str]:
		"""Return what shows who they are."""
		return {"Authorization": f"token {self.token}"}

	def get(self, call: str, /, **params: object) -> requests.Response:
		"""Make a GET call of `desk.*`."""
		url = f"{self.base}{API}.desk.{call}"
		return requests.get(url, params=params, headers=self.headers, timeout=TIMEOUT)  # type: ignore[arg-type]

	def post(self, call: str, /, **body: object) -> requests.Response:
		"""Make a POST call of `desk.*`."""
		url = f"{self.base}{API}.desk.{call}"
		return requests.post(url, json=body, headers=self.headers, timeout=TIMEOUT)

	def upload(self, name: str, data: bytes, /, content_type: str = "", **form: str) -> requests.Response:
		"""Upload a file for a thread."""
		url, file = f"{self.base}{API}.desk.upload", (name, data, content_type or "application/octet-stream")
		return requests.post(url, data=form, files={"file": file}, headers=self.headers, timeout=TIMEOUT)

	def do(self, call: str, /, **body: object) -> Any:  # noqa: ANN401
		"""Make a POST call that goes well and return its answer."""
		return message_of(self.post(call, **body))

	def ask(self, call: str, /, **params: object) -> Any:  # noqa: ANN401
		"""Make a GET call that goes well and return its answer."""
		return message_of(self.get(call, **params))

	def thread(self, customer: str = "", **params: object) -> dict[str, Any]:
		"""Return a thread with its notes and deliveries."""
		asked = {"customer": customer, **params} if customer else params
		found: dict[str, Any] = message_of(self.get("thread", **asked))
		return found

	def deliveries(self, customer: str, entry: int | None = None) -> list[dict[str, Any]]:
		"""Return the deliveries of a thread, or of one entry."""
		found = self.thread(customer)["deliveries"]
		return [row for row in found if entry is None or row["entry"] == entry]

	def code(self, customer: str) -> str:
		"""Return the number after # by which the contractor names this customer."""
		return str(self.thread(customer)["thread"]["code"])

	def unmatched(self, address: str) -> dict[str, Any] | None:
		"""Return the waiting thread of a number or address."""
		listed = message_of(self.get("threads", filter="unmatched", limit=100))["threads"]
		return next((row for row in listed if row["address"] == address), None)
