"""The page's stylesheet and scripts, under a path that changes with their content."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PUBLIC = Path(__file__).parent.parent.parent / "public"
#: staff's alone, which no page of a customer loads
_DESK = PUBLIC / "desk"
_COMPRESSED = (".css", ".js", ".svg")
_IMPORT = re.compile(rb'^@import "([^"]+)";\n', re.MULTILINE)


@dataclass(frozen=True)
class Asset:
	"""A file of `public/`."""

	data: bytes
	content_type: str


@cache
def files() -> dict[str, Asset]:
	"""Return every file of `public/` that pages of customers have, by its path there."""
	found = {}
	for path in sorted(PUBLIC.rglob("*")):
		if path.is_file() and _DESK not in path.parents:
			kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
			found[path.relative_to(PUBLIC).as_posix()] = Asset(_whole(path), kind)
	return found


def _whole(path: Path) -> bytes:
	"""Return a file; a stylesheet with those that it imports in their places, as each would be a request more."""
	data = path.read_bytes()
	if path.suffix != ".css":
		return data
	return _IMPORT.sub(lambda match: (path.parent / match[1].decode()).read_bytes(), data)


@cache
def packed() -> dict[str, bytes]:
	"""Return those that shrink, gzipped; a proxy may not do it for every type."""
	return {
		name: gzip.compress(asset.data, 9, mtime=0)
		for name, asset in files().items()
		if name.endswith(_COMPRESSED)
	}


@cache
def version() -> str:
	"""Return a name for the content of all of them."""
	digest = hashlib.sha256()
	for name, asset in files().items():
		digest.update(name.encode() + b"\0" + asset.data)
	return digest.hexdigest()[:12]
