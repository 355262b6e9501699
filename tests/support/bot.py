"""The contractor writes to the bot, and what becomes of it is looked at from the outside."""

from dataclasses import dataclass, field

from customer_thread.domain.bot.model import BotMessage
from customer_thread.domain.model import RemoteAttachment
from customer_thread.service.bot.handle_message import handle_message
from customer_thread.store import attachments, entries, notes
from customer_thread.store.rows import ThreadRow
from support.persons import MIKE
from support.world import World


@dataclass
class Heard:
	"""A BotHandler that keeps what it was told."""

	replies: list[str] = field(default_factory=list)

	def send_reply(self, text: str) -> None:
		"""Keep it."""
		self.replies.append(text)


class Speaker:
	"""Somebody of the business who writes to the bot by one mouth."""

	def __init__(self, world: World, mouth: str = "SMS", speaker: str = MIKE.phone) -> None:
		self.world, self.mouth, self.speaker = world, mouth, speaker
		self.count = 0

	def message(
		self,
		text: str,
		*attached: RemoteAttachment,
		at: int | None = None,
		key: str = "",
		thread: str = "",
	) -> BotMessage:
		"""Return a message of theirs, another each time."""
		self.count += 1
		occurred_us = self.world.clock.now_us() if at is None else at
		key = key or f"{self.mouth.lower()}:{self.speaker}:{self.count}"
		return BotMessage(
			self.mouth, self.speaker, text, occurred_us, key, thread=thread, attachments=attached
		)

	def writes(
		self,
		text: str,
		*attached: RemoteAttachment,
		at: int | None = None,
		key: str = "",
		thread: str = "",
	) -> str:
		"""Write it and return the answer; empty for none."""
		return self.hands_in(self.message(text, *attached, at=at, key=key, thread=thread))

	def hands_in(self, message: BotMessage) -> str:
		"""Hand in a message, new or again, and return the answer."""
		heard = Heard()
		self.world.do(lambda: handle_message(self.world.ports, message, heard))
		assert len(heard.replies) <= 1
		return "".join(heard.replies)


def said_to(world: World, thread: ThreadRow) -> list[str]:
	"""Return what the business said in a thread, the oldest first."""
	rows = entries.older(world.database, thread["name"], 99)
	return [row["text"] for row in reversed(rows) if row["author"] == "Contractor"]


def noted_of(world: World, thread: ThreadRow) -> list[str]:
	"""Return a thread's notes, the oldest first."""
	return [row["text"] for row in notes.of_thread(world.database, thread["name"])]


def pictures_of(world: World, thread: ThreadRow) -> list[tuple[str, str]]:
	"""Return what is attached in a thread: its kind and its state."""
	rows = entries.older(world.database, thread["name"], 99)
	listed = attachments.of_entries(world.database, [row["name"] for row in rows])
	return [(row["content_type"], row["state"]) for row in listed]
