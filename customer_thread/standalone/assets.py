"""The app's stylesheet and scripts, under a path that changes with their content."""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from werkzeug.wrappers import Request, Response

from customer_thread.domain.errors import NotFound

PUBLIC = Path(__file__).parent.parent / "public"
PREFIX = "/assets/customer_thread"
_COMPRESSED = {".css", ".js", ".svg"}


@cache
def _files() -> dict[str, tuple[bytes, bytes | None, str]]:
	"""Return path → (bytes, gzipped bytes, content type) of everything in `public/`."""
	found = {}
	for path in sorted(PUBLIC.rglob("*")):
		if path.is_file():
			data = path.read_bytes()
			packed = gzip.compress(data, 9, mtime=0) if path.suffix in _COMPRESSED else None
			kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
			found[path.relative_to(PUBLIC).as_posix()] = (data, packed, kind)
	return found


@cache
def base() -> str:
	"""Return the path under which the files may be cached for ever."""
	digest = hashlib.sha256()
	for name, (data, _packed, _kind) in _files().items():
		digest.update(name.encode() + b"\0" + data)
	return f"{PREFIX}/{digest.hexdigest()[:12]}"


def serve(request: Request) -> Response:
	"""Return a file. Raise NotFound."""
	path = request.path.removeprefix(f"{PREFIX}/")
	version, _slash, rest = path.partition("/")
	is_current = f"{PREFIX}/{version}" == base()
	found = _files().get(rest if is_current else path)
	if found is None:
		raise NotFound("This file is not there.")
	data, packed, kind = found
	use_packed = packed is not None and request.accept_encodings.quality("gzip") > 0
	response = Response(packed if use_packed else data, content_type=kind)
	if use_packed:
		response.headers["Content-Encoding"] = "gzip"
	response.headers["Vary"] = "Accept-Encoding"
	response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "no-cache"
	return response
