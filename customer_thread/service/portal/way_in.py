"""What a link does when it is looked at, and when its button is pressed. The host signs in and shows the page.

Only the button uses a link: a mail scanner that looks at each one it finds takes it from nobody.
"""

from dataclasses import dataclass, field
from typing import Literal, TypedDict

from customer_thread.domain.sign_in import LinkState, address_of, hash_of, hinted, usable
from customer_thread.service.portal.ask_for_link import send_link
from customer_thread.service.ports import Ports
from customer_thread.service.sign_in.is_on import is_open, sends_links
from customer_thread.service.sign_in.portal_link import portal_path
from customer_thread.service.sign_in.who import LinkReader, readers_of
from customer_thread.service.thread.trust_address import trust_address
from customer_thread.store import sign_ins
from customer_thread.store.rows import SignInRow

#: the cookie by which a browser is known again that used a link; never its path, which the link's page has
BROWSER_COOKIE = "browser"
#: seconds for which it is
BROWSER_SECONDS = 31_536_000

Step = Literal[
	"open", "ready", "asked", "choose", "staff", "used", "expired", "revoked", "closed", "unknown", "sent"
]
_REFUSED: dict[LinkState, Step] = {
	"Used Elsewhere": "used",
	"Expired": "expired",
	"Revoked": "revoked",
	"Closed": "closed",
	"Unknown": "unknown",
}


@dataclass(frozen=True)
class Visit:
	"""Who comes with which link; what the host knows of them."""

	#: empty: the page is to read it from behind the #
	token: str = field(repr=False)
	#: what this browser was given when it used one; empty if it never did
	browser: str = field(default="", repr=False)
	#: who is signed in, and how they are called; empty for nobody
	user: str = ""
	reader: str = ""
	is_staff: bool = False
	#: where to go on to if the link leads to no entry; a path of this site
	goal: str = "/messages"
	#: the thread that was chosen, where the link's address is several customers'
	choice: str = ""
	#: who asks, for the limits
	source: str = ""


class Choice(TypedDict):
	"""A customer to choose."""

	thread: str
	label: str


class WayInView(TypedDict):
	"""The page of a link."""

	step: Step
	token: str
	redirect_to: str
	reader: str
	#: the customer whom it signs in, where that is said
	owner: str
	choices: list[Choice]
	#: where a fresh one can be sent, as far as it is shown; empty: nowhere
	sent_to: str
	#: whether one can ask for a link
	can_ask: bool


@dataclass(frozen=True)
class Way:
	"""What the host is to do: sign in whom it says, then lead on or show the page."""

	view: WayInView | None = None
	status: int = 200
	goes_to: str = ""
	#: whom to sign in; empty for nobody
	user: str = ""
	thread: str = ""
	#: what this browser is given, to be known again by
	browser: str = ""


@dataclass(frozen=True)
class _Found:
	state: LinkState
	link: SignInRow | None = None
	readers: list[LinkReader] = field(default_factory=list)


def look(ports: Ports, visit: Visit) -> Way:
	"""Return a link's page with its one button, or where whoever it signs in goes on to, being signed in already."""
	if not visit.token:
		return Way(_view(ports, visit, "open"))
	found = _find(ports, visit)
	return _straight_on(visit, found) or _refused(ports, visit, found) or _button(ports, visit, found)


def use(ports: Ports, visit: Visit) -> Way:
	"""Use a link whose button was pressed."""
	found = _find(ports, visit)
	on_the_way = _straight_on(visit, found) or _refused(ports, visit, found)
	if on_the_way or found.link is None:
		return on_the_way or Way(_view(ports, visit, "unknown"), 403)
	chosen = _chosen(visit, found.readers)
	if chosen is None:
		return Way(_view(ports, visit, "choose", found))
	# of two who press at the same moment one waits here, and then finds it used
	held = sign_ins.lock(ports.database, found.link["name"])
	state = _state(ports, held, visit) if held else "Unknown"
	if held is None or state != "Usable":
		return Way(_view(ports, visit, _REFUSED[state], found), 403)
	# what somebody else has used here is not to open anything for the one who comes after them
	is_anothers = visit.user not in ("", chosen.user) and not held["browser_hash"]
	browser = (not is_anothers and visit.browser) or ports.ids.token()
	now = ports.clock.now_us()
	sign_ins.record_use(ports.database, held, hash_of(browser), chosen.user, chosen.thread, now)
	if "@" in held["address"]:
		# whoever reads the mails of an address is its owner
		trust_address(ports, chosen.thread, address_of(held["address"]), "Signed In")
	return Way(goes_to=_goal(visit, held), user=chosen.user, thread=chosen.thread, browser=browser)


