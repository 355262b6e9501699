"""A link that signs somebody in. Its token is in what is sent and nowhere else: only a hash of it is kept."""

from customer_thread.domain.model import SignInPurpose
from customer_thread.domain.sign_in import WAY_IN, hash_of
from customer_thread.domain.times import DAY
from customer_thread.service.ports import Ports
from customer_thread.service.sign_in.portal_link import portal_link
from customer_thread.store import sign_ins
from customer_thread.store.rows import ThreadRow

__all__ = ["WAY_IN", "make_link", "new_token"]


def make_link(
	ports: Ports,
	thread: ThreadRow,
	user: str,
	purpose: SignInPurpose,
	*,
	address: str = "",
	entry: int = 0,
	made_by: str | None = None,
) -> str:
	"""Return the absolute address of a page that signs this user in and leads to the entry, or to the whole thread.

	`address`: where it is sent, and where a fresh one can be sent to. Without a user, with links switched off or
	without a public address it is `portal_link`.
	"""
	settings = ports.settings()
	base = settings.public_url.rstrip("/")
	if not (user and base and settings.sign_in_links and settings.sign_in_link_days):
		return portal_link(settings, entry)
	token = new_token(ports, user, thread["name"], purpose, address=address, entry=entry, made_by=made_by)
	return f"{base}{WAY_IN}#{token}"


def new_token(
	ports: Ports,
	user: str,
	thread: str,
	purpose: SignInPurpose,
	*,
	address: str = "",
	entry: int = 0,
	made_by: str | None = None,
) -> str:
	"""Return the token of a new link, which lives as long as the settings say.

	Without a user and a thread it is for whoever of those who have the address says who they are.
	"""
	now = ports.clock.now_us()
	token = ports.ids.token()
	sign_ins.add(
		ports.database,
		hash_of(token),
		user=user,
		thread=thread,
		purpose=purpose,
		address=address,
		entry=entry,
		made_by=made_by,
		now_us=now,
		expires_us=now + ports.settings().sign_in_link_days * DAY,
	)
	return token
