"""The background of the site: its queued jobs at once, its scheduled tasks every half second, its mail."""

import os
import time

import frappe
from frappe.utils.background_jobs import execute_job, get_queue_list, get_redis_conn
from rq import SimpleWorker

SITE = os.environ["SITE"]
#: seconds between two rounds of the scheduler
ROUND = 0.5


def _run(task: str) -> None:
	try:
		execute_job(SITE, task, None, task, {}, user="Administrator")
	except Exception as error:
		# Frappe has logged it, as it does for a scheduled job
		print(f"{task}: {error!r}", flush=True)


def _scheduled() -> dict[str, list[str]]:
	events = frappe.get_hooks("scheduler_events", app_name="customer_thread")
	return events["cron"]


def main() -> None:
	"""Work until ended."""
	frappe.init(SITE)
	frappe.connect()
	worker = SimpleWorker(get_queue_list(build_queue_name=True), connection=get_redis_conn())
	crons = _scheduled()
	frappe.destroy()
	every_minute = [*crons.pop("* * * * *"), "frappe.email.queue.flush"]
	for tasks in crons.values():
		for task in tasks:
			_run(task)
	next_round = 0.0
	while True:
		worker.work(burst=True, logging_level="WARNING")
		if time.monotonic() >= next_round:
			for task in every_minute:
				_run(task)
			next_round = time.monotonic() + ROUND
		time.sleep(0.05)


if __name__ == "__main__":
	main()
