"""What stands at a mail's ends and was written by nobody: signatures, device lines, footers, banners."""

import re

from customer_thread.domain.mail_words.lines import is_rule, trimmed

SIGNATURE = re.compile(r"(?:--|—)\s?")
#: products and kinds of them, of which mail programs say that they sent the mail
_DEVICE = re.compile(
	r"iphon|ipad|ipod|android|samsung|galaxy|blackberry|outlook|hotmail|gmail|yahoo|\baol\b|proton|windows|huawei|xiaomi"
	r"|pixel|nokia|motorola|\bhtc\b|\blg\b|sony|oneplus|oppo|verizon|t-mobile|at&t|sprint|\bmac\b|macbook|thunderbird"
	r"|icloud|zoho|airmail|spark|mailbird|bluemail|\bmail\b|\bmailbox\b|\be-?mail\b|\bapp\b|smartphone|\bphone\b|\bmobile\b"
	r"|handy|\bcell\b|tablet|telefon|teléfono|téléphone|telefono|celular|móvil|mobil|\bdevice\b|wireless|puhelime|телефон|手机|携帯",
	re.IGNORECASE,
)
#: "Sent from my Alcatel Flash2": names of things unknown to us
_MINE = re.compile(r"Sent from my(?: [A-Z][\w-]*| \w*\d[\w-]*){1,3}")
_LINK = re.compile(r"[<(\[]?\s?https?://[^\s<>]{1,300}[>)\]]?|<mailto:[^\s<>]{1,100}>")
_OPENS = re.compile(
	r"(?:sent (?:from|with|via|by|using|through)|get \[?outlook for|gesendet (?:von|mit|aus|über)|von meine[mr]|diese nachricht wurde von|"
	r"enviado (?:desde|do|de|a partir|con|com|via|através)|enviada (?:do|desde|de)|envoyé (?:de|depuis|à partir|avec|par|via)"
	r"|télécharger outlook|obtenir outlook|obtener outlook|obter o outlook|outlook für|scarica outlook|holen sie sich outlook"
	r"|téléchargez outlook|pobierz (?:aplikację )?outlook|elküldve az?|تم الإرسال من|yahoo mail: search"
	r"|inviato (?:da|con|dal)|verzonden (?:vanaf|vanuit|met|via|met behulp)|verstuurd vanaf|outlook voor|skickat (?:från|med)"
	r"|skaffa outlook|sendt (?:fra|med|via)|få outlook|lähetetty|hanki outlook|wysłan[eoy] (?:z|za)|odesláno (?:z|ze)|odoslané z"
	r"|отправлено (?:с|из)|надіслано (?:з|із)|trimis (?:de|din)|enviat des|στάλθηκε|εστάλη|изпратено от|poslano (?:z|iz|sa)"
	r"|発信元|傳送自|dari|dikirim dari|được gửi|נשלח)\b|[发發]自|(?:获取|取得|下载|下載) ?outlook|provenance :",
	re.IGNORECASE,
)
_CLOSES = re.compile(
	r".{1,40}(?:から送信|傳送|传送|에서 보냄|gesendet|dan gönderildi|den gönderildi|gönderildi|ről küldve|ról küldve|küldve|發送|发送|outlook を入手|outlook 다운로드|herunterladen)\.?",
	re.IGNORECASE,
)
#: small words that product names are joined with; a sentence has others
_JOINING = frozenset(
	[
		"my",
		"mein",
		"meinem",
		"meiner",
		"mi",
		"mon",
		"ma",
		"il",
		"mio",
		"min",
		"mijn",
		"minun",
		"moje",
		"mé",
		"mého",
		"meu",
		"o",
		"the",
		"a",
		"an",
		"all",
		"new",
		"for",
		"für",
		"pour",
		"para",
		"per",
		"voor",
		"för",
		"til",
		"på",
		"on",
		"de",
		"del",
		"dal",
		"da",
		"do",
		"di",
		"du",
		"des",
		"à",
		"partir",
		"from",
		"via",
		"with",
		"using",
		"by",
		"from",
		"of",
		"and",
		"to",
		"het",
		"der",
		"die",
		"das",
		"dem",
		"az",
		"dla",
		"systemu",
		"aplikację",
		"all-new",
		"courrier",
		"correo",
		"een",
		"mit",
		"con",
		"com",
		"avec",
		"app",
		"cell",
		"mail",
		"mailbox",
		"e-mail",
		"email",
		"client",
		"application",
		"phone",
		"mobile",
		"cell",
		"smartphone",
		"device",
		"tablet",
		"wireless",
		"handheld",
		"network",
		"powered",
		"free",
		"secure",
		"encrypted",
		"telefon",
		"telefono",
		"teléfono",
		"téléphone",
		"móvil",
		"mobil",
		"handy",
		"celular",
		"iphone",
		"ipad",
		"android",
		"outlook",
		"gmail",
		"samsung",
		"galaxy",
		"ios",
		"fra",
		"från",
		"desde",
		"depuis",
		"meine",
		"min's",
		"so",
		"z",
		"ze",
		"из",
		"с",
		"моего",
		"моей",
		"мобильного",
		"мобильной",
		"устройства",
		"почты",
		"wifi",
		"lte",
		"puhelimesta",
		"puhelimestani",
	]
)
_WORD = re.compile(r"[^\s,;:!?()]+")
_PARDON = re.compile(
	r"[.,;:\s—–-]*(?:please |kindly )?(?:excuse|pardon|forgive|sorry|apologies)\b.{0,80}", re.IGNORECASE
)
_LIST = re.compile(
	r"you received this (?:message|email|mail) because|to unsubscribe(?: from|,|:| and| send| visit| click)|unsubscribe from this|mailing list|list-?info"
	r"|reply to this email directly|view it on github",
	re.IGNORECASE,
)
_URL = re.compile(r"https?://|www\.|[\w.+-]{1,64}@[\w.-]{1,80}\.\w")
_DISCLAIMER = re.compile(
	r"[*\s_]{0,4}(?:confidentiality notice|disclaimer\b|legal notice|(?:this|the (?:information|contents?|content) (?:\w+ ){0,4}(?:in|of) this)"
	r" (?:e-?mail|message|communication|transmission)|(?:diese|die in dieser) (?:e-?mail|nachricht)"
	r"|ce (?:message|courriel)|cet? e-?mail|este (?:mensaje|correo|e-?mail)|esta mensagem|questo messaggio|dit bericht|deze e-?mail)",
	re.IGNORECASE,
)
_LEGAL = re.compile(
	r"confidential|privileged|intended (?:only|solely|for)|addressee|vertraulich|confidentiel|confidencial|riservat"
	r"|vertrouwelijk",
	re.IGNORECASE,
)
_BANNER = re.compile(
	r"[\W_]{0,6}(?:caution|warning|external|attention|achtung|extern)\b.{0,60}\b(?:e-?mail|message|mail|nachricht|sender|absender)"
	r"\b.{0,120}\b(?:outside (?:of )?(?:the|your|our|this)|external (?:sender|source|e-?mail)|originated|click|attachments"
	r"|anhänge|extern\w* (?:absender|quelle))\b|you don['’]t often get e-?mail from",
	re.IGNORECASE,
)
#: what scanners and tree-lovers add, however short
_SCANNED = re.compile(
	r"[*\s_]{0,4}(?:(?:this|diese|dieses|cet?|este|esta|questa|questo|deze|dit) (?:e-?mail|message|mail|nachricht|courriel|messaggio"
	r"|mensaje|correo|bericht)\b.{0,60}\b(?:scanned|checked|geprüft|überprüft|analysé|vérifié|comprobado|analizado"
	r"|controllata?|gecontroleerd|auf)\b.{0,30}(?:(?:for|auf|contre|de|per) (?:\w+ ){0,3}vir|anti-?vir)"
	r"|(?:virus-free|virenfrei|garanti sans virus|sans virus|libre de virus|privo di virus|virusvrij|без вирусов)\.\s?\S{0,3}(?:www|http)"
	r"|(?:please )?(?:consider|think).{0,20} (?:environment|planet|trees?|nature|earth)\b.{0,40}\bprint"
	r"|(?:please )?think before you print|bitte denken sie .{0,20}umwelt.{0,40}druck"
	r"|pensez à l['’]environnement.{0,30}imprimer|(?:por favor,? )?piense en el medio ?ambiente.{0,30}imprimir)",
	re.IGNORECASE,
)
_NOTICE = re.compile(
	r"[*\s_]{0,4}(?:disclaimer|confidentiality notice|legal notice|haftungsausschluss)[\s:.*_]{0,6}",
	re.IGNORECASE,
)
#: of the many lines of a footer that are looked at
_FOOTER_LINES = 12
_LONG = 150
_SCANNED_CHARACTERS = 500
#: footers below each other
_FOOTERS = 10


