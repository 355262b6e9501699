"""Links are taken back."""

from customer_thread.service.ports import Ports
from customer_thread.service.sign_in.who import readers_in
from customer_thread.store import contact_points, sign_ins
from customer_thread.store.rows import ThreadRow


def revoke_links(ports: Ports, thread: ThreadRow) -> int:
	"""Let no link sign anybody in to a thread any more; return how many could.

	Sessions that began by one go on. One that leads to several customers, of whom nobody has said yet which they are,
	is taken back too.
	"""
	now = ports.clock.now_us()
	addresses = {address.value for address in contact_points.of_thread(ports.database, thread["name"])}
	readers = readers_in(ports, thread)
	addresses |= {reader.email for reader in readers if reader.email}
	usable = sign_ins.usable_of_thread(ports.database, thread["name"], now)
	# of another customer's whom they read for, too: it signs them in to all
	usable += sign_ins.usable_by(ports.database, [reader.user for reader in readers], now)
	usable += sign_ins.undecided_at(ports.database, addresses, now)
	return sum(sign_ins.revoke(ports.database, link["name"], now) for link in usable)
