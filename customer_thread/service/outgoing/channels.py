"""The channels messages go out by, in the order they are preferred: what the program does by channel, it does by its line here."""

from collections.abc import Mapping

from customer_thread.domain import channels as rules
from customer_thread.domain.model import DeliveryChannel
from customer_thread.service.outgoing.reach import contractor_mailbox, contractor_mobile
from customer_thread.service.ports import OutgoingChannel

CHANNELS: Mapping[DeliveryChannel, OutgoingChannel] = {
	"SMS": OutgoingChannel(
		rules.SMS,
		is_set_up=lambda settings: settings.sends_texts,
		contractor=contractor_mobile,
		consent_to=lambda settings: settings.sender,
	),
	"Email": OutgoingChannel(
		rules.EMAIL,
		is_set_up=lambda settings: settings.sends_mail and bool(settings.from_address),
		contractor=contractor_mailbox,
	),
}
