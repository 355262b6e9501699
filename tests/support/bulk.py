"""Fills a data folder quickly: the one place where a test goes around HTTP. Run it as a script.

python bulk.py FOLDER CUSTOMER COUNT FIRST_US STEP_US [history]
"""

import sys
from dataclasses import replace
from pathlib import Path

from customer_thread.domain.model import Party
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.ports import Notices
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.standalone.wiring import Host


def _fill(folder: str, customer: str, count: int, first_us: int, step_us: int, from_history: bool) -> None:
	host = Host(Path(folder))
	# quickly, and nobody is notified
	ports = replace(host.ports, notices=Notices())
	with host.database.transaction():
		thread = open_thread(ports, Party("Customer", customer))["name"]
		for number in range(count):
			entry = NewEntry(
				kind="Message",
				author="Customer" if number % 3 == 0 else "Contractor",
				channel="Portal",
				text=f"line {number} of the deck",
				# two by two at the same moment: the id decides
				occurred_us=first_us + number // 2 * step_us,
				source_key=f"bulk:{customer}:{number}",
				from_history=from_history,
			)
			post_entry(ports, thread, entry)


if __name__ == "__main__":
	_fill(
		sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), "history" in sys.argv
	)
