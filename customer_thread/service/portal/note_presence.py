"""A page says whether its reader is there."""

from customer_thread.service.ports import Ports


def note_presence(ports: Ports, thread: str, user: str, active: str) -> None:
	"""Note what the page of a reader says: "1" while it is seen and touched, "0" once it is left; else nothing."""
	if user and active == "1":
		ports.presence.note(thread, user)
	elif user and active == "0":
		ports.presence.leave(thread, user)
