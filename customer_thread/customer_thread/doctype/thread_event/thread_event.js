{% include "customer_thread/desk/record.js" %}

frappe.ui.form.on("Thread Event", {
	refresh(frm) {
		customer_thread.as_record(frm);
		const { thread, reference_doctype, reference_name } = frm.doc;
		frm.add_custom_button(__("Thread"), () => frappe.set_route("Form", "Customer Thread", thread));
		if (reference_doctype && reference_name) {
			const open = () => frappe.set_route("Form", reference_doctype, reference_name);
			frm.add_custom_button(__("Open document"), open).addClass("btn-primary");
		}
		if (frm.doc.voided_by) frm.set_intro(__("This card was taken back."), "orange");
	},
});
