"""Fetches a picture that Twilio keeps, and nothing from inside our own network.

Twilio answers with a redirect to its CDN, which takes no credentials.
https://www.twilio.com/docs/messaging/api/media-resource
"""

import mimetypes
import re
import time
from email.message import Message
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import requests
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import ATTACHMENT_BYTES, ATTACHMENT_CONNECT_SECONDS, ATTACHMENT_SECONDS
from customer_thread.domain.model import Attachment
from customer_thread.gateways.deadline import Watched, deadline
from customer_thread.gateways.public_only import Inside, PublicOnly, is_inside
from customer_thread.gateways.twilio_sms.errors import WORDS, of_network

MAX_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
#: nothing of this stands in an address that is meant well
ODD = re.compile(r"[\\\s\x00-\x1f\x7f]")

Origin = tuple[str, str, int | None]


def _refuse_private(host: str) -> None:
	if is_inside(host):
		raise GatewayError("The picture's address points into a private network.", permanent=True)


def fetch(url: str, auth: tuple[str, str], own_base: str = "") -> Attachment:
	"""Return the bytes behind a media address, at most 16 MB. Raise GatewayError.

	The first hop alone gets `auth`, and only at *.twilio.com or at `own_base`, a configured API address.
	Everything else must be https, at a public IP address.
	"""
	try:
		with deadline(ATTACHMENT_SECONDS):
			return _fetch(url, auth, own_base)
	except GatewayError:
		raise
	except ValueError as error:
		# what takes an address apart has its own errors for what is none, and all of them are this
		raise GatewayError("The picture's address is not a web address.", permanent=True) from error
	except Exception as error:
		raise of_network(error) from error


def _fetch(url: str, auth: tuple[str, str], own_base: str) -> Attachment:
	own = _origin(own_base) if own_base else None
	credentials = auth if gets_credentials(url, own_base) else None
	end = time.monotonic() + ATTACHMENT_SECONDS
	for _hop in range(MAX_REDIRECTS + 1):
		with _session(url, own) as session:
			response = _get(session, url, credentials)
			with response:
				if not response.is_redirect:
					return _read(response, end)
				url = urljoin(url, response.headers["Location"])
				credentials = None
	raise GatewayError("The picture's address leads in circles.", permanent=True)


def gets_credentials(url: str, own_base: str = "") -> bool:
	"""Return whether the account's credentials may be shown to whoever answers at this address."""
	scheme, host, _port = origin = _origin(url)
	own = _origin(own_base) if own_base else None
	return origin == own or (scheme == "https" and host.endswith(".twilio.com"))


def _origin(url: str) -> Origin:
	try:
		# read by what connects later: two readers that differ about the host are a way around
		parts = parse_url(url)
		if parts.auth is None and parts.host and not ODD.search(url):
			return parts.scheme or "", parts.host.lower(), parts.port or PORTS.get(parts.scheme or "")
	except (LocationParseError, ValueError):
		pass
	raise GatewayError("The picture's address is not a web address.", permanent=True)


def _session(url: str, own: Origin | None) -> requests.Session:
	origin = _origin(url)
	if origin != own and origin[0] != "https":
		raise GatewayError("The picture's address is not an https address.", permanent=True)
	session = requests.Session()
	session.mount("http://", Watched())
	session.mount("https://", Watched())
	if origin != own:
		_refuse_private(origin[1])
		session.mount("https://", PublicOnly())
	return session


def _get(session: requests.Session, url: str, credentials: tuple[str, str] | None) -> requests.Response:
	# an explicit no-op keeps requests from looking for credentials in ~/.netrc
	auth: Any = credentials or (lambda request: request)
	try:
		return session.get(
			url,
			auth=auth,
			headers={"Accept-Encoding": "identity"},
			allow_redirects=False,
			stream=True,
			timeout=ATTACHMENT_CONNECT_SECONDS,
		)
	except Inside:
		raise GatewayError("The picture's address points into a private network.", permanent=True) from None
	except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError):
		raise GatewayError("The picture's address is not a web address.", permanent=True) from None
	except requests.RequestException as error:
		raise of_network(error) from error


def _read(response: requests.Response, end: float) -> Attachment:
	status = response.status_code
	if status in {401, 403}:
		raise GatewayError("{0}", WORDS["20003"], permanent=True, code="20003")
	if status != 200:
		# 404 passes: a picture can be announced some seconds before it can be fetched
		gone = 400 <= status < 500 and status not in {404, 408, 425, 429}
		raise GatewayError(
			"The picture could not be fetched (HTTP {0}).", status, permanent=gone, code=str(status)
		)
	data = bytearray()
	try:
		for chunk in response.iter_content(65_536):
			data += chunk
			if len(data) > ATTACHMENT_BYTES:
				raise GatewayError("The picture is larger than 16 MB.", permanent=True)
			if time.monotonic() > end:
				raise GatewayError("The picture took too long to fetch. It is tried again by itself.")
	except requests.RequestException as error:
		raise of_network(error) from error
	kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
	kind = kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind, re.ASCII) else "application/octet-stream"
	return Attachment(name=_name(response, kind), content_type=kind, data=bytes(data))


def _name(response: requests.Response, kind: str) -> str:
	header = Message()
	header["Content-Disposition"] = response.headers.get("Content-Disposition", "")
	name = header.get_filename() or unquote(urlsplit(response.url).path)
	name = re.sub(r"[\x00-\x1f\x7f]", "", re.split(r"[/\\]", name)[-1]).strip(". ")[-100:] or "picture"
	return name if "." in name else name + (mimetypes.guess_extension(kind) or "")
