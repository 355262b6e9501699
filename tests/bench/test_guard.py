"""What fails in the thread is undone by itself, except where nothing is left of the transaction."""

from typing import Any

import pytest


def test_it_undoes_and_logs_what_fails(site: Any) -> None:
	from customer_thread.frappe_host.guard import guarded

	site.get_doc({"doctype": "ToDo", "description": "TEST before"}).insert()
	with guarded("TEST guard"):
		site.get_doc({"doctype": "ToDo", "description": "TEST inside"}).insert()
		raise ValueError("no card")
	assert site.get_all("ToDo", {"description": ("like", "%TEST%")}, pluck="description") == ["TEST before"]
	assert site.db.exists("Error Log", {"method": "Customer Thread: TEST guard"})


def test_it_lets_a_deadlock_through_for_the_whole_to_be_tried_again(site: Any) -> None:
	from customer_thread.frappe_host.guard import guarded

	def loses_a_deadlock() -> None:
		with guarded("TEST guard"):
			# what MariaDB does to the one it picks: the savepoint is gone too
			site.db.rollback()
			raise site.QueryDeadlockError("Deadlock found when trying to get lock")

	with pytest.raises(site.QueryDeadlockError):
		loses_a_deadlock()
