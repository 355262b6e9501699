"""What somebody who reads a thread wants: what they chose, and for all else the settings' own."""

from collections.abc import Mapping

from customer_thread.domain.model import PreferenceWay
from customer_thread.domain.notices.model import Preferences
from customer_thread.domain.notices.wishes import QUIET_HOURS, Wishes, changes, default_wishes, with_chosen
from customer_thread.domain.times import zone
from customer_thread.service.ports import Ports
from customer_thread.service.reading.reader import info_of
from customer_thread.store import preferences
from customer_thread.store.rows import ThreadRow


def preferences_of(ports: Ports, thread: ThreadRow, user: str) -> Preferences:
	"""Return what somebody wants, as notices are decided by it."""
	return wishes_of(ports, thread, user).preferences()


def wishes_of(ports: Ports, thread: ThreadRow, user: str) -> Wishes:
	"""Return what somebody wants, as the notification settings show it."""
	return _over_defaults(ports, thread, preferences.of_reader(ports.database, thread["name"], user))


def save_wishes(
	ports: Ports, thread: ThreadRow, user: str, chosen: Mapping[str, str], way: PreferenceWay
) -> Wishes:
	"""Keep what somebody chose, by column and as it stands there, and return what they want now.

	Of each that is another than before a line is written down; where none is, nothing is.
	"""
	database, now_us = ports.database, ports.clock.now_us()
	# looked for before it is held: holding what is not there holds up every other new row on MariaDB
	if preferences.of_reader(database, thread["name"], user) is None:
		default = _over_defaults(ports, thread, None)
		if not changes(default, with_chosen(default, chosen)):
			return default
		preferences.add(database, thread["name"], user, now_us)
	row = preferences.hold(database, thread["name"], user)
	before = _over_defaults(ports, thread, row)
	after = with_chosen(before, chosen)
	changed = changes(before, after)
	if row and changed:
		kept = {name: new for name, (_old, new) in changed.items()}
		preferences.choose(database, row["name"], kept, now_us)
	for name, values in changed.items():
		preferences.note_change(database, thread["name"], user, name, values, way, user, now_us)
	if "timezone" in changed:
		ports.automations.plan_thread(ports, thread["name"])
	if not QUIET_HOURS.isdisjoint(changed):
		ports.automations.look_at_held(ports, thread["name"])
	return after


def _over_defaults(ports: Ports, thread: ThreadRow, chosen: Mapping[str, object] | None) -> Wishes:
	settings = ports.settings()
	info = info_of(ports.parties, thread)
	own_zone = zone(thread["timezone"], info.timezone, settings.default_timezone).key
	default = default_wishes(settings.quiet_start, settings.quiet_end, own_zone)
	return with_chosen(default, chosen or {})
