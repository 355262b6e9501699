"""Which files and folders a text names, and whether the repository has them."""

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path, PurePosixPath

#: whose files are not ours: named after the app they are in
FOREIGN = frozenset({"erpnext", "frappe", "twilio"})
_SKIPPED = re.compile(
	r"\.(?!ci$|github$|pre-commit|editorconfig|gitignore).*|__pycache__|node_modules|.*\.egg-info"
)
_ENDING = r"(?:css|html|js|json|md|pot|py|sh|sql|svg|toml|txt|ya?ml)"
_PART = r"[\w.*<>…-]+"
#: what looks like a file wherever it stands: "store/indexes.py", "http.md"
_FILE = re.compile(rf"(?<![\w/.*<>…:@$%{{}}-])((?:{_PART}/)*[\w*<>…-][\w.*<>…-]*\.{_ENDING})(?![\w/(-]|\.\w)")
#: what may be one between two ` if it begins as a path of ours does: "domain/routing", "tests/ports/"
_PATH = re.compile(rf"(?<![\w/.*<>…:@$%{{}}-])((?:{_PART}/)+(?:{_PART})?)(?![\w/(])")
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"(?<!\\)\]\(<?([^)\s>]+)>?[^)]*\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_COMMENTS = {
	".css": re.compile(r"/\*.*?\*/", re.DOTALL),
	".html": re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL),
	".js": re.compile(r"/\*.*?\*/|(?:^|\s)//[^\n]*", re.DOTALL),
	".sh": re.compile(r"(?:^|\s)#[^\n]*"),
	".toml": re.compile(r"(?:^|\s)#[^\n]*"),
	"": re.compile(r"(?:^|\s)#[^\n]*"),
}


class Tree:
	"""Every file below a folder, hidden folders left out, by its path from there."""

	def __init__(self, root: Path) -> None:
		self.root = root
		self.files = {PurePosixPath(path) for path in _below(root, "")}
		self.folders = {parent for file in self.files for parent in file.parents} - {PurePosixPath(".")}
		#: with what a path of ours begins
		self.tops = {folder.parts[0] for folder in self.folders} | {
			folder.name for folder in self.folders if len(folder.parts) == 2
		}

	def has(self, named: str, beside: PurePosixPath) -> bool:
		"""Return whether something is there under a name that may leave out the folders before it.

		`<name>`, `…` and `*` stand for anything, `…/` for folders left out. `beside`: the file that names it.
		"""
		if named.startswith("."):
			return _joined(beside.parent, named) in self.folders | self.files
		wanted = re.sub(r"<\w*>|…", "*", named.removeprefix("…/")).rstrip("/")
		steps = len(PurePosixPath(wanted).parts)
		known = self._ends(steps, folders_only=named.endswith("/"))
		return any(fnmatchcase(end, wanted) for end in known) if "*" in wanted else wanted in known

	@cache  # noqa: B019 - there is one tree in a run
	def _ends(self, steps: int, *, folders_only: bool) -> frozenset[str]:
		known = self.folders if folders_only else self.folders | self.files
		return frozenset("/".join(path.parts[-steps:]) for path in known if len(path.parts) >= steps)


def _below(folder: Path, before: str) -> Iterator[str]:
	for path in folder.iterdir():
		if not _SKIPPED.fullmatch(path.name):
			yield from _below(path, f"{before}{path.name}/") if path.is_dir() else [before + path.name]


def _joined(folder: PurePosixPath, named: str) -> PurePosixPath | None:
	"""Return where a path leads from a folder, or None if that is outside."""
	parts: list[str] = []
	for part in (*folder.parts, *PurePosixPath(named).parts):
		if part == ".." and not parts:
			return None
		parts = parts[:-1] if part == ".." else [*parts, part]
	return PurePosixPath(*parts)


def missing(tree: Tree, file: PurePosixPath, text: str) -> list[str]:
	"""Return what a file of the tree names, links to or points at that is not there."""
	prose = _prose(file, text)
	named = {found for found in _FILE.findall(prose) if found.split("/")[0] not in FOREIGN}
	gone = [name for name in sorted(named) if not tree.has(name, file)]
	for path in sorted(_paths(tree, prose) - named):
		module = path.rpartition(".")[0]
		if not any(tree.has(name, file) for name in (path, f"{path}.py", f"{module}.py")):
			gone.append(path)
	if file.suffix == ".md":
		links = _LINK.findall(_FENCE.sub("", text))
		gone += [link for link in links if not _leads_somewhere(tree, file, text, link)]
	return gone


def _paths(tree: Tree, prose: str) -> set[str]:
	found = {path for span in _SPAN.findall(prose) for path in _PATH.findall(span)}
	return {path for path in found if path.split("/")[0] in tree.tops}


def _prose(file: PurePosixPath, text: str) -> str:
	"""Return what a person reads in a file: all of a page, of code its comments and docstrings."""
	if file.suffix == ".md":
		return _LINK.sub("]", text)
	if file.suffix == ".py":
		return "\n".join(_python_prose(text))
	pattern = _COMMENTS.get(file.suffix)
	return "\n".join(pattern.findall(text)) if pattern else ""


def _python_prose(text: str) -> Iterator[str]:
	for token in tokenize.generate_tokens(io.StringIO(text).readline):
		if token.type == tokenize.COMMENT:
			yield token.string
	for node in ast.walk(ast.parse(text)):
		if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
			yield ast.get_docstring(node) or ""


def _leads_somewhere(tree: Tree, file: PurePosixPath, text: str, link: str) -> bool:
	if re.match(r"\w+:", link):
		return True
	path, _hash, anchor = link.partition("#")
	if not path:
		return anchor in anchors(text)
	goal = _joined(file.parent, path)
	if goal is None or not anchor:
		return goal in tree.files or goal in tree.folders
	return goal in tree.files and anchor in anchors((tree.root / goal).read_text("utf-8"))


def anchors(page: str) -> set[str]:
	"""Return what a link can lead to on a page: its headings as GitHub writes them."""
	found, seen = set(), Counter[str]()
	for heading in re.findall(r"^#{1,6}\s+(.*?)\s*#*$", _FENCE.sub("", page), re.MULTILINE):
		words = re.sub(r"\]\([^)]*\)", "", heading)
		slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
		found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
		seen[slug] += 1
	return found
