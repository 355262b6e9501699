"""Words that the bot kept are forgotten once nobody has said whom they were for, and so are speakers who write no more."""

from customer_thread.domain.limits import BOT_MEMORY_DAYS, FORGOTTEN_AT_ONCE
from customer_thread.domain.times import DAY
from customer_thread.service.ports import Ports
from customer_thread.store import bot_memories


def forget_kept(ports: Ports) -> bool:
	"""Forget what is over, so many at a time, and return whether there may be more."""
	now, database = ports.clock.now_us(), ports.database
	ended = bot_memories.ended(database, now, FORGOTTEN_AT_ONCE)
	for row in ended:
		bot_memories.forget_words(database, row)
	gone = bot_memories.forget(database, now - BOT_MEMORY_DAYS * DAY, FORGOTTEN_AT_ONCE)
	return FORGOTTEN_AT_ONCE in (len(ended), gone)
