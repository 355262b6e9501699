"""What runs on GitHub cannot run here; what it names is here all the same."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS: dict[str, Any] = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in FILES}
JOBS: list[tuple[str, Any]] = [job for workflow in WORKFLOWS.values() for job in workflow["jobs"].items()]
STEPS: list[Any] = [step for _name, job in JOBS for step in job["steps"]]
#: those that run in the repository's own folder
COMMANDS = "\n".join(step["run"] for step in STEPS if "run" in step and "working-directory" not in step)
PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.M))


def _commands(run: str) -> Iterator[list[str]]:
	yield from (words for words in (shlex.split(line) for line in run.splitlines()) if words)


def _made(run: str) -> Iterator[str]:
	"""Return what is given to make: targets, and variables as `NAME=`."""
	for command, *words in _commands(run):
		if command == "make":
			yield from (word.partition("=")[0] + "=" if "=" in word else word for word in words)


def _missing(run: str) -> set[str]:
	"""Return the targets and variables that the Makefile does not know, and the paths that are not there."""
	missing = {
		name
		for name in _made(run)
		if (f"$({name[:-1]})" not in MAKEFILE if name.endswith("=") else name not in TARGETS)
	}
	for words in _commands(run):
		paths = {word for word in words if re.fullmatch(r"[\w.-]+(/[\w.-]*)+", word)}
		missing |= {path for path in paths if not (ROOT / path).exists()}
	return missing


def _given(action: str, name: str) -> list[Any]:
	return [step["with"][name] for step in STEPS if step.get("uses", "").startswith(f"{action}@")]


def test_it_runs_the_tests_here_and_in_a_site_and_asks_frappes_rules() -> None:
	assert {name for name in _made(COMMANDS) if not name.endswith("=")} == {"test", "test-bench"}
	assert re.search(r"^semgrep scan --error .*customer_thread/$", COMMANDS, re.M)


def test_it_runs_what_is_there() -> None:
	assert _missing(COMMANDS) == set()


@pytest.mark.parametrize(
	("run", "missing"),
	[
		("make tset", {"tset"}),
		("pip install x\nmake test-bench BANCH=/x SITE=y", {"BANCH="}),
		("sh scripts/nothing.sh", {"scripts/nothing.sh"}),
		("./scripts/nothing.sh", {"./scripts/nothing.sh"}),
		('sh scripts/make_venv.sh "$HOME/x" && make lint types', set()),
	],
)
def test_it_would_notice_what_is_not_there(run: str, missing: set[str]) -> None:
	assert _missing(run) == missing


def test_its_jobs_have_names_of_their_own() -> None:
	for names in ([key for key, _job in JOBS], [job["name"] for _key, job in JOBS]):
		assert len(names) == len(set(names))


def test_it_runs_on_a_python_that_the_app_takes() -> None:
	images = [re.fullmatch(r"python:(\d+\.\d+)-bookworm", job.get("container", "")) for _key, job in JOBS]
	versions = [*_given("actions/setup-python", "python-version"), *(image[1] for image in images if image)]
	assert len(versions) == len(JOBS)
	required = re.search(r'^requires-python = "(.+)"$', PROJECT, re.M)
	assert required
	# 3.10 without quotes would be 3.1
	assert all(isinstance(version, str) and version in SpecifierSet(required[1]) for version in versions)


def test_it_runs_on_a_frappe_that_the_app_takes() -> None:
	commands = "\n".join(step.get("run", "") for step in STEPS)
	branches = re.findall(r"branch version-(\d+)", commands)
	assert len(branches) == 2
	taken = re.search(r'^frappe = "(.+)"$', PROJECT, re.M)
	assert taken
	assert all(f"{branch}.99" in SpecifierSet(taken[1]) for branch in branches)


def test_it_sets_the_site_up_with_the_company_of_its_tests() -> None:
	commands = "\n".join(step.get("run", "") for step in STEPS)
	[company] = re.findall(r"'company_name': \\\"(.+?)\\\"", commands)
	files = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py")]
	named = {name for text in files for name in re.findall(r'^COMPANY = "(.+)"$', text, re.M)}
	assert named == {company}


def test_it_takes_actions_and_images_of_one_version() -> None:
	actions = [step["uses"] for step in STEPS if "uses" in step]
	assert actions
	for action in actions:
		assert re.fullmatch(r"[\w.-]+(/[\w.-]+)+@(v\d+(\.\d+)*|[0-9a-f]{40})", action), action
	services = [service for _key, job in JOBS for service in job.get("services", {}).values()]
	images = [service["image"] for service in services]
	images += [job["container"] for _key, job in JOBS if "container" in job]
	for image in images:
		assert re.fullmatch(r"[\w./-]+:\d[\w.-]*", image), image


def test_it_runs_for_every_change() -> None:
	for workflow in WORKFLOWS.values():
		# YAML 1.1 reads the key "on" as a truth
		assert {"push", "pull_request"} <= set(workflow[True])
