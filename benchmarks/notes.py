"""Why a measure is not reached, and what would reach it: written by hand, by the row's key."""

_PAGE_BYTES = (
	"a page's JSON kept by thread, revision and reader would reach it, and is not worth a cache that must never "
	"show one customer another's"
)

NOTES: dict[str, str] = {
	"newest": (
		"the rows are a fifth of it: wording five amounts and four calls with Babel takes a third, naming fourteen "
		"keys an entry and a deeper JSON the rest; keeping the parsed currency pattern and writing the English "
		"clock and ISO times without a pattern saves about a tenth, the rest would need the wording stored with "
		"the entry"
	),
	"timeline": (
		"the endpoint it is set against does next to nothing: the same 50 rows by one bare `SELECT` and `json.dumps` "
		f"behind the same sign-in reach about 0.36 × only; {_PAGE_BYTES}"
	),
	"timeline-gzip": "compressing costs a little more on top of the row above",
}
