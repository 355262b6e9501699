"""What stays of what staff said of two threads that become one."""

from collections.abc import Collection


def done_upto(asked: Collection[int], came: Collection[int], done: int, done_there: int) -> int:
	"""Return up to which entry the thread of both is called done, so that nobody waits who did not.

	`asked`: the entries of both to which nobody has answered; `came`: those that came with the other thread, which was done
	up to `done_there`. Where what waits is between what was done, that waits again: nobody is forgotten.
	"""
	is_done = {entry: entry <= (done_there if entry in came else done) for entry in asked}
	most = max([done, *(entry for entry in asked if is_done[entry])])
	return min([most, *(entry - 1 for entry in asked if not is_done[entry])])


def snoozed_us(sides: Collection[tuple[int, int]], now_us: int) -> int:
	"""Return until when the thread of both need not be looked at, µs; 0: from now on it must.

	`sides`: of each, until when it is snoozed and since when its customer waits, or 0. The first that has to be looked at
	decides.
	"""
	ends = [until if until > now_us else 0 for until, waits in sides if until > now_us or waits]
	return min(ends, default=0)
