"""Tells machines' mails by what is left of them where a host keeps no headers (frappe/email/receive.py).

Only what no person writes counts: a customer's mail that is taken for a machine's would be lost.
"""

import re
from dataclasses import dataclass

from customer_thread.domain.limits import MAIL_REPORT_BYTES, MAIL_REPORT_LINES
from customer_thread.gateways.mail.reports import (
	REPORTS,
	addresses_in,
	is_evidence,
	is_refused,
	is_server,
	reason_in,
	returned_id,
	says_undelivered,
	status_in,
)

#: what mail programs put before the subject of the mail they answer by themselves, always with a colon
_ANSWERS = re.compile(
	r"(automatic reply|automatic response|auto[- ]?reply|auto[- ]?respon(?:s|d|se|der)|out of office(?: autoreply)?"
	r"|automatische (?:antwort|nachricht)|abwesenheitsnotiz|abwesend|réponse automatique|absence du bureau"
	r"|respuesta automática|fuera de (?:la )?oficina|risposta automatica|fuori sede"
	r"|automatisch antwoord|afwezig(?:heidsbericht)?|resposta automática|autosvar|automatisk svar|automatiskt svar"
	r"|frånvaro|automaattinen vastaus|poissa|automatická odpověď|odpowiedź automatyczna"
	r"|autorespuesta|automatikus válasz|răspuns automat|otomatik yanıt|автоответ|автоматический ответ"
	r"|自动答复|自動回覆|自動応答|자동 회신)\s?[:：]",
	re.IGNORECASE,
)
#: what Notes writes: "AUTO: Dana Fox is out of the office (returning 06/09/2026)"
_NOTES = re.compile(
	r"auto: .{1,80}\b(?:out of the office|abwesend|nicht im (?:haus|büro)|absent)\b"
	r"|.{1,80} (?:is out of the office|ist außer haus|est absente?)\b.{0,20}\((?:returning|r(?:ü|ue)ckkehr|retour)",
	re.IGNORECASE,
)
_AWAY = re.compile(r"away (?:until|from|till)\b", re.IGNORECASE)
_AWAY_WORDS = re.compile(
	r"\bI (?:am|will be) (?:currently )?(?:away|out of (?:the )?office)\b", re.IGNORECASE
)
#: what receivers' complaints and programs' notes to programs begin with (RFC 5965; Amazon's notifications)
_BEGINNINGS = re.compile(
	r"(?:hello,\s*)?this is an? .{0,60}(?:abuse|opt-out|failure|fraud|feedback) (?:report|complaint)\b"
	r"|this is an? .{0,60}\babuse report for an email"
	r"|\{\s*\"(?:notificationType|Type)\"\s*:"
	r"|apple mail sent this email to unsubscribe",
	re.IGNORECASE,
)
_COMPLAINTS = re.compile(r"complaint about message from \d", re.IGNORECASE)
_LIST_KEEPER = re.compile(r"owner-.*|.*-(?:admin|owner|request|bounces?)")
_OF_A_LIST = re.compile(r"not a member of this mailing list|original mail as follows", re.IGNORECASE)
_NO_REPLY = re.compile(r"(?:do[-_.]?)?not?[-_.]?reply")
_FORWARDED = re.compile(r"(?:fwd?|wg|tr|rv)\s*:\s*", re.IGNORECASE)
#: more than this is somebody's own words above a forwarded report
_FEW_WORDS = 4


@dataclass(frozen=True)
class Undelivered:
	"""What a report says of a mail that will never arrive."""

	#: the mail's Message-ID with its angle brackets, where the report quotes it; else empty
	message_id: str
	#: every address it names, lower case, in order
	addresses: tuple[str, ...]
	#: enhanced status code, "5.1.1"
	status: str
	diagnostic: str


def is_automatic(sender: str, subject: str, name: str = "", text: str = "") -> bool:
	"""Return whether a machine wrote this: a mail server, an out-of-office note, a complaint in form.

	`sender` is the address, `name` what stands beside it; both are empty where the mail has none.
	"""
	subject, beginning = subject.strip(), text[:MAIL_REPORT_BYTES].lstrip()
	local = sender.partition("@")[0].lower()
	return bool(
		is_server(sender, name)
		or _ANSWERS.match(subject)
		or _NOTES.match(subject)
		or (_AWAY.match(subject) and _AWAY_WORDS.search(beginning[:500]))
		or (REPORTS.match(subject) and (not beginning or is_evidence(beginning)))
		or _COMPLAINTS.match(subject)
		or _BEGINNINGS.match(beginning)
		or (_LIST_KEEPER.fullmatch(local) and _OF_A_LIST.search(beginning[:500]))
		or (_NO_REPLY.match(local) and says_undelivered(beginning[:1000]))
		or _is_forwarded_report(subject, beginning)
	)


def undelivered(sender: str, subject: str, text: str, name: str = "") -> Undelivered | None:
	"""Return what a mail server says of a mail of ours that will never arrive; None for anything else."""
	text = text[:MAIL_REPORT_BYTES]
	status, reason = status_in(text), reason_in(text)
	if not is_server(sender, name) or not is_refused(subject, text):
		return None
	return Undelivered(returned_id(text), addresses_in(text), status or "5.0.0", reason)


def _is_forwarded_report(subject: str, text: str) -> bool:
	"""Return whether somebody forwarded a server's report and added nothing to speak of."""
	forwarded = _FORWARDED.match(subject)
	if not forwarded or not REPORTS.match(subject[forwarded.end() :]):
		return False
	lines = text.split("\n", MAIL_REPORT_LINES)[:MAIL_REPORT_LINES]
	header = next((index for index, line in enumerate(lines) if re.match(r"[> *]*From:", line)), None)
	if header is None or not is_server("", re.sub(r"[> *]*From:", "", lines[header])):
		return False
	above = [line for line in lines[:header] if not line.strip().endswith(":") and "-----" not in line]
	return len(" ".join(above).split()) <= _FEW_WORDS
