"""Topics, mentions, repeats, edits and joined threads in every order hypothesis can think of.

What is expected is told by what the team can see: what a message begins with, and what its topic ends with. No word
reaches a customer whose topic it was not written in, none twice, and what was not meant for anybody reaches nobody.
"""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from support.clock import FixedClock
from support.persons import BOB, CHARLIE, SARAH
from support.world import World

from customer_thread.domain.model import Address
from customer_thread.gateways.zulip.inbound import read_message
from customer_thread.service.bot.by_team_chat import receive_team_message
from customer_thread.service.outgoing import deliver
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.standalone.demo.zulip_stand_in import User, ZulipMessage

KIM, LEE = User(20, "Kim", "kim@zulip.example"), User(21, "Lee", "lee@zulip.example")
BUILDER = User(22, "Builder", "builder-bot@zulip.example", is_bot=True)
WHO = st.integers(0, 3)
#: what stands before the words, and whether that speaks to the bot
BEFORE = {
	"@**Thread Bot** ": True,
	"@**Thread Bot|7**, ": True,
	" @**thread bot**: ": True,
	"": False,
	"so @**Thread Bot** ": False,
	"@_**Thread Bot|7** [said](x):\n": False,
	"@**Thread Botany** ": False,
	"> @**Thread Bot** ": False,
}
#: a topic of a customer's number, and whether it is theirs
TOPICS = {"{0} #{1}": True, "✔ {0} #{1}": True, "call her #{1}": True, "{0}": False, "#{1} {0}": False}


