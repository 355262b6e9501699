frappe.ui.form.on("Maintenance Visit", {
	refresh(frm) {
		const { docstatus, completion_status } = frm.doc;
		// ERPNext submits one once somebody was there
		const can_be_visited = docstatus === 1 && completion_status !== "Fully Completed";
		return customer_thread.show_scheduled(frm, { can_be_visited });
	},
});
