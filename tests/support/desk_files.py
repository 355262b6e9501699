"""The Desk's stylesheet and late modules, as a page of the tests has them."""

from pathlib import Path

from playwright.sync_api import Route

import customer_thread

FOLDER = Path(customer_thread.__file__).parent / "public" / "desk"
#: for a page's head
STYLE = '<link rel="stylesheet" href="/assets/customer_thread/desk/desk.css">'
_KINDS = {".css": "text/css", ".js": "text/javascript"}


def serve_desk_file(route: Route) -> bool:
	"""Answer a request for one of them; return whether it was."""
	path = route.request.url.partition("?")[0]
	if "/assets/customer_thread/desk/" not in path:
		return False
	file = FOLDER / path.partition("/assets/customer_thread/desk/")[2]
	route.fulfill(content_type=f"{_KINDS[file.suffix]}; charset=utf-8", body=file.read_text("utf-8"))
	return True
