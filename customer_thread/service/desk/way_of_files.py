"""How the pictures and files of a message would reach a customer."""

from collections.abc import Sequence
from dataclasses import dataclass

from customer_thread.domain.model import KeptAttachment
from customer_thread.domain.notices.reasons import worded
from customer_thread.domain.routing import Route
from customer_thread.domain.sign_in import WAY_IN
from customer_thread.domain.thread.carried import why_as_link
from customer_thread.domain.thread.pictures import is_picture
from customer_thread.service.outgoing.compose_mail import MAIL_LIMIT
from customer_thread.service.outgoing.words_to_send import with_attachment_hint
from customer_thread.service.ports import Ports

#: as long as a link is that signs in
_LINK = f"{WAY_IN}#{'0' * 40}"


@dataclass(frozen=True)
class WayOfFiles:
	"""How they go, in words; what stands for them below the words of a text; whether they go along with it."""

	words: str
	added: str = ""
	is_picture_message: bool = False


def way_of_files(ports: Ports, route: Route, files: Sequence[KeptAttachment]) -> WayOfFiles:
	"""Return how these would go by this way; no words where there are none."""
	_ = ports.translate
	if not files:
		return WayOfFiles("")
	if route.channel is None:
		return WayOfFiles(_("shown in the portal"))
	rule = ports.channel(route.channel).rule
	if rule.limit is None:
		is_whole = sum(file.size for file in files) <= MAIL_LIMIT
		return WayOfFiles(
			_("attached to the mail") if is_whole else _("more than one mail holds: some as a link")
		)
	why = why_as_link(rule, ports.settings().sender, route.address, files)
	if why is None:
		return WayOfFiles(_("the pictures go with the text"), is_picture_message=True)
	link = ports.settings().public_url.rstrip("/") + _LINK
	are_pictures = all(is_picture(file.content_type) for file in files)
	added = with_attachment_hint(str, "", len(files), link, are_pictures=are_pictures)
	return WayOfFiles(worded(why, ports.translate), f"\n{added}")
