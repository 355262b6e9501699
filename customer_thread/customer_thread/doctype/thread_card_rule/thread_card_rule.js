{% include "customer_thread/desk/fields.js" %}
{% include "customer_thread/desk/times.js" %}

const of_type = (kinds, own) => (fields) =>
	customer_thread.as_options(fields.filter((df) => kinds.includes(df.fieldtype) && !(own && df.table)));

const is_party = (df) =>
	df.fieldtype === "Dynamic Link" || (df.fieldtype === "Link" && ["Customer", "Lead"].includes(df.options));

const PICKERS = {
	field: (fields) => customer_thread.as_options(fields.filter((df) => !df.table)),
	party_field: (fields) => customer_thread.as_options(fields.filter(is_party)),
	party_type_field: (fields) =>
		customer_thread.as_options(
			fields.filter((df) => df.fieldtype === "Select" || (df.fieldtype === "Link" && df.options === "DocType"))
		),
	amount_field: of_type(["Currency", "Float"], true),
	currency_field: (fields) =>
		customer_thread.as_options(fields.filter((df) => df.options === "Currency" && !df.table)),
	date_field: of_type(["Date", "Datetime"], true),
	soon_field: of_type(["Date", "Datetime"], true),
};

frappe.ui.form.on("Thread Card Rule", {
	setup(frm) {
		frm.set_query("document_type", () => ({
			filters: { istable: 0, issingle: 0, module: ["!=", "Customer Thread"] },
		}));
	},
	refresh(frm) {
		customer_thread.suggest_fields(frm, PICKERS);
		make_preview(frm);
	},
	document_type(frm) {
		customer_thread.suggest_fields(frm, PICKERS);
		make_preview(frm);
	},
});

function make_preview(frm) {
	const wrapper = frm.fields_dict.preview.$wrapper.empty();
	const doctype = frm.doc.document_type;
	if (!doctype) {
		wrapper.append($("<p class='text-muted'>").text(__("Choose a document type first.")));
		return;
	}
	const result = $("<div>");
	const run = () => preview(frm, control.get_value(), result);
	const df = { fieldtype: "Link", fieldname: "document", options: doctype, label: __(doctype), change: run };
	const control = frappe.ui.form.make_control({ parent: $("<div>").appendTo(wrapper), df, render_input: true });
	const kept = (frm.tried || {})[doctype];
	$("<button class='btn btn-default btn-sm' type='button'>").text(__("Try it")).on("click", run).appendTo(wrapper);
	wrapper.append(result.css("marginTop", "12px"));
	if (kept) control.set_value(kept);
}

async function preview(frm, document, result) {
	result.empty();
	if (!document) return;
	frm.tried = { ...frm.tried, [frm.doc.document_type]: document };
	const answer = await frappe.call({
		method: "customer_thread.api.admin.preview_rule",
		args: { rule: JSON.stringify(frm.doc), document },
	});
	result.empty().append(answer.message.card ? card_view(answer.message) : no_card(answer.message));
}

function no_card({ reason, broken }) {
	const box = $("<div class='alert'>").addClass(broken ? "alert-danger" : "alert-warning");
	return box.text(broken ? reason : __("No card: {0}.", [reason]));
}

function card_view({ card, reason }) {
	const facts = [
		__("For {0} ({1})", [card.customer, card.party]),
		card.link ? __("A tap opens {0}", [card.link]) : __("No link"),
		__("Dated {0}", [customer_thread.at(card.at)]),
		card.voids.length ? __("Takes back: {0}", [card.voids.join(", ")]) : "",
		card.is_on ? "" : __("Switched off: no such card is made yet"),
		card.has_one ? __("This document has had this card already") : "",
		__("Because {0}", [reason]),
	];
	const box = $("<div class='alert alert-success'>").append($("<strong>").text(card.line));
	facts.filter(Boolean).forEach((fact) => box.append($("<div class='small'>").text(fact)));
	return box;
}
