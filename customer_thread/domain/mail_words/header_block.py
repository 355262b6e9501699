"""Tells where a mail's own header stands in its text: "From: … Sent: … To: … Subject: …", or a label above it."""

import re
from collections.abc import Sequence

#: what stands before the colon, for each header field; folded to lower case
_LABELS = {
	"from": "from von de da van från fra lähettäjä od от від feladó kimden gönderen от кого expéditeur remitente "
	"mittente afzender avsender avsändare odesílatel nadawca отправитель 差出人 发件人 寄件者 寄件人 от_кого від від_кого από dari từ จาก מאת de_la poslao 보낸사람 보낸_사람 発信者 från: de: من",
	"sent": "sent gesendet enviado enviada enviado_el enviado_em envoyé envoyé_le inviato verzonden skickat sendt "
	"στάλθηκε trimis надіслано відправлено изпратено poslano dikirim נשלח ส่ง đã_gửi data_trimiterii 傳送時間 发送日期 "
	"lähetetty odesláno wysłano отправлено gönderildi elküldve 送信日時 发送时间 寄件日期 보낸날짜 보낸_날짜 wysłane",
	"date": "date datum fecha data dato päivämäärä päiväys дата tarih dátum date_d'envoi 日付 日期 날짜 message_du",
	"to": "προς către до prima kepada ke đến ถึง אל إلى 收件者 to an para à a aan till til vastaanottaja komu do кому címzett kime alıcı per 宛先 收件人 받는사람 받는_사람 "
	"destinataire destinatario odbiorca pour",
	"cc": "cc kopie copie copie_à copia cópia kopia kopi kopio dw másolat bilgi копия ccn bcc",
	"subject": "θέμα subiect относно subjek chủ_đề เรื่อง נושא الموضوع subject betreff asunto objet assunto oggetto onderwerp ämne emne aihe předmět temat тема tárgy konu "
	"件名 主题 主旨 제목 sujet betr",
	"other": "reply-to reply_to antwort_an répondre_à risposta rispondi_a responder_a beantwoorden svara_till importance "
	"priority wichtigkeit attachments anlagen organization sender",
}
_KINDS = {
	label.replace("_", " "): kind for kind, labels in _LABELS.items() for label in labels.split() if label
}
_FIELD = re.compile(r"[*_>\s]{0,4}([^\W\d][^:：*]{0,22}?)\s{0,3}\*{0,2}\s{0,2}[:：]\s{0,3}\*{0,2}\s{0,3}(.*)")
#: "From: … Sent: … To: …" on one line: the words before each colon
_LABELLED = re.compile(r"([^\W\d]{1,22}(?: [^\W\d]{1,3})?)\*{0,2}\s?[:：]")
#: most fields stand in the first lines of a block, with wrapped and unknown ones between
MAX_LINES = 12
_DIGIT = re.compile(r"\d")

