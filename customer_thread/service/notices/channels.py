"""Every channel by which somebody is reached: those that carry messages, the push, and where the team talks."""

from collections.abc import Mapping

from customer_thread.domain.channels import PUSH, ZULIP
from customer_thread.domain.model import DeliveryChannel, Purpose
from customer_thread.service.notices.push import compose_push, hand_over_push, note_outcome
from customer_thread.service.outgoing.channels import CHANNELS
from customer_thread.service.outgoing.compose_post import compose_post, team_place, team_room, words_of_post
from customer_thread.service.outgoing.hand_over import hand_over_post
from customer_thread.service.ports import OutgoingChannel, Ports
from customer_thread.service.settings import Settings
from customer_thread.store.rows import ThreadRow


def _in_one(_thread: ThreadRow, _purpose: Purpose, text: str, _limit: int) -> list[str]:
	return [text]


def _nowhere(_settings: Settings) -> str:
	"""The contractor takes no pushes: they are told in the Desk."""
	return ""


def _push_id(ports: Ports) -> str:
	return ports.ids.token()


EVERY_CHANNEL: Mapping[DeliveryChannel, OutgoingChannel] = {
	**CHANNELS,
	"Push": OutgoingChannel(
		PUSH,
		is_set_up=lambda settings: settings.sends_pushes,
		contractor=_nowhere,
		parts=_in_one,
		compose=compose_push,
		hand_over=hand_over_push,
		new_message_id=_push_id,
		heard=note_outcome,
	),
	"Zulip": OutgoingChannel(
		ZULIP,
		is_set_up=lambda settings: settings.talks_in_zulip,
		contractor=team_room,
		team_place=team_place,
		parts=words_of_post,
		compose=compose_post,
		hand_over=hand_over_post,
	),
}
