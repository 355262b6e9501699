"""What a copied site answers of the inbox over HTTP, beside its own list and form of Communication."""

import json
from urllib.parse import urlencode

import frappe
from support.site import committed

from benchmarks.bench_inbox_rows import LARGE, SMALL, TENTH, grow, thin_out
from benchmarks.bench_rows import Measured
from benchmarks.load import get, rate
from benchmarks.measure import Result, Series, times_over

_DESK = "/api/method/customer_thread.api.desk"
_CONNECTIONS, _ROUNDS, _SECONDS = 4, 12, 0.8
#: what the Desk's own list of Communication asks for
_FIELDS = (
	"name", "owner", "creation", "modified", "modified_by", "_user_tags", "_comments", "_assign",
	"_liked_by", "docstatus", "idx", "comment_type", "status", "sent_or_received", "subject",
	"recipients", "communication_medium", "communication_type", "sender", "seen", "reference_doctype",
	"reference_name", "has_attachment", "communication_date", "_seen",
)  # fmt: skip


def measure(url: str, who: Measured) -> list[Result]:
	"""Return the rows of the inbox, in a site of 20,000 entries and in one of 300,000."""
	grow(who.customer, SMALL)
	small = _rates(url, who)
	grow(who.customer, LARGE)
	large = _rates(url, who)
	thin_out(TENTH)
	thin = _rates(url, who)
	return [
		_beside("the inbox of 2,000 threads and 300,000 entries, a tab with its counts", "inbox", large, 2),
		_beside("the same", "counts", large, 1),
		_beside("a thread in the Desk, 50 of 10,000 entries", "thread", large, 4),
		_beside("a search of the inbox, for what was said once", "search", large, 1),
		*(_flat(name, small, large, "20,000 in 200 threads") for name in ("inbox", "thread", "search")),
		*(_flat(name, thin, large, "20,000 in as many threads") for name in ("inbox", "thread", "search")),
	]


_AGAINST = {
	"inbox": "`frappe.desk.reportview.get` of Communication as its list asks it, 50 rows of as many",
	"counts": "the two calls by which that list opens, with `reportview.get_count`",
	"thread": "`frappe.desk.form.load.getdoc` of a Customer with as many Communications",
	"search": "the same list, searched for the same in what Communications say",
}


def _rates(url: str, who: Measured) -> dict[str, Series]:
	port = int(url.rpartition(":")[2])
	with committed():
		word = _said_once()
		[thread] = frappe.get_all("Customer Thread", {"party": who.customer}, pluck="name")
	listed = {
		"doctype": "Communication",
		"start": 0,
		"page_length": 50,
		"order_by": "`tabCommunication`.modified desc",
		"view": "List",
		"with_comment_count": 1,
	}
	counted = {
		"doctype": "Communication",
		"filters": "[]",
		"fields": "[]",
		"distinct": "false",
		"limit": 1001,
	}
	fields = json.dumps([f"`tabCommunication`.`{name}`" for name in _FIELDS])
	said = json.dumps([["Communication", "content", "like", f"%{word}%"]])
	calls = {
		"inbox": f"{_DESK}.inbox?tab=all",
		"their inbox": "/api/method/frappe.desk.reportview.get?" + urlencode({**listed, "fields": fields}),
		"their count": "/api/method/frappe.desk.reportview.get_count?" + urlencode(counted),
		"thread": f"{_DESK}.thread?" + urlencode({"thread": thread}),
		"their thread": "/api/method/frappe.desk.form.load.getdoc?"
		+ urlencode({"doctype": "Customer", "name": who.customer}),
		"search": f"{_DESK}.inbox?" + urlencode({"tab": "all", "q": word}),
		"their search": "/api/method/frappe.desk.reportview.get?"
		+ urlencode({**listed, "fields": fields, "filters": said}),
		"ping": "/api/method/ping",
	}
	taken: dict[str, list[float]] = {name: [] for name in calls}
	for number in range(_ROUNDS + 1):
		for name, path in calls.items():
			request = get(path, port, f"Cookie: sid={who.staff_sid}")
			answers = rate(port, request, connections=_CONNECTIONS, seconds=_SECONDS)
			if number:
				taken[name].append(answers)
	both = zip(taken["their inbox"], taken["their count"], strict=True)
	taken["counts"] = taken["inbox"]
	taken["their counts"] = [1 / (1 / first + 1 / second) for first, second in both]
	return {name: Series.of(values) for name, values in taken.items()}


def _said_once() -> str:
	"""Return a word that is in one entry, of long ago, and in one Communication."""
	rows = frappe.db.sql(
		"SELECT search_text FROM `tabThread Entry` WHERE thread = 'benchs000000' AND kind = 'Message' ORDER BY name LIMIT 1"
	)
	return str(rows[0][0]).split()[-1]


def _beside(what: str, name: str, rates: dict[str, Series], goal: float) -> Result:
	ours, theirs = rates[name], rates[f"their {name}"]
	ratio = times_over(ours, theirs)
	return Result(
		f"site-{name}",
		f"{what}; against {_AGAINST[name]}",
		ours.written("/s", 0),
		theirs.written("/s", 1),
		f"{ratio:.2f} ×",
		f"≥ {goal} × its rate",
		ratio >= goal,
	)


def _flat(name: str, small: dict[str, Series], large: dict[str, Series], against: str) -> Result:
	# by what the machine does meanwhile
	ratio = times_over(small[name], large[name]) * times_over(large["ping"], small["ping"])
	return Result(
		f"site-{name}-{'threads' if '200' in against else 'entries'}",
		f"the same {name}, 300,000 entries in 2,000 threads; against {against}, by the rates of `ping` beside each",
		large[name].written("/s", 0),
		small[name].written("/s", 0),
		f"{ratio:.2f} × its time",
		"≤ 1.2 ×",
		ratio <= 1.2,
	)
