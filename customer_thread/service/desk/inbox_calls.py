"""The calls of `customer_thread.api.desk.*` by which staff go through the inbox."""

from typing import TypedDict

from customer_thread.domain.errors import BadInput
from customer_thread.domain.times import parse_planned
from customer_thread.service.calls import Calls
from customer_thread.service.desk.give_turn import give_turn
from customer_thread.service.desk.read_colleagues import ColleaguesView, read_colleagues
from customer_thread.service.desk.read_facts import FactsView, read_facts
from customer_thread.service.desk.read_inbox import InboxLine, TabsView, inbox_line, read_tabs
from customer_thread.service.desk.read_templates import TemplateView, read_templates
from customer_thread.service.desk.visible import visible_thread
from customer_thread.service.params import PAGE, Params
from customer_thread.service.ports import Ports
from customer_thread.service.thread.mark_done import mark_done, reopen, snooze

INBOX_CALLS = Calls()
_STATES = ("here", "writing", "gone")


class MemberView(TypedDict):
	"""Somebody of the team."""

	user: str
	name: str


def whose(params: Params) -> str:
	"""Return whose threads are asked for: a user's, “nobody”'s, or everybody's, which is empty."""
	assigned = params.text("assigned", "")
	return (params.asked_by or "") if assigned == "me" else assigned


@INBOX_CALLS.get_call("inbox", "tab q assigned before limit")
def read_tab(ports: Ports, params: Params) -> TabsView:
	"""Return a page of a tab of the inbox, and how many threads are in each."""
	return read_tabs(
		ports,
		tab=params.text("tab", "all"),
		q=params.text("q", ""),
		assigned=whose(params),
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


@INBOX_CALLS.post_call("assign_to", "thread user")
def assign_to(ports: Ports, params: Params) -> InboxLine:
	"""Let it be a user's turn in a thread, or with none everybody's."""
	thread = visible_thread(ports, params.text("thread"))
	give_turn(ports, thread, params.text("user", ""))
	return inbox_line(visible_thread(ports, thread["name"]))


@INBOX_CALLS.get_call("facts", "thread")
def show_facts(ports: Ports, params: Params) -> FactsView:
	"""Return how a thread's customer is reached."""
	return read_facts(ports, visible_thread(ports, params.text("thread")))


@INBOX_CALLS.get_call("team", "thread")
def list_team(ports: Ports, params: Params) -> list[MemberView]:
	"""Return who of the team may see a thread; with none, who is of the team."""
	thread = params.text("thread", "")
	found = ports.team.seeing(visible_thread(ports, thread)["name"]) if thread else ports.team.people()
	return [{"user": user, "name": name} for user, name in found]


@INBOX_CALLS.post_call("presence", "thread state upto")
def note_colleague(ports: Ports, params: Params) -> ColleaguesView:
	"""Note whether whoever asks is in a thread and writes, and return who else is, and has answered."""
	thread, state = visible_thread(ports, params.text("thread"))["name"], params.text("state")
	if state not in _STATES:
		raise BadInput("{0} must be one of {1}.", "state", ", ".join(_STATES))
	user = params.asked_by or params.session_hash
	if state == "gone":
		is_new = ports.colleagues.leave(thread, user)
	else:
		is_new = ports.colleagues.note(thread, user, writing=state == "writing")
	if is_new:
		ports.live.colleagues_changed(thread)
	upto = params.optional_integer("upto")
	return read_colleagues(ports, thread, user, upto, is_user=bool(params.asked_by))


@INBOX_CALLS.get_call("templates", "thread")
def list_templates(ports: Ports, params: Params) -> list[TemplateView]:
	"""Return the saved replies with the words that they have for this thread's customer."""
	return read_templates(ports, visible_thread(ports, params.text("thread")))
