"""What a push says: the words on a locked screen, in so many bytes."""

import json

from customer_thread.domain.limits import PUSH_CHARACTERS, PUSH_PAYLOAD_BYTES
from customer_thread.domain.words import preview

_ELLIPSIS = "…"


def cut_at_word(text: str, limit: int = PUSH_CHARACTERS) -> str:
	"""Return the text on one line of at most `limit` characters, cut between two words where there are any."""
	line = " ".join(text.split())
	if len(line) <= limit:
		return line
	end = line.rfind(" ", 0, limit)
	return (line[:end] if end >= limit // 2 else line[: limit - 1]).rstrip(" ,;:–—-") + _ELLIPSIS


def payload(*, title: str, words: str, tag: str, url: str, badge: int) -> bytes:
	"""Return what the service worker shows, as JSON of at most `PUSH_PAYLOAD_BYTES`; the words give way, by characters."""
	fixed = {"title": preview(title), "tag": tag, "url": url, "badge": badge}
	shown = cut_at_word(words)
	made = _json(fixed, shown)
	while len(made) > PUSH_PAYLOAD_BYTES:
		# a character has at most twelve bytes in JSON: what is left over is never cut
		kept = shown.removesuffix(_ELLIPSIS)
		over = len(made) - PUSH_PAYLOAD_BYTES
		shown = kept[: len(kept) - max(1, over // 12)].rstrip() + _ELLIPSIS
		made = _json(fixed, shown)
	return made


def _json(fixed: dict[str, object], words: str) -> bytes:
	# what is no character at all, half of a pair, has no bytes either
	return json.dumps({**fixed, "body": words}, ensure_ascii=False).encode("utf-8", "replace")
