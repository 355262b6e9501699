"""The rows of what the bot remembers, as queries return them. Times are µs since 1970 UTC."""

from typing import TypedDict


class BotMemoryRow(TypedDict):
	"""A Thread Bot Memory; what is kept of several stands as JSON."""

	name: str
	words: str
	is_note: int
	attachments: str
	words_us: int
	choices: str
	until_us: int
	#: empty: nobody was named yet
	thread: str
	named_us: int
	chosen_until_us: int
	obeyed: str
