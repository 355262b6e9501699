"""The calls `customer_thread.api.portal.*`: a customer's own thread and nothing else. The host says whose it is."""

from customer_thread.domain.model import Attachment
from customer_thread.domain.portal.pages import Reference
from customer_thread.service.answers import HttpAnswer
from customer_thread.service.calls import Calls
from customer_thread.service.notices import subscribe as pushing
from customer_thread.service.notices.test_notice import send_test_notice
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.params import Params
from customer_thread.service.portal.note_presence import note_presence
from customer_thread.service.portal.notification_settings import WishesView, save_preferences, wishes_view
from customer_thread.service.portal.read_calendar_file import read_calendar_file
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import EntryView
from customer_thread.service.reading.read_attachment import read_attachment, read_original
from customer_thread.service.reading.read_timeline import Query, TimelineView, query_of, read_timeline
from customer_thread.service.thread.mark_read_by_customer import mark_read_by_customer
from customer_thread.store.rows import ThreadRow

PORTAL = Calls()


@PORTAL.get_call("timeline", "limit before newer after around q as active")
def timeline(ports: Ports, thread: ThreadRow, params: Params) -> TimelineView:
	"""Return a page of the thread."""
	note_presence(ports, thread["name"], params.asked_by or "", params.text("active", ""))
	html = params.text("as", "") == "html"
	return read_timeline(ports, thread, query_of(params), html=html)


@PORTAL.post_call("reply", "text client_id as outbox")
def post_reply(ports: Ports, thread: ThreadRow, params: Params) -> EntryView:
	"""Store a reply and return its entry."""
	entry = reply(ports, thread["name"], params.text("text"), params.text("client_id"))
	html = params.text("as", "") == "html"
	return read_timeline(ports, thread["name"], Query(limit=1, around=entry), html=html)["entries"][0]


@PORTAL.post_call("read", "upto outbox")
def read(ports: Ports, thread: ThreadRow, params: Params) -> dict[str, int]:
	"""Note how far the customer has read."""
	return {"unread": mark_read_by_customer(ports, thread["name"], params.integer("upto"))}


@PORTAL.get_call("attachment", "entry index")
def attachment(ports: Ports, thread: ThreadRow, params: Params) -> Attachment:
	"""Return an attachment."""
	return read_attachment(ports, thread["name"], params.integer("entry"), params.integer("index"))


@PORTAL.get_call("original", "entry rest")
def original(ports: Ports, thread: ThreadRow, params: Params) -> str:
	"""Return the whole text of a mail, or only what its new words leave out."""
	only_rest = params.text("rest", "") == "1"
	return read_original(ports, thread["name"], params.integer("entry"), only_rest=only_rest)


@PORTAL.get_call("calendar_file", "document name day")
def calendar_file(ports: Ports, thread: ThreadRow, params: Params) -> HttpAnswer:
	"""Return an appointment or visit as a file for the reader's calendar."""
	document = Reference(params.text("document"), params.text("name"))
	return read_calendar_file(ports, thread, document, params.text("day", ""))


@PORTAL.get_call("preferences", "")
def preferences(ports: Ports, thread: ThreadRow, params: Params) -> WishesView:
	"""Return what the reader wants."""
	return wishes_view(ports, thread, params.asked_by or "")


@PORTAL.post_call("save_preferences", "sms email push quiet quiet_start quiet_end timezone outbox")
def post_preferences(ports: Ports, thread: ThreadRow, params: Params) -> WishesView:
	"""Keep what the reader wants, as far as it is given, and return all of it."""
	save_preferences(ports, thread, params)
	return wishes_view(ports, thread, params.asked_by or "")


@PORTAL.post_call("test_notice", "outbox")
def test_notice(ports: Ports, thread: ThreadRow, params: Params) -> dict[str, list[str]]:
	"""Send the reader a notice that is a test, and return by which channels."""
	sent = send_test_notice(ports, thread, params.asked_by or "")
	return {"channels": [channel.lower() for channel in sent]}


@PORTAL.post_call("subscribe", "subscription browser outbox")
def subscribe(ports: Ports, thread: ThreadRow, params: Params) -> dict[str, str]:
	"""Let this browser be pushed to."""
	given, browser = params.mapping("subscription"), params.text("browser", "")
	pushing.subscribe(ports, thread, params.asked_by or "", params.session_hash, given, browser)
	return {}


@PORTAL.post_call("unsubscribe", "endpoint outbox")
def unsubscribe(ports: Ports, _thread: ThreadRow, params: Params) -> dict[str, str]:
	"""Push to this browser no more."""
	pushing.unsubscribe(ports, params.text("endpoint"))
	return {}
