"""`make types` checks every file of ours as strictly as can be; only what Frappe leaves untyped is let through."""

import sys
from pathlib import Path
from typing import Any

import pytest

if sys.version_info >= (3, 11):
	import tomllib
else:
	tomllib = pytest.importorskip("tomli")

ROOT = Path(__file__).parents[2]
MYPY: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
#: what an override may say, and of which modules
ALLOWED = {
	"ignore_missing_imports": ("aiosmtpd", "authres", "axe_playwright_python", "bleach", "erpnext", "frappe", "gunicorn", "http_ece", "linkify_it", "py_vapid", "pypdf", "pywebpush", "redis", "rq", "twilio"),
	"disallow_subclassing_any": ("customer_thread.customer_thread.doctype", "customer_thread.frappe_host.record"),
	"disallow_untyped_decorators": ("customer_thread.api",),
}  # fmt: skip


def test_it_is_strict() -> None:
	told = set(MYPY) - {"files", "overrides", "mypy_path", "explicit_package_bases", "python_version"}

	assert told == {"strict"}
	assert MYPY["strict"] is True


def test_it_lets_through_only_what_others_leave_untyped() -> None:
	for override in MYPY["overrides"]:
		modules = override["module"] if isinstance(override["module"], list) else [override["module"]]
		for option in set(override) - {"module"}:
			assert {name.removesuffix(".*") for name in modules} <= set(ALLOWED[option]), option


def test_it_leaves_out_no_file() -> None:
	paths = [path.relative_to(ROOT) for path in ROOT.rglob("*.py")]
	ours = [path for path in paths if not any(part.startswith(".") for part in path.parts)]

	assert len(ours) > 300
	assert [path for path in ours if path.parts[0] not in MYPY["files"]] == []
