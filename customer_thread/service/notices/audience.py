"""Who reads a thread, what they want, and how they can be reached at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.model import Audience, NoticeChannel
from customer_thread.domain.notices.quiet_hours import QuietHours
from customer_thread.domain.notices.wishes import checked_clock, is_clock
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.routing import Reach
from customer_thread.domain.times import zone
from customer_thread.service.notices.preferences import wishes_of
from customer_thread.service.outgoing.reach import reach_of
from customer_thread.service.outgoing.spending import used_up_in
from customer_thread.service.ports import PortalReader, Ports
from customer_thread.store import subscriptions
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

#: whoever has the thread's addresses, where nobody can sign in
NOBODY = PortalReader("")


@dataclass(frozen=True)
class NoticeReader:
	"""Somebody who may be notified."""

	#: empty: whoever has the thread's addresses
	user: str
	audience: Audience
	#: where each channel reaches them: one address, or each of their browsers
	addresses: Mapping[DeliveryChannel, Sequence[str]]


def notice_readers(ports: Ports, thread: ThreadRow) -> list[NoticeReader]:
	"""Return who may be notified of what is new in a thread: its readers, else whoever has its addresses."""
	known = _readers(ports, thread)
	reach = reach_of(ports, thread)
	over = used_up_in(ports, thread, "Notice", 1)
	found = (_notice_reader(ports, thread, known, place, reach) for place in range(len(known)))
	return [_without_texts(reader) if "SMS" in over else reader for reader in found]


def notice_reader(ports: Ports, thread: ThreadRow, user: str) -> NoticeReader | None:
	"""Return one of them; None if they do not read the thread any more.

	What was written down for them counts among the texts that were spent already.
	"""
	known = _readers(ports, thread)
	if not user and known[0].user:
		known = [NOBODY]
	place = next((place for place, reader in enumerate(known) if reader.user == user), None)
	return None if place is None else _notice_reader(ports, thread, known, place, reach_of(ports, thread))


def first_reader(ports: Ports, thread: ThreadRow) -> str:
	"""Return whose quiet hours count for a message to the thread's own addresses."""
	return _readers(ports, thread)[0].user


def sending_window(ports: Ports, thread: ThreadRow, user: str) -> QuietHours | None:
	"""Return when the business writes nothing promotional to somebody; None: it may at any time."""
	settings = ports.settings()
	if not (is_clock(settings.window_start) and is_clock(settings.window_end)):
		return None
	start, end = (
		time.fromisoformat(checked_clock(at)) for at in (settings.window_end, settings.window_start)
	)
	return QuietHours(start, end, zone(wishes_of(ports, thread, user).timezone))


def _readers(ports: Ports, thread: ThreadRow) -> Sequence[PortalReader]:
	party = party_of(thread)
	return (ports.parties.readers(party) if party else ()) or [NOBODY]


def _notice_reader(
	ports: Ports, thread: ThreadRow, known: Sequence[PortalReader], place: int, reach: Reach
) -> NoticeReader:
	reader = known[place]
	preferences = wishes_of(ports, thread, reader.user).preferences()
	others = {other.email for other in known if other is not reader}
	addresses: dict[DeliveryChannel, Sequence[str]] = {"Push": _browsers(ports, thread, reader.user)}
	email, phone = reader.email, ""
	if place == 0:
		# a phone is one person's: two who read one thread do not get each text twice
		phone = _address(ports, reach, "SMS")
		on_file = _address(ports, reach, "Email")
		email = email or ("" if on_file in others else on_file)
	addresses |= {"Email": [email] if email else [], "SMS": [phone] if phone else []}
	found: dict[NoticeChannel, Phrase | None] = {
		"Push": _why_not(ports, "Push") or (None if addresses["Push"] else reasons.NO_BROWSER),
		"Email": _why_not(ports, "Email") or (None if email else reasons.NO_EMAIL),
		"SMS": _why_not(ports, "SMS") or (None if phone else reasons.NO_PHONE),
	}
	audience = Audience(
		preferences,
		unreachable={channel: why for channel, why in found.items() if why},
		is_present=bool(reader.user) and ports.presence.is_present(thread["name"], reader.user),
		window=sending_window(ports, thread, reader.user),
	)
	return NoticeReader(reader.user, audience, addresses)


def _browsers(ports: Ports, thread: ThreadRow, user: str) -> Sequence[str]:
	if not user:
		return ()
	return [row["name"] for row in subscriptions.of_reader(ports.database, thread["name"], user)]


def _address(ports: Ports, reach: Reach, channel: DeliveryChannel) -> str:
	return reach.address(ports.channels[channel].rule) if channel in ports.channels else ""


def _why_not(ports: Ports, channel: DeliveryChannel) -> Phrase | None:
	found = ports.channels.get(channel)
	return None if found and found.is_set_up(ports.settings()) else reasons.NOT_SET_UP


def _without_texts(reader: NoticeReader) -> NoticeReader:
	unreachable = {"SMS": reasons.USED_UP, **reader.audience.unreachable}
	return replace(reader, audience=replace(reader.audience, unreachable=unreachable))
