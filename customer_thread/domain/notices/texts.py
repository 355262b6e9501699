"""The words of a notice: cut at a word's end, and as one text message where that is possible."""

from collections.abc import Sequence

from customer_thread.domain.phrase import Translate

#: of GSM 03.38, the basic set, a septet each, and its extension, two
_GSM = set(
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
	"¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = set("^{}\\[~]|€")
#: characters that look alike and fit
_ALIKE = str.maketrans(
	{"—": "-", "–": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " ", "·": "-"}
)
#: units of a text alone, and of each of several: https://www.twilio.com/docs/glossary/what-sms-character-limit
_SEPTETS, _UNITS = (160, 153), (70, 67)
#: so few characters of what is new say nothing
_LEAST = 20


def cut(text: str, limit: int) -> str:
	"""Return a text of at most so many characters, cut at a word's end where there is one in its second half."""
	text = text.strip()
	if len(text) <= limit:
		return text
	if limit < 1:
		return ""
	kept = text[:limit]
	ends = max((place for place, char in enumerate(kept) if char.isspace()), default=-1)
	return f"{kept[: ends if ends >= limit // 2 else limit - 1].rstrip(' ,;:.-—–')}…"


def segments(text: str) -> int:
	"""Return of how many segments a text message is; no character is cut in two between them."""
	if all(char in _GSM or char in _GSM_TWICE for char in text):
		widths, (alone, each) = [2 if char in _GSM_TWICE else 1 for char in text], _SEPTETS
	else:
		widths, (alone, each) = [2 if char > "\uffff" else 1 for char in text], _UNITS
	if sum(widths) <= alone:
		return 1
	count, room = 1, each
	for width in widths:
		if width > room:
			count, room = count + 1, each
		room -= width
	return count


def without_gsm(text: str) -> str:
	"""Return the characters for which a text is written in 16 bits each, so that a segment holds 70 of them; "" for none."""
	return "".join(char for char in dict.fromkeys(text) if char not in _GSM and char not in _GSM_TWICE)


def in_one_line(lines: Sequence[str], total: int, limit: int, translate: Translate) -> str:
	"""Return as many of these lines, the first of `total`, as fit into so many characters, and how many more there are."""
	fitting = [" ".join(line.split()) for line in lines]
	for named in range(len(fitting), 0, -1):
		end = _more(total - named, translate)
		whole = f"{'; '.join(fitting[:named])}{end}"
		if len(whole) <= limit:
			return whole
	end = _more(total - 1, translate)
	return f"{cut(fitting[0], limit - len(end))}{end}" if fitting else ""


def _more(count: int, translate: Translate) -> str:
	return f" {translate('and {0} more').format(count)}" if count > 0 else ""


def notice_text(sender: str, lines: Sequence[str], total: int, link: str, translate: Translate) -> str:
	"""Return the text message for `total` entries of which these are the first: one segment, or as few as can be.

	Each line that is named is named as far as it fits; of the others it says how many there are.
	"""
	head = f"{sender}: ".translate(_ALIKE)
	tail = f" {link}" if link else ""
	fitting = [" ".join(line.split()).translate(_ALIKE) for line in lines]
	least = segments(f"{head}{fitting[0][:_LEAST]}{tail}")
	for named in range(len(fitting), 0, -1):
		end = f"{_more(total - named, translate).translate(_ALIKE)}{tail}"
		whole = f"{head}{'; '.join(fitting[:named])}{end}"
		if segments(whole) <= least:
			return whole
	return _shortened(head, fitting[0], end, least)


def _shortened(head: str, line: str, end: str, most: int) -> str:
	"""Return the text with as much of its one line as so many segments hold."""
	for length in range(len(line), _LEAST, -1):
		text = f"{head}{cut(line, length).translate(_ALIKE)}{end}"
		if segments(text) <= most:
			return text
	return f"{head}{cut(line, _LEAST).translate(_ALIKE)}{end}"
