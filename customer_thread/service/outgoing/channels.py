"""The channels messages go out by, in the order they are preferred: what the program does by channel, it does by its line here."""

from collections.abc import Mapping

from customer_thread.domain.channels import EMAIL, SMS
from customer_thread.domain.model import DeliveryChannel, Purpose
from customer_thread.service.outgoing.compose_mail import compose_mail, new_message_id
from customer_thread.service.outgoing.compose_text import compose_text, texts_of
from customer_thread.service.outgoing.hand_over import hand_over_mail, hand_over_text
from customer_thread.service.outgoing.reach import contractor_mailbox, contractor_mobile
from customer_thread.service.ports import OutgoingChannel
from customer_thread.store.rows import ThreadRow


def _whole(_thread: ThreadRow, _purpose: Purpose, _text: str, _limit: int) -> list[str]:
	"""Return no words: a mail is put together from its entry."""
	return [""]


CHANNELS: Mapping[DeliveryChannel, OutgoingChannel] = {
	"SMS": OutgoingChannel(
		SMS,
		is_set_up=lambda settings: settings.sends_texts,
		contractor=contractor_mobile,
		consent_to=lambda settings: settings.sender,
		parts=texts_of,
		compose=compose_text,
		hand_over=hand_over_text,
	),
	"Email": OutgoingChannel(
		EMAIL,
		is_set_up=lambda settings: settings.sends_mail and bool(settings.from_address),
		contractor=contractor_mailbox,
		parts=_whole,
		compose=compose_mail,
		hand_over=hand_over_mail,
		new_message_id=new_message_id,
	),
}
