"""The words of an entry as a text carries them."""

from collections.abc import Callable

from customer_thread.domain.model import Address, Purpose
from customer_thread.domain.routing import Route
from customer_thread.domain.thread.pictures import is_picture
from customer_thread.service.ports import Ports
from customer_thread.service.reading.picture_link import picture_link
from customer_thread.service.sign_in.notice_link import notice_link
from customer_thread.store.attachments import of_entries
from customer_thread.store.rows import ThreadRow


def words_to_send(
	ports: Ports,
	thread: ThreadRow,
	entry: int,
	purpose: Purpose,
	route: Route,
	text: str,
	attachments: int,
) -> str:
	"""Return the words with a hint to so many attachments, and where whoever gets them sees these.

	The customer in the portal; the contractor, who is on a phone and not signed in, at an address that ends.
	"""
	if not attachments or (route.channel and ports.channel(route.channel).rule.limit is None):
		# a mail is put together from its entry, and has them with it
		return text
	if purpose == "Message":
		address = Address("Phone", route.address)
		link = notice_link(ports, thread, address, entry) or picture_link(ports, thread, entry)
	else:
		link = picture_link(ports, thread, entry) or ports.translate("(to be seen in the Desk)")
	are_pictures = purpose != "Message" or are_all_pictures(ports, entry)
	return with_attachment_hint(ports.translate, text, attachments, link, are_pictures=are_pictures)


def are_all_pictures(ports: Ports, entry: int) -> bool:
	"""Return whether an entry has nothing else among its attachments."""
	return all(is_picture(row["content_type"]) for row in of_entries(ports.database, [entry]))


def with_attachment_hint(
	translate: Callable[[str], str],
	text: str,
	attachments: int,
	link: str = "",
	*,
	are_pictures: bool = True,
) -> str:
	"""Return the words with a hint to the attachments, and where they can be seen."""
	if not attachments:
		return text
	_ = translate
	if are_pictures:
		hint = _("[1 picture]") if attachments == 1 else _("[{0} pictures]").format(attachments)
	else:
		hint = _("[1 file]") if attachments == 1 else _("[{0} files]").format(attachments)
	return f"{text}\n{hint} {link}".strip()
