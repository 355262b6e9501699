frappe.ui.form.on("Quotation", {
	refresh(frm) {
		const { quotation_to, party_name } = frm.doc;
		customer_thread.add_thread_button(frm, ["Customer", "Lead"].includes(quotation_to) && { doctype: quotation_to, docname: party_name });
		return customer_thread.show_scheduled(frm);
	},
});
