"""A row of Thread Bot Memory as the bot's memory, and back."""

import json
from collections.abc import Sequence
from dataclasses import replace

from customer_thread.domain.bot.model import KeptFile, Memory, Words
from customer_thread.domain.errors import NotFound
from customer_thread.domain.limits import BOT_MESSAGES_KNOWN
from customer_thread.domain.model import Attachment, RemoteAttachment
from customer_thread.service.ports import Files
from customer_thread.store.bot_rows import BotMemoryRow

Kept = Attachment | RemoteAttachment | KeptFile


def memory_of(row: BotMemoryRow) -> Memory:
	"""Return what is remembered."""
	attachments = tuple(_attachment(item) for item in json.loads(row["attachments"] or "[]"))
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
	"""Return the columns of a memory; its attachments are in files by now."""
	words = memory.words or Words("")
	return {
		"words": words.text or None,
		"is_note": int(words.is_note),
		"attachments": json.dumps([_listed(item) for item in words.attachments])
		if words.attachments
		else None,
		"words_us": words.occurred_us,
		"choices": json.dumps(memory.choices) if memory.choices else None,
		"until_us": memory.until_us,
		"thread": memory.thread or None,
		"named_us": memory.named_us,
		"chosen_until_us": memory.chosen_until_us,
	}


def _attachment(item: Sequence[str]) -> RemoteAttachment | KeptFile:
	return RemoteAttachment(*item) if len(item) == 2 else KeptFile(*item)


def _listed(item: Kept) -> list[str]:
	if isinstance(item, RemoteAttachment):
		return [item.url, item.content_type]
	if isinstance(item, KeptFile):
		return [item.file, item.name, item.content_type]
	raise TypeError("bytes are put away before they are listed")


def files_of(memory: Memory) -> list[KeptFile]:
	"""Return the files that a memory keeps."""
	words = memory.words
	return [item for item in words.attachments if isinstance(item, KeptFile)] if words else []


def put_away(files: Files, memory: Memory) -> Memory:
	"""Return the memory with the bytes that came just now kept in files."""
	if memory.words is None:
		return memory
	kept: list[Kept] = [
		KeptFile(files.save(item), item.name, item.content_type) if isinstance(item, Attachment) else item
		for item in memory.words.attachments
	]
	return replace(memory, words=replace(memory.words, attachments=tuple(kept)))


def brought_back(files: Files, words: Words) -> tuple[Attachment | RemoteAttachment, ...]:
	"""Return the attachments with their bytes; one whose file somebody has removed is left out."""
	found: list[Attachment | RemoteAttachment] = []
	for item in words.attachments:
		if not isinstance(item, KeptFile):
			found.append(item)
			continue
		try:
			found.append(Attachment(item.name, item.content_type, files.read(item.file)))
		except NotFound:
			continue
	return tuple(found)


def with_key(obeyed: str, source_key: str) -> str:
	"""Return the keys of the messages that were obeyed, with the latest."""
	return json.dumps([*keys_of(obeyed), source_key][-BOT_MESSAGES_KNOWN:])


def keys_of(obeyed: str) -> list[str]:
	"""Return the keys of the latest messages that were obeyed."""
	return [str(key) for key in json.loads(obeyed or "[]")]
