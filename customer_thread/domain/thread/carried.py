"""Whether a text carries the attachments of a message, or where they can be seen."""

from collections.abc import Sequence

from customer_thread.domain.channels import ChannelRule
from customer_thread.domain.limits import MMS_PICTURE_BYTES
from customer_thread.domain.model import KeptAttachment
from customer_thread.domain.notices.reasons import (
	NO_FILES_BY_TEXT,
	NO_PICTURES_THERE,
	TOO_LARGE_FOR_TEXT,
)
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.thread.pictures import is_picture


def why_as_link(
	rule: ChannelRule, sender: str, address: str, files: Sequence[KeptAttachment]
) -> Phrase | None:
	"""Return why these go as an address by a channel whose messages are limited; None: they go along, or none are there."""
	if not files:
		return None
	if not all(is_picture(file.content_type) for file in files):
		return NO_FILES_BY_TEXT
	if not rule.carries_pictures(sender, address):
		return NO_PICTURES_THERE
	# an animation is never made smaller
	if any(file.content_type == "image/gif" and file.size > MMS_PICTURE_BYTES for file in files):
		return TOO_LARGE_FOR_TEXT
	return None
