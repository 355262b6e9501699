"""A row of Thread Bot Memory as the bot's memory, and back."""

import json

from customer_thread.domain.bot.model import Memory, Words
from customer_thread.domain.limits import BOT_MESSAGES_KNOWN
from customer_thread.domain.model import RemoteAttachment
from customer_thread.store.bot_rows import BotMemoryRow


def memory_of(row: BotMemoryRow) -> Memory:
	"""Return what is remembered."""
	attachments = tuple(RemoteAttachment(*item) for item in json.loads(row["attachments"] or "[]"))
	words = Words(row["words"], attachments, bool(row["is_note"]), row["words_us"])
	return Memory(
		words=words if row["until_us"] and (words.text or attachments) else None,
		choices=tuple(json.loads(row["choices"] or "[]")),
		until_us=row["until_us"],
		thread=row["thread"],
		named_us=row["named_us"],
		chosen_until_us=row["chosen_until_us"],
	)


def values_of(memory: Memory) -> dict[str, object]:
	"""Return the columns of a memory."""
	words = memory.words or Words("")
	listed = [(item.url, item.content_type) for item in words.attachments]
	return {
		"words": words.text or None,
		"is_note": int(words.is_note),
		"attachments": json.dumps(listed) if listed else None,
		"words_us": words.occurred_us,
		"choices": json.dumps(memory.choices) if memory.choices else None,
		"until_us": memory.until_us,
		"thread": memory.thread or None,
		"named_us": memory.named_us,
		"chosen_until_us": memory.chosen_until_us,
	}


def with_key(obeyed: str, source_key: str) -> str:
	"""Return the keys of the messages that were obeyed, with the latest."""
	return json.dumps([*keys_of(obeyed), source_key][-BOT_MESSAGES_KNOWN:])


def keys_of(obeyed: str) -> list[str]:
	"""Return the keys of the latest messages that were obeyed."""
	return [str(key) for key in json.loads(obeyed or "[]")]
