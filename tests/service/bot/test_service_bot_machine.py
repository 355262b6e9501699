"""Conversations, questions, answers, time, repeats and joined threads in every order hypothesis can think of.

What is expected is told by what the contractor can see: the texts that came to their phone, and the bot's answers. No
word of theirs reaches a customer who was not meant, and none is lost unsaid.
"""

import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from support.bot import Speaker, noted_of, said_to
from support.clock import FixedClock
from support.persons import BOB, BUSINESS, CHARLIE, SARAH, STRANGER
from support.world import World

from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.times import HOUR, MINUTE, SECOND
from customer_thread.service.bot.forget_kept import forget_kept
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.rows import ThreadRow

if TYPE_CHECKING:
	from customer_thread.domain.bot.model import BotMessage

PEOPLE = (SARAH, BOB, CHARLIE, STRANGER)
WHO = st.integers(0, 3)
_CHOICE = re.compile(r"(\d+) ([^,#(]+|\(\d+\)[^,#(]+?)(?: \(#(\d+)\))?(?:, |$)")


@dataclass
class Said:
	"""A word of the contractor's, and whom they can have meant by it."""

	is_note: bool
	meant: set[str] = field(default_factory=set)
	#: when it was asked about first, and until when that question stands
	written_us: int = 0
	until_us: int = 0
	is_settled: bool = False