def send_fresh(ports: Ports, visit: Visit) -> Way:
	"""Send a fresh link to where this one was sent, if it was used elsewhere or is too old."""
	found = _find(ports, visit)
	where = _fresh_to(ports, found)
	if found.link is None or not where:
		return look(ports, visit)
	send_link(ports, address_of(where), visit.source, _goal(visit, found.link))
	return Way(_view(ports, visit, "sent", found))


def _find(ports: Ports, visit: Visit) -> _Found:
	link = sign_ins.by_hash(ports.database, hash_of(visit.token)) if visit.token else None
	if link is None:
		return _Found("Unknown")
	readers = readers_of(ports, link)
	state = _state(ports, link, visit)
	return _Found("Closed" if state == "Usable" and not readers else state, link, readers)


def _state(ports: Ports, link: SignInRow, visit: Visit) -> LinkState:
	if not is_open(ports, link):
		return "Closed"
	return usable(
		expires_us=link["expires_us"],
		revoked_us=link["revoked_us"],
		used_by=link["browser_hash"],
		browser=hash_of(visit.browser) if visit.browser else "",
		now_us=ports.clock.now_us(),
	)


def _straight_on(visit: Visit, found: _Found) -> Way | None:
	"""Lead on whoever is signed in as whom the link would sign in: nothing is used, whatever became of the link."""
	reader = next((reader for reader in found.readers if reader.user == visit.user), None)
	if not (found.link and reader) or visit.is_staff:
		return None
	return Way(goes_to=_goal(visit, found.link), thread=reader.thread)


def _refused(ports: Ports, visit: Visit, found: _Found) -> Way | None:
	if found.state != "Usable":
		return Way(_view(ports, visit, _REFUSED[found.state], found), 403)
	if visit.is_staff:
		return Way(_view(ports, visit, "staff", found), 403)
	return None


def _button(ports: Ports, visit: Visit, found: _Found) -> Way:
	return Way(_view(ports, visit, "asked" if visit.user else "ready", found))


def _chosen(visit: Visit, readers: list[LinkReader]) -> LinkReader | None:
	if len(readers) == 1:
		return readers[0]
	return next((reader for reader in readers if reader.thread == visit.choice), None)


def _goal(visit: Visit, link: SignInRow) -> str:
	return portal_path(link["entry"]) if link["entry"] else visit.goal


def _fresh_to(ports: Ports, found: _Found) -> str:
	"""Return where a fresh link can be sent; empty for nowhere."""
	if found.link is None or found.state not in ("Used Elsewhere", "Expired") or not found.readers:
		return ""
	return found.link["address"] if sends_links(ports.settings()) else ""


def _view(ports: Ports, visit: Visit, step: Step, found: _Found | None = None) -> WayInView:
	readers = found.readers if found else []
	names_owner = step in ("asked", "staff") and len(readers) == 1
	fresh_to = _fresh_to(ports, found) if found else ""
	return {
		"step": step,
		"token": visit.token,
		"redirect_to": visit.goal,
		"reader": visit.reader,
		"owner": readers[0].name if names_owner else "",
		"choices": [{"thread": reader.thread, "label": reader.name} for reader in readers]
		if step == "choose"
		else [],
		"sent_to": hinted(fresh_to) if fresh_to else "",
		"can_ask": sends_links(ports.settings()),
	}
