"""An invitation's row becomes a mail with a button."""

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.invitation import around
from customer_thread.domain.outbound import OutboundMail
from customer_thread.domain.people.reply_address import reply_address
from customer_thread.domain.portal.colors import accents
from customer_thread.domain.words import preview
from customer_thread.service.ports import Ports
from customer_thread.service.reading.render import render
from customer_thread.service.sign_in.make_link import WAY_IN
from customer_thread.store import threads
from customer_thread.store.rows import DeliveryRow


def compose_invitation(ports: Ports, delivery: DeliveryRow) -> OutboundMail:
	"""Return the mail. Raise GatewayError (permanent) if the thread or the words are gone."""
	thread = threads.get(ports.database, delivery["thread"]) if delivery["thread"] else None
	if thread is None or not delivery["text"]:
		raise GatewayError("What was to be sent is gone.", permanent=True)
	settings, _ = ports.settings(), ports.translate
	subject = _("Your messages with {0}").format(settings.business_name)
	colors = accents(settings.accent_color)
	said = around(delivery["text"], WAY_IN)
	return OutboundMail(
		message_id=delivery["provider_id"],
		to=delivery["address"],
		from_name=settings.business_name,
		from_address=settings.from_address,
		reply_to=reply_address(thread["reply_token"], settings.reply_domain),
		subject=preview(subject),
		text=delivery["text"],
		html=render(
			"emails/invitation.html",
			translate=_,
			sender=settings.business_name,
			before=said.before,
			link=said.link,
			# a full stop alone needs no line
			after=said.after if any(character.isalnum() for character in said.after) else "",
			button=_("Open your messages"),
			accent=colors["accent"],
			on_accent=colors["on_accent"],
		),
		automated=True,
	)
