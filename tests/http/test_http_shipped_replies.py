"""The saved replies that come with the embedded host: an admin's own stay over an upgrade."""

from pathlib import Path

from customer_thread.standalone.wiring import Host
from customer_thread.store import saved_replies


def _names(host: Host) -> dict[str, tuple[str, int]]:
	return {name: (row["text"], row["enabled"]) for name, row in saved_replies.rows(host.database).items()}


def test_what_an_admin_changed_stays(tmp_path: Path) -> None:
	first = Host(tmp_path)
	shipped = _names(first)
	assert {"saved-thanks", "saved-photo"} < set(shipped)
	with first.database.transaction():
		saved_replies.save(first.database, "saved-thanks", {"text": "Cheers!"})
		# as an earlier version had shipped it, but for what an admin switched
		saved_replies.save(first.database, "saved-photo", {"enabled": 0})
	assert _names(Host(tmp_path)) == {
		**shipped,
		"saved-thanks": ("Cheers!", 1),
		"saved-photo": (shipped["saved-photo"][0], 0),
	}
