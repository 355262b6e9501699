"""Take every measure, print the table and write docs/benchmarks.md; with names, take those only and write nothing."""

import sys
import time
from collections.abc import Callable

from benchmarks import automations, browsing, crowded, inbox, mails, notices, reading, report, serving
from benchmarks.measure import Result
from benchmarks.site import LARGE, SMALL, site

PARTS: dict[str, Callable[[], list[Result]]] = {
	"reading": reading.measure,
	"inbox": inbox.measure,
	"inbound": serving.inbound,
	"mails": mails.measure,
	"notices": notices.measure,
	"automations": automations.measure,
	"timeline": serving.timeline,
	"crowded": crowded.measure,
	"browsing": browsing.measure,
}


def main(names: list[str]) -> int:
	"""Run the parts named, or all; return 2 for a name that is none."""
	if unknown := set(names) - set(PARTS):
		print(f"There are: {', '.join(PARTS)}; not {', '.join(sorted(unknown))}.", file=sys.stderr)
		return 2
	begun = time.monotonic()
	for plan in (SMALL, LARGE):
		print(f"site of {plan.entries:,} entries: {site(plan)}", file=sys.stderr)
	results: list[Result] = []
	for name in names or PARTS:
		print(f"{name} …", file=sys.stderr)
		results += PARTS[name]()
	print(report.table(results), end="")
	if not names:
		report.write(results, time.monotonic() - begun)
	return 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
