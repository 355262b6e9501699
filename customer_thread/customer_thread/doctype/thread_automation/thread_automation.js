{% include "customer_thread/desk/fields.js" %}

const PICKERS = {
	date_field: (fields) =>
		customer_thread.as_options(fields.filter((df) => ["Date", "Datetime"].includes(df.fieldtype) && !df.table)),
};

frappe.ui.form.on("Thread Automation", {
	refresh(frm) {
		frm.set_intro(__("Automations are kept, but not sent yet: that comes with a later version."), "orange");
		customer_thread.suggest_fields(frm, PICKERS);
	},
	document_type(frm) {
		customer_thread.suggest_fields(frm, PICKERS);
	},
});
