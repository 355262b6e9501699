"""The calls of `customer_thread.api.desk.*` by which staff go through the inbox."""

from customer_thread.domain.times import parse_planned
from customer_thread.service.calls import Calls
from customer_thread.service.desk.read_inbox import InboxLine, TabsView, inbox_line, read_tabs
from customer_thread.service.desk.visible import visible_thread
from customer_thread.service.params import PAGE, Params
from customer_thread.service.ports import Ports
from customer_thread.service.thread.mark_done import mark_done, reopen, snooze

INBOX_CALLS = Calls()


@INBOX_CALLS.get_call("inbox", "tab q assigned before limit")
def read_tab(ports: Ports, params: Params) -> TabsView:
	"""Return a page of a tab of the inbox, and how many threads are in each."""
	assigned = params.text("assigned", "")
	return read_tabs(
		ports,
		tab=params.text("tab", "all"),
		q=params.text("q", ""),
		assigned=(params.asked_by or "") if assigned == "me" else assigned,
		before=params.text("before", ""),
		limit=params.integer("limit", PAGE),
	)


@INBOX_CALLS.post_call("done", "thread upto undo")
def call_done(ports: Ports, params: Params) -> InboxLine:
	"""Call a thread done up to an entry, or take that back."""
	thread = visible_thread(ports, params.text("thread"))
	if params.boolean("undo"):
		reopen(ports, thread["name"])
	else:
		mark_done(ports, thread["name"], params.integer("upto"))
	return inbox_line(visible_thread(ports, thread["name"]))


@INBOX_CALLS.post_call("snooze", "thread until")
def put_off(ports: Ports, params: Params) -> InboxLine:
	"""Snooze a thread until then, or with no time let it be looked at again."""
	thread, until = visible_thread(ports, params.text("thread")), params.text("until", "")
	snooze(ports, thread["name"], parse_planned(until, ports.settings().default_timezone) if until else 0)
	return inbox_line(visible_thread(ports, thread["name"]))
