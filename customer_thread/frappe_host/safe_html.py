"""HTML that staff wrote, as a customer's page may show it: its words and their order, and nothing that acts."""

import re

import bleach
from bs4 import BeautifulSoup

_TEXT = (
	"p",
	"br",
	"hr",
	"div",
	"h1",
	"h2",
	"h3",
	"h4",
	"h5",
	"h6",
	"ul",
	"ol",
	"li",
	"blockquote",
	"pre",
	"a",
)
_INLINE = ("strong", "b", "em", "i", "u", "s", "sub", "sup")
_TABLE = ("table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd")
#: what would otherwise leave its code behind as words
_SILENT = ["script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math"]


def _is_list_mark(_tag: str, name: str, value: str) -> bool:
	# Frappe's editor keeps bullets and numbers in one list, told apart by data-list, and levels as classes
	return name == "data-list" or (name == "class" and re.fullmatch("ql-indent-[1-8]", value) is not None)


def safe_html(html: str) -> str:
	"""Return the HTML without scripts, styles, pictures and forms; links keep http, https and mailto."""
	soup = BeautifulSoup(html, "html5lib")
	for tag in soup(_SILENT):
		tag.decompose()
	body = soup.body.decode_contents() if soup.body else ""
	cleaned: str = bleach.clean(
		body,
		tags={*_TEXT, *_INLINE, *_TABLE},
		attributes={"a": ["href"], "li": _is_list_mark, "td": ["colspan"], "th": ["colspan"]},
		protocols=["http", "https", "mailto"],
		strip=True,
	)
	return cleaned
