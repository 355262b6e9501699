"""The one renderer: Jinja templates, escaped, used by both hosts."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from customer_thread.domain.thread.pictures import is_picture, shown_size

TEMPLATES = Path(__file__).parent.parent.parent / "templates"


@cache
def _environment() -> Environment:
	environment = Environment(
		loader=FileSystemLoader(TEMPLATES),
		autoescape=True,
		trim_blocks=True,
		lstrip_blocks=True,
		undefined=StrictUndefined,
		auto_reload=False,
	)
	environment.tests["picture"] = is_picture
	environment.globals["shown_size"] = shown_size
	return environment


def render(template: str, *, translate: Callable[[str], str], **context: object) -> str:
	"""Return a template of `templates/` as text; `_` in it is `translate`."""
	return _environment().get_template(template).render(context, _=translate)
