"""Every file and page that is named somewhere is in the repository, and every link leads somewhere."""

import re
from pathlib import Path, PurePosixPath

import pytest
from support.references import Tree, anchors, missing

ROOT = Path(__file__).parents[2]
TREE = Tree(ROOT)
#: what holds words that people read; made-up mails and recorded requests are nobody's page
READ = {"", ".css", ".html", ".js", ".md", ".py", ".sh", ".toml"}
FILES = sorted(file for file in TREE.files if file.suffix in READ and "data" not in file.parts)
PAGES = [file for file in FILES if file.suffix == ".md"]
BESIDE = PurePosixPath("docs/page.md")


def _text(file: PurePosixPath) -> str:
	return (ROOT / file).read_text("utf-8")


def test_it_has_pages_and_code_to_look_at() -> None:
	assert {"README.md", "docs/http.md", "docs/behaviour.md", "docs/schema.md"} <= set(map(str, PAGES))
	assert len(FILES) > 300


def test_it_names_what_is_there() -> None:
	found = {str(file): missing(TREE, file, _text(file)) for file in FILES}

	assert {file: names for file, names in found.items() if names} == {}


def test_it_holds_to_no_page_that_only_some_have() -> None:
	word = re.compile(r"\bthe specification\b|\bproduct document\b", re.IGNORECASE)

	assert [
		str(file) for file in FILES if file.name != Path(__file__).name and word.search(_text(file))
	] == []


def test_it_leads_a_reader_to_every_page_of_docs() -> None:
	linked = {link for page in PAGES for link in re.findall(r"\]\((?:docs/)?([\w-]+\.md)", _text(page))}
	assert {page.name for page in PAGES if page.parent.name == "docs"} <= linked


@pytest.mark.parametrize(
	("name", "text"),
	[
		("page.md", "Read [this](nowhere.md)."),
		("page.md", "Read [this](../docs/nowhere.md#top)."),
		("page.md", "Read [this](glossary.md#no-such-heading)."),
		("page.md", "Read [this](#no-such-heading)."),
		("page.md", "Read [this](../../shared/http.md)."),
		("page.md", "See `service/outgoing/nowhere.py`."),
		("page.md", "See nowhere.md."),
		("page.md", "`domain/nowhere` decides."),
		("page.md", "`domain/nowhere.settle` decides."),
		("page.md", "What is in `tests/nowhere/` runs."),
		("page.md", "`templates/*.py` are rendered."),
		("page.md", "![a picture](screenshots/nowhere.png)"),
		("page.py", '"""As nowhere.md has it."""'),
		("page.py", "def f():\n\t'''See `domain/nowhere.py`.'''"),
		("page.py", "x = 1  # as docs/nowhere.md has it"),
		("page.js", "// as nowhere.md has it"),
		("page.css", "/* as nowhere.md has it */"),
		("page.html", "{# as nowhere.md has it #}"),
		("page.toml", "a = 1 # as nowhere.md has it"),
		("Makefile", "a: ## as nowhere.md has it"),
	],
)
def test_it_would_notice(name: str, text: str) -> None:
	assert missing(TREE, BESIDE.with_name(name), text) != []


@pytest.mark.parametrize(
	("name", "text"),
	[
		("page.md", "Read [this](glossary.md), [that](#here) or [it](../README.md#two-commands).\n\n## Here"),
		("page.md", "Read [this](https://example.com/nowhere.md) or write to [us](mailto:us@example.com)."),
		("page.md", "See `service/outgoing/deliver.py`, `…/entry.html`, `doctype/<name>/<name>.json`."),
		("page.md", "`domain/routing` decides, `domain/routing.forward` above all; `tests/ports/` says how."),
		("page.md", "frappe/email/receive.py, `GET /messages/nowhere.md`, and/or `text/xml`"),
		("page.md", "```sh\n[a](nowhere.md)\n```"),
		("page.py", 'open("nowhere.md")\nx = "# nowhere.md"'),
		("page.py", '"""The domain/routing of docs/behaviour.md."""'),
		("page.js", 'fetch("https://example.com/nowhere.md")'),
	],
)
def test_it_would_not_complain(name: str, text: str) -> None:
	assert missing(TREE, BESIDE.with_name(name), text) == []


def test_it_knows_headings_as_links_name_them() -> None:
	page = "# What's new?\n\n## `GET` a.b_c — two\n\n## Twice\n\n## Twice\n\n```\n# none\n```\n### A [link](x.md)"
	assert anchors(page) == {"whats-new", "get-ab_c--two", "twice", "twice-1", "a-link"}


@pytest.mark.parametrize("floor", ["domain", "service"])
def test_it_says_what_each_folder_is_for(floor: str) -> None:
	page = _text(PurePosixPath("CONTRIBUTING.md"))
	folders = {
		folder.name for folder in TREE.folders if folder.parent == PurePosixPath("customer_thread", floor)
	}

	assert len(folders) > 3
	assert folders - set(re.findall(r"^\| `(\w+)/` \|", page, re.MULTILINE)) == set()
