"""The pages of `docs/`, taken apart."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def page(name: str) -> str:
	"""Return a page of `docs/` as it is written."""
	return (DOCS / name).read_text("utf-8")


def sections(text: str) -> dict[str, str]:
	"""Return what stands under each heading, as far as the next one; the text before the first under ""."""
	pieces = re.split(r"^#{1,6} +(.+?) *$", text, flags=re.MULTILINE)
	headings = pieces[1::2]
	assert len(headings) == len(set(headings)), "two headings alike"
	return {"": pieces[0], **dict(zip(headings, pieces[2::2], strict=True))}


def rows(text: str) -> dict[str, str]:
	"""Return the table rows that begin with something between two `, by that; each as a whole."""
	return {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