def without_banner(lines: list[str]) -> list[str]:
	"""Return the lines without what a mail server wrote above the mail."""
	end = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
	if 0 < end <= 4 and end < len(lines) and _BANNER.match(" ".join(line[:200] for line in lines[:end])):
		return lines[end:]
	return lines


def without_footer(lines: list[str], *, below_quote: bool = False) -> list[str]:
	"""Return the lines without what a machine wrote below them."""
	lines = _without_signature(trimmed(lines))
	for number in range(_FOOTERS):
		if not lines:
			break
		if number and len(lines[-1]) < 60 and _NOTICE.fullmatch(lines[-1]):
			lines = trimmed(lines[:-1])
			continue
		shorter = _without_last(lines, below_quote=below_quote)
		if len(shorter) == len(lines):
			break
		lines = trimmed(shorter)
	return lines


def is_device_line(line: str) -> bool:
	"""Return whether the line says by what a mail was sent, and nothing else."""
	if len(line) > 300:
		return False
	link = bool(_LINK.search(line))
	bare = _LINK.sub(" ", line).strip(" \t.*_<>()[]|-—–")
	opened = _OPENS.match(bare)
	closed = _CLOSES.fullmatch(bare)
	if not bare or len(bare) > 120 or not (opened or closed):
		return False
	if not (_DEVICE.search(bare) or _MINE.fullmatch(bare) or (link and opened)):
		return False
	if closed:
		return True
	rest = bare[opened.end() :] if opened else ""
	pardon = _PARDON.search(rest)
	words = _WORD.findall(rest[: pardon.start()] if pardon else rest)
	return len(words) <= 9 and all(_is_product(word) for word in words)


