"""A delivery's row becomes a message where the team talks."""

from dataclasses import replace

from customer_thread.domain.model import Purpose
from customer_thread.domain.outbound import OutboundPost
from customer_thread.domain.team_chat import ROOM, topic_of
from customer_thread.domain.team_place import TeamPlace
from customer_thread.domain.words import split
from customer_thread.service.ports import Ports
from customer_thread.service.settings import Settings
from customer_thread.store import entries, sent_to, threads
from customer_thread.store.rows import DeliveryRow, ThreadRow


def team_room(settings: Settings) -> str:
	"""Return where the team reads what is about no customer; empty for nowhere."""
	return TeamPlace(settings.zulip_channel, ROOM).key if settings.talks_in_zulip else ""


def team_place(settings: Settings, thread: ThreadRow) -> str:
	"""Return where the team reads what this thread's customer writes."""
	return TeamPlace(settings.zulip_channel, topic_of(thread["title"], thread["code"])).key


def words_of_post(_thread: ThreadRow, _purpose: Purpose, text: str, limit: int) -> list[str]:
	"""Return the words of each message that these need, of at most `limit` characters."""
	return split(text, limit)


def compose_post(ports: Ports, delivery: DeliveryRow) -> OutboundPost:
	"""Return what is to be written: what is about a customer in the topic that has their name by now."""
	post = OutboundPost(delivery["address"], delivery["text"])
	thread = threads.get(ports.database, delivery["thread"]) if delivery["thread"] else None
	if thread is None:
		return post
	channel = TeamPlace.of_key(delivery["address"]).channel
	place = TeamPlace(channel, topic_of(thread["title"], thread["code"]))
	previous, previous_to = sent_to.last_post(ports.database, thread["name"], delivery["channel"] or "Zulip")
	post = replace(post, to=place.key, previous=previous, previous_to=previous_to)
	if delivery["purpose"] != "Team":
		return post
	post = replace(post, is_quoted=True)
	return post if delivery["part"] else replace(post, heading=_heading(ports, thread, delivery["entry"]))


def _heading(ports: Ports, thread: ThreadRow, entry: int) -> str:
	said = entries.words_of(ports.database, entry)
	by = ports.translate(said["channel"]) if said and said["channel"] else ""
	return f"{thread['title']} · {by}" if by else thread["title"]
