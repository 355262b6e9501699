"""A link that somebody asked for: found out when it is sent whether there is anybody to send it to.

Its token is made for each try, and is nowhere but in what is sent.
"""

from urllib.parse import quote

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import OutboundMail, OutboundSms
from customer_thread.domain.portal.colors import accents
from customer_thread.domain.sign_in import address_of
from customer_thread.domain.spending import WHY
from customer_thread.domain.times import HOUR
from customer_thread.service.outgoing.spending import used_up_in
from customer_thread.service.ports import Ports
from customer_thread.service.reading.render import render
from customer_thread.service.sign_in.is_on import sends_links
from customer_thread.service.sign_in.make_link import WAY_IN, new_token
from customer_thread.service.sign_in.who import readers_at
from customer_thread.service.thread.in_language import in_language, in_language_of
from customer_thread.store import consents, threads
from customer_thread.store.rows import DeliveryRow

#: whoever asked for one waits no longer, and is not to be woken by it
ASKED_WITHIN = HOUR


def why_no_link(ports: Ports, delivery: DeliveryRow) -> str:
	"""Return why nothing is sent, for staff to read; empty if a link is."""
	settings, address = ports.settings(), address_of(delivery["address"])
	channel = ports.channel(delivery["channel"] or "")
	if not sends_links(settings):
		return "links are switched off"
	if ports.clock.now_us() - delivery["creation_us"] > ASKED_WITHIN:
		return "it was asked for more than an hour ago"
	if not channel.is_set_up(settings):
		return channel.rule.words.not_set_up
	found = readers_at(ports, address)
	if not found:
		return "nobody who can sign in has this address"
	sender = channel.consent_to(settings) if channel.consent_to else ""
	said = (
		consents.among(ports.database, [address.value], sender).get(address.value, "Allowed")
		if sender
		else "Allowed"
	)
	if said == "Allowed" and not channel.rule.can_reach(address):
		said = "Not Textable"
	if said != "Allowed":
		return channel.rule.words.refused.get(said, said)
	thread = threads.require(ports.database, found[0].thread)
	over = used_up_in(ports, thread, "Sign In", 1)
	return WHY[over[channel.rule.name]] if channel.rule.name in over else ""


def sign_in_text(ports: Ports, delivery: DeliveryRow) -> OutboundSms:
	"""Return the text with the link. Raise GatewayError if there is nobody to send it to."""
	ports = _in_language_of_reader(ports, delivery)
	settings, _ = ports.settings(), ports.translate
	words = _("Your link to your messages with {0}: {1}").format(
		settings.business_name, _link(ports, delivery)
	)
	ignore = _("If you did not ask for it, ignore this text.")
	return OutboundSms(
		delivery["address"], settings.twilio_from_number, f"{words}\n{ignore}", delivery["name"]
	)


def sign_in_mail(ports: Ports, delivery: DeliveryRow) -> OutboundMail:
	"""Return the mail with the link. Raise GatewayError if there is nobody to send it to."""
	ports = _in_language_of_reader(ports, delivery)
	settings, _ = ports.settings(), ports.translate
	link, button = _link(ports, delivery), _("Open my messages")
	subject = _("Your link to your messages with {0}").format(settings.business_name)
	text = _(
		"Somebody, you we hope, asked for a link to your messages with {0}. "
		"It works once, and from then on in the browser that used it. If you did not ask for it, ignore this mail."
	).format(settings.business_name)
	colors = accents(settings.accent_color)
	return OutboundMail(
		message_id=delivery["provider_id"] or "",
		to=delivery["address"],
		from_name=settings.business_name,
		from_address=settings.from_address,
		reply_to="",
		subject=subject,
		text=f"{text}\n\n{button}: {link}",
		html=render(
			"emails/message.html",
			translate=ports.translate,
			answer_line="",
			sender=settings.business_name,
			text=text,
			automated=True,
			link=link,
			button=button,
			accent=colors["accent"],
			on_accent=colors["on_accent"],
		),
		automated=True,
	)


def _in_language_of_reader(ports: Ports, delivery: DeliveryRow) -> Ports:
	found = readers_at(ports, address_of(delivery["address"]))
	thread = threads.get(ports.database, found[0].thread) if found else None
	return in_language_of(ports, thread, found[0].user) if thread else in_language(ports, "")


def _link(ports: Ports, delivery: DeliveryRow) -> str:
	found = readers_at(ports, address_of(delivery["address"]))
	if not found:
		raise GatewayError("Nobody who can sign in has this address.", permanent=True)
	# an address of several customers: whoever uses the link says which
	user, thread = (found[0].user, found[0].thread) if len(found) == 1 else ("", "")
	token = new_token(ports, user, thread, "Asked For", address=delivery["address"])
	goal = delivery["text"] if delivery["text"] not in ("", "/messages") else ""
	leads = f"?redirect-to={quote(goal, safe='/')}" if goal else ""
	return f"{ports.settings().public_url.rstrip('/')}{WAY_IN}{leads}#{token}"
