"""The table, on the terminal and as docs/benchmarks.md."""

import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.measure import Result
from benchmarks.notes import NOTES
from benchmarks.site import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
#: what comes from here on is another run's: benchmarks/on_bench.py
SECOND = "\n## On a bench\n"
_HEAD = ("measure", "measured", "against", "ratio", "to reach", "reached")


def reached(result: Result) -> str:
	"""Return "yes", "no, because …" or "not built yet"."""
	if result.is_reached is None:
		return "not built yet"
	if result.is_reached:
		return "yes"
	return f"no, because {NOTES.get(result.key, 'of something not yet looked into')}"


def table(results: Iterable[Result]) -> str:
	"""Return the results as a Markdown table."""
	lines = [_HEAD, tuple("---" for _name in _HEAD)]
	for result in results:
		cells = (result.what, result.measured, result.against, result.ratio, result.goal, reached(result))
		lines.append(cells)
	return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def write(results: Iterable[Result], seconds: float) -> None:
	"""Write the page."""
	method = Path(__file__).with_name("method.md").read_text("utf-8")
	_write(f"# Benchmarks\n\n{_circumstances(seconds)}\n\n{table(results)}\n{method}", _parts()[1])


def write_second(section: str) -> None:
	"""Write the section about a bench, and leave the rest of the page."""
	_write(_parts()[0], section)


def _parts() -> tuple[str, str]:
	text = PAGE.read_text("utf-8") if PAGE.exists() else ""
	first, _head, second = text.partition(SECOND)
	return first, second


def _write(first: str, second: str) -> None:
	PAGE.parent.mkdir(exist_ok=True)
	PAGE.write_text(first.rstrip() + "\n" + (f"{SECOND}{second}" if second else ""), "utf-8")


def _circumstances(seconds: float) -> str:
	return f"The embedded host, {circumstances('make bench', seconds)}, SQLite {sqlite3.sqlite_version}."


def circumstances(command: str, seconds: float) -> str:
	"""Return when, of what and on what machine it was measured; open at its end."""
	now = datetime.now(timezone.utc)
	load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
	return (
		f"measured by `{command}` on {now:%Y-%m-%d} at {now:%H:%M} UTC, commit {_commit()}, "
		f"in {seconds:.0f} seconds.\n\n"
		f"Machine: {os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.release()}, "
		f"load averages at the end {load}. Python {platform.python_version()}"
	)


def _commit() -> str:
	"""Return the commit, and whether the program differs from it."""
	name = _git("rev-parse", "--short", "HEAD")
	changed = _git("status", "--porcelain", "--untracked-files=no", "customer_thread")
	return f"`{name}`{' with changes that are not committed' if changed else ''}"


def _git(*arguments: str) -> str:
	command = ["git", "-C", str(ROOT), *arguments]
	return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


def _processor() -> str:
	info = Path("/proc/cpuinfo")
	lines = info.read_text("utf-8").splitlines() if info.exists() else []
	names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
	return names[0] if names else platform.machine()
