"""What the bot is told, what it remembers, and what it decides."""

from dataclasses import dataclass

from customer_thread.domain.model import RemoteAttachment
from customer_thread.domain.phrase import Phrase


@dataclass(frozen=True)
class BotMessage:
	"""What somebody of the business wrote to the bot."""

	#: where it was written: the name of a channel, such as "SMS"
	mouth: str
	#: whose memory it is: a phone number, or an id that the place knows them by
	speaker: str
	#: without a mention of the bot
	text: str
	#: µs since 1970 UTC
	occurred_us: int
	#: the same for every repeat: a message is obeyed once
	source_key: str
	#: the thread that the place itself names; empty in a text
	thread: str = ""
	#: who of the business wrote it; staff alone read that
	sent_by: str | None = None
	#: the user whose threads alone it can be about; empty: any thread
	sees_as: str = ""
	attachments: tuple[RemoteAttachment, ...] = ()


@dataclass(frozen=True)
class Words:
	"""What is to be said to a customer, or noted."""

	text: str
	attachments: tuple[RemoteAttachment, ...] = ()
	is_note: bool = False
	#: when it was written, µs
	occurred_us: int = 0


@dataclass(frozen=True)
class Customer:
	"""A customer as the bot names them."""

	thread: str
	#: on one line, nothing in it that could pass for a thread number
	name: str
	#: the thread number
	number: str


@dataclass(frozen=True)
class Memory:
	"""What the bot remembers of one speaker. Threads are those it asked about, however they were joined since."""

	#: kept until it is said whom they are for
	words: Words | None = None
	#: the threads that were asked about, 1 first
	choices: tuple[str, ...] = ()
	#: until when that question stands, µs; 0: nothing was asked
	until_us: int = 0
	#: the thread that was last named by its number, and when
	thread: str = ""
	named_us: int = 0
	#: until when what has no number is for that thread
	chosen_until_us: int = 0


@dataclass(frozen=True)
class Facts:
	"""What the bot knows of the threads when it is written to."""

	memory: Memory
	now_us: int
	#: whom the number in the message names
	named: Customer | None = None
	#: whose numbers stand anywhere in it with a #
	mentioned: tuple[Customer, ...] = ()
	#: whether words without a number may go to the only one who was forwarded
	is_plain: bool = True
	#: whom the place names where it was written
	place: Customer | None = None
	#: who was forwarded to the speaker in the last twelve hours, the latest first, and when last
	recent: tuple[tuple[Customer, int], ...] = ()
	#: those of the threads in the memory that are there still, by the name they are remembered by
	remembered: tuple[tuple[str, Customer], ...] = ()

	def customer(self, thread: str) -> Customer | None:
		"""Return whose a remembered thread is, or None if it is not there any more."""
		return dict(self.remembered).get(thread)


@dataclass(frozen=True)
class Decision:
	"""What becomes of a message."""

	#: in English, for staff
	reason: str
	#: what is remembered from now on
	memory: Memory
	#: to whom something goes, or whom it is about
	customer: Customer | None = None
	#: what is said to that customer, or noted of them
	words: Words | None = None
	#: sentences to answer with; none: no answer unless something goes wrong
	answer: tuple[Phrase, ...] = ()
	#: whether the answer goes on with what can be written, and who wrote lately
	with_usage: bool = False
	#: whether it goes on with the customer's last lines
	with_lines: bool = False
