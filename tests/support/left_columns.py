"""Which columns of a conversation stay as they are once its customer is erased, and what is in them."""

from customer_thread.standalone.schema import doctypes

#: fields that are no columns
LAYOUT = {"Section Break", "Column Break", "Tab Break", "HTML", "Button", "Heading", "Table"}
#: kinds of fields in which nobody's words, name or address can be
WORDLESS = {"Check", "Currency", "Datetime", "Float", "Int", "Long Int"}
STAYS = {
	"Customer Thread": {
		"title": "says that it was erased",
		"code": "a number",
		"merged_into": "an id",
		"reply_token": "a new secret",
		"contractor_token": "a new secret",
	},
	"Thread Entry": {
		"thread": "an id",
		"kind": "one of three",
		"author": "one of three",
		"channel": "one of four",
		"source_key": "an id or a digest",
	},
	"Thread Event": {
		"thread": "an id",
		"voids": "an id",
		"voided_by": "an id",
		"source_key": "an id or a digest",
	},
	"Thread Delivery": {
		"thread": "an id",
		"channel": "a channel's name",
		"purpose": "one of seven",
		"state": "one of seven",
		"provider_id": "an id",
		"earlier_ids": "ids",
		"fallback_of": "an id",
		"carried_by": "an id",
		"claim": "an id",
	},
	"Thread Bot Memory": {
		"mouth": "a channel's name",
		"speaker": "whoever of the business writes",
		"obeyed": "ids",
	},
}
#: of nobody's conversation, or kept for a reason that docs/leaving.md gives
OTHERS = {
	"Customer Thread Settings": "the business's own",
	"Customer Thread Tab": "the business's own",
	"Thread Attachment": "goes with its entry",
	"Thread Automation": "the business's own",
	"Thread Card Rule": "the business's own",
	"Thread Erasure": "what remains: who and when",
	"Thread History": "how far history was brought in",
	"Thread Saved Reply": "the business's own",
	"Thread Seal": "a digest, so that nothing comes back",
	"Thread Team Member": "the business's own",
	"Thread Text Consent": "a STOP holds for good",
	"Thread Words": "goes with the words of its entries",
}


def columns_that_say(doctype: str) -> set[str]:
	"""Return the columns in which something about somebody may stand, ids, addresses and what is chosen left out."""
	kinds = {field["fieldname"]: field["fieldtype"] for field in doctypes()[doctype]["fields"]}
	found = {name for name, kind in kinds.items() if kind not in LAYOUT | WORDLESS | {"Select"}}
	others = found - set(STAYS.get(doctype, ())) - {"thread", "party", "unmatched_address", "value"}
	return others | ({"source_key"} & found)


def least_of(doctype: str) -> dict[str, object]:
	"""Return a row with what is mandatory in it."""
	fields = [field for field in doctypes()[doctype]["fields"] if field.get("reqd")]
	return {
		field["fieldname"]: next(filter(None, field["options"].split("\n")))
		if field["fieldtype"] == "Select"
		else 1
		if field["fieldtype"] in WORDLESS
		else "x"
		for field in fields
	}
