frappe.ui.form.on("Event", {
	refresh: (frm) => customer_thread.show_scheduled(frm, { can_be_visited: frm.doc.status === "Open" }),
});
