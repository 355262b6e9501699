"""A notice that says nothing but that it is one, so that somebody sees how they are notified."""

from customer_thread.domain.errors import BadInput, TooMany
from customer_thread.domain.limits import TEST_NOTICE_SECONDS
from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.model import NOTICE_CHANNELS, NoticeChannel, Verdict
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.times import SECOND
from customer_thread.service.notices.audience import NoticeReader, notice_readers
from customer_thread.service.ports import Ports
from customer_thread.service.thread.in_language import in_language_of
from customer_thread.store import notices
from customer_thread.store.rows import ThreadRow


def send_test_notice(ports: Ports, thread: ThreadRow, user: str) -> list[DeliveryChannel]:
	"""Send one now by each channel that somebody has on and that reaches them, and return these.

	Raise BadInput if there is none, TooMany if they were sent one just before.
	"""
	reader = next((one for one in notice_readers(ports, thread) if one.user == user), None)
	found = [channel for channel in NOTICE_CHANNELS if reader and _is_open(reader, channel)]
	if reader is None or not found:
		raise BadInput("Nothing is turned on here that reaches you.")
	now_us = ports.clock.now_us()
	slot = now_us // (TEST_NOTICE_SECONDS * SECOND)
	for name in found:
		channel = ports.channel(name)
		for address in reader.addresses[name]:
			is_new = notices.add(
				ports.database,
				source_key("notice-test", f"{thread['name']}:{user}:{slot}:{name}:{address}"),
				Verdict(name, "Send", reasons.TEST),
				now_us,
				thread=thread["name"],
				entry=0,
				reader=user,
				channel=name,
				address=address,
				urgent=True,
				promotional=False,
				text=_words(in_language_of(ports, thread, user), name),
				message_id=channel.new_message_id(ports) if channel.new_message_id else "",
			)
			if not is_new:
				raise TooMany("You were sent a test just now. Please try again in a few minutes.")
	ports.queue.run_soon("deliver")
	return list(found)


def _is_open(reader: NoticeReader, channel: NoticeChannel) -> bool:
	audience = reader.audience
	return audience.preferences.channels.get(channel, False) and channel not in audience.unreachable


def _words(ports: Ports, channel: DeliveryChannel) -> str:
	words = ports.translate("This is a test: this is how you hear of something new in your messages.")
	return f"{ports.settings().business_name}: {words}" if channel == "SMS" else words
