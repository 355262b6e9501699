"""Messages as the stand-in for Twilio keeps and shows them."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Any, Literal

from customer_thread.domain.model import Attachment

RequestKind = Literal["create", "list", "media", "senders"]


def make_sid(prefix: str) -> str:
	"""Return a new id as Twilio makes them: two letters and 32 hexadecimal digits."""
	return prefix + secrets.token_hex(16)


@dataclass
class TwilioMessage:
	"""A text as Twilio keeps it."""

	sid: str
	direction: Literal["inbound", "outbound-api"]
	from_: str
	to: str
	body: str
	status: str
	created_us: int
	sent_us: int | None = None
	service: str = ""
	status_callback: str = ""
	validity_period: str = ""
	error_code: int | None = None
	#: where the pictures of one that is sent are fetched
	media_urls: tuple[str, ...] = ()
	#: Media sid → the picture
	media: dict[str, Attachment] = field(default_factory=dict)

	def as_json(self, account_sid: str) -> dict[str, Any]:
		"""Return the message as the API shows it."""
		uri = f"/2010-04-01/Accounts/{account_sid}/Messages/{self.sid}"
		return {
			"account_sid": account_sid,
			"api_version": "2010-04-01",
			"body": self.body,
			"date_created": rfc2822(self.created_us),
			"date_sent": None if self.sent_us is None else rfc2822(self.sent_us),
			"date_updated": rfc2822(self.sent_us or self.created_us),
			"direction": self.direction,
			"error_code": self.error_code,
			"error_message": None,
			"from": self.from_ or None,
			"messaging_service_sid": self.service or None,
			"num_media": str(len(self.media_urls) or len(self.media)),
			"num_segments": str(segments(self.body)) if self.from_ else "0",
			"price": None,
			"price_unit": "USD",
			"sid": self.sid,
			"status": self.status,
			"subresource_uris": {"media": f"{uri}/Media.json"},
			"to": self.to,
			"uri": f"{uri}.json",
		}


def segments(body: str) -> int:
	"""Return into how many parts a text is cut, taking ASCII for the GSM alphabet."""
	size = len(body) if body.isascii() else len(body.encode("utf-16-le")) // 2
	single, part = (160, 153) if body.isascii() else (70, 67)
	return 1 if size <= single else -(-size // part)


def rfc2822(us: int) -> str:
	"""Return a time as Twilio writes it, in whole seconds of UTC."""
	return format_datetime(datetime.fromtimestamp(us // 1_000_000, timezone.utc))
