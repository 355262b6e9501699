"""Whose turn it is in a thread."""

from customer_thread.domain.errors import BadInput
from customer_thread.service.ports import Ports
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow

#: as long as a user's name can be
_MOST = 140


def give_turn(ports: Ports, thread: ThreadRow, user: str) -> None:
	"""Let it be a user's turn, or everybody's again if it is empty; the same again changes nothing.

	Raise BadInput for somebody who may not see the thread, who is nobody here.
	"""
	row = threads.require_held(ports.database, thread["name"])
	user = " ".join(user.split())
	if user and (len(user) > _MOST or not ports.team.may_see(user, row["name"])):
		raise BadInput("{0} may not see this conversation. Choose somebody else.", user[:_MOST])
	if (row["assigned_to"] or "") != user:
		ports.team.give(row["name"], user)
		ports.live.changed_for_staff(row["name"])
