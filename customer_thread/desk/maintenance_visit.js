frappe.ui.form.on("Maintenance Visit", {
	refresh: (frm) => customer_thread.show_scheduled(frm, { can_be_visited: frm.doc.docstatus === 1 }),
});
