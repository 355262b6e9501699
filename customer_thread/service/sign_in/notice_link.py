"""The link in what is sent to a customer: one tap, and they read the entry, signed in."""

from urllib.parse import urlsplit

from customer_thread.domain.model import Address
from customer_thread.domain.sign_in import lacks_token, with_link
from customer_thread.service.ports import Ports
from customer_thread.service.sign_in.make_link import make_link
from customer_thread.service.sign_in.who import reader_for
from customer_thread.store import threads
from customer_thread.store.rows import DeliveryRow, ThreadRow


def notice_link(ports: Ports, thread: ThreadRow, address: Address, entry: int) -> str:
	"""Return the link to an entry for whoever reads at an address, which signs them in if it may; empty for none."""
	reader = reader_for(ports, thread, address)
	return make_link(
		ports, thread, reader.user if reader else "", "Notice", address=address.value, entry=entry
	)


def with_fresh_link(ports: Ports, delivery: DeliveryRow) -> str:
	"""Return the words of a text that is sent once more; its link lost its token when the text had left."""
	text = delivery["text"]
	if not delivery["thread"] or not lacks_token(text):
		return text
	thread = threads.get(ports.database, delivery["thread"])
	if thread is None:
		return text
	link = notice_link(ports, thread, Address("Phone", delivery["address"]), delivery["entry"])
	parts = urlsplit(link)
	return with_link(text, link.removeprefix(f"{parts.scheme}://{parts.netloc}"))
