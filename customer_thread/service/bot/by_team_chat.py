"""The team writes to the bot where it talks: the bot's second mouth. What is not for the bot never comes here."""

from customer_thread.domain.bot.model import BotMessage
from customer_thread.domain.bot.read_command import read_command
from customer_thread.domain.forwarded import name_in_text
from customer_thread.domain.inbound import TeamMessage
from customer_thread.domain.phrase import Phrase, Translate
from customer_thread.domain.routing import Route
from customer_thread.domain.team_chat import code_in
from customer_thread.domain.team_place import TeamPlace
from customer_thread.domain.thread.keys import source_key, team_key
from customer_thread.domain.words import clean, preview
from customer_thread.service.bot.handle_message import BotHandler, handle_message
from customer_thread.service.ports import Ports
from customer_thread.service.thread.in_language import in_office_language
from customer_thread.store import bot_memories, deliveries, threads
from customer_thread.store.rows import ThreadRow

#: characters of a name that are kept with the answer
SHOWN = 80

NOBODYS = Phrase(
	"I do not know whose topic this is: nothing was sent. A customer's topic ends with # and their number, such as “Sarah Lee #174”."
)
FILES = Phrase("I cannot send files from here: nothing was sent.")


def team_usage(translate: Translate) -> str:
	"""Return what can be written to the bot in a customer's topic, a line each."""
	_ = translate
	return "\n".join(
		(
			_("My name and then your words: goes to the customer whose topic this is."),
			_("My name and then note: a note that only the team reads."),
			_("My name, #174 and ? shows what was said last."),
			_("What does not begin with my name stays among you."),
		)
	)


class TeamHandler:
	"""How the bot answers where it was written to."""

	def __init__(self, ports: Ports, said: TeamMessage) -> None:
		self._ports, self._said = ports, said

	def send_reply(self, text: str) -> None:
		"""Write there, once for each message."""
		ports, said = self._ports, self._said
		route = Route(said.channel, said.place.key, f"answer to what {preview(said.name, SHOWN)} wrote")
		key = source_key("answer", said.provider_id.lower())
		now = ports.clock.now_us()
		if deliveries.queue(ports.database, "Answer", route, now, text=text, source_key=key):
			ports.queue.run_soon("deliver")


def receive_team_message(ports: Ports, said: TeamMessage) -> None:
	"""Let the bot have what somebody of the team wrote to it, once; its answers go by the same channel."""
	obey_team_message(ports, said, TeamHandler(ports, said))


def obey_team_message(ports: Ports, said: TeamMessage, handler: BotHandler) -> None:
	"""Obey it where a customer's topic or the person alone says what is meant; else say that nothing was sent."""
	channel = ports.channel(said.channel)
	if channel.team_place is None or not channel.is_set_up(ports.settings()):
		return
	ports = in_office_language(ports)
	_, room = ports.translate, TeamPlace.of_key(channel.contractor(ports.settings())).channel
	thread = _thread_of(ports, said.place)
	if said.place.channel.casefold() != room.casefold() and not said.place.user:
		refused: Phrase | None = Phrase("I write to customers from #{0} only: nothing was sent.", room)
	elif said.place.user and not bot_memories.is_known(ports.database, said.channel, said.user):
		# anybody of the chat may write to a bot; who may write in the channel is of the team
		refused = Phrase("Write to me in a customer's topic in #{0} first: nothing was sent.", room)
	elif said.place.channel and said.is_addressed and read_command(clean(said.text)).verb == "help":
		handler.send_reply(team_usage(_))
		return
	elif said.place.channel and thread is None:
		refused = NOBODYS
	elif not said.is_addressed and thread:
		name = name_in_text(thread["title"])
		refused = Phrase("Nothing was sent. Begin with my name, and your words go to {0}.", name)
	else:
		refused = FILES if said.has_files else None
	if refused:
		handler.send_reply(refused.worded(_))
		return
	handle_message(ports, _as_bot_message(ports, said, thread), handler)


def _thread_of(ports: Ports, place: TeamPlace) -> ThreadRow | None:
	code = code_in(place.topic)
	return threads.by_number(ports.database, code) if code else None


def _as_bot_message(ports: Ports, said: TeamMessage, thread: ThreadRow | None) -> BotMessage:
	return BotMessage(
		mouth=said.channel,
		speaker=said.user,
		text=said.text,
		occurred_us=said.occurred_us,
		source_key=team_key(said),
		thread=thread["name"] if thread else "",
		# a user of the site by their name there, anybody else by the one they have in the chat
		sent_by=said.email if ports.is_staff(said.email) else preview(said.name),
	)