class TeamMachine(RuleBasedStateMachine):
	"""Three customers, an unknown number, and two people of the team."""

	def __init__(self) -> None:
		super().__init__()
		self.folder = tempfile.TemporaryDirectory()
		clock = FixedClock()
		database = SqliteDatabase(Path(self.folder.name) / "t.db", clock)
		database.connection.execute("PRAGMA synchronous = OFF")
		self.world = World(database, clock, Path(self.folder.name))
		self.zulip = self.world.talk_in_zulip()
		self.threads = [self.world.customer(one) for one in (SARAH, BOB, CHARLIE)]
		stranger = Address("Phone", "+12125550199")
		self.threads.append(
			self.world.do(lambda: open_unmatched(self.world.ports, stranger, "(212) 555-0199"))
		)
		self.number = 0
		#: each word that was written, and whom it was for, "" for nobody
		self.meant: dict[str, str] = {}
		self.notes: set[str] = set()
		self.messages: list[tuple[ZulipMessage, dict[str, Any]]] = []

	def teardown(self) -> None:
		"""Forget it."""
		self.world.close()
		self.world.database.close()
		self.folder.cleanup()

	def word(self) -> str:
		"""Return a word that nobody has written yet."""
		self.number += 1
		return f"word{self.number}x"

	def hear(self, message: ZulipMessage, **changes: Any) -> None:  # noqa: ANN401
		"""Hand a message in as the webhook does."""
		payload = {**self.zulip.payload(message), **changes}
		said = read_message(payload, self.world.clock.now_us())
		if said is not None:
			self.world.do(lambda: receive_team_message(self.world.ports, said))

	def write(self, sender: User, content: str, topic: str, channel: str = "customers") -> ZulipMessage:
		"""Write something, and hand it in."""
		self.world.clock.move(1_000_000)
		message, _none = self.zulip.say(sender, content, channel=channel, topic=topic)
		self.messages.append((message, {}))
		self.hear(message)
		return message

	@rule(
		who=WHO,
		before=st.sampled_from(list(BEFORE)),
		topic=st.sampled_from(list(TOPICS)),
		sender=st.sampled_from([KIM, LEE, BUILDER]),
		channel=st.sampled_from(["customers", "customers", "builders"]),
		is_note=st.booleans(),
	)
	def somebody_writes(
		self, who: int, before: str, topic: str, sender: User, channel: str, is_note: bool
	) -> None:
		"""Somebody writes in some topic of some channel."""
		thread, word = self.threads[who], self.word()
		is_meant = BEFORE[before] and TOPICS[topic] and channel == "customers" and not sender.is_bot
		self.meant[word] = thread["name"] if is_meant else ""
		if is_note:
			self.notes.add(word)
		content = f"{before}{'note ' if is_note else ''}{word}"
		self.write(sender, content, topic.format(thread["title"], thread["code"]), channel)

	@rule(who=WHO, other=WHO)
	def somebody_names_another(self, who: int, other: int) -> None:
		"""Somebody writes another customer's number in a customer's topic."""
		thread, named, word = self.threads[who], self.threads[other], self.word()
		goes = self.now(thread) == self.now(named)
		self.meant[word] = thread["name"] if goes else ""
		self.write(KIM, f"@**Thread Bot** #{named['code']} {word}", f"{thread['title']} #{thread['code']}")

	@rule(who=WHO)
	def somebody_edits(self, who: int) -> None:
		"""The mention comes with an edit."""
		thread, word = self.threads[who], self.word()
		self.meant[word] = ""
		message = self.write(KIM, "hm", f"{thread['title']} #{thread['code']}")
		message.content, message.edited = f"@**Thread Bot** {word}", message.timestamp + 5
		self.hear(message)

	@rule(which=st.integers(0, 30))
	def it_comes_again(self, which: int) -> None:
		"""A message is handed in once more."""
		if self.messages:
			message, changes = self.messages[which % len(self.messages)]
			self.hear(message, **changes)

	@rule(who=WHO)
	def a_customer_writes(self, who: int) -> None:
		"""A customer's words look like the team's, and stand in the channel."""
		word = self.word()
		self.meant[word] = ""
		client, thread = f"00000000-0000-4000-8000-{self.number:012}", self.threads[who]
		words = f"@**Thread Bot** #{self.threads[0]['code']} {word}"
		self.world.do(lambda: reply(self.world.ports, self.now(thread), words, client))
		for name in deliver.due_deliveries(self.world.ports, channel="Zulip"):
			claimed = self.world.do(partial(deliver.claim_delivery, self.world.ports, name))
			if claimed:
				outcome = deliver.send_delivery(self.world.ports, claimed)
				self.world.do(partial(deliver.record_delivery, self.world.ports, claimed, outcome))
		for message in self.zulip.written[-3:]:
			assert message.mentions == []
			self.hear(message)

	@rule(who=st.integers(0, 2))
	def the_number_is_known(self, who: int) -> None:
		"""Somebody says whose the unknown number is."""
		unmatched, goal = self.threads[3], self.threads[who]
		if self.now(unmatched) == unmatched["name"]:
			self.world.do(lambda: assign_thread(self.world.ports, unmatched, goal))

	def now(self, thread: Any) -> str:  # noqa: ANN401
		"""Return which thread it is by now."""
		return self.world.thread(thread["name"])["name"]

	def written(self, table: str, condition: str = "1 = 1") -> list[tuple[str, str]]:
		"""Return each word that is in a table, and in which thread."""
		rows = self.world.database.select(f"SELECT thread, text FROM `{table}` WHERE {condition}")
		words = [(word, row["thread"]) for row in rows for word in self.meant if word in row["text"]]
		return sorted(words)

	@invariant()
	def no_word_reaches_whom_it_was_not_meant_for(self) -> None:
		"""Each word is where it belongs, once, and nowhere else."""
		meant = [(word, self.now({"name": thread})) for word, thread in self.meant.items() if thread]
		said = sorted(pair for pair in meant if pair[0] not in self.notes)
		noted = sorted(pair for pair in meant if pair[0] in self.notes)
		assert self.written("tabThread Entry", "author = 'Contractor'") == said
		assert self.written("tabThread Note") == noted


TestTeamMachine = TeamMachine.TestCase
TestTeamMachine.settings = settings(
	max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
