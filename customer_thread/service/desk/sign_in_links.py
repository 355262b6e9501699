"""The links by which a customer signs in, as the office sees them: for whom, and who used which when."""

from typing import Literal, TypedDict

from customer_thread.domain.model import SignInPurpose
from customer_thread.domain.times import iso
from customer_thread.service.ports import Ports
from customer_thread.store import sign_ins
from customer_thread.store.rows import SignInRow, ThreadRow

#: Open: nobody has used it yet
State = Literal["Open", "Used", "Expired", "Revoked"]


class SignInLinkView(TypedDict):
	"""A link as staff see it, without what it is known by."""

	purpose: SignInPurpose
	state: State
	#: whom it signs in
	user: str
	#: which of the staff made it
	made_by: str | None
	#: where it was sent; empty for nowhere
	address: str
	created_at: str
	expires_at: str
	#: by the browser that used it; null for never
	first_used_at: str | None
	last_used_at: str | None


def list_sign_in_links(ports: Ports, thread: ThreadRow) -> list[SignInLinkView]:
	"""Return a thread's latest links, the newest first."""
	now = ports.clock.now_us()
	return [_view(row, now) for row in sign_ins.of_thread(ports.database, thread["name"])]


def _view(row: SignInRow, now_us: int) -> SignInLinkView:
	return {
		"purpose": row["purpose"],
		"state": _state(row, now_us),
		"user": row["user"],
		"made_by": row["made_by"],
		"address": row["address"],
		"created_at": iso(row["created_us"]),
		"expires_at": iso(row["expires_us"]),
		"first_used_at": iso(row["first_used_us"]) if row["first_used_us"] else None,
		"last_used_at": iso(row["last_used_us"]) if row["last_used_us"] else None,
	}


def _state(row: SignInRow, now_us: int) -> State:
	if row["revoked_us"]:
		return "Revoked"
	if row["expires_us"] <= now_us:
		return "Expired"
	return "Used" if row["first_used_us"] else "Open"