_NOUN = (
	r"(?:message|e-?mail|mail|nachricht|mensaje|mensagem|messaggio|bericht|meddelande|melding|meddelelse|besked|wiadomość"
	r"|viesti|zpráva|správa|сообщение|письмо|повідомлення|лист|üzenet|ileti|mesaj|posta|missatge|μήνυμα|邮件|郵件|メッセージ|메시지)"
)
_OLD = (
	r"(?:original\w*|originale|oorspronkelijk\w*|ursprünglich\w*|ursprungligt|opprinnelig|oprindelig\w*|alkuperäinen"
	r"|původní|pôvodná|oryginalna|pierwotna|исходное|оригинальное|eredeti|özgün|orijinal|d'origine|forwarded"
	r"|weitergeleitet\w*|reenviado|reencaminhada|encaminhada|inoltrato|transféré|réexpédié|doorgestuurd\w*"
	r"|vidarebefordrat|videresendt|välitetty|přeposlaná|przekazana|пересылаемое|пересланное|továbbított|iletilen"
	r"|原始|转发的|轉寄的|元の|転送|원본)"
)
_LABEL = re.compile(
	rf"[*_\s]{{0,4}}[-—–=_]{{2,}}\s{{0,3}}[^-—–=]{{0,40}}(?:{_OLD}.{{0,20}}{_NOUN}|{_NOUN}.{{0,20}}{_OLD}).{{0,20}}?[-—–=_]{{2,}}[*_\s]{{0,4}}",
	re.IGNORECASE,
)
#: a label without a noun: QQ's, and Lotus Notes' "Mike ---13.05.2026 08:02:12---The deck"
_BARE = re.compile(
	r"-{6,}\s{0,3}original\s{0,3}-{6,}|[^-]{1,60}\s?-{2,3}\d[\d./:\s-]{10,20}(?:[ap]m)?-{2,3}.{0,200}",
	re.IGNORECASE,
)
_BEGIN = re.compile(
	r"(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:réexpédié|transféré)"
	r"|inicio del mensaje reenviado|início da mensagem (?:reencaminhada|encaminhada)|inizio messaggio inoltrato"
	r"|begin doorgestuurd bericht|vidarebefordrat (?:brev|mejl)|påbörjat vidarebefordrat meddelande|start på videresendt \w+"
	r"|videresendt \w+|välitetty viesti alkaa|začátek přeposlané zprávy|początek przekazywanej wiadomości"
	r"|начало переадресованного сообщения|továbbított levél kezdete|iletilen mesajın başlangıcı|転送されたメッセージ|下面是被转发的邮件|전달된 메시지)"
	r"\s?[:：]",
	re.IGNORECASE,
)


def is_label(line: str) -> bool:
	"""Return whether the line says that an older mail follows: "-----Original Message-----"."""
	return len(line) <= 120 and bool(
		_LABEL.fullmatch(line) or _BEGIN.fullmatch(line) or _BARE.fullmatch(line)
	)


def begins_at(lines: Sequence[str], index: int) -> bool:
	"""Return whether a mail's header begins with this line.

	A person may write "From: the gate" and "To: the oak": there must be a sender, and beside it a subject,
	the hour it was sent, or an address.
	"""
	line = lines[index]
	kind, value = _field(line)
	if not kind:
		return False
	if kind == "from" and _is_one_line(line):
		return True
	found = {kind: value}
	following, blanks = 0, 0
	for at in range(index + 1, min(index + MAX_LINES, len(lines))):
		if not lines[at]:
			blanks += 1
			# some programs put a blank line between the fields
			if blanks > len(found):
				break
			continue
		kind, value = _field(lines[at])
		if kind:
			found.setdefault(kind, value)
			following = 0
		elif following == 2 or (blanks and ":" not in lines[at][:30]):
			break
		else:
			following += 1
	return _is_header(found)


def _is_header(found: dict[str, str]) -> bool:
	if "from" not in found or len(set(found) & {"from", "sent", "date", "to", "subject"}) < 2:
		return False
	addressed = any("@" in found.get(kind, "") for kind in ("from", "to", "other"))
	timed = bool(_DIGIT.search(found.get("sent", "") or found.get("date", "")))
	if {"sent", "to"} <= set(found):
		return True
	# journeys and deliveries go from a place to another on a day, too
	return (timed and (addressed or "subject" in found)) or (
		addressed and "subject" in found and len(set(found) & {"from", "sent", "date", "to", "subject"}) > 2
	)


def _is_one_line(line: str) -> bool:
	kinds = {
		_KINDS.get(match[1].lower(), "") or _KINDS.get(match[1].split()[0].lower(), "")
		for match in _LABELLED.finditer(line)
	}
	return (
		bool(kinds & {"sent", "date"}) and ("@" in line or "subject" in kinds) and bool(_DIGIT.search(line))
	)


def _field(line: str) -> tuple[str, str]:
	match = _FIELD.match(line)
	if match is None:
		return "", ""
	label = " ".join(match[1].strip("*_ ").lower().split())
	return _KINDS.get(label, ""), match[2]
