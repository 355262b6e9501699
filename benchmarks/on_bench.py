"""The measures inside a copy of a real site; prints the table and writes it into docs/benchmarks.md.

Run by make bench-site; the copy is tests/support/site_clone.py's.
"""

import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from support.site import open_site
from support.site_processes import SiteProcesses

from benchmarks import bench_http, bench_inbox, bench_process, bench_rows, report

METHOD = Path(__file__).with_name("bench_method.md")


def main() -> None:
	"""Take every measure."""
	begun = time.monotonic()
	frappe = open_site()
	# as they come, whatever the site that was copied has
	bench_process.switch_automations(on=False)
	url = str(frappe.conf.host_name)
	processes = SiteProcesses(url, Path(tempfile.gettempdir()) / f"{os.environ['SITE']}.log")
	processes.start(worker=False)
	print("building …", file=sys.stderr)
	who = bench_rows.build(url)
	print("over HTTP …", file=sys.stderr)
	results = bench_http.measure(url, who, Path(os.environ["BENCH"]) / "sites")
	print("the inbox …", file=sys.stderr)
	results += bench_inbox.measure(url, who)
	processes.end(signal.SIGTERM)
	print("in process …", file=sys.stderr)
	open_site()
	results += [bench_process.inbound(url), *bench_process.saving(), *bench_process.submitting(who.customer)]
	table = report.table(results)
	print(table, end="")
	where = f"A real site, {report.circumstances('make bench-site', time.monotonic() - begun)}, "
	report.write_second(f"\n{where}{bench_process.versions()}.\n\n{table}\n{METHOD.read_text('utf-8')}")


if __name__ == "__main__":
	main()
