"""The demo page's own stylesheet, script and picture, and its templates."""

import mimetypes
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Attachment

FOLDER = Path(__file__).parent
#: what a phone takes along when nobody picks a picture
SAMPLE = "deck.jpg"
#: what stood there before
OLD = "old-deck.jpg"


@cache
def _files() -> dict[str, Path]:
	return {path.name: path for path in (FOLDER / "static").iterdir()}


def serve(name: str) -> Response:
	"""Return a file. Raise NotFound."""
	path = _files().get(name)
	if path is None:
		raise NotFound("There is no such file.")
	return Response(path.read_bytes(), content_type=mimetypes.guess_type(name)[0])


def picture(name: str = SAMPLE) -> Attachment:
	"""Return a picture as a phone takes it along: of Sarah's new deck, or of the old one."""
	return Attachment(name, "image/jpeg", _files()[name].read_bytes())


@cache
def _environment() -> Environment:
	return Environment(
		loader=FileSystemLoader(FOLDER / "templates"),
		autoescape=True,
		trim_blocks=True,
		lstrip_blocks=True,
		undefined=StrictUndefined,
	)


def render(template: str, **context: object) -> str:
	"""Return a template as text."""
	return _environment().get_template(template).render(context)