def _is_product(word: str) -> bool:
	bare = word.strip("'’\"“”.®™*<>").removeprefix("l'").removeprefix("l’")
	return (
		not bare
		or not bare[0].islower()
		or any(char.isdigit() for char in bare)
		or bare.lower() in _JOINING
		or bool(_DEVICE.search(bare))
	)


def _without_signature(lines: list[str]) -> list[str]:
	marks = [index for index, line in enumerate(lines) if len(line) <= 3 and SIGNATURE.fullmatch(line)]
	# several marks are somebody's own dividing lines
	return trimmed(lines[: marks[0]]) if len(marks) == 1 else lines


def _without_last(lines: list[str], *, below_quote: bool) -> list[str]:
	if is_device_line(lines[-1].strip()):
		return lines[:-1]
	start = len(lines)
	while start and lines[start - 1].strip() and len(lines) - start < _FOOTER_LINES:
		start -= 1
	paragraph = lines[start:]
	text = " ".join(line[:200] for line in paragraph)
	if _DISCLAIMER.match(text) and _LEGAL.search(text[:1000]) and (below_quote or len(text) >= _LONG):
		return lines[:start]
	if len(text) < _SCANNED_CHARACTERS and _SCANNED.match(text):
		return lines[:start]
	if is_rule(paragraph[0]) and len(paragraph) > 1 and _URL.search(text[:2000]):
		return lines[:start]
	if _LIST.search(text[:1000]) and _URL.search(text[:2000]):
		return lines[:start]
	return lines
