"""The background of the site: its queued jobs at once, its scheduled tasks every half second, its mail."""

import os
import signal
import time

import frappe
from frappe.utils.background_jobs import execute_job, get_queue_list, get_redis_conn
from rq import Queue, SimpleWorker

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
	events: dict[str, dict[str, list[str]]] = frappe.get_hooks("scheduler_events", app_name="customer_thread")
	return events["cron"]


class Jobs:
	"""The site's queues, emptied in this process: a child for each job takes longer than most jobs."""

	def __init__(self) -> None:
		self._connection = get_redis_conn()
		names = get_queue_list(build_queue_name=True)
		self._queues = [Queue(name, connection=self._connection) for name in names]
		self._worker = SimpleWorker(self._queues, connection=self._connection)
		self._worker.register_birth()

	def do_one(self) -> bool:
		"""Do the next job; return whether there was one."""
		found = Queue.dequeue_any(self._queues, None, connection=self._connection)
		if found is None:
			return False
		self._worker.execute_job(*found)
		return True


def main() -> None:
	"""Work until told to end, and finish what is in hand."""
	ending: list[int] = []
	signal.signal(signal.SIGTERM, lambda number, _frame: ending.append(number))
	frappe.init(SITE)
	frappe.connect()
	jobs, crons = Jobs(), _scheduled()
	frappe.destroy()
	every_minute = [*crons.pop("* * * * *"), "frappe.email.queue.flush"]
	for tasks in crons.values():
		for task in tasks:
			_run(task)
	next_round = 0.0
	while not ending:
		if jobs.do_one():
			continue
		if time.monotonic() >= next_round:
			for task in every_minute:
				_run(task)
			next_round = time.monotonic() + ROUND
		time.sleep(0.02)


if __name__ == "__main__":
	main()
