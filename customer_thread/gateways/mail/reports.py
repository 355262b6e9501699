"""What mail servers write when a mail comes back, in any of the forms that are about. Patterns see bounded lines."""

import re

from customer_thread.domain.limits import MAIL_REPORT_LINE, MAIL_REPORT_LINES

#: an enhanced status code (RFC 3463), no address of a computer and no date
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
#: subjects that only mail servers write, and that an answer to them has a "Re:" before
REPORTS = re.compile(
	r"(?:undeliverable(?: message)?\b|undelivered mail\b|unzustellbar\b|non remis\b|no se puede entregar\b"
	r"|non recapitabile\b|onbestelbaar\b|não é possível entregar\b|delivery status notification\b"
	r"|(?:mail|message) delivery (?:failed|failure|error|status|delayed|subsystem)\b|delivery (?:status )?report\b"
	r"|mail (?:system error|failure)\b|returned mail\b|returned to sender\b|failure notice\b"
	r"|(?:re:)?\s*non[- ]delivery (?:notification|report)\b|postmaster notify\b"
	r"|warning: (?:could not send|message .{0,40}delayed)|delayed mail\b|message you sent blocked\b)",
	re.IGNORECASE,
)
#: those that are not written while a mail is still tried
_FINAL = re.compile(
	r"(?:undeliverable(?: message)?\b|undelivered mail returned|returned mail: (?:see transcript|user unknown)"
	r"|delivery status notification \(failure\)|(?:mail |message )?delivery (?:failed|failure)\b|failure notice\b"
	r"|unzustellbar\b|non remis\b|message not delivered\b)",
	re.IGNORECASE,
)
_FINAL_LINE = re.compile(
	r"^[> ]*Action:\s*failed|\bpermanent(?:ly)? (?:fatal |delivery )?(?:errors?|failures?|failed)\b",
	re.IGNORECASE,
)
DELAYED = re.compile(r"\b(?:delay(?:ed)?|warning|still being retried)\b", re.IGNORECASE)
#: where servers sign with, letters alone
_SERVERS = frozenset(
	{
		"mailerdaemon",
		"maildaemon",
		"mailersystem",
		"postmaster",
		"maildeliverysubsystem",
		"maildeliverysystem",
		"maildeliveryservice",
		"mailadministrator",
		"mailerror",
		"mdaemon",
	}
)
_ID = re.compile(
	r"^[> \t]{0,20}(?:X-)?(?:Original-)?Message-ID:[ \t]{0,20}(?:\r?\n[ \t]{1,20})?(<[^<>\s]{1,998}>)",
	re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")
_REPLY = re.compile(r"(?<![\w.])5\d\d[ -]")
#: a number at the head of a line may be a house's
_OF_SMTP = re.compile(
	r"said|repl|error|smtp|reject|denied|refus|unknown|recipient|mailbox|user|quota|relay|address|exist"
	r"|unavailable|host|deliver|blocked|policy|spam|account|[#(]?5\.\d\.\d",
	re.IGNORECASE,
)
_LABEL = re.compile(r"Diagnostic-Code:\s*(?:smtp\s*;)?\s*", re.IGNORECASE)
_UNDELIVERED = re.compile(
	r"(?:could|can|was|were|has|have)\s*(?:not|n't)\s*(?:be(?:en)?\s*)?(?:delivered|sent)\s*(?:to|:)",
	re.IGNORECASE,
)
_NOT_DELIVERED = re.compile(
	r"(?:not|n't|unable|cannot|fail\w*|error|problem|delay\w*|undeliver\w*|block\w*|reject\w*|warning)\b.{0,60}"
	r"\b(?:deliver\w*|sen[dt]|messages?|e?-?mails?|recipients?|address\w*)\b"
	r"|\b(?:deliver\w*|messages?|e?-?mails?|recipients?|address\w*)\b.{0,60}"
	r"\b(?:not|n't|unable|cannot|fail\w*|error|problem|delay\w*|undeliver\w*|block\w*|reject\w*|warning)\b"
	r"|\b(?:original message|mail system|mailbox|mail delivery)\b"
	r"|[^\x00-\x7f]{4}",
	re.IGNORECASE,
)


def lines_of(text: str) -> list[str]:
	"""Return the lines with words that are looked at, each as far as it is."""
	return [line for line in lines_with_gaps(text) if line]


def lines_with_gaps(text: str) -> list[str]:
	"""Return the same with an empty line where there are some between them."""
	found: list[str] = []
	at = 0
	while at < len(text) and len(found) < MAIL_REPORT_LINES:
		end = text.find("\n", at)
		end = len(text) if end < 0 else end
		line = text[at : min(end, at + MAIL_REPORT_LINE)].rstrip()
		if line or (found and found[-1]):
			found.append(line)
		at = end + 1
	return found


def is_server(address: str, name: str) -> bool:
	"""Return whether a mail server signs so, or nobody does."""
	local, person = address.partition("@")[0], name.partition("<")[0] or name
	if not address and not name.strip('<> \t"'):
		return True
	return _letters(local) in _SERVERS or _letters(person) in _SERVERS


def returned_id(text: str) -> str:
	"""Return the Message-ID of the mail that came back, if its header stands in the text; else empty."""
	found = _ID.search(text)
	return found[1] if found else ""


def status_in(text: str) -> str:
	"""Return the first status code that says more than that somebody tried, or an empty string."""
	found = [match[1] for line in lines_of(text) for match in STATUS.finditer(line)]
	return next((status for status in found if status[0] == "5"), next(iter(found), ""))


def reason_in(text: str) -> str:
	"""Return the line in which a server refuses for good (RFC 5321, 4.2.1), or an empty string."""
	lines = lines_of(text)
	found = next((line for line in lines if _REPLY.search(line) and _OF_SMTP.search(line)), "")
	return _LABEL.sub("", found.strip())


def addresses_in(text: str) -> tuple[str, ...]:
	"""Return every address that is named, lower case, in order."""
	found = (address.lower() for line in lines_of(text) for address in _ADDRESS.findall(line))
	return tuple(dict.fromkeys(found))


def is_evidence(text: str) -> bool:
	"""Return whether it reads like what a server writes below its subject."""
	head = "\n".join(lines_of(text))
	return bool(STATUS.search(head) or _REPLY.search(head) or _NOT_DELIVERED.search(head))


def is_refused(subject: str, text: str) -> bool:
	"""Return whether it says that nothing will be tried again."""
	if DELAYED.search(subject):
		return False
	status = status_in(text)
	return bool(
		status.startswith("5")
		or (not status and reason_in(text))
		or _FINAL.match(subject.strip())
		or any(_FINAL_LINE.search(line) for line in lines_of(text))
	)


def says_undelivered(text: str) -> bool:
	"""Return whether it says in words that a mail did not arrive."""
	return bool(_UNDELIVERED.search(text))


def _letters(text: str) -> str:
	return re.sub(r"[^a-z]", "", text[:100].lower())
