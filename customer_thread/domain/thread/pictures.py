"""Which attachments are pictures: what a browser may show itself."""

#: anything else is saved, never opened, as it could carry a script
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def is_picture(content_type: str | None) -> bool:
	"""Return whether an attachment of this MIME type is shown where it stands, rather than linked to."""
	return (content_type or "") in PICTURES
