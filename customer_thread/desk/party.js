// From a form to the thread of its customer or lead, which opens beside it.
frappe.provide("customer_thread");

/** `party`: whose thread it is, its `doctype` and `docname`; nothing for no button. */
customer_thread.add_thread_button = function (frm, party = frm) {
	if (frm.is_new() || !party || !party.docname || !frappe.model.can_read("Customer Thread")) return;
	const { doctype, docname } = frm;
	const about = party === frm ? {} : { reference_doctype: doctype, reference_name: docname };
	const whose = { [party.doctype.toLowerCase()]: party.docname };
	frm.add_custom_button(__("Messages"), async () => {
		const { open_beside } = await customer_thread.part("beside");
		open_beside(whose, about);
	});
};
