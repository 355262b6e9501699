frappe.ui.form.on("Event", {
	refresh(frm) {
		const { status, event_participants: people = [] } = frm.doc;
		const has_customer = people.some(({ reference_doctype }) => ["Customer", "Lead", "Contact"].includes(reference_doctype));
		const whose = people.find(({ reference_doctype }) => ["Customer", "Lead"].includes(reference_doctype));
		customer_thread.add_thread_button(frm, whose ? { doctype: whose.reference_doctype, docname: whose.reference_docname } : null);
		return customer_thread.show_scheduled(frm, { can_be_visited: status === "Open" && has_customer });
	},
});
