// From a customer's or lead's form to their thread.
frappe.provide("customer_thread");

customer_thread.add_thread_button = function (frm) {
	if (frm.is_new() || !frappe.model.can_read("Customer Thread")) return;
	frm.add_custom_button(__("Messages"), async () => {
		const party = { party_type: frm.doctype, party: frm.docname };
		const found = await frappe.db.get_value("Customer Thread", party, "name");
		if (found.message && found.message.name) {
			frappe.set_route("Form", "Customer Thread", found.message.name);
		} else {
			frappe.show_alert({ message: __("There is no message with them yet."), indicator: "gray" });
		}
	});
};
