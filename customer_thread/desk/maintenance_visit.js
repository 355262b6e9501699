frappe.ui.form.on("Maintenance Visit", {
	refresh(frm) {
		const { docstatus, completion_status } = frm.doc;
		// ERPNext submits one once somebody was there
		const can_be_visited = docstatus === 1 && completion_status !== "Fully Completed";
		customer_thread.add_thread_button(frm, { doctype: "Customer", docname: frm.doc.customer });
		return customer_thread.show_scheduled(frm, { can_be_visited });
	},
});
