"""docs/limits.md and customer_thread/domain/limits.py name the same limits with the same values."""

import re
from pathlib import Path

from customer_thread.domain import limits

PAGE = Path(__file__).parents[2] / "docs" / "limits.md"


def test_the_page_has_each_limit_with_its_value() -> None:
	rows = re.findall(r"^\|[^|]*\| `([A-Z_]+)` \| ([^|]+?) \| [^|]+ \|$", PAGE.read_text(), re.MULTILINE)
	held = {name: str(value) for name, value in vars(limits).items() if name.isupper()}

	assert dict(rows) == held
	assert len(rows) == len(held)
