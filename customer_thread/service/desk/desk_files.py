"""The Desk's stylesheet and the modules that it loads when they are first needed: `public/desk/`."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / "public" / "desk"


@cache
def version() -> str:
	"""Return a name for the content of all of them; proxies keep what is below `/assets` for a year."""
	digest = hashlib.sha256()
	# what pages and forms include is there as modules, too
	for path in sorted([*FOLDER.glob("*.*"), *FOLDER.glob("page/*.js")]):
		digest.update(path.name.encode() + b"\0" + path.read_bytes())
	return digest.hexdigest()[:12]
