// From a customer's or lead's form to their thread.
frappe.provide("customer_thread");

customer_thread.add_thread_button = function (frm) {
	if (frm.is_new() || !frappe.model.can_read("Customer Thread")) return;
	frm.add_custom_button(__("Messages"), async () => {
		const { doctype, docname } = frm;
		const found = await frappe.db.get_value("Customer Thread", { party_type: doctype, party: docname }, "name");
		const name = found.message && found.message.name;
		if (name) frappe.set_route("thread-inbox", "all", name);
		else frappe.confirm(__("There is no message with them yet. Write the first one?"), () => open_thread(doctype, docname));
	});
};

async function open_thread(doctype, docname) {
	const args = { [doctype.toLowerCase()]: docname };
	const { message } = await frappe.call({ method: "customer_thread.api.desk.open", type: "POST", args, freeze: true });
	frappe.set_route("thread-inbox", "all", message.thread);
}
