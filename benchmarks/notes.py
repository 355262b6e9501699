"""Why a measure is not reached, and what would reach it: written by hand, by the row's key."""

_PAGE_BYTES = (
	"a page's JSON kept by thread, revision and reader would reach it, and is not worth a cache that must never "
	"show one customer another's"
)

_LOOK = (
	"the first save of a request asks Redis for the documents that have rules, about 0.1 ms; kept in the process, a "
	"new rule would need a restart; the spread of a run is larger than that"
)

NOTES: dict[str, str] = {
	"newest": (
		"the rows are a fifth of it: wording five amounts and four calls with Babel takes a third, naming fourteen "
		"keys an entry and a deeper JSON the rest; keeping the parsed currency pattern and writing the English "
		"clock and ISO times without a pattern saves about a tenth, the rest would need the wording stored with "
		"the entry"
	),
	"timeline": (
		"wording fifty entries, their dates, amounts and links for one reader is as much as everything the other side "
		"does; it is about half its rate, a little over or under with what else the machine does"
	),
	"searches": (
		"two of the sixteen run at a time, one a core of this machine, whose cores other work kept busy too; alone on "
		"it the same row is between 1.2 and 1.3 ×"
	),
	"poll": (
		"finding the session and writing the answer's head are all the other side does; reading the parameters, "
		"the reader's zone and name, the thread's head and its JSON are as much again"
	),
	"site-timeline-theirs": (
		"eight queries and the wording of fifty entries are twice what Frappe itself does for a request; the half of "
		"it is drivers and dictionaries: PyMySQL reads each of the rows in Python"
	),
	"site-timeline-ping": (
		"it leaves half a millisecond for all that is not Frappe's own, and one query with fifty rows takes more; "
		f"{_PAGE_BYTES}"
	),
	"site-save-ToDo": _LOOK,
	"site-save-Item": _LOOK,
	"site-submit": (
		"a card is an event, an entry and their thread, in thirteen queries; a third of that is two documents that "
		"are inserted as Frappe does it, so that other apps' hooks see them, an eighth the query for the rules"
	),
	"site-inbox": (
		"what Frappe does for any request is half of both: `ping` itself would be about twice their rate; their call gives "
		"no counts, see the next row"
	),
	"inbox-threads": (
		"the counts of the tabs look at each thread, 0.4 ms for 2,000, and a search at its name, numbers and latest words; "
		"what is said is found without looking at each entry, see the rows below"
	),
	"inbox-entries": (
		"of each 256 entries one row of their words is read, of which there are fifteen times as many: 2 to 5 ms; rows of "
		"rows would reach it, and would have to forget what is erased at the same moment"
	),
	"site-search-entries": "of each 256 entries one row of their words is read: about 3 ms",
	"site-submit-planned": (
		"planning reads each automation of the document type, its conditions and the thread's messages: fifty queries, of "
		"which the card is thirteen"
	),
	"site-search-threads": (
		"names, numbers and the latest words are looked through in each thread, of which there are ten times as many; an "
		"index of parts of names would reach it"
	),
	"site-text": (
		"it writes three rows in two tables and an update where the other writes one, and tells the page and the "
		"worker"
	),
}
