"""The rows of uploads, as queries return them. Times are µs since 1970 UTC."""

from typing import TypedDict


class UploadRow(TypedDict):
	"""A Thread Upload."""

	name: str
	thread: str
	#: whoever chose it; "" where the host has no users
	uploaded_by: str
	file_name: str
	content_type: str
	file: str
	#: in bytes
	size: int
	#: of a picture in pixels, upright; 0: not known
	width: int
	height: int
