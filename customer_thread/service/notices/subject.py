"""What a notice is about, as far as its delivery and its entry say it."""

from customer_thread.domain.notices.model import Crowd, Subject
from customer_thread.store.notice_rows import HeldNoticeRow


def subject_of(row: HeldNoticeRow, *, is_read: bool, is_void: bool, crowd: Crowd | None = None) -> Subject:
	"""Return what is decided about: that it is a question of notices at all was decided when it was written."""
	return Subject(
		row["kind"],
		row["author"],
		None,
		known_us=row["creation_us"],
		notify=True,
		urgent=bool(row["urgent"]),
		send_before_us=row["send_before_us"],
		promotional=bool(row["promotional"]),
		is_read=is_read,
		is_void=is_void,
		crowd=crowd,
	)
