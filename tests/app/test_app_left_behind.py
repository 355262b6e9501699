"""Of every column it is said what becomes of it when a customer is erased."""

import pytest
from support.left_columns import LAYOUT, OTHERS, STAYS, WORDLESS

from customer_thread.standalone.schema import doctypes
from customer_thread.store.left_behind import EMPTIED, GONE


def test_it_knows_of_each_doctype_what_becomes_of_it() -> None:
	assert {*EMPTIED, *GONE, *OTHERS} == set(doctypes())
	assert len(EMPTIED) + len(GONE) + len(OTHERS) == len(doctypes()), "said twice"


@pytest.mark.parametrize("doctype", sorted(EMPTIED))
def test_it_knows_of_each_column_whether_it_stays(doctype: str) -> None:
	kinds = {field["fieldname"]: field["fieldtype"] for field in doctypes()[doctype]["fields"]}
	can_say = {name for name, kind in kinds.items() if kind not in LAYOUT | WORDLESS}
	emptied = set(EMPTIED[doctype])
	assert emptied <= set(kinds)
	assert not emptied & set(STAYS[doctype])
	assert can_say == (can_say & emptied) | set(STAYS[doctype]), (
		f"say in store/left_behind.py or tests/support/left_columns.py what becomes of these of {doctype}"
	)


@pytest.mark.parametrize("doctype", sorted(GONE))
def test_it_removes_rows_by_the_thread_they_are_of(doctype: str) -> None:
	assert "thread" in {field["fieldname"] for field in doctypes()[doctype]["fields"]}
