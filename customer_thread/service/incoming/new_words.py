"""The new words of a mail, once it is known whose thread it belongs to."""

from dataclasses import replace

from customer_thread.domain.inbound import InboundMail
from customer_thread.domain.limits import KNOWN_TEXTS
from customer_thread.domain.mail_words.known import known
from customer_thread.domain.mail_words.split import split
from customer_thread.domain.people.reply_address import reply_address
from customer_thread.service.ports import Ports
from customer_thread.store import entries
from customer_thread.store.rows import ThreadRow


def with_new_words(ports: Ports, thread: ThreadRow, mail: InboundMail, *, by_customer: bool) -> InboundMail:
	"""Return the mail, its new words told by what was lately sent to whoever wrote it, and by our own addresses."""
	settings = ports.settings()
	tokens = (thread["reply_token"], thread["contractor_token"])
	addresses = [
		settings.from_address,
		*(reply_address(token, settings.reply_domain) for token in tokens if token),
	]
	texts = entries.texts_sent(ports.database, thread["name"], to_customer=by_customer, limit=KNOWN_TEXTS)
	text, quoted = split(mail.original, known(addresses, settings.business_name, texts))
	return replace(mail, text=text, quoted=quoted)
