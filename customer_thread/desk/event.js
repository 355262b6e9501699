frappe.ui.form.on("Event", {
	refresh(frm) {
		const { status, event_participants: people = [] } = frm.doc;
		const has_customer = people.some(({ reference_doctype }) => ["Customer", "Lead", "Contact"].includes(reference_doctype));
		return customer_thread.show_scheduled(frm, { can_be_visited: status === "Open" && has_customer });
	},
});
