"""The app's stylesheet and scripts, packed once, under a path that changes with their content."""

from werkzeug.wrappers import Request, Response

from customer_thread.domain.errors import NotFound
from customer_thread.service.portal.assets import files, packed, version

PREFIX = "/assets/customer_thread"


def base() -> str:
	"""Return the path under which the files may be cached for ever."""
	return f"{PREFIX}/{version()}"


def serve(request: Request) -> Response:
	"""Return a file. Raise NotFound."""
	path = request.path.removeprefix(f"{PREFIX}/")
	named, _slash, rest = path.partition("/")
	is_current = named == version()
	name = rest if is_current else path
	asset = files().get(name)
	if asset is None:
		raise NotFound("This file is not there.")
	small = packed().get(name) if request.accept_encodings.quality("gzip") > 0 else None
	response = Response(small or asset.data, content_type=asset.content_type)
	if small:
		response.headers["Content-Encoding"] = "gzip"
	response.headers["Vary"] = "Accept-Encoding"
	response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "no-cache"
	return response
