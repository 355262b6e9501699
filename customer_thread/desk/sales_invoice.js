frappe.ui.form.on("Sales Invoice", {
	refresh(frm) {
		customer_thread.add_thread_button(frm, { doctype: "Customer", docname: frm.doc.customer });
		return customer_thread.show_scheduled(frm);
	},
});