class BotMachine(RuleBasedStateMachine):
	"""Three customers, a stranger, and the contractor's phone."""

	def __init__(self) -> None:
		super().__init__()
		self.folder = tempfile.TemporaryDirectory()
		clock = FixedClock()
		database = SqliteDatabase(Path(self.folder.name) / "t.db", clock)
		database.connection.execute("PRAGMA synchronous = OFF")
		self.world = World(database, clock, Path(self.folder.name))
		self.mike = Speaker(self.world)
		self.threads: list[ThreadRow] = [self.world.customer(one) for one in PEOPLE[:3]]
		self.words: dict[str, Said] = {}
		#: what came to the phone: when, and whose
		self.came: list[tuple[int, str]] = []
		#: whom they wrote to by number, and when
		self.named: tuple[int, str] = (0, "")
		#: whom they chose, and until when
		self.chosen: tuple[int, str] = (0, "")
		#: what the phone shows as the open question: each number's thread
		self.asked: dict[str, str] = {}
		self.asked_word = ""
		#: words that are said without the number before them, to whom that belongs
		self.bare: dict[str, str] = {}
		self.messages: list[BotMessage] = []
		self.number = 0

	def teardown(self) -> None:
		"""Forget it."""
		self.world.close()
		self.world.database.close()
		self.folder.cleanup()

	# what the contractor sees

	@property
	def now(self) -> int:
		"""Return the time."""
		return self.world.clock.now_us()

	def name(self, thread: ThreadRow) -> str:
		"""Return which thread it is by now."""
		return self.world.thread(thread["name"])["name"]

	def recent(self) -> set[str]:
		"""Return who came to the phone in twelve hours."""
		return {self.world.thread(thread)["name"] for us, thread in self.came if us >= self.now - 12 * HOUR}

	def is_open(self, after_us: int = 0) -> bool:
		"""Return whether a question can be answered still, or after a while."""
		return bool(self.asked_word) and self.now + after_us <= self.words[self.asked_word].until_us

	def plain(self) -> str:
		"""Return the one whom words without a number are for, or an empty string where it is not plain."""
		if self.is_open():
			return ""
		until, chosen = self.chosen
		since, last = self.named
		chosen, last = (self.world.thread(one)["name"] if one else "" for one in (chosen, last))
		others = {self.world.thread(one)["name"] for us, one in self.came if us > since} - {last}
		if chosen and self.now <= until:
			return "" if others else chosen
		if len(recent := self.recent()) != 1:
			return ""
		[only] = recent
		latest = max(us for us, one in self.came if self.world.thread(one)["name"] == only)
		was_elsewhere = last and last != only and since > max(latest, self.now - 12 * HOUR)
		return "" if was_elsewhere else only

	def likely(self) -> set[str]:
		"""Return whom words without a number may be for."""
		since, last = self.named
		spoken = {self.world.thread(last)["name"]} if last and since >= self.now - 12 * HOUR else set()
		return self.recent() | spoken

	def new_word(self, *, is_note: bool = False) -> str:
		"""Return a word that was never said."""
		self.number += 1
		word = f"w{self.number}x"
		self.words[word] = Said(is_note)
		return word

	def write(self, text: str, at: int | None = None) -> str:
		"""Text the bot and return its answer; `at`: what was written then and comes late."""
		self.world.clock.move(SECOND)
		message = self.mike.message(text, at=at)
		self.messages.append(message)
		answer = self.mike.hands_in(message)
		self.read(answer)
		self.check(text, answer)
		return answer

	def read(self, answer: str) -> None:
		"""Note what an answer says of what is kept and what is not."""
		for word in re.findall(r"Not sent: “([^”]+)”", answer):
			self.words[word].is_settled = True
			if word == self.asked_word:
				self.asked_word = ""
		if "ten minutes ago" in answer and self.asked_word:
			self.words[self.asked_word].is_settled = True
			self.asked_word = ""

	def asks(self, word: str, answer: str) -> None:
		"""The bot asks about a word: what each number means is what the answer says."""
		line = answer.rpartition("? ")[2]
		assert "Who is this for?" in answer or "Whose note is this?" in answer, answer
		titles = {self.world.thread(one["name"])["title"]: one for one in self.threads}
		self.asked = {}
		for number, name, code in _CHOICE.findall(line) if "Answer with" not in answer else ():
			by_code = [one for one in self.threads if one["code"] == code]
			thread = by_code[0] if by_code else titles[name.strip()]
			self.asked[number] = self.name(thread)
		if word != self.asked_word:
			self.words[word].written_us = self.now
		self.asked_word = word
		# who was chosen before is one of those who are asked about
		self.chosen = (0, "")
		self.words[word].until_us = self.now + 10 * MINUTE

	def check(self, text: str, answer: str) -> None:
		"""Every word is where it was meant to be, once, or is asked about, or was said not to be sent."""
		found: dict[str, list[tuple[str, bool]]] = {word: [] for word in self.words}
		for thread in {self.name(one): one for one in self.threads}.values():
			row = self.world.thread(thread["name"])
			for is_note, texts in ((False, said_to(self.world, row)), (True, noted_of(self.world, row))):
				for text_said in texts:
					said = self.bare.get(text_said, text_said)
					assert said in found, f"{said!r} was said"
					found[said].append((row["name"], is_note))
		[memory] = self.world.database.select("SELECT words, until_us FROM `tabThread Bot Memory`")
		for word, places in found.items():
			known = self.words[word]
			assert len(places) <= 1, word
			for place, is_note in places:
				assert is_note == known.is_note, word
				assert place in {self.world.thread(one)["name"] for one in known.meant}, (word, text, answer)
			is_kept = memory["words"] == word
			is_over = bool(known.until_us) and self.now > known.until_us
			assert places or is_kept or known.is_settled or is_over, (word, text, answer)

	# what happens

	@rule(who=WHO)
	def customer_writes(self, who: int) -> None:
		"""Somebody texts the business, and the contractor's phone shows it."""
		self.world.clock.move(SECOND)
		sid = f"SM{self.now:032x}"
		sms = InboundSms(sid, PEOPLE[who].phone, BUSINESS.phone, "when?", (), self.now)
		posted = self.world.do(lambda: receive_sms(self.world.ports, sms))
		assert posted
		thread = self.world.thread(posted.thread)
		if thread["name"] not in [one["name"] for one in self.threads]:
			self.threads.append(thread)
		self.came.append((self.now, thread["name"]))

	@rule(who=WHO, form=st.sampled_from(["#{0} {1}", "{0} {1}", "#{0}: {1}", "{0}: {1}"]))
	def writes_by_number(self, who: int, form: str) -> None:
		"""They name whom it is for."""
		thread = self.threads[who % len(self.threads)]
		word = self.new_word()
		self.words[word].meant = {thread["name"]}
		self.world.clock.move(SECOND)
		is_doubtful = "#" not in form and bool(self.likely()) and self.name(thread) not in self.likely()
		self.world.clock.move(-SECOND)
		text = form.format(thread["code"], word)
		if is_doubtful:
			self.words[text] = self.words.pop(word)
			self.bare[word] = text
			self.asks(text, self.write(text))
			return
		assert self.write(text) == ""
		self.name_now(thread["name"])
		assert word in said_to(self.world, self.world.thread(thread["name"]))

	def name_now(self, thread: str) -> None:
		"""They have just named somebody: who was chosen before is not any more."""
		if self.chosen[1] and self.world.thread(self.chosen[1])["name"] != self.world.thread(thread)["name"]:
			self.chosen = (0, "")
		self.named = (self.now, thread)

	@rule(who=WHO, form=st.sampled_from(["#{0} note {1}", "note #{0} {1}", "{0} note: {1}"]))
	def notes_by_number(self, who: int, form: str) -> None:
		"""They note something of somebody."""
		thread = self.threads[who % len(self.threads)]
		word = self.new_word(is_note=True)
		self.words[word].meant = {thread["name"]}
		assert self.write(form.format(thread["code"], word)).startswith("Noted for")
		self.name_now(thread["name"])

	@rule(is_note=st.booleans())
	def writes_without_a_number(self, is_note: bool) -> None:
		"""They do not say whom it is for."""
		word = self.new_word(is_note=is_note)
		self.world.clock.move(SECOND)
		plain, before = self.plain(), self.asked_word if self.is_open() else ""
		self.world.clock.move(-SECOND)
		if plain:
			self.words[word].meant = {plain}
		answer = self.write(f"note {word}" if is_note else word)
		if plain:
			assert answer == "" or answer.startswith("Noted for"), (answer, plain)
		else:
			self.asks(word, answer)
			if before:
				assert self.words[before].is_settled, answer

	@rule(wrong=st.sampled_from(["#{0}9 ", "#9{0} ", "#0 ", "9{0}9 ", "9{0}9: "]), who=WHO)
	def writes_by_a_wrong_number(self, wrong: str, who: int) -> None:
		"""They mistype a number; with a # it is none of the words."""
		number = wrong.format(self.threads[who % len(self.threads)]["code"])
		if re.sub(r"\D", "", number) in {one["code"] for one in self.threads}:
			return
		word = self.new_word()
		text = f"{number}{word}"
		if not number.startswith("#"):
			self.words[text] = self.words.pop(word)
			word = text
		self.asks(word, self.write(text))

	@precondition(lambda self: self.asked)
	@rule(number=st.integers(1, 4), form=st.sampled_from(["{0}", "#{0}", "{0}.", " {0} "]))
	def answers(self, number: int, form: str) -> None:
		"""They answer by a number, in time or not, right or wrong."""
		text = form.format(number)
		self.world.clock.move(SECOND)
		is_open, word = self.is_open(), self.asked_word
		self.world.clock.move(-SECOND)
		chosen = self.asked.get(str(number), "")
		if is_open and chosen:
			self.words[word].meant = {chosen}
		answer = self.write(text)
		if is_open and chosen:
			self.asked_word, self.asked = "", {}
			self.name_now(chosen)
		elif is_open:
			self.asks(word, answer)
		else:
			assert "not sent" in answer or "not kept" in answer, answer
			self.asked_word, self.asked = "", {}

	@rule(who=WHO, form=st.sampled_from(["#{0}", "{0}", "#{0}:"]))
	def writes_a_number_alone(self, who: int, form: str) -> None:
		"""They answer by somebody's number, or choose them for what comes next."""
		thread = self.threads[who % len(self.threads)]
		self.world.clock.move(SECOND)
		is_open, word = self.is_open(), self.asked_word
		self.world.clock.move(-SECOND)
		if is_open:
			self.words[word].meant = {thread["name"]}
		answer = self.write(form.format(thread["code"]))
		self.name_now(thread["name"])
		self.asked_word, self.asked = "", {}
		if not is_open:
			assert "in the next ten minutes goes to" in answer
			self.chosen = (self.now + 10 * MINUTE, thread["name"])

	@precondition(lambda self: self.asked and self.is_open(SECOND))
	@rule(number=st.integers(1, 4), us=st.sampled_from([SECOND, MINUTE]))
	def answers_before_the_question(self, number: int, us: int) -> None:
		"""A number comes late, which was written before what is asked about."""
		word = self.asked_word
		self.asks(word, self.write(str(number), at=self.words[word].written_us - us))

	@rule(who=WHO, wrong=st.sampled_from(["", "9{0}9 ", "#9{0} "]), other=WHO)
	def is_alone(self, who: int, wrong: str, other: int) -> None:
		"""Only one wrote in twelve hours, and there is an answer."""
		self.world.clock.move(13 * HOUR)
		self.customer_writes(who)
		if wrong:
			self.writes_by_a_wrong_number(wrong, other)
		else:
			self.writes_without_a_number(is_note=False)

	@rule(
		who=WHO,
		other=WHO,
		is_chosen=st.booleans(),
		is_alone=st.booleans(),
		interrupts=st.booleans(),
		minutes=st.sampled_from([0, 1, 9, 10, 11]),
	)
	def goes_on(
		self, who: int, other: int, is_chosen: bool, is_alone: bool, interrupts: bool, minutes: int
	) -> None:
		"""They name somebody, and then write what has no number."""
		if is_alone:
			self.world.clock.move(13 * HOUR)
			self.customer_writes(who)
		if is_chosen:
			self.writes_a_number_alone(other, "#{0}")
		else:
			self.writes_by_number(other, "#{0} {1}")
		if interrupts:
			self.customer_writes(who)
		self.world.clock.move(minutes * MINUTE)
		self.writes_without_a_number(is_note=False)

	@rule(who=WHO, other=WHO, newcomer=WHO, number=st.integers(1, 3), again=st.booleans())
	def asks_and_is_answered(self, who: int, other: int, newcomer: int, number: int, again: bool) -> None:
		"""Two wrote; the bot asks; a third writes; they answer, or write something else first."""
		self.customer_writes(who)
		self.customer_writes(other)
		self.writes_without_a_number(is_note=False)
		self.customer_writes(newcomer)
		if again:
			self.writes_without_a_number(is_note=False)
		if self.asked:
			self.answers(number, "{0}")

	@rule(text=st.sampled_from(["?", "help", "LIST!", "#{0} ?", "{0} help", "", "#"]), who=WHO)
	def asks_the_bot(self, text: str, who: int) -> None:
		"""They write what no customer ever gets."""
		assert self.write(text.format(self.threads[who % len(self.threads)]["code"]))

	@precondition(lambda self: self.messages)
	@rule(which=st.integers(0, 30))
	def repeats(self, which: int) -> None:
		"""An old message is handed in again."""
		message = self.messages[which % len(self.messages)]
		assert self.mike.hands_in(message) == ""
		self.check("again", "")

	@rule(
		us=st.sampled_from([MINUTE, 9 * MINUTE, 10 * MINUTE, HOUR, 11 * HOUR, 13 * HOUR]), tidy=st.booleans()
	)
	def time_passes(self, us: int, tidy: bool) -> None:
		"""Time passes, and what is over is forgotten."""
		self.world.clock.move(us)
		if tidy:
			self.world.do(lambda: forget_kept(self.world.ports))

	@precondition(lambda self: len(self.threads) > 3)
	@rule(who=st.integers(0, 2))
	def somebody_says_whose_it_is(self, who: int) -> None:
		"""The stranger's thread is joined to a customer's."""
		waiting = self.world.thread(self.threads[3]["name"])
		if waiting["party"] is None:
			goal = self.world.thread(self.threads[who]["name"])
			self.world.do(lambda: assign_thread(self.world.ports, waiting, goal))


BotMachine.TestCase.settings = settings(
	max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestBotMachine = BotMachine.TestCase
