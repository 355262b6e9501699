"""The way out of e-mail notices that each of them carries, for whoever has the mail (RFC 8058)."""

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.notices.mail_token import is_same, mail_token, number_in
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.service.ports import PortalReader, Ports
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow

#: where somebody says what they want
SETTINGS_PAGE = "/notification-settings"
_CALL = "/api/method/customer_thread.api.portal.unsubscribe_mail"


def settings_address(ports: Ports) -> str:
	"""Return where somebody says what they want; empty if the public address is not set."""
	address = ports.settings().public_url.rstrip("/")
	return address and f"{address}{SETTINGS_PAGE}"


def unsubscribe_address(ports: Ports, thread: ThreadRow, user: str) -> str:
	"""Return what turns off somebody's e-mail notices with one POST; empty if the public address is not set."""
	address = ports.settings().public_url.rstrip("/")
	token = mail_token(thread["code"], thread["reply_token"], user)
	return address and f"{address}{_CALL}?token={token}"


def unsubscribe_mail(ports: Ports, token: str) -> None:
	"""Turn off the e-mail notices of whom a token was made for; doing it again changes nothing. Raise NotAllowed."""
	thread, user = whom_it_unsubscribes(ports, token)
	save_wishes(ports, thread, user, {"email": "Off"}, "Mail")


def whom_it_unsubscribes(ports: Ports, token: str) -> tuple[ThreadRow, str]:
	"""Return the thread and the reader whom a token was made for. Raise NotAllowed."""
	number = number_in(token)
	row = threads.numbered(ports.database, number) if number else None
	# by its own secret: it may have been merged into another since
	thread = threads.by_number(ports.database, number) if row else None
	party = threads.party_of(thread) if thread else None
	# and whoever has the thread's addresses, where nobody could sign in
	readers = (*ports.parties.readers(party), PortalReader("")) if party else ()
	for reader in readers:
		if row and thread and is_same(token, mail_token(number, row["reply_token"], reader.user)):
			return thread, reader.user
	raise NotAllowed("This link is not valid any more. Please open your notification settings instead.")
