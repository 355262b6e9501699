"""The app's stylesheet and scripts, packed once, under a path that changes with their content."""

import gzip
from functools import cache

from werkzeug.wrappers import Request, Response

from customer_thread.domain.errors import NotFound
from customer_thread.service.assets import files, version

PREFIX = "/assets/customer_thread"
_COMPRESSED = (".css", ".js", ".svg")


@cache
def _packed() -> dict[str, bytes]:
	return {
		name: gzip.compress(asset.data, 9, mtime=0)
		for name, asset in files().items()
		if name.endswith(_COMPRESSED)
	}


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
	packed = _packed().get(name)
	use_packed = packed is not None and request.accept_encodings.quality("gzip") > 0
	response = Response(packed if use_packed else asset.data, content_type=asset.content_type)
	if use_packed:
		response.headers["Content-Encoding"] = "gzip"
	response.headers["Vary"] = "Accept-Encoding"
	response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "no-cache"
	return response
