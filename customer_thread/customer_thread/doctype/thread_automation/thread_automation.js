{% include "customer_thread/desk/fields.js" %}
{% include "customer_thread/desk/times.js" %}
{% include "customer_thread/desk/automation_preview.js" %}

const dates = (fields) =>
	customer_thread.as_options(fields.filter((df) => ["Date", "Datetime"].includes(df.fieldtype) && !df.table));
const PICKERS = { date_field: dates, valid_until_field: dates, soon_field: dates };

frappe.ui.form.on("Thread Automation", {
	setup(frm) {
		frm.set_query("document_type", () => ({
			filters: { istable: 0, issingle: 0, module: ["!=", "Customer Thread"] },
		}));
	},
	refresh(frm) {
		draw(frm);
		if (frm.is_new()) return;
		frm.page.set_indicator(frm.doc.enabled ? __("On") : __("Off"), frm.doc.enabled ? "green" : "gray");
	},
	document_type: draw,
});

function draw(frm) {
	customer_thread.suggest_fields(frm, PICKERS);
	const may_try = frappe.model.can_write(frm.doctype);
	frm.toggle_display("preview_section", may_try);
	if (may_try) customer_thread.preview_automation(frm.fields_dict.preview.$wrapper, () => frm.doc);
}
