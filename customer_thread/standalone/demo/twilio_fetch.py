"""How the stand-in for Twilio fetches the pictures of a message that is sent: as Twilio does, from outside.

It asks with HEAD and GET, without credentials, and believes the Content-Type only if the bytes are of that kind.
https://www.twilio.com/docs/messaging/guides/accepted-mime-types
"""

from collections.abc import Iterable
from io import BytesIO

import requests
from PIL import Image

from customer_thread.domain.model import Attachment
from customer_thread.standalone.demo.twilio_message import make_sid

KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF"}
#: bytes of all pictures of a message together
MOST = 5_000_000
SECONDS = 15
RETRIEVAL, SIZE, KIND = 11200, 30019, 12300


def fetched(urls: Iterable[str]) -> tuple[dict[str, Attachment], int | None]:
	"""Return the pictures by their media sids, and the error code if they cannot be had."""
	found: dict[str, Attachment] = {}
	for url in urls:
		try:
			head = requests.head(url, timeout=SECONDS, allow_redirects=True)
			answer = requests.get(url, timeout=SECONDS)
		except requests.RequestException:
			return {}, RETRIEVAL
		if not (head.ok and answer.ok):
			return {}, RETRIEVAL
		kind = answer.headers.get("Content-Type", "").partition(";")[0]
		if kind not in KINDS or head.headers.get("Content-Type") != answer.headers.get("Content-Type"):
			return {}, KIND
		if not _is_of(answer.content, KINDS[kind]):
			return {}, KIND
		found[make_sid("ME")] = Attachment(url.rpartition("/")[2], kind, answer.content)
	if sum(len(item.data) for item in found.values()) > MOST:
		return {}, SIZE
	return found, None


def _is_of(data: bytes, form: str) -> bool:
	try:
		Image.open(BytesIO(data), formats=[form]).verify()
	except Exception:
		return False
	return True
